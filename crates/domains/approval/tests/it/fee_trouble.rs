//! A payment platform that fails, refuses, is slow, or says other things than were expected.

use chrono::Duration;
use serde_json::{Value, json};
use tb_contract::payments::Payment;
use uuid::Uuid;

use crate::charging::{CHARGED, CHARGED_FIRST};
use crate::fee::{NUMBER, act, ask, noticed, order, pay, pay_again, run, stages, told};
use crate::wire::{Call, Trouble};
use crate::world::{API, World, command};

/// The number of a revision of the last order.
async fn number(world: &World, id: Uuid, revision: i32) -> String {
    let order: Uuid = order(world, id).await["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    format!("{}-{revision}", order.simple())
}

fn payment(world: &World, transaction: &str, amount: i64) -> Payment {
    Payment {
        transaction: transaction.to_owned(),
        amount,
        currency: "CNY".to_owned(),
        paid_at: world.app.now(),
        receipt: format!("样{transaction}"),
    }
}

/// Asks the platform when it is asked the next time.
async fn later(world: &World) {
    world.app.clock().advance(Duration::minutes(11));
    run(world).await;
}

async fn code(world: &World, id: Uuid) -> String {
    order(world, id).await["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_cannot_be_made_is_asked_for_again() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    for trouble in [Trouble::Unreachable, Trouble::AnswerLost] {
        world.wire.cut(Call::Open, trouble);
        later(&world).await;
        assert_eq!(order(&world, id).await["state"], "preparing", "{trouble:?}");
    }
    world.wire.mend();
    run(&world).await;
    assert_eq!(order(&world, id).await["state"], "preparing", "in a minute");
    later(&world).await;
    let one = order(&world, id).await;
    assert_eq!(one["state"], "noticed");
    // What was made with its answer lost is what the applicant gets: there is one bill.
    pay(&world, one["code"].as_str().unwrap(), false).await;
    assert_eq!(order(&world, id).await["paid"], 4_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reduction_is_not_lost_over_a_code_that_cannot_be_made() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-12-06");
    run(&world).await;
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "reduction", "家庭困难", Vec::new()).await;
    world.on("2026-12-10");
    let half = json!({ "what": "reduction", "sum": 2_000, "reason": "减半" });
    act(&world.clerk(), &world, id, "propose", half).await.ok();
    act(&world.head(), &world, id, "approve", json!({}))
        .await
        .ok();
    world.wire.cut(Call::Open, Trouble::Unreachable);
    for _ in 0..3 {
        world.app.run_periodic("approval.fee_terms").await;
        later(&world).await;
    }
    assert_eq!(order(&world, id).await["state"], "reduced");
    world.wire.mend();
    later(&world).await;
    let code = code(&world, id).await;
    pay(&world, &code, false).await;
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_when_the_case_has_ended_is_closed_at_once() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    let go = world.wire.hold(Call::Open);
    let ends = async {
        world.wire.arrived().await;
        let refusal = json!({ "kind": "refused", "reason": "不属于本机关职权" });
        command(&world.clerk(), id, "refuse", refusal).await;
        go.send(()).unwrap();
    };
    tokio::join!(world.app.run_periodic("approval.payments"), ends);
    assert_eq!(order(&world, id).await["state"], "cancelled");
    let simulator = tb_approval::Simulator::new(world.app.store());
    let asked = json!({ "open": { "number": number(&world, id, 1).await, "office": "11430102TB00000871",
        "subject": "x", "amount": 4_000, "currency": "CNY", "expires_at": "2027-01-01T00:00:00Z" } });
    let bill = simulator
        .hear(&simulator.sign(asked.to_string()))
        .await
        .unwrap();
    pay_again(&world, bill["code"].as_str().unwrap())
        .await
        .refused(409, "approval.simulator_refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_late_while_the_platform_is_silent() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-12-06");
    run(&world).await;
    let code = code(&world, id).await;
    pay(&world, &code, true).await;
    world.on("2026-12-09");
    for call in [Call::Payments, Call::Close] {
        world.wire.cut(call, Trouble::Unreachable);
        run(&world).await;
        assert_eq!(order(&world, id).await["state"], "noticed", "{call:?}");
        world.wire.mend();
    }
    run(&world).await;
    assert_eq!(
        order(&world, id).await["state"],
        "paid",
        "he has paid in time"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_in_time_settles_what_has_lapsed_meanwhile() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-12-06");
    run(&world).await;
    let mut paid = payment(&world, "T1", 4_000);
    world.on("2026-12-08");
    world.app.run_periodic("approval.fee_terms").await;
    assert_eq!(order(&world, id).await["state"], "lapsed");
    // The platform has booked it late.
    paid.paid_at = "2026-12-07T15:00:00Z".parse().unwrap();
    let number = number(&world, id, 1).await;
    world.wire.came(&number, paid);
    run(&world).await;
    assert_eq!(order(&world, id).await["request"], Value::Null);
    let granted = json!({ "result": "granted" });
    command(&world.head(), id, "decide", granted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_is_refused_stays_on_the_desk() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let code = code(&world, id).await;
    pay(&world, &code, false).await;
    let gone = json!({ "ground": "object_gone", "reason": "已灭失" });
    command(&head, id, "terminate", gone).await;
    let give_back = async || {
        let all = json!({ "what": "refund", "sum": 4_000, "reason": "办件已终止" });
        act(&clerk, &world, id, "propose", all).await.ok();
        act(&head, &world, id, "approve", json!({})).await.ok();
        run(&world).await;
    };
    world.wire.cut(Call::Refund, Trouble::Refused);
    give_back().await;
    let failed = order(&world, id).await;
    assert_eq!(
        (
            &failed["state"],
            &failed["refunding"],
            &failed["request"]["sum"]
        ),
        (&json!("paid"), &json!(0), &json!(4_000))
    );
    assert_eq!(stages(&world).await, json!({ "refund": 1 }));
    assert_eq!(told(&world).await.0, "approval.case.fee_refund_failed");
    // Unreachable is no refusal, and an answer that is lost gives nothing back twice.
    world.wire.mend();
    world.wire.cut(Call::Refund, Trouble::AnswerLost);
    give_back().await;
    assert_eq!(order(&world, id).await["state"], "refunding");
    world.wire.mend();
    later(&world).await;
    let done = order(&world, id).await;
    assert_eq!(
        (&done["state"], &done["refunded"]),
        (&json!("refunded"), &json!(4_000))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_code_stays_open_behind_the_one_that_counts() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let first = code(&world, id).await;
    let (clerk, head) = (world.clerk(), world.head());
    let half = json!({ "what": "reduction", "sum": 2_000, "reason": "减半" });
    act(&clerk, &world, id, "propose", half).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    // The case ends before the second code is made.
    let gone = json!({ "ground": "object_gone", "reason": "已灭失" });
    command(&head, id, "terminate", gone).await;
    run(&world).await;
    pay_again(&world, &first)
        .await
        .refused(409, "approval.simulator_refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_by_an_old_code_closes_the_new_one() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let first = code(&world, id).await;
    pay(&world, &first, true).await;
    let (clerk, head) = (world.clerk(), world.head());
    let half = json!({ "what": "reduction", "sum": 2_000, "reason": "减半" });
    act(&clerk, &world, id, "propose", half).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    let second = code(&world, id).await;
    assert_ne!(first, second);
    later(&world).await;
    let paid = order(&world, id).await;
    assert_eq!(
        (&paid["state"], &paid["request"]["sum"]),
        (&json!("paid"), &json!(2_000))
    );
    run(&world).await;
    pay_again(&world, &second)
        .await
        .refused(409, "approval.simulator_refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_counted_and_the_rest_asked_for() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let first = number(&world, id, 1).await;
    world.wire.came(&first, payment(&world, "T1", 1_500));
    later(&world).await;
    let part = order(&world, id).await;
    assert_eq!(
        (&part["state"], &part["paid"], &part["due"]),
        (&json!("noticed"), &json!(1_500), &json!(4_000))
    );
    run(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(kind, "approval.case.fee_billed");
    let bill = format!("{API}/simulator/bills/{}", fee.code.unwrap());
    assert_eq!(world.app.client().get(&bill).await.ok()["amount"], 2_500);
    let rest = code(&world, id).await;
    pay(&world, &rest, false).await;
    let whole = order(&world, id).await;
    assert_eq!(
        (&whole["state"], &whole["paid"], &whole["request"]),
        (&json!("paid"), &json!(4_000), &Value::Null)
    );
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_answers_again_and_again_is_kept_once() {
    use sea_orm::{ConnectionTrait, Statement};
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let first = number(&world, id, 1).await;
    let strange = Payment {
        currency: "USD".to_owned(),
        ..payment(&world, "T1", 4_000)
    };
    world.wire.came(&first, strange);
    for _ in 0..3 {
        later(&world).await;
    }
    assert_eq!(order(&world, id).await["paid"], 0);
    let conn = world.app.store().read();
    let query = "SELECT verdict FROM approval_payment_notice";
    let rows = conn
        .query_all_raw(Statement::from_string(conn.get_database_backend(), query))
        .await
        .unwrap();
    let verdicts: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "verdict").unwrap())
        .collect();
    assert_eq!(verdicts, ["wrong_currency"]);
}
