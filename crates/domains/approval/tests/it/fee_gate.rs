//! When a notice can be made, and what a correction makes of it.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::charging::{ASSESSED, CHARGED, CHARGED_FIRST, CHARGED_REVIEWED};
use crate::fee::{NUMBER, act, noticed, order, pay, run, stages, told};
use crate::world::{API, World, allowed, command};

/// All orders, the last one first, as state and sum.
pub async fn orders(world: &World, id: Uuid) -> Vec<(String, i64)> {
    let path = format!("{API}/cases/{id}/fees");
    let fees = world.clerk().get(&path).await.ok();
    let orders = fees["orders"].as_array().unwrap();
    orders
        .iter()
        .map(|one| {
            let state = one["state"].as_str().unwrap().to_owned();
            (state, one["amount"].as_i64().unwrap())
        })
        .collect()
}

/// A case charged before its acceptance, with the notice over two copies out.
pub async fn charged_first(world: &World) -> Uuid {
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    run(world).await;
    assert_eq!(orders(world, id).await, [("noticed".to_owned(), 4_000)]);
    id
}

/// A correction that asks for so many copies; a second one is a head's to ask for.
pub async fn corrected(world: &World, id: Uuid, copies: Value) {
    world.app.clock().advance(chrono::Duration::minutes(5));
    let listed = json!({ "fields": ["/copies"], "materials": [], "reason": "份数有误" });
    let version = command(&world.head(), id, "request-correction", listed).await["version"].clone();
    let mut sent = world.sent(NUMBER, CHARGED_FIRST);
    sent.kind = "intake.application.corrected";
    sent.body.version += version.as_i64().unwrap();
    sent.body.form["copies"] = copies;
    world.send(&sent).await;
    world.app.run_events().await;
    run(world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_accepted_by_silence_is_charged_all_the_same() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_REVIEWED).await;
    assert_eq!(world.case(id).await["state"], "submitted");
    world.on("2026-12-01");
    world.app.run_periodic("approval.deem_accepted").await;
    run(&world).await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["fee_stage"]),
        (&json!("examining"), &json!("unpaid"))
    );
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_stops_the_clocks_by_a_notice_while_work_is_left() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, ASSESSED).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/fees"));
    let lines = json!({ "lines": [{ "fee": 0, "quantity": 1, "unit_amount": 500 }] });
    let refused = async || {
        assert_eq!(clerk.get(&path).await.ok()["chargeable"], false);
        clerk
            .post(&path, &lines)
            .await
            .refused(409, "approval.fee_not_due");
    };
    refused().await;
    command(&clerk, id, "accept", json!({})).await;
    refused().await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    refused().await;
    command(&world.head(), id, "step", json!({ "outcome": "pass" })).await;
    clerk.post(&path, &lines).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_asks_for_more_is_charged_more() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = charged_first(&world).await;
    let old = order(&world, id).await["code"].as_str().unwrap().to_owned();
    corrected(&world, id, json!("5")).await;
    assert_eq!(
        orders(&world, id).await,
        [
            ("noticed".to_owned(), 10_000),
            ("cancelled".to_owned(), 4_000)
        ]
    );
    crate::fee::pay_again(&world, &old)
        .await
        .refused(409, "approval.simulator_refused");
    let told: Vec<String> = world
        .said(NUMBER)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert!(told.contains(&"approval.case.fee_cancelled".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_what_was_paid_only_the_rest_is_charged() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = charged_first(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    corrected(&world, id, json!("5")).await;
    assert_eq!(
        orders(&world, id).await,
        [("noticed".to_owned(), 6_000), ("paid".to_owned(), 4_000)]
    );
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "accept"),
        Err("approval.fee_unpaid".to_owned())
    );
    let (_, fee) = told(&world).await;
    assert_eq!((fee.due, fee.earlier[0].paid), (6_000, 4_000));
    let code = fee.code.unwrap();
    pay(&world, &code, false).await;
    command(&world.clerk(), id, "accept", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_asks_for_less_gives_the_difference_back() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = charged_first(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    corrected(&world, id, json!("1")).await;
    let paid = order(&world, id).await;
    assert_eq!(
        (&paid["state"], &paid["due"]),
        (&json!("paid"), &json!(2_000))
    );
    assert_eq!(paid["request"]["sum"], 2_000);
    assert_eq!(stages(&world).await, json!({ "refund": 1 }));
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    let back = json!({ "what": "refund", "sum": 2_000, "reason": "多缴" });
    act(&clerk, &world, id, "propose", back).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_nobody_can_charge_waits_for_a_clerk() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = charged_first(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    // What was paid stands for what the form does not say.
    corrected(&world, id, json!("0")).await;
    assert_eq!(orders(&world, id).await.len(), 1);
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_goes_on_after_a_part_was_given_back() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    let half = json!({ "what": "refund", "sum": 2_000, "reason": "低保对象减半" });
    act(&clerk, &world, id, "propose", half).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    let order = order(&world, id).await;
    assert_eq!(
        (&order["state"], &order["due"]),
        (&json!("refunded"), &json!(2_000))
    );
    let case = command(&head, id, "decide", json!({ "result": "granted" })).await;
    assert_eq!(case["state"], "decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_platform_no_case_waits_for_money() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "decide"),
        Err("approval.fee_unpaid".to_owned())
    );
    let world = world.without_payments();
    world.on("2026-12-20");
    run(&world).await;
    assert_eq!(
        order(&world, id).await["state"],
        "noticed",
        "nobody is late"
    );
    let seen = world.head().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&seen, "decide"), Ok(()));
    let unpaid = json!({ "version": seen["version"], "ground": "fee_unpaid", "reason": "未缴" });
    world
        .head()
        .post(&format!("{API}/cases/{id}/terminate"), &unpaid)
        .await
        .refused(409, "approval.fee_not_lapsed");
    // The end takes the notice back all the same.
    let gone = json!({ "ground": "object_gone", "reason": "已灭失" });
    command(&world.head(), id, "terminate", gone).await;
    assert_eq!(order(&world, id).await["state"], "cancelled");
    let other = world.submit("430102202611230000902", CHARGED).await;
    assert_eq!(world.case(other).await["fee_stage"], Value::Null);
}
