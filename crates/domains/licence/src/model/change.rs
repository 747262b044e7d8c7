//! What may still happen to a licence that was issued: who may ask for what, who is heard first, and
//! who decides (行政许可法 articles 36, 50, 69 and 70).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::standing::Standing;

/// Fewest days that a holder has to answer a notice.
pub(crate) const LEAST_DAYS: u32 = 5;
/// Most of them.
pub(crate) const MOST_DAYS: u32 = 60;
/// How long before the end a renewal must be asked for, so that silence grants it (article 50).
const RENEWAL_DAYS: u64 = 30;
/// From how many days before the end on it can be asked for: nothing can be said of a licence years ahead.
pub(crate) const RENEWABLE_DAYS: u64 = 180;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenceChangeKind {
    /// 撤销
    Revoke,
    /// 注销
    Deregister,
    /// 补证: the same licence anew.
    Replace,
    /// 延续
    Renew,
    /// 变更: lines of the face say something else from then on.
    Amend,
}

impl LicenceChangeKind {
    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Revoke => "revoke",
            Self::Deregister => "deregister",
            Self::Replace => "replace",
            Self::Renew => "renew",
            Self::Amend => "amend",
        }
    }

    /// By its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [
            Self::Revoke,
            Self::Deregister,
            Self::Replace,
            Self::Renew,
            Self::Amend,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// Waits for the holder's answer, or for the decision.
    Open,
    /// Decided, and done.
    Granted,
    /// Decided against.
    Rejected,
    /// Whoever asked has taken it back.
    Withdrawn,
}

impl ChangeState {
    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Granted => "granted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// By its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Open, Self::Granted, Self::Rejected, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// The organ: against the holder, who is heard.
    Organ,
    /// The holder himself.
    Holder,
}

/// Whether somebody may ask for a change of a licence that stands so; `renewable`: whether its end is near.
pub(crate) fn may_ask(
    kind: LicenceChangeKind,
    asker: Asker,
    standing: Standing,
    renewable: bool,
) -> bool {
    let in_force = matches!(standing, Standing::Valid | Standing::Expired);
    match (asker, kind) {
        (Asker::Organ, LicenceChangeKind::Revoke | LicenceChangeKind::Deregister)
        | (Asker::Holder, LicenceChangeKind::Deregister) => in_force,
        (Asker::Holder, LicenceChangeKind::Replace | LicenceChangeKind::Amend) => {
            standing == Standing::Valid
        }
        (Asker::Holder, LicenceChangeKind::Renew) => standing == Standing::Valid && renewable,
        (Asker::Holder, LicenceChangeKind::Revoke)
        | (
            Asker::Organ,
            LicenceChangeKind::Replace | LicenceChangeKind::Renew | LicenceChangeKind::Amend,
        ) => false,
    }
}

/// Why a change cannot be decided now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotYet {
    /// It is decided.
    Decided,
    /// The same person asked for it.
    SamePerson,
    /// The holder may still answer.
    HolderNotHeard,
}

/// What a decision looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hearing {
    /// How far the change is.
    pub state: ChangeState,
    /// Whether whoever decides asked for it.
    pub same_person: bool,
    /// Last day for the holder's answer; none where he asked himself.
    pub answer_until: Option<NaiveDate>,
    /// Whether he has answered.
    pub answered: bool,
}

/// Whether a change may be decided on a day: by a second person, after the holder was heard.
pub(crate) fn may_decide(hearing: Hearing, today: NaiveDate) -> Result<(), NotYet> {
    if hearing.state != ChangeState::Open {
        return Err(NotYet::Decided);
    }
    if hearing.same_person {
        return Err(NotYet::SamePerson);
    }
    if !hearing.answered && hearing.answer_until.is_some_and(|until| today <= until) {
        return Err(NotYet::HolderNotHeard);
    }
    Ok(())
}

/// From which day on a renewal can be asked for.
pub(crate) fn renewable_from(valid_until: NaiveDate) -> NaiveDate {
    valid_until
        .checked_sub_days(Days::new(RENEWABLE_DAYS))
        .unwrap_or(NaiveDate::MIN)
}

/// Whether a renewal asked for on a day was in time, so that it counts as granted where nobody
/// decides before the end.
pub(crate) fn is_in_time(asked_on: NaiveDate, valid_until: NaiveDate) -> bool {
    asked_on
        .checked_add_days(Days::new(RENEWAL_DAYS))
        .is_some_and(|day| day <= valid_until)
}

#[cfg(test)]
mod tests {
    use super::LicenceChangeKind::{Amend, Deregister, Renew, Replace, Revoke};
    use super::{Asker, may_ask};
    use crate::model::standing::Standing;

    #[test]
    fn who_may_ask_for_what_of_a_licence_that_stands_so() {
        let asked = |asker, standing| {
            let kinds = [Revoke, Deregister, Replace, Renew, Amend];
            kinds.map(|kind| may_ask(kind, asker, standing, true))
        };
        assert_eq!(
            asked(Asker::Holder, Standing::Valid),
            [false, true, true, true, true]
        );
        assert_eq!(
            asked(Asker::Holder, Standing::Expired),
            [false, true, false, false, false]
        );
        for standing in [Standing::Valid, Standing::Expired] {
            assert_eq!(
                asked(Asker::Organ, standing),
                [true, true, false, false, false]
            );
        }
        for ended in [
            Standing::Replaced,
            Standing::Revoked,
            Standing::Deregistered,
            Standing::Voided,
        ] {
            for asker in [Asker::Holder, Asker::Organ] {
                assert_eq!(asked(asker, ended), [false; 5], "{ended:?}");
            }
        }
    }
}
