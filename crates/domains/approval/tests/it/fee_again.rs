//! What comes a second time: a correction beside what was paid, an examination behind a notice.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::charging::CHARGED_FIRST;
use crate::fee::{NUMBER, act, noticed, order, pay, run, stages, told};
use crate::fee_gate::{charged_first, corrected, orders};
use crate::world::{API, World, allowed, command};

/// A case charged before its acceptance, with its two copies paid.
async fn paid(world: &World) -> Uuid {
    let id = charged_first(world).await;
    pay_last(world, id).await;
    id
}

/// Pays the last order.
async fn pay_last(world: &World, id: Uuid) {
    let code = order(world, id).await["code"].as_str().unwrap().to_owned();
    pay(world, &code, false).await;
}

/// The last day of what was promised.
async fn promised(world: &World, id: Uuid) -> Value {
    let case = world.case(id).await;
    let clocks = case["clocks"]["clocks"].as_array().unwrap();
    let promised = clocks.iter().find(|one| one["kind"] == "promised");
    promised.unwrap()["due"].clone()
}

/// Passes both steps.
async fn examine(world: &World, id: Uuid) {
    for client in [world.clerk(), world.head()] {
        command(&client, id, "step", json!({ "outcome": "pass" })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_and_back_again_owes_nothing() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = paid(&world).await;
    corrected(&world, id, json!("5")).await;
    assert_eq!(
        allowed(&world.case(id).await, "accept"),
        Err("approval.fee_unpaid".to_owned())
    );
    corrected(&world, id, json!("2")).await;
    assert_eq!(
        orders(&world, id).await,
        [("cancelled".to_owned(), 6_000), ("paid".to_owned(), 4_000)]
    );
    assert_eq!(stages(&world).await, json!({}));
    let fees = world.clerk().get(&format!("{API}/cases/{id}/fees")).await;
    assert_eq!(fees.ok()["chargeable"], false, "nothing is left to charge");
    let (_, fee) = told(&world).await;
    assert_eq!((fee.state.as_str(), fee.paid), ("paid", 4_000));
    let case = command(&world.clerk(), id, "accept", json!({})).await;
    assert_eq!(case["fee_stage"], "settled");
    examine(&world, id).await;
    let case = command(&world.head(), id, "decide", json!({ "result": "granted" })).await;
    assert_eq!(case["state"], "decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_late_with_what_is_charged_no_more() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = paid(&world).await;
    corrected(&world, id, json!("5")).await;
    for day in ["2026-12-06", "2026-12-09"] {
        world.on(day);
        run(&world).await;
    }
    assert_eq!(stages(&world).await, json!({ "lapsed": 1 }));
    corrected(&world, id, json!("2")).await;
    assert_eq!(stages(&world).await, json!({}));
    command(&world.clerk(), id, "accept", json!({})).await;
    let case = world.head().get(&format!("{API}/cases/{id}")).await.ok();
    let unpaid = json!({ "version": case["version"], "ground": "fee_unpaid", "reason": "未缴" });
    let path = format!("{API}/cases/{id}/terminate");
    let refused = world.head().post(&path, &unpaid).await;
    refused.refused(409, "approval.fee_not_lapsed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_once_is_not_given_back_again() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = paid(&world).await;
    for _ in 0..2 {
        corrected(&world, id, json!("1")).await;
        let paid = order(&world, id).await;
        assert_eq!(
            (&paid["due"], &paid["request"]["sum"]),
            (&json!(2_000), &json!(2_000))
        );
        assert_eq!(paid["lines"][0]["quantity"], 1);
    }
    let (clerk, head) = (world.clerk(), world.head());
    let back = json!({ "what": "refund", "sum": 2_000, "reason": "多缴" });
    act(&clerk, &world, id, "propose", back).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    let case = command(&clerk, id, "accept", json!({})).await;
    assert_eq!(case["fee_stage"], "settled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_is_charged_when_it_is_asked_for_again() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = paid(&world).await;
    corrected(&world, id, json!("1")).await;
    corrected(&world, id, json!("2")).await;
    assert_eq!(
        orders(&world, id).await,
        [("noticed".to_owned(), 2_000), ("paid".to_owned(), 4_000)]
    );
    assert_eq!(
        stages(&world).await,
        json!({ "refund": 1 }),
        "what is to go back is seen behind the notice"
    );
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "accept"),
        Err("approval.fee_unpaid".to_owned())
    );
    pay_last(&world, id).await;
    command(&world.clerk(), id, "accept", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_returned_step_is_done_again_the_promise_runs() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let head = world.head();
    world.on("2026-11-25");
    let back = json!({ "outcome": "return", "opinion": "请核对" });
    command(&head, id, "step", back).await;
    let five_days = json!("2026-12-02");
    assert_eq!(
        promised(&world, id).await,
        five_days,
        "none was used before"
    );
    assert_eq!(world.case(id).await["fee_stage"], "unpaid");
    world.on("2026-12-03");
    assert_eq!(world.case(id).await["light"], "red", "the office is late");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_returned_step_the_payment_is_waited_for_again() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-11-25");
    let back = json!({ "outcome": "return", "opinion": "请核对" });
    command(&world.head(), id, "step", back).await;
    world.on("2026-11-27");
    command(&world.head(), id, "step", json!({ "outcome": "pass" })).await;
    world.on("2026-12-03");
    pay_last(&world, id).await;
    let four_days = json!("2026-12-09");
    assert_eq!(promised(&world, id).await, four_days, "one was used");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_accepted_by_silence_is_examined_in_the_offices_own_time() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    run(&world).await;
    world.on("2026-12-01");
    world.app.run_periodic("approval.deem_accepted").await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["fee_stage"]),
        (&json!("examining"), &json!("unpaid"))
    );
    // Until then it could not be accepted for want of the money; from then on there is work to do.
    assert_eq!(promised(&world, id).await, json!("2026-12-08"));
    world.on("2026-12-02");
    examine(&world, id).await;
    world.on("2026-12-04");
    pay_last(&world, id).await;
    assert_eq!(promised(&world, id).await, json!("2026-12-11"));
}
