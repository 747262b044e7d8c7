//! Materials that follow later: accepted on a promise, supplied, urged, and what a broken one leaves.

use chrono::NaiveDate;
use serde_json::{Value, json};
use tb_contract::events::DeferredPromise;
use uuid::Uuid;

use crate::world::{API, DEFERRABLE, Sent, World, allowed, command, material};

/// Submitted on Tuesday 2026-11-24, the drivers' papers promised until 12-04.
async fn submitted(world: &World, number: &str) -> (Uuid, Sent) {
    world.on("2026-11-24");
    let mut sent = world.sent(number, DEFERRABLE);
    sent.body.deferred = vec![DeferredPromise {
        requirement_id: "drivers".to_owned(),
        by: NaiveDate::from_ymd_opt(2026, 12, 4).unwrap(),
    }];
    world.send(&sent).await;
    world.app.run_events().await;
    (world.id_of(number, DEFERRABLE).await, sent)
}

async fn examined(world: &World, number: &str) -> (Uuid, Sent) {
    let (id, sent) = submitted(world, number).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    command(
        &clerk,
        id,
        "step",
        json!({"outcome": "pass", "opinion": ""}),
    )
    .await;
    let step = json!({"outcome": "pass", "opinion": ""});
    command(&world.head(), id, "step", step).await;
    (id, sent)
}

fn drivers(case: &Value) -> &Value {
    let materials = case["materials"].as_array().unwrap();
    let found = materials
        .iter()
        .find(|one| one["requirement_id"] == "drivers");
    found.unwrap()
}

/// Whether the head may decide so, and why not.
async fn decide(world: &World, id: Uuid, result: &str) -> tb_testkit::Answer {
    let version = world.case(id).await["version"].clone();
    let body = json!({"version": version, "result": result, "reason": "材料未补齐"});
    let path = format!("{API}/cases/{id}/decide");
    world.head().post(&path, &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_accepted_on_a_promise_and_decided_once_it_is_kept() {
    let world = World::new().await;
    let number = "430102202611240000201";
    let (id, mut sent) = examined(&world, number).await;
    let case = world.case(id).await;
    assert_eq!(drivers(&case)["promised_by"], "2026-12-04");
    assert_eq!(drivers(&case)["missing"], false);
    let titles: Vec<&str> = case["papers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles,
        ["申请材料接收凭证", "受理通知书", "容缺受理告知承诺书"]
    );
    let said = world.said(number).await;
    let accepted = &said
        .iter()
        .find(|one| one.0.ends_with(".accepted"))
        .unwrap()
        .1;
    assert_eq!(
        accepted.reason,
        "须补交：拟聘驾驶员从业资格证（2026年12月4日前）。"
    );
    assert_eq!(accepted.deferred[0].requirement_id, "drivers");
    decide(&world, id, "granted")
        .await
        .refused(409, "approval.deferred_owed");
    decide(&world, id, "denied")
        .await
        .refused(409, "approval.promise_not_broken");
    assert_eq!(
        allowed(&case, "return_unsupplied").unwrap_err(),
        "approval.promise_not_broken"
    );

    // What comes besides is not taken over.
    world.on("2026-12-01");
    sent.kind = "intake.application.supplied";
    sent.body.version += 1;
    sent.body.deferred.clear();
    sent.body.submitted_at = world.app.now();
    sent.body.materials = vec![
        material(1, "proof", "别的行驶证.pdf"),
        material(5, "drivers", "从业资格证.pdf"),
    ];
    sent.body.materials[0].blob = "another".to_owned();
    sent.body.form = json!({"name": "李示例"});
    world.send(&sent).await;
    world.app.run_events().await;
    let case = world.case(id).await;
    assert_eq!(drivers(&case)["promised_by"], Value::Null);
    assert_eq!(drivers(&case)["files"].as_array().unwrap().len(), 1);
    let last = case["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "deferred_supplied");
    assert_eq!(last["deferred"][0]["name"], "拟聘驾驶员从业资格证");
    let said = world.said(number).await;
    assert_eq!(said.last().unwrap().1.deferred, []);
    decide(&world, id, "granted").await.ok();

    // A second one comes too late, and changes nothing.
    sent.body.version += 1;
    world.send(&sent).await;
    world.app.run_events().await;
    assert_eq!(world.case(id).await["state"], "decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_promise_a_deferrable_material_is_missing() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = world.submit("430102202611240000210", DEFERRABLE).await;
    let case = world.case(id).await;
    assert_eq!(drivers(&case)["missing"], true);
    assert_eq!(
        allowed(&case, "accept").unwrap_err(),
        "approval.materials_missing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_promise_is_urged_and_then_returned_or_denied() {
    let world = World::new().await;
    let (returned, denied) = ("430102202611240000228", "430102202611240000236");
    let (id, _) = examined(&world, returned).await;
    let (other, _) = examined(&world, denied).await;
    world.on("2026-12-02");
    world.app.run_periodic("approval.applicants_terms").await;
    assert_eq!(
        world.said(returned).await.last().unwrap().0,
        "approval.case.step_completed"
    );
    // Two days before the end of 12-04 he is urged, once.
    world.on("2026-12-03");
    world.app.run_periodic("approval.applicants_terms").await;
    world.app.run_periodic("approval.applicants_terms").await;
    let said = world.said(returned).await;
    let urged: Vec<_> = said
        .iter()
        .filter(|one| one.0.ends_with("deferred_urged"))
        .collect();
    assert_eq!(urged.len(), 1);
    assert!(urged[0].1.reason.contains("2026年12月4日前"));
    world.on("2026-12-04");
    decide(&world, other, "denied")
        .await
        .refused(409, "approval.promise_not_broken");

    world.on("2026-12-05");
    decide(&world, other, "granted")
        .await
        .refused(409, "approval.deferred_owed");
    assert_eq!(
        allowed(
            &world.head().get(&format!("{API}/cases/{other}")).await.ok(),
            "decide"
        ),
        Ok(())
    );
    decide(&world, other, "denied").await.ok();
    let reason = json!({"reason": "经催告仍未补交从业资格证"});
    let case = command(&world.head(), id, "return-unsupplied", reason).await;
    assert_eq!(case["state"], "returned");
    assert!(
        drivers(&case)["promised_by"].is_null(),
        "nothing is owed any more"
    );
    let said = world.said(returned).await;
    let last = said.last().unwrap();
    assert_eq!(last.0, "approval.case.returned_unsupplied");
    assert_eq!(last.1.reason, "经催告仍未补交从业资格证");
}
