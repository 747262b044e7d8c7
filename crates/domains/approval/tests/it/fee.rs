//! Fees: notices at the item's gate, money, the clock.

use chrono::Duration;
use serde_json::{Value, json};
use tb_contract::events::{FeeRequested, FeeTold, Letter, LetterFile};
use tb_testkit::Client;
use uuid::Uuid;

use crate::charging::{ASSESSED, CHARGED, CHARGED_FIRST};
use crate::world::{API, Sent, World, allowed, command, send_other};

pub const NUMBER: &str = "430102202611230000901";

/// The case with its fees as a clerk sees them.
async fn fees(world: &World, id: Uuid) -> Value {
    let path = format!("{API}/cases/{id}/fees");
    world.clerk().get(&path).await.ok()
}

/// The last order.
pub async fn order(world: &World, id: Uuid) -> Value {
    fees(world, id).await["orders"][0].clone()
}

/// What the applicant was told last.
pub async fn told(world: &World) -> (String, FeeTold) {
    let (kind, said, _) = world.said(NUMBER).await.pop().unwrap();
    (kind, said.fee.unwrap())
}

/// Lets the jobs run once.
pub async fn run(world: &World) {
    world.app.run_periodic("approval.payments").await;
    world.app.run_periodic("approval.fee_terms").await;
}

/// A case that waits for its decision, with the notice of payment out.
pub async fn noticed(world: &World) -> Uuid {
    let id = world.submit(NUMBER, CHARGED).await;
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    assert_eq!(
        fees(world, id).await["orders"],
        json!([]),
        "not before the gate"
    );
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    assert_eq!(order(world, id).await["state"], "preparing");
    run(world).await;
    id
}

/// Pays at the simulated platform; `lost`: its message never comes.
pub async fn pay(world: &World, code: &str, lost: bool) -> Value {
    let path = format!("{API}/simulator/bills/{code}/pay");
    world
        .app
        .client()
        .post(&path, &json!({ "lost": lost }))
        .await
        .ok()
}

/// Tries to.
pub async fn pay_again(world: &World, code: &str) -> tb_testkit::Answer {
    let path = format!("{API}/simulator/bills/{code}/pay");
    world.app.client().post(&path, &json!({})).await
}

/// The applicant asks.
pub async fn ask(world: &World, sent: &mut Sent, kind: &str, words: &str, files: Vec<LetterFile>) {
    sent.kind = "intake.application.fee_requested";
    sent.body.version += 1;
    let asked = FeeRequested {
        case_number: sent.body.case_number.clone(),
        version: sent.body.version,
        kind: kind.to_owned(),
        letter: Letter {
            id: world.app.store().new_id(),
            words: words.to_owned(),
            files,
        },
    };
    send_other(world, sent, serde_json::to_value(&asked).unwrap()).await;
}

/// A member of staff does something with the last order, in its version unless the body names one.
pub async fn act(
    client: &Client,
    world: &World,
    id: Uuid,
    verb: &str,
    mut body: Value,
) -> tb_testkit::Answer {
    let order = order(world, id).await;
    if body.get("version").is_none() {
        body["version"] = order["version"].clone();
    }
    let path = format!(
        "{API}/cases/{id}/fees/{}/{verb}",
        order["id"].as_str().unwrap()
    );
    client.post(&path, &body).await
}

/// Cases by what their fees wait for.
pub async fn stages(world: &World) -> Value {
    world.clerk().get(&format!("{API}/counts")).await.ok()["fees"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_waits_for_the_money_and_the_promise_does_not_run() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(kind, "approval.case.fee_noticed");
    assert_eq!(
        (fee.state.as_str(), fee.amount, fee.due),
        ("noticed", 4_000, 4_000)
    );
    assert_eq!(fee.lines[0].quantity, 2, "as the form says");
    assert_eq!(
        fee.pay_by.unwrap().to_string(),
        "2026-12-07",
        "ten working days"
    );
    let code = fee.code.clone().unwrap();
    assert_eq!(fee.pay_url.unwrap(), format!("/cashier/{code}"));
    let case = world.case(id).await;
    let titles: Vec<&str> = case["papers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect();
    assert!(titles.contains(&"缴款通知书"), "{titles:?}");
    assert_eq!(stages(&world).await, json!({ "unpaid": 1 }));
    let listed = world
        .clerk()
        .get(&format!("{API}/cases?fee=unpaid"))
        .await
        .ok();
    assert_eq!(listed["items"][0]["fee_stage"], "unpaid");
    assert_eq!(
        allowed(&case, "decide"),
        Err("approval.fee_unpaid".to_owned())
    );
    let head = world.head();
    let grant = json!({ "version": case["version"], "result": "granted" });
    head.post(&format!("{API}/cases/{id}/decide"), &grant)
        .await
        .refused(409, "approval.fee_unpaid");
    let seen = head.get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&seen, "terminate"), Ok(()), "on another ground");
    let unpaid = json!({ "version": case["version"], "ground": "fee_unpaid", "reason": "未缴" });
    head.post(&format!("{API}/cases/{id}/terminate"), &unpaid)
        .await
        .refused(409, "approval.fee_not_lapsed");

    // Five working days were promised; three were used when the notice went out, and none is since.
    world.on("2026-12-02");
    assert_eq!(world.case(id).await["light"], "green");
    world.on("2026-12-03");
    pay(&world, &code, false).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.state.as_str()),
        ("approval.case.fee_paid", "paid")
    );
    assert_eq!((fee.paid, fee.receipt.is_some()), (4_000, true));
    let case = world.case(id).await;
    let clock = |name: &str| {
        let clocks = case["clocks"]["clocks"].as_array().unwrap().clone();
        clocks.into_iter().find(|one| one["kind"] == name).unwrap()
    };
    let promised = clock("promised").to_string();
    assert!(
        promised.contains("等待缴费"),
        "the derivation shows it: {promised}"
    );
    assert!(promised.contains("2026-12-10"), "{promised}");
    let legal = clock("legal").to_string();
    assert!(
        !legal.contains("等待缴费"),
        "the law knows no such pause: {legal}"
    );
    assert_eq!(case["fee_stage"], "settled");
    command(&head, id, "decide", json!({ "result": "granted" })).await;
    let refused = pay_again(&world, &code).await;
    refused.refused(409, "approval.simulator_refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn before_acceptance_the_acceptance_waits_but_never_the_law() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    run(&world).await;
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "accept"),
        Err("approval.fee_unpaid".to_owned())
    );
    // Nobody answers within five working days: it counts as accepted all the same.
    world.on("2026-12-01");
    world.app.run_periodic("approval.deem_accepted").await;
    let case = world.case(id).await;
    assert_eq!(case["state"], "examining");
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    assert_eq!(world.case(id).await["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_pays_lapses_and_the_case_may_be_terminated() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-12-06");
    run(&world).await;
    assert_eq!(told(&world).await.0, "approval.case.fee_reminded");
    world.on("2026-12-08");
    run(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.state.as_str()),
        ("approval.case.fee_lapsed", "lapsed")
    );
    assert_eq!(stages(&world).await, json!({ "lapsed": 1 }));
    let words = json!({ "ground": "fee_unpaid", "reason": "经通知未缴纳" });
    let case = command(&world.head(), id, "terminate", words).await;
    assert_eq!(case["state"], "terminated");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_told_asks() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, true).await;
    run(&world).await;
    assert_eq!(order(&world, id).await["state"], "noticed", "not yet");
    world.app.clock().advance(Duration::minutes(11));
    run(&world).await;
    assert_eq!(order(&world, id).await["state"], "paid");
    run(&world).await;
    assert_eq!(order(&world, id).await["paid"], 4_000, "counted once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_fixes_what_the_item_leaves_open_and_charges_nothing_else() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, ASSESSED).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/fees"));
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&world.head(), id, "step", json!({ "outcome": "pass" })).await;
    assert_eq!(world.case(id).await["fee_stage"], "assess");
    assert_eq!(stages(&world).await, json!({ "request": 1 }));
    let fees = fees(&world, id).await;
    assert_eq!(fees["chargeable"], true);
    assert_eq!(fees["platform"], "模拟缴费平台");
    assert_eq!(fees["fees"][0]["unit_amount"], Value::Null);
    for wrong in [
        json!([]),
        json!([{ "fee": 0, "quantity": 1 }]),
        json!([{ "fee": 0, "quantity": 0, "unit_amount": 5 }]),
        json!([{ "fee": 0, "quantity": 1, "unit_amount": -5 }]),
        json!([{ "fee": 7, "quantity": 1, "unit_amount": 5 }]),
    ] {
        clerk
            .post(&path, &json!({ "lines": wrong }))
            .await
            .refused(422, "approval.fee_lines_wrong");
    }
    let lines = json!({ "lines": [{ "fee": 0, "quantity": 3, "unit_amount": 1_234 }] });
    let issued = clerk.post(&path, &lines).await.ok();
    assert_eq!(issued["chargeable"], false, "one is out");
    clerk
        .post(&path, &lines)
        .await
        .refused(409, "approval.fee_open");
    run(&world).await;
    let one = order(&world, id).await;
    assert_eq!(one["amount"], 3_702);
    act(
        &clerk,
        &world,
        id,
        "take-back",
        json!({ "reason": "数量有误" }),
    )
    .await
    .ok();
    clerk.post(&path, &lines).await.ok();
}
