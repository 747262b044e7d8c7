//! The rules for accounts of staff: login name, roles and what roles need.

use tb_contract::access::{self, Reach, Role};
use tb_kernel::identity_number::Phone;
use tb_kernel::{AccountKind, FieldFault};

use crate::error::Error;
use crate::model::ADMINISTRATOR;

const MAX_NAME: usize = 50;

/// The kind of a staff account, by its roles.
pub(crate) fn kind(roles: &[String]) -> AccountKind {
    if roles.iter().any(|role| role == ADMINISTRATOR) {
        AccountKind::Administrator
    } else {
        AccountKind::Staff
    }
}

/// What is wrong with a login name (normal already).
pub(crate) fn login_error(login: &str) -> Option<Error> {
    let fits = (3..=32).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
    (!fits).then_some(Error::LoginMalformed)
}

/// What is wrong with a name.
pub(crate) fn name_error(name: &str) -> Option<Error> {
    let fits =
        (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    (!fits).then_some(Error::NameMalformed)
}

/// A telephone number in normal form; none where none is given.
pub(crate) fn phone(entered: Option<&str>) -> Result<Option<String>, Error> {
    match entered.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => Phone::parse(text)
            .map(|phone| Some(phone.as_str().to_owned()))
            .map_err(|_| Error::PhoneMalformed),
    }
}

/// What is wrong with roles for somebody with or without department and region.
pub(crate) fn role_faults(
    roles: &[String],
    has_department: bool,
    has_region: bool,
) -> Vec<FieldFault> {
    if roles.is_empty() {
        return vec![Error::RolesMissing.at("/roles")];
    }
    let judge = |(n, key): (usize, &String)| {
        let error = match access::role(key).filter(|role| role.staff) {
            None => Error::RoleUnknown { role: key.clone() },
            Some(role) if needs(role, Reach::Department) && !has_department => {
                Error::RoleNeedsDepartment { role: key.clone() }
            }
            Some(role) if needs(role, Reach::Region) && !has_region => {
                Error::RoleNeedsRegion { role: key.clone() }
            }
            Some(_) => return None,
        };
        Some(error.at(&format!("/roles/{n}")))
    };
    roles.iter().enumerate().filter_map(judge).collect()
}

/// A grant that reaches a department or region means nothing to somebody who has none.
fn needs(role: &Role, wanted: Reach) -> bool {
    role.grants.iter().any(|(_, reach)| *reach == wanted)
}

#[cfg(test)]
mod tests {
    use super::{login_error, name_error, phone, role_faults};

    fn codes(roles: &[&str], department: bool, region: bool) -> Vec<(String, String)> {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        role_faults(&roles, department, region)
            .into_iter()
            .map(|fault| (fault.path, fault.code))
            .collect()
    }

    #[test]
    fn roles_are_staff_roles_and_get_what_they_need() {
        let one = |path: &str, code: &str| vec![(path.to_owned(), format!("identity.{code}"))];
        assert_eq!(codes(&[], true, true), one("/roles", "roles_missing"));
        assert_eq!(
            codes(&["clerk", "citizen"], true, false),
            one("/roles/1", "role_unknown")
        );
        assert_eq!(
            codes(&["clerk"], false, true),
            one("/roles/0", "role_needs_department")
        );
        assert_eq!(
            codes(&["centre_operator"], true, false),
            one("/roles/0", "role_needs_region")
        );
        assert_eq!(codes(&["clerk", "head", "centre_operator"], true, true), []);
        assert_eq!(codes(&["administrator"], false, false), []);
    }

    #[test]
    fn login_names_names_and_phones() {
        for bad in ["ab", "1abc", "Abc", "a bc", "张三", &"a".repeat(33)] {
            assert!(login_error(bad).is_some(), "{bad}");
        }
        assert!(login_error("clerk_hr.2-b").is_none());
        assert!(name_error("周示例").is_none());
        for bad in ["", "a\nb", &"名".repeat(51)] {
            assert!(name_error(bad).is_some(), "{bad}");
        }
        assert_eq!(
            phone(Some("+86 199 0000 0004")).unwrap().as_deref(),
            Some("19900000004")
        );
        assert_eq!(phone(Some(" ")), Ok(None));
        assert!(phone(Some("12")).is_err());
    }
}
