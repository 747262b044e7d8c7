//! The account, and the rules that need nothing but what they are given: who acts, how long a
//! session lives, when a login name is locked out.

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use tb_kernel::identity_number::{CitizenId, Phone, half_width, mask_name};
use tb_kernel::{
    AccountId, AccountKind, Actor, DepartmentRef, Deputised, EnterpriseRef, Region, Represented,
};

use crate::entity::attempt;
use crate::settings::Life;

/// Wrong passwords within [`ATTEMPT_WINDOW`] that lock a login name out.
pub const MAX_ATTEMPTS: i32 = 5;
/// The time within which wrong passwords are counted together.
pub const ATTEMPT_WINDOW: Duration = Duration::minutes(15);
/// How long a lock-out lasts.
pub const LOCK_TIME: Duration = Duration::minutes(15);
/// The role that runs the platform.
pub const ADMINISTRATOR: &str = "administrator";

/// An account with its personal data open. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub id: AccountId,
    pub kind: AccountKind,
    pub login: String,
    pub name: String,
    pub citizen_id: Option<String>,
    pub phone: Option<String>,
    pub enterprise: Option<EnterpriseRef>,
    pub department: Option<DepartmentRef>,
    pub region: Option<Region>,
    pub roles: Vec<String>,
    /// Whose posts it holds for a time beside its own; filled where a session is looked at.
    pub deputy_of: Vec<Deputised>,
    /// For whom it may act as a proxy now; filled where a session is looked at.
    pub proxy_of: Vec<Represented>,
    pub demo: bool,
    pub disabled_at: Option<DateTime<Utc>>,
    pub must_change_password: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub updated_by: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({}, {:?})", self.id, self.kind)
    }
}

impl Account {
    /// Who acts in a session of this account. Until an initial password is changed he holds no
    /// role, so that nothing but changing it is open to him.
    pub fn actor(&self) -> Actor {
        let (roles, deputy_of, proxy_of) = if self.must_change_password {
            (Vec::new(), Vec::new(), Vec::new())
        } else {
            (
                self.roles.clone(),
                self.deputy_of.clone(),
                self.proxy_of.clone(),
            )
        };
        Actor {
            id: self.id,
            kind: self.kind,
            name: self.name.clone(),
            roles,
            department: self.department.clone(),
            region: self.region.clone(),
            enterprise: self.enterprise.clone(),
            deputy_of,
            proxy_of,
            kiosk: None,
        }
    }

    /// The name as lists show it: masked unless it belongs to staff.
    pub fn shown_name(&self) -> String {
        if works_here(self.kind) {
            self.name.clone()
        } else {
            mask_name(&self.name)
        }
    }

    /// The login name as lists show it.
    pub fn shown_login(&self) -> String {
        if works_here(self.kind) {
            self.login.clone()
        } else {
            mask_login(&self.login)
        }
    }

    /// The id number with its middle starred.
    pub fn masked_citizen_id(&self) -> Option<String> {
        self.citizen_id.as_deref().map(|id| {
            CitizenId::try_from(id.to_owned()).map_or_else(|_| stars(id), |id| id.masked())
        })
    }

    /// The phone with its middle starred.
    pub fn masked_phone(&self) -> Option<String> {
        self.phone.as_deref().map(mask_phone)
    }
}

/// The kinds of accounts that belong to people who work here.
pub(crate) const STAFF: [AccountKind; 2] = [AccountKind::Staff, AccountKind::Administrator];

/// Whether accounts of this kind belong to people who work here: their names are no secret.
pub(crate) fn works_here(kind: AccountKind) -> bool {
    STAFF.contains(&kind)
}

/// A citizen's login name may be his phone, or hold his name.
fn mask_login(login: &str) -> String {
    match Phone::parse(login) {
        Ok(phone) => phone.masked(),
        Err(_) => login.chars().take(2).chain("***".chars()).collect(),
    }
}

fn mask_phone(phone: &str) -> String {
    Phone::parse(phone).map_or_else(|_| stars(phone), |phone| phone.masked())
}

fn stars(text: &str) -> String {
    "*".repeat(text.chars().count())
}

/// A login name as it is stored and looked up: lower-case, half-width; a mobile number as digits.
pub(crate) fn normal_login(entered: &str) -> String {
    match Phone::parse_mobile(entered) {
        Ok(phone) => phone.as_str().to_owned(),
        Err(_) => half_width(entered).trim().to_lowercase(),
    }
}

/// When a session ends if nothing happens.
pub(crate) fn expires_at(
    created: DateTime<Utc>,
    last_seen: DateTime<Utc>,
    life: Life,
) -> DateTime<Utc> {
    (last_seen + life.idle).min(created + life.absolute)
}

/// What the next attempt under a login name meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// Locked out for so many seconds yet.
    Locked { seconds: i64 },
    /// Let through; this is the row to store before the password is looked at. It is counted as
    /// wrong from the start, so that many at once cannot slip through together.
    Counted(attempt::Model),
}

/// Counts an attempt.
pub(crate) fn count_attempt(before: &attempt::Model, now: DateTime<Utc>) -> Attempt {
    if let Some(until) = before.locked_until.filter(|until| now < *until) {
        let seconds = (until - now).num_milliseconds().div_euclid(1000) + 1;
        return Attempt::Locked {
            seconds: seconds.min(LOCK_TIME.num_seconds()),
        };
    }
    let fresh = before.locked_until.is_some() || now >= before.first_at + ATTEMPT_WINDOW;
    let (failed, first_at) = if fresh {
        (1, now)
    } else {
        (before.failed + 1, before.first_at)
    };
    let locked_until = (failed >= MAX_ATTEMPTS).then(|| now + LOCK_TIME);
    Attempt::Counted(attempt::Model {
        login_bidx: before.login_bidx.clone(),
        failed,
        first_at,
        locked_until,
    })
}

#[cfg(test)]
mod tests {
    use super::{Attempt, LOCK_TIME, count_attempt, expires_at, mask_login, normal_login};
    use crate::entity::attempt;
    use crate::settings::Settings;
    use chrono::{DateTime, Duration, Utc};

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap() + Duration::minutes(minutes)
    }

    fn counted(before: &attempt::Model, now: DateTime<Utc>) -> attempt::Model {
        match count_attempt(before, now) {
            Attempt::Counted(row) => row,
            Attempt::Locked { seconds } => panic!("locked for {seconds}"),
        }
    }

    #[test]
    fn the_fifth_within_the_window_locks_and_the_lock_ends() {
        let mut row = attempt::Model {
            login_bidx: vec![1],
            failed: 0,
            first_at: at(0),
            locked_until: None,
        };
        for n in 1..=4 {
            row = counted(&row, at(n));
            assert_eq!(
                (row.failed, row.locked_until),
                (i32::try_from(n).unwrap(), None)
            );
        }
        row = counted(&row, at(14));
        assert_eq!(row.locked_until, Some(at(14) + LOCK_TIME));
        assert_eq!(
            count_attempt(&row, at(14)),
            Attempt::Locked { seconds: 900 }
        );
        assert_eq!(
            count_attempt(&row, at(29) - Duration::seconds(1)),
            Attempt::Locked { seconds: 2 }
        );
        assert_eq!(counted(&row, at(29)).failed, 1);
    }

    #[test]
    fn old_attempts_are_forgotten() {
        let row = attempt::Model {
            login_bidx: vec![1],
            failed: 4,
            first_at: at(0),
            locked_until: None,
        };
        assert_eq!(counted(&row, at(15)).failed, 1);
        assert_eq!(counted(&row, at(14)).failed, 5);
    }

    #[test]
    fn a_session_ends_by_whichever_comes_first() {
        let settings = Settings::default();
        let elsewhere = settings.life(false);
        assert_eq!(expires_at(at(0), at(10), elsewhere), at(40));
        assert_eq!(expires_at(at(0), at(719), elsewhere), at(720));
        let at_a_kiosk = settings.life(true);
        assert_eq!(expires_at(at(0), at(10), at_a_kiosk), at(12));
        assert_eq!(expires_at(at(0), at(29), at_a_kiosk), at(30));
    }

    #[test]
    fn login_names_are_normal_and_masked() {
        assert_eq!(normal_login(" Clerk_HR "), "clerk_hr");
        assert_eq!(normal_login("ｃｌｅｒｋ"), "clerk");
        assert_eq!(normal_login("+86 138-0000-1234"), "13800001234");
        assert_eq!(mask_login("13800001234"), "138****1234");
        assert_eq!(mask_login("zhangsan"), "zh***");
    }
}
