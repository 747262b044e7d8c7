//! The money of an order: what comes, what is too much, what goes back.

use super::super::is_refundable;
use super::*;

#[test]
fn money_that_nobody_waits_for_goes_back() {
    let roles = ["head".to_owned()];
    for state in [FeeState::Lapsed, FeeState::Cancelled, FeeState::Exempt] {
        let (late, kind) = apply_fee(&order(state), &pay_late(4_000), head(&roles)).unwrap();
        assert_eq!(kind, EventKind::FeePaid);
        let exempt = state == FeeState::Exempt;
        assert_eq!(late.is_settled(), exempt, "{state}: it is not the fee");
        assert_eq!(late.stands(), exempt, "{state}");
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
    // The case has ended: what goes back is no question of what is charged.
    let approve = FeeCommand::Approve { running: false };
    let (going, kind) = apply_fee(&waiting, &approve, head(&roles)).unwrap();
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

#[test]
fn nobody_is_late_whose_payment_was_told_late() {
    let roles = ["head".to_owned()];
    let paid = |at: DateTime<Utc>, wanted| {
        let money = Money {
            amount: 4_000,
            revision: 1,
            at,
            wanted,
        };
        let lapsed = order(FeeState::Lapsed);
        let done = apply_fee(&lapsed, &FeeCommand::Pay(money), head(&roles));
        done.unwrap().0
    };
    let just = until() - Duration::seconds(1);
    let in_time = paid(just, true);
    assert!(in_time.is_settled() && in_time.request.is_none());
    for (at, wanted) in [(until(), true), (just, false)] {
        let late = paid(at, wanted);
        assert_eq!(late.stage(), FeeStage::Refund, "{at} {wanted}");
    }
}

/// An order of which a part is paid, with the code for the rest.
fn part_paid() -> FeeOrder {
    let roles = ["head".to_owned()];
    let (part, kind) = apply_fee(&order(FeeState::Noticed), &pay(1_500, 1), head(&roles)).unwrap();
    assert_eq!(kind, EventKind::FeePaid);
    assert_eq!(
        (part.state, part.owed(), part.revision, part.billed),
        (FeeState::Noticed, 2_500, 2, false)
    );
    assert!(!part.is_settled());
    apply_fee(&part, &bill(until()), head(&roles)).unwrap().0
}

#[test]
fn a_part_leaves_the_rest_to_pay() {
    let roles = ["head".to_owned()];
    let billed = part_paid();
    for wrong in [1_500, 4_000] {
        let less = propose(RequestKind::Reduction, wrong);
        let less = apply_fee(&billed, &less, head(&roles));
        assert!(
            less.is_err(),
            "{wrong}: he has paid that already, or it is no less"
        );
    }
    let (whole, _) = apply_fee(&billed, &pay(2_500, 2), head(&roles)).unwrap();
    assert!(whole.is_settled() && whole.request.is_none());
    let (over, _) = apply_fee(&billed, &pay(3_000, 2), head(&roles)).unwrap();
    assert_eq!(over.request.and_then(|one| one.sum), Some(500));
}

#[test]
fn a_part_goes_back_when_nothing_comes_of_it() {
    let roles = ["head".to_owned()];
    let billed = part_paid();
    let (cancelled, _) = apply_fee(&billed, &FeeCommand::Cancel, head(&roles)).unwrap();
    let behind = Surroundings {
        now: until(),
        ..head(&roles)
    };
    let reminded = FeeOrder {
        reminded_at: Some(now()),
        ..billed.clone()
    };
    let (lapsed, _) = apply_fee(&reminded, &FeeCommand::Lapse, behind).unwrap();
    let proposed = FeeOrder {
        request: Some(request(RequestKind::Exemption, 0)),
        ..billed
    };
    let (exempt, _) = apply_fee(&proposed, &APPROVE, head(&roles)).unwrap();
    for ended in [cancelled, lapsed, exempt] {
        let back = ended.request.as_ref().and_then(|one| one.sum);
        assert_eq!(
            (back, ended.stage()),
            (Some(1_500), FeeStage::Refund),
            "{}",
            ended.state
        );
    }
}

/// An order with money that a clerk wants to give back.
fn going_back(sum: i64) -> FeeOrder {
    FeeOrder {
        request: Some(Request {
            asker: Asker::Office,
            ..request(RequestKind::Refund, sum)
        }),
        ..order(FeeState::Paid)
    }
}

#[test]
fn what_is_given_back_while_the_case_goes_on_is_charged_no_more() {
    let roles = ["head".to_owned()];
    let give = |order: &FeeOrder, running| {
        let done = apply_fee(order, &FeeCommand::Approve { running }, head(&roles));
        done.unwrap().0
    };
    for (sum, due) in [(2_000, 2_000), (4_000, 0)] {
        let half = give(&going_back(sum), true);
        assert_eq!(half.due, due);
        assert!(half.is_settled(), "the grant waits for nothing");
    }
    // A case that has ended owes nothing, whatever goes back.
    assert_eq!(give(&going_back(4_000), false).due, 4_000);
    // What nobody waited for was never its fee.
    let (late, _) = apply_fee(&order(FeeState::Lapsed), &pay_late(4_000), head(&roles)).unwrap();
    let proposed = late.request.clone().map(|request| Request {
        proposer: Some(clerk()),
        ..request
    });
    let late = FeeOrder {
        request: proposed,
        ..late
    };
    let back = give(&late, true);
    assert!(back.due == 4_000 && !back.is_settled());
}

#[test]
fn a_correction_that_charges_less_gives_back_what_is_too_much() {
    let roles: [String; 0] = [];
    let amend = |order: &FeeOrder, quantity| {
        let (less, reason) = (copies(quantity), words());
        apply_fee(order, &FeeCommand::Amend { less, reason }, head(&roles))
    };
    let (less, kind) = amend(&order(FeeState::Paid), 1).unwrap();
    assert_eq!((kind, less.due), (EventKind::FeeProposed, 3_000));
    let back = less.request.as_ref().unwrap();
    assert_eq!((back.sum, back.reason.as_str()), (Some(1_000), "说明"));
    assert!(less.is_settled());
    assert_eq!(less.lines, copies(3), "the next correction finds three");
    assert!(amend(&less, 4).is_err(), "one is given back already");
    let (nothing, _) = amend(&less, 3).unwrap();
    assert_eq!((nothing.due, &*nothing.lines), (0, &[][..]));
    assert_eq!(nothing.request.and_then(|one| one.sum), Some(4_000));
    assert!(amend(&order(FeeState::Paid), 0).is_err());
}

#[test]
fn what_the_applicant_says_of_his_money_is_kept() {
    let roles: [String; 0] = [];
    let asked = FeeOrder {
        request: Some(request(RequestKind::Refund, 4_000)),
        ..order(FeeState::Paid)
    };
    let (twice, _) = apply_fee(&asked, &pay_late(4_000), head(&roles)).unwrap();
    let waiting = twice.request.unwrap();
    assert_eq!(
        (waiting.asker, waiting.reason.as_str(), waiting.sum),
        (Asker::Applicant, "家庭困难", None)
    );
}
