//! What a deputy (代理) may do in the place of a colleague who is away.

use tb_kernel::{Actor, Deputised};

use super::{
    CaseAccept, CaseClose, CaseDecide, CaseDivert, CaseExamine, CaseRead, CaseUnmask, FeeApprove,
    FeeHandle, FeeRead, LabelUse, LetterRead, LetterWrite, NoteRead, NoteWrite, OpinionAnswer,
    OpinionAsk, Permission, Reach, Role, SupervisionIssue, SupervisionRead, SupervisionReply,
    WithdrawalAnswer, role,
};

/// What a deputy does in the place of who is away: handle cases. Accounts, items, labels, batches
/// and whatever else belongs to the person stay with the person.
const OF_DEPUTIES: &[&str] = &[
    CaseRead::KEY,
    CaseUnmask::KEY,
    CaseAccept::KEY,
    CaseExamine::KEY,
    CaseDecide::KEY,
    CaseDivert::KEY,
    CaseClose::KEY,
    WithdrawalAnswer::KEY,
    NoteRead::KEY,
    NoteWrite::KEY,
    FeeRead::KEY,
    FeeHandle::KEY,
    FeeApprove::KEY,
    LetterRead::KEY,
    LetterWrite::KEY,
    OpinionAsk::KEY,
    OpinionAnswer::KEY,
    LabelUse::KEY,
    SupervisionRead::KEY,
    SupervisionIssue::KEY,
    SupervisionReply::KEY,
];

/// Whether a role gives a deputy a permission: in a department alone.
fn gives_a_deputy(role: &Role, permission: &str) -> bool {
    OF_DEPUTIES.contains(&permission)
        && role
            .grants
            .iter()
            .any(|(key, reach)| *key == permission && *reach == Reach::Department)
}

/// Those of somebody's roles that his deputy holds meanwhile.
pub fn deputised_roles(roles: &[String]) -> Vec<String> {
    let holds = |key: &&String| {
        role(key).is_some_and(|role| OF_DEPUTIES.iter().any(|one| gives_a_deputy(role, one)))
    };
    roles.iter().filter(holds).cloned().collect()
}

/// Whether somebody's posts give his deputy a permission; the role that does.
pub fn given_by(absent: &Deputised, permission: &str) -> Option<&'static str> {
    let roles = absent.roles.iter().filter_map(|key| role(key));
    let mut giving = roles.filter(|role| gives_a_deputy(role, permission));
    giving.next().map(|role| role.key)
}

/// The first colleague whose posts give his deputy a permission that the deputy's own do not.
pub(super) fn deputised<'a>(
    actor: &'a Actor,
    permission: &str,
) -> Option<(&'a Deputised, &'static str)> {
    let mut giving = actor.deputy_of.iter();
    giving.find_map(|absent| given_by(absent, permission).map(|role| (absent, role)))
}

/// What the audit trail says of a deputy.
pub fn as_deputy(role: &str, absent: &Deputised) -> String {
    format!("{role} (deputy of {})", absent.id)
}

#[cfg(test)]
mod tests {
    use super::{as_deputy, deputised_roles};
    use crate::access::{Door, granted, scope_of};
    use tb_kernel::{AccountId, AccountKind, Actor, DepartmentId, DepartmentRef, Deputised, Scope};
    use uuid::Uuid;

    fn clerk_for(roles: &[&str]) -> Actor {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        Actor {
            id: AccountId(Uuid::from_u128(1)),
            kind: AccountKind::Staff,
            name: "甲".to_owned(),
            roles: vec!["clerk".to_owned()],
            department: Some(DepartmentRef {
                id: DepartmentId(Uuid::from_u128(9)),
                code: "11430102TB00000871".to_owned(),
                name: "某局".to_owned(),
            }),
            deputy_of: vec![Deputised {
                id: AccountId(Uuid::from_u128(2)),
                name: "乙".to_owned(),
                roles: deputised_roles(&roles),
                arranged_by: AccountId(Uuid::from_u128(2)),
            }],
            ..Actor::system()
        }
    }

    #[test]
    fn a_deputy_handles_cases_and_no_more() {
        let deputy = clerk_for(&["head", "administrator", "centre_operator"]);
        let absent = deputy.deputy_of.first().unwrap();
        assert_eq!(absent.roles, ["head"]);
        let may = |key| scope_of(&deputy, key, Door::Role);
        // A clerk issues no orders of supervision by himself.
        let (scope, acting_as) = may("approval.supervision.issue").unwrap();
        assert_eq!(scope, Scope::Department(DepartmentId(Uuid::from_u128(9))));
        assert_eq!(acting_as, as_deputy("head", absent));
        assert_eq!(may("approval.case.decide").unwrap().1, "clerk");
        for key in [
            "approval.label.write",
            "catalogue.item.manage",
            "identity.account.write",
            "licence.change.decide",
        ] {
            assert!(may(key).is_none(), "{key}");
            assert!(!granted(&deputy).contains(&key));
        }
        // What a colleague who is away can do alone: keep views, name a deputy.
        let (scope, _) = may("identity.delegation.keep").unwrap();
        assert_eq!(scope, Scope::Own(deputy.id));
    }
}
