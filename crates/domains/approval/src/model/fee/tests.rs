//! Every state × every command, two persons, the clock.

mod money;

use chrono::{DateTime, Duration, Utc};
use tb_contract::events::FeeLine;
use tb_kernel::{AccountId, Deputised};
use uuid::Uuid;

use super::{
    Ask, Asker, Billed, FeeCommand, FeeOrder, FeeStage, FeeState, Money, Request, RequestKind,
    apply_fee,
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

/// So many copies at 10 yuan.
fn copies(quantity: i64) -> Vec<FeeLine> {
    vec![FeeLine {
        name: "工本费".to_owned(),
        basis: "某发改价〔2020〕1号".to_owned(),
        standard: String::new(),
        unit_amount: 1_000,
        quantity,
    }]
}

/// An order over 40 yuan as it is in each state.
fn order(state: FeeState) -> FeeOrder {
    let blank = FeeOrder {
        state,
        lines: copies(4),
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

const APPROVE: FeeCommand = FeeCommand::Approve { running: true };

/// Money for an order that the case waits for, paid now.
fn pay(amount: i64, revision: i32) -> FeeCommand {
    FeeCommand::Pay(Money {
        amount,
        revision,
        at: now(),
        wanted: true,
    })
}

/// Money that comes when the case has ended, or behind the term.
fn pay_late(amount: i64) -> FeeCommand {
    FeeCommand::Pay(Money {
        amount,
        revision: 1,
        at: until(),
        wanted: true,
    })
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

type Row = (FeeCommand, Vec<(FeeState, FeeState)>);

/// From these states it leads into this one.
fn rows<const N: usize>(from: [FeeState; N], to: FeeState) -> Vec<(FeeState, FeeState)> {
    from.map(|state| (state, to)).to_vec()
}

/// In these it changes no state.
fn stays<const N: usize>(states: [FeeState; N]) -> Vec<(FeeState, FeeState)> {
    states.map(|state| (state, state)).to_vec()
}

/// What is done about the money.
fn of_money() -> Vec<Row> {
    use FeeState as S;
    let paid = [
        S::Noticed,
        S::Reduced,
        S::Paid,
        S::Exempt,
        S::Refunded,
        S::Lapsed,
        S::Cancelled,
    ];
    let amend = FeeCommand::Amend {
        less: copies(1),
        reason: words(),
    };
    vec![
        (
            pay(4_000, 1),
            [rows(paid, S::Paid), stays([S::Refunding])].concat(),
        ),
        (ask(RequestKind::Refund), stays([S::Paid, S::Refunded])),
        (
            propose(RequestKind::Refund, 500),
            stays([S::Paid, S::Refunding, S::Refunded]),
        ),
        (amend, stays([S::Paid, S::Refunding, S::Refunded])),
        (
            FeeCommand::GiveBack { sum: 1_500 },
            rows([S::Refunding], S::Refunded),
        ),
        (FeeCommand::FailRefund, rows([S::Refunding], S::Paid)),
    ]
}

/// What is done about the notice.
fn of_notice() -> Vec<Row> {
    use FeeState as S;
    let open = [S::Preparing, S::Noticed, S::Reduced];
    let take_back = FeeCommand::TakeBack { reason: words() };
    vec![
        (bill(until()), rows([S::Preparing], S::Noticed)),
        (ask(RequestKind::Reduction), stays([S::Noticed])),
        (ask(RequestKind::Exemption), stays([S::Noticed])),
        (propose(RequestKind::Reduction, 500), stays([S::Noticed])),
        (
            propose(RequestKind::Exemption, 0),
            stays([S::Noticed, S::Reduced]),
        ),
        (APPROVE, vec![]),
        (FeeCommand::Refuse { reason: words() }, vec![]),
        (FeeCommand::Remind, vec![]),
        (FeeCommand::Lapse, vec![]),
        (take_back, rows(open, S::Cancelled)),
        (FeeCommand::Cancel, rows(open, S::Cancelled)),
    ]
}

/// What a head may do in each state, and where it leads.
#[test]
fn every_state_takes_its_commands_and_no_other() {
    let roles = ["head".to_owned()];
    for (command, allowed) in [of_notice(), of_money()].concat() {
        for state in FeeState::ALL {
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
    let refused = |order: &FeeOrder, around| apply_fee(order, &APPROVE, around).unwrap_err();
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

    let (reduced, kind) = apply_fee(&proposed, &APPROVE, head(&heads)).unwrap();
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
    let (reduced, _) = apply_fee(&asked, &APPROVE, behind).unwrap();
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
fn an_own_proposal_becomes_the_answer_to_who_asks_meanwhile() {
    let roles = ["head".to_owned()];
    let noticed = order(FeeState::Noticed);
    let propose = propose(RequestKind::Reduction, 1_000);
    let (thought, _) = apply_fee(&noticed, &propose, head(&roles)).unwrap();
    assert_eq!(thought.request.as_ref().unwrap().asker, Asker::Office);
    let (asked, kind) = apply_fee(&thought, &ask(RequestKind::Reduction), head(&roles)).unwrap();
    assert_eq!(kind, EventKind::FeeReductionAsked);
    let waiting = asked.request.as_ref().unwrap();
    assert_eq!(
        (waiting.asker, waiting.sum),
        (Asker::Applicant, Some(1_000))
    );
    assert_eq!(
        (waiting.reason.as_str(), waiting.opinion.as_str()),
        ("家庭困难", "属实")
    );
    // Another thing than the office thought of: that thought falls.
    let (other, _) = apply_fee(&thought, &ask(RequestKind::Exemption), head(&roles)).unwrap();
    let waiting = other.request.as_ref().unwrap();
    assert_eq!(
        (waiting.kind, waiting.sum, &waiting.proposer),
        (RequestKind::Exemption, None, &None)
    );
    assert!(apply_fee(&other, &ask(RequestKind::Exemption), head(&roles)).is_err());
}

#[test]
fn a_notice_is_not_taken_back_over_the_applicants_head() {
    let roles = ["clerk".to_owned()];
    let noticed = order(FeeState::Noticed);
    let (asked, _) = apply_fee(&noticed, &ask(RequestKind::Reduction), head(&roles)).unwrap();
    let take_back = |order: &FeeOrder, reason: &str| {
        let reason = reason.to_owned();
        apply_fee(order, &FeeCommand::TakeBack { reason }, head(&roles))
    };
    assert_eq!(take_back(&asked, "多开了"), Err(Error::FeeAsked));
    assert_eq!(take_back(&noticed, " "), Err(Error::ReasonMissing));
    // The end of the case is told to him.
    let (ended, _) = apply_fee(&asked, &FeeCommand::Cancel, head(&roles)).unwrap();
    assert_eq!((ended.state, ended.request), (FeeState::Cancelled, None));
}
