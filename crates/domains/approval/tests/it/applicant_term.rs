//! Originals at the counter, reminders, and terms that applicants let pass.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{API, REGISTRATION, REVIEWED, WITH_ORIGINALS, World, allowed, command};

fn clock<'a>(case: &'a Value, kind: &str) -> Option<&'a Value> {
    let clocks = case["clocks"]["clocks"].as_array().unwrap();
    clocks.iter().find(|clock| clock["kind"] == kind)
}

async fn kinds(world: &World, number: &str) -> Vec<String> {
    let said = world.said(number).await;
    said.into_iter()
        .map(|(kind, ..)| kind.trim_start_matches("approval.case.").to_owned())
        .collect()
}

/// A case whose correction was asked for on Tuesday 2026-11-24: 15 working days, until 12-15.
async fn correcting(world: &World, number: &str, item: &str) -> Uuid {
    world.on("2026-11-24");
    let id = world.submit(number, item).await;
    let clerk = world.clerk();
    if item == REVIEWED {
        command(&clerk, id, "receive", json!({})).await;
    }
    let list = json!({"materials": ["proof"], "reason": "请补盖公章"});
    let case = command(&clerk, id, "request-correction", list).await;
    assert_eq!(clock(&case, "applicant").unwrap()["due"], "2026-12-15");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn originals_are_wanted_after_the_pre_review_and_compared_at_the_counter() {
    let world = World::new().await;
    world.on("2026-11-24");
    let number = "430102202611240000085";
    let id = world.submit(number, WITH_ORIGINALS).await;
    let clerk = world.clerk();
    let case = world.case(id).await;
    assert_eq!(case["originals"][0]["name"], "毕业证书");
    assert_eq!(
        allowed(&case, "receive").unwrap_err(),
        "approval.originals_wanted"
    );
    let case = command(&clerk, id, "pass-pre-review", json!({})).await;
    assert_eq!(case["state"], "awaiting_originals");
    assert!(clock(&case, "acceptance").is_none(), "it is his turn");
    assert_eq!(clock(&case, "applicant").unwrap()["due"], "2026-12-08");
    let said = world.said(number).await;
    assert_eq!(said.last().unwrap().1.reason, "原件：毕业证书。");

    world.on("2026-11-26");
    let path = format!("{API}/cases/{id}/verify-originals");
    let none = json!({"version": case["version"], "materials": []});
    clerk
        .post(&path, &none)
        .await
        .refused(422, "approval.originals_missing");
    let case = command(
        &clerk,
        id,
        "verify-originals",
        json!({"materials": ["proof"], "note": "与原件一致"}),
    )
    .await;
    assert_eq!(case["state"], "received");
    // The office's five working days begin anew.
    assert_eq!(clock(&case, "acceptance").unwrap()["due"], "2026-12-03");
    assert_eq!(case["papers"][0]["title"], "申请材料接收凭证");
    command(&clerk, id, "accept", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn originals_that_do_not_come_end_the_case_after_a_reminder() {
    let world = World::new().await;
    world.on("2026-11-24");
    let number = "430102202611240000093";
    let id = world.submit(number, WITH_ORIGINALS).await;
    command(&world.clerk(), id, "pass-pre-review", json!({})).await;
    world.on("2026-12-07");
    world.app.run_periodic("approval.applicants_terms").await;
    assert_eq!(kinds(&world, number).await.last().unwrap(), "reminded");
    world.on("2026-12-08");
    world.app.run_periodic("approval.applicants_terms").await;
    assert_eq!(world.case(id).await["state"], "awaiting_originals");
    world.on("2026-12-09");
    world.app.run_periodic("approval.applicants_terms").await;
    let case = world.case(id).await;
    assert_eq!(case["state"], "returned");
    assert_eq!(kinds(&world, number).await.last().unwrap(), "returned");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_lapses_where_the_item_says_so_and_never_unwarned() {
    let world = World::new().await;
    let (lapsing, staying) = ("430102202611240000106", "430102202611240000114");
    let id = correcting(&world, lapsing, REVIEWED).await;
    let other = correcting(&world, staying, REGISTRATION).await;
    // The platform stood still over the end of the term: the reminder comes first all the same.
    world.on("2026-12-20");
    world.app.run_periodic("approval.applicants_terms").await;
    assert_eq!(world.case(id).await["state"], "correcting");
    assert_eq!(kinds(&world, lapsing).await.last().unwrap(), "reminded");
    world.app.run_periodic("approval.applicants_terms").await;
    assert_eq!(world.case(id).await["state"], "correcting");
    world.on("2026-12-21");
    world.app.run_periodic("approval.applicants_terms").await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["result"], &case["light"]),
        (&json!("closed"), &json!(null), &json!(null))
    );
    assert_eq!(
        allowed(&case, "deliver").unwrap_err(),
        "approval.nothing_decided"
    );
    let todo = world
        .clerk()
        .get(&format!("{API}/cases?todo=true&q={lapsing}"))
        .await
        .ok();
    assert_eq!(todo["items"], json!([]), "nothing is left to do");

    assert_eq!(world.case(other).await["state"], "correcting");
    let reminders = kinds(&world, staying).await;
    let reminders = reminders.iter().filter(|kind| *kind == "reminded").count();
    assert_eq!(reminders, 1, "he is reminded once");
}
