//! The guards of commands off the straight way.

use chrono::Duration;

use super::{diverted, facts, now, procedures, review, steps, today, with};
use crate::error::Error;
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};
use crate::model::state::{PaperKind, State, SuspensionGround, TerminationGround};

#[test]
fn a_special_procedure_is_one_of_the_item_approved_by_a_head_with_a_plan() {
    let (steps, listed) = (steps(), procedures());
    let mut case = facts(State::Examining, &steps);
    let heads = ["head"];
    assert_eq!(
        with(&case, diverted(review(today())), &heads),
        Err(Error::ProcedureNotListed)
    );
    case.procedures = &listed;
    assert_eq!(
        with(&case, diverted(review(today())), &["clerk"]),
        Err(Error::HeadApproves)
    );
    for astray in [today() - Duration::days(1), today() + Duration::days(400)] {
        assert_eq!(
            with(&case, diverted(review(astray)), &heads),
            Err(Error::PlannedEndAstray)
        );
    }
    let outcome = with(&case, diverted(review(today())), &heads).unwrap();
    assert_eq!(outcome.paper, Some(PaperKind::SpecialProcedureNotice));
    let procedure = outcome.events[0].detail.procedure.clone().unwrap();
    assert_eq!(
        (procedure.name.as_str(), procedure.planned_end),
        ("选址专家评审", today())
    );
    case.withdrawal_pending = true;
    assert_eq!(
        with(&case, diverted(review(today())), &heads),
        Err(Error::WithdrawalPending)
    );
}

#[test]
fn an_extension_is_given_once_before_the_date_and_for_ten_days_at_most() {
    let steps = steps();
    let mut case = facts(State::Examining, &steps);
    let extend = |length| diverted(Way::Extend { length });
    let heads = ["head"];
    assert_eq!(with(&case, extend(10), &heads), Err(Error::NoLegalTerm));
    case.legal.until = Some(now());
    assert_eq!(
        with(&case, extend(10), &heads),
        Err(Error::LegalTermNotInDays)
    );
    case.legal.in_days = true;
    assert_eq!(with(&case, extend(10), &heads), Err(Error::LegalTermOver));
    case.legal.until = Some(now() + Duration::microseconds(1));
    for length in [0, 11, u32::MAX] {
        assert_eq!(
            with(&case, extend(length), &heads),
            Err(Error::ExtensionTooLong { max: 10 })
        );
    }
    assert_eq!(
        with(&case, extend(10), &["clerk"]),
        Err(Error::HeadApproves)
    );
    let outcome = with(&case, extend(10), &heads).unwrap();
    assert_eq!(outcome.events[0].detail.extension, Some(10));
    case.legal.extended = true;
    assert_eq!(with(&case, extend(1), &heads), Err(Error::ExtendedBefore));
}

#[test]
fn what_a_diversion_rests_on_is_named() {
    let steps = steps();
    let mut case = facts(State::Examining, &steps);
    let heads = ["head"];
    let suspend = diverted(Way::Suspend {
        ground: SuspensionGround::Court,
        basis: " ".to_owned(),
    });
    assert_eq!(with(&case, suspend, &heads), Err(Error::BasisMissing));
    let silent = Command::Divert(Diversion {
        way: Way::Terminate {
            ground: TerminationGround::ApplicantGone,
        },
        reason: " ".to_owned(),
    });
    assert_eq!(with(&case, silent, &heads), Err(Error::ReasonMissing));
    let up = |organ: &str| {
        diverted(Way::ReportUp {
            organ: organ.to_owned(),
        })
    };
    assert!(matches!(
        with(&case, up("省农业农村厅"), &heads),
        Err(Error::StepsOpen { .. })
    ));
    case.step = steps.len();
    for organ in [String::new(), " ".to_owned(), "局".repeat(121)] {
        let refused = with(&case, up(&organ), &heads);
        assert_eq!(refused, Err(Error::OrganMissing { max: 120 }));
    }
    let outcome = with(&case, up(" 省农业农村厅 "), &heads).unwrap();
    assert_eq!(outcome.events[0].detail.organ, "省农业农村厅");
}
