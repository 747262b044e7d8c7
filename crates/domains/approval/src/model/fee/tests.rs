//! Every state × every command, the money, two persons, the clock.

use chrono::{DateTime, Duration, Utc};
use tb_kernel::{AccountId, Deputised};
use uuid::Uuid;

use super::{
    Ask, Asker, Billed, FeeCommand, FeeOrder, FeeStage, FeeState, Request, RequestKind, apply_fee,
    is_refundable,
};
use crate::error::Error;
use crate::model::apply::Surroundings;
use crate::model::event::{EventKind, StaffRef};
use crate::model::words::Word;

const CLERK: Uuid = Uuid::from_u128(1);
const HEAD: Uuid = Uuid::from_u128(2);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn until() -> DateTime<Utc> {
    now() + Duration::days(10)
}

fn clerk() -> StaffRef {
    StaffRef {
        id: CLERK,
        name: "甲".to_owned(),
    }
}

fn request(kind: RequestKind, sum: i64) -> Request {
    Request {
        kind,
        asker: Asker::Applicant,
        reason: "家庭困难".to_owned(),
        files: Vec::new(),
        asked_at: now(),
        sum: Some(sum),
        opinion: "属实".to_owned(),
        proposer: Some(clerk()),
        stood_for: Vec::new(),
    }
}

/// An order over 40 yuan as it is in each state.
fn order(state: FeeState) -> FeeOrder {
    let blank = FeeOrder {
        state,
        billed: state != FeeState::Preparing,
        until: (state != FeeState::Preparing).then(until),
        ..FeeOrder::new(4_000)
    };
    match state {
        FeeState::Reduced => FeeOrder {
            due: 1_000,
            revision: 2,
            ..blank
        },
        FeeState::Paid => FeeOrder {
            paid: 4_000,
            ..blank
        },
        FeeState::Exempt => FeeOrder { due: 0, ..blank },
        FeeState::Refunding => FeeOrder {
            paid: 4_000,
            refunding: 1_500,
            ..blank
        },
        FeeState::Refunded => FeeOrder {
            paid: 4_000,
            refunded: 1_500,
            ..blank
        },
        _ => blank,
    }
}

fn head(roles: &[String]) -> Surroundings<'_> {
    Surroundings {
        now: now(),
        roles,
        actor: HEAD,
        deputy_of: &[],
        acting_for: None,
    }
}

fn ask(kind: RequestKind) -> FeeCommand {
    FeeCommand::Ask(Ask {
        kind,
        reason: "家庭困难".to_owned(),
        files: Vec::new(),
        at: now(),
        ended_in_vain: true,
    })
}

fn propose(kind: RequestKind, sum: i64) -> FeeCommand {
    FeeCommand::Propose {
        kind,
        sum,
        reason: "属实".to_owned(),
        by: clerk(),
        stood_for: Vec::new(),
    }
}

fn pay(amount: i64, revision: i32) -> FeeCommand {
    FeeCommand::Pay { amount, revision }
}

fn bill(until: DateTime<Utc>) -> FeeCommand {
    FeeCommand::Bill(Billed {
        code: "1".to_owned(),
        pay_url: "/cashier/1".to_owned(),
        pay_by: until.date_naive(),
        until,
    })
}

fn words() -> String {
    "说明".to_owned()
}

/// What a head may do in each state, and where it leads.
#[test]
fn every_state_takes_its_commands_and_no_other() {
    use FeeState as S;
    let roles = ["head".to_owned()];
    let commands: Vec<(FeeCommand, Vec<(S, S)>)> = vec![
        (bill(until()), vec![(S::Preparing, S::Noticed)]),
        (
            pay(4_000, 1),
            [
                S::Noticed,
                S::Reduced,
                S::Paid,
                S::Exempt,
                S::Refunded,
                S::Lapsed,
                S::Cancelled,
            ]
            .map(|from| (from, S::Paid))
            .into_iter()
            .chain([(S::Refunding, S::Refunding)])
            .collect(),
        ),
        (ask(RequestKind::Reduction), vec![(S::Noticed, S::Noticed)]),
        (ask(RequestKind::Exemption), vec![(S::Noticed, S::Noticed)]),
        (
            ask(RequestKind::Refund),
            vec![(S::Paid, S::Paid), (S::Refunded, S::Refunded)],
        ),
        (
            propose(RequestKind::Reduction, 500),
            vec![(S::Noticed, S::Noticed)],
        ),
        (
            propose(RequestKind::Exemption, 0),
            vec![(S::Noticed, S::Noticed), (S::Reduced, S::Reduced)],
        ),
        (
            propose(RequestKind::Refund, 500),
            [S::Paid, S::Refunding, S::Refunded]
                .map(|one| (one, one))
                .to_vec(),
        ),
        (FeeCommand::Approve, vec![]),
        (FeeCommand::Refuse { reason: words() }, vec![]),
        (FeeCommand::Remind, vec![]),
        (FeeCommand::Lapse, vec![]),
        (
            FeeCommand::Cancel { reason: words() },
            [S::Preparing, S::Noticed, S::Reduced]
                .map(|from| (from, S::Cancelled))
                .to_vec(),
        ),
        (
            FeeCommand::GiveBack { sum: 1_500 },
            vec![(S::Refunding, S::Refunded)],
        ),
        (FeeCommand::FailRefund, vec![(S::Refunding, S::Paid)]),
    ];
    for (command, allowed) in commands {
        for state in S::ALL {
            let done =
                apply_fee(&order(*state), &command, head(&roles)).map(|(next, _)| next.state);
            let expected = allowed.iter().find(|(from, _)| from == state);
            assert_eq!(
                done.as_ref().ok(),
                expected.map(|(_, to)| to),
                "{state} {command:?}: {done:?}"
            );
        }
    }
}

#[test]
fn a_reduction_wants_a_clerk_and_another_person() {
    let (clerks, heads) = (["clerk".to_owned()], ["head".to_owned()]);
    let noticed = order(FeeState::Noticed);
    let (asked, kind) = apply_fee(&noticed, &ask(RequestKind::Reduction), head(&heads)).unwrap();
    assert_eq!(kind, EventKind::FeeReductionAsked);
    assert_eq!(asked.stage(), FeeStage::Request);
    assert_eq!(asked.alarm(), None, "the clock waits for the answer");
    let refused =
        |order: &FeeOrder, around| apply_fee(order, &FeeCommand::Approve, around).unwrap_err();
    assert_eq!(refused(&asked, head(&heads)), Error::FeeNotProposed);
    assert_eq!(refused(&noticed, head(&heads)), Error::FeeNothingAsked);

    for wrong in [0, 4_000, 4_001, -5] {
        let error = apply_fee(
            &asked,
            &propose(RequestKind::Reduction, wrong),
            head(&heads),
        );
        assert!(matches!(error, Err(Error::FeeSumWrong { .. })), "{wrong}");
    }
    let refund = apply_fee(&asked, &propose(RequestKind::Refund, 1), head(&heads));
    assert!(
        refund.is_err(),
        "what was asked as a reduction is no refund"
    );
    let (proposed, _) = apply_fee(
        &asked,
        &propose(RequestKind::Reduction, 1_000),
        head(&clerks),
    )
    .unwrap();
    let waiting = proposed.request.as_ref().unwrap();
    assert_eq!(
        (waiting.asker, waiting.sum),
        (Asker::Applicant, Some(1_000))
    );
    assert_eq!(waiting.reason, "家庭困难");

    let same = Surroundings {
        actor: CLERK,
        ..head(&heads)
    };
    assert_eq!(refused(&proposed, same), Error::FeeSecondPerson);
    assert_eq!(refused(&proposed, head(&clerks)), Error::HeadApproves);
    let absent = [Deputised {
        id: AccountId(CLERK),
        name: "甲".to_owned(),
        roles: vec!["clerk".to_owned()],
        arranged_by: AccountId(CLERK),
    }];
    let deputy = Surroundings {
        deputy_of: &absent,
        ..head(&heads)
    };
    assert_eq!(refused(&proposed, deputy), Error::DeputyOnBothSides);
    let mut by_deputy = proposed.clone();
    by_deputy.request.as_mut().unwrap().stood_for = vec![HEAD];
    assert_eq!(refused(&by_deputy, head(&heads)), Error::DeputyOnBothSides);

    let (reduced, kind) = apply_fee(&proposed, &FeeCommand::Approve, head(&heads)).unwrap();
    assert_eq!(kind, EventKind::FeeReduced);
    assert_eq!(
        (reduced.due, reduced.revision, reduced.billed),
        (1_000, 2, false)
    );
    let later = until() + Duration::days(1);
    let (billed, kind) = apply_fee(&reduced, &bill(later), head(&heads)).unwrap();
    assert_eq!((kind, billed.until), (EventKind::FeeBilled, Some(later)));
    assert!(apply_fee(&billed, &ask(RequestKind::Reduction), head(&heads)).is_err());
    let (paid, _) = apply_fee(&billed, &pay(1_000, 2), head(&heads)).unwrap();
    assert!(paid.is_settled() && paid.request.is_none());
}

#[test]
fn money_that_nobody_waits_for_goes_back() {
    let roles = ["head".to_owned()];
    for state in [FeeState::Lapsed, FeeState::Cancelled, FeeState::Exempt] {
        let (late, kind) = apply_fee(&order(state), &pay(4_000, 1), head(&roles)).unwrap();
        assert_eq!(kind, EventKind::FeePaid);
        let back = late.request.as_ref().unwrap();
        assert_eq!((back.asker, back.sum), (Asker::Platform, Some(4_000)));
        assert_eq!(late.stage(), FeeStage::Refund);
    }
    // Twice: the second one goes back, and a third with it.
    let paid = order(FeeState::Paid);
    let (twice, _) = apply_fee(&paid, &pay(4_000, 1), head(&roles)).unwrap();
    assert_eq!(twice.request.as_ref().unwrap().sum, Some(4_000));
    assert!(twice.is_settled());
    let (thrice, _) = apply_fee(&twice, &pay(4_000, 1), head(&roles)).unwrap();
    assert_eq!(thrice.request.as_ref().unwrap().sum, Some(8_000));
    // The old code was paid while the reduction went out.
    let (old, _) = apply_fee(&order(FeeState::Reduced), &pay(4_000, 1), head(&roles)).unwrap();
    assert_eq!(old.request.as_ref().unwrap().sum, Some(3_000));
    assert!(old.is_settled());
    // A refund under way is not disturbed.
    let (during, _) = apply_fee(&order(FeeState::Refunding), &pay(4_000, 1), head(&roles)).unwrap();
    assert_eq!(during.refunding, 1_500);
    assert_eq!(during.request.as_ref().unwrap().sum, Some(4_000));
    for (amount, revision) in [(0, 1), (-1, 1), (4_000, 0), (4_000, 2)] {
        assert!(
            apply_fee(
                &order(FeeState::Noticed),
                &pay(amount, revision),
                head(&roles)
            )
            .is_err()
        );
    }
}

#[test]
fn no_more_goes_back_than_came() {
    let roles = ["head".to_owned()];
    let part = order(FeeState::Refunded);
    for (sum, ok) in [(2_500, true), (2_501, false), (0, false), (-1, false)] {
        let done = apply_fee(&part, &propose(RequestKind::Refund, sum), head(&roles));
        assert_eq!(done.is_ok(), ok, "{sum}");
    }
    let waiting = FeeOrder {
        request: Some(request(RequestKind::Refund, 2_500)),
        ..part
    };
    let (going, kind) = apply_fee(&waiting, &FeeCommand::Approve, head(&roles)).unwrap();
    assert_eq!(kind, EventKind::FeeRefundApproved);
    assert_eq!((going.refunding, going.kept()), (2_500, 0));
    assert!(apply_fee(&going, &propose(RequestKind::Refund, 1), head(&roles)).is_err());
    let give =
        |order: &FeeOrder, sum| apply_fee(order, &FeeCommand::GiveBack { sum }, head(&roles));
    assert!(give(&going, 2_501).is_err());
    let (some, _) = give(&going, 1_000).unwrap();
    assert_eq!(some.state, FeeState::Refunding);
    let (all, _) = give(&some, 1_500).unwrap();
    assert_eq!(
        (all.state, all.refunded, all.refunding),
        (FeeState::Refunded, 4_000, 0)
    );
    assert!(!all.is_settled());
    let (failed, kind) = apply_fee(&going, &FeeCommand::FailRefund, head(&roles)).unwrap();
    assert_eq!(kind, EventKind::FeeRefundFailed);
    assert_eq!((failed.state, failed.kept()), (FeeState::Refunded, 2_500));
}

#[test]
fn the_applicant_gets_back_what_was_in_vain_or_too_much() {
    let paid = order(FeeState::Paid);
    assert!(is_refundable(&paid, true));
    assert!(!is_refundable(&paid, false));
    let twice = FeeOrder {
        paid: 8_000,
        ..paid.clone()
    };
    assert!(is_refundable(&twice, false));
    for state in [
        FeeState::Noticed,
        FeeState::Exempt,
        FeeState::Refunding,
        FeeState::Lapsed,
    ] {
        assert!(!is_refundable(&order(state), true), "{state}");
    }
    let asked = FeeOrder {
        request: Some(request(RequestKind::Refund, 1)),
        ..paid
    };
    assert!(!is_refundable(&asked, true));
}

#[test]
fn a_refusal_reminds_anew_and_is_a_heads_where_a_clerk_proposed() {
    let (clerks, heads) = (["clerk".to_owned()], ["head".to_owned()]);
    let refuse = |order: &FeeOrder, around| {
        apply_fee(order, &FeeCommand::Refuse { reason: words() }, around)
    };
    let proposed = FeeOrder {
        reminded_at: Some(now()),
        request: Some(request(RequestKind::Exemption, 0)),
        ..order(FeeState::Noticed)
    };
    assert_eq!(refuse(&proposed, head(&clerks)), Err(Error::HeadApproves));
    let (refused, kind) = refuse(&proposed, head(&heads)).unwrap();
    assert_eq!(kind, EventKind::FeeRequestRefused);
    assert_eq!(
        (refused.state, refused.reminded_at),
        (FeeState::Noticed, None)
    );
    let asked = FeeOrder {
        request: Some(Request {
            proposer: None,
            sum: None,
            ..request(RequestKind::Exemption, 0)
        }),
        ..order(FeeState::Noticed)
    };
    assert!(refuse(&asked, head(&clerks)).is_ok());
    let silent = apply_fee(
        &asked,
        &FeeCommand::Refuse {
            reason: " ".to_owned(),
        },
        head(&heads),
    );
    assert_eq!(silent, Err(Error::ReasonMissing));
    let late = FeeOrder {
        request: Some(Request::of_platform(4_000, now())),
        ..order(FeeState::Paid)
    };
    assert_eq!(refuse(&late, head(&clerks)), Err(Error::HeadApproves));
}

#[test]
fn a_reminder_comes_first_and_the_end_a_day_after_it() {
    let roles: [String; 0] = [];
    let at = |now| Surroundings {
        now,
        ..head(&roles)
    };
    let noticed = order(FeeState::Noticed);
    let early = until() - Duration::days(2);
    assert_eq!(noticed.alarm(), Some((early, FeeCommand::Remind)));
    let remind = |now| apply_fee(&noticed, &FeeCommand::Remind, at(now));
    assert!(remind(early - Duration::seconds(1)).is_err());
    assert!(
        apply_fee(&noticed, &FeeCommand::Lapse, at(until())).is_err(),
        "not unwarned"
    );
    let late = until() + Duration::days(3);
    let (reminded, kind) = remind(late).unwrap();
    assert_eq!(kind, EventKind::FeeReminded);
    let end = late + Duration::days(1);
    assert_eq!(reminded.alarm(), Some((end, FeeCommand::Lapse)));
    let (lapsed, kind) = apply_fee(&reminded, &FeeCommand::Lapse, at(end)).unwrap();
    assert_eq!(
        (kind, lapsed.state),
        (EventKind::FeeLapsed, FeeState::Lapsed)
    );
    assert_eq!(lapsed.stage(), FeeStage::Lapsed);
    assert_eq!(lapsed.alarm(), None);
}

#[test]
fn nobody_is_late_who_has_no_code_to_pay_by() {
    let roles = ["head".to_owned()];
    let asked = FeeOrder {
        reminded_at: Some(now()),
        request: Some(request(RequestKind::Reduction, 1_000)),
        ..order(FeeState::Noticed)
    };
    let behind = Surroundings {
        now: until() + Duration::days(5),
        ..head(&roles)
    };
    let (reduced, _) = apply_fee(&asked, &FeeCommand::Approve, behind).unwrap();
    assert_eq!((reduced.alarm(), reduced.until), (None, None));

    // A refusal behind the last day brings another code; before it the one that he has goes on.
    let refuse = FeeCommand::Refuse {
        reason: "不符合条件".to_owned(),
    };
    let (refused, _) = apply_fee(&asked, &refuse, behind).unwrap();
    assert_eq!(
        (refused.revision, refused.billed, refused.alarm()),
        (2, false, None)
    );
    let (anew, kind) = apply_fee(&refused, &bill(behind.now + Duration::days(10)), behind).unwrap();
    assert_eq!(
        (kind, anew.state),
        (EventKind::FeeBilled, FeeState::Noticed)
    );
    let (early, _) = apply_fee(&asked, &refuse, head(&roles)).unwrap();
    assert_eq!((early.revision, early.billed), (1, true));
}

#[test]
fn money_that_the_platform_does_not_give_back_stays_on_the_desk() {
    let roles: [String; 0] = [];
    let failed = apply_fee(
        &order(FeeState::Refunding),
        &FeeCommand::FailRefund,
        head(&roles),
    );
    let (failed, _) = failed.unwrap();
    assert_eq!(
        (failed.state, failed.stage()),
        (FeeState::Paid, FeeStage::Refund)
    );
    assert_eq!(failed.request.and_then(|request| request.sum), Some(1_500));
}
