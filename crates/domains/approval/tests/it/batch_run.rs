//! The job of a batch: cut short, run twice at once, stopped, overtaken by others.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tb_jobs::{JobRunner, RunnerConfig, enqueue, spawn};
use tb_testkit::Client;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::batch::{cases, draft, number, path, start};
use crate::world::{REGISTRATION, World, command};

fn all() -> Value {
    json!({ "by": "filter", "state": "received" })
}

async fn count(client: &Client, batch: &Value, state: &str) -> i64 {
    let batch = client.get(&path(batch)).await.ok();
    batch["counts"][state].as_i64().unwrap_or_default()
}

/// Waits until so many rows are done, and returns how many then wait.
async fn until_done(client: &Client, batch: &Value, least: i64) -> i64 {
    for _ in 0..4_000 {
        if count(client, batch, "done").await >= least {
            return count(client, batch, "ready").await;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the batch does not go on");
}

/// Every case was accepted exactly once, and the world was told exactly once.
async fn once_each(world: &World, ids: &[Uuid]) {
    for (n, id) in ids.iter().enumerate() {
        let case = world.case(*id).await;
        assert_eq!(case["version"], 2, "case {n}");
        let events = case["timeline"].as_array().unwrap();
        let accepted = events.iter().filter(|one| one["kind"] == "accepted");
        assert_eq!(accepted.count(), 1, "case {n}");
        assert_eq!(world.said(&number(n)).await.len(), 2, "case {n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_short_goes_on_elsewhere_and_does_no_case_twice() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 0..90).await;
    let clerk = world.clerk();
    let batch = draft(&clerk, all(), "accept", json!({})).await;
    assert_eq!(batch["counts"], json!({ "ready": 90 }));
    start(&clerk, &batch).await;
    // The runner of this test is there first, and is taken away in the middle.
    let module = &world.app.modules()[0];
    let config = RunnerConfig {
        poll: Duration::from_millis(5),
        ..RunnerConfig::default()
    };
    let runner = module.queues.iter().fold(
        JobRunner::new(world.app.store().clone(), config),
        |runner, queue| runner.handle(queue.clone()),
    );
    let shutdown = CancellationToken::new();
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::minutes(11));
    let mut task = spawn("runner", runner.run(shutdown.clone()));
    let left = until_done(&clerk, &batch, 1).await;
    shutdown.cancel();
    task.join().await.unwrap();
    assert!(
        left > 0,
        "the batch was through before it could be cut short"
    );
    world.app.run_events().await;
    let batch = clerk.get(&path(&batch)).await.ok();
    assert_eq!(batch["state"], "finished");
    assert_eq!(batch["counts"], json!({ "done": 90 }));
    once_each(&world, &ids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_of_one_batch_at_once_do_no_case_twice() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 0..30).await;
    let clerk = world.clerk();
    let batch = draft(&clerk, all(), "accept", json!({})).await;
    start(&clerk, &batch).await;
    let id: Uuid = batch["id"].as_str().unwrap().parse().unwrap();
    let mut tx = world.tx().await;
    let later = world.app.now() + TimeDelta::minutes(10);
    enqueue(
        &mut tx,
        "approval.run_batch",
        Some("a second time"),
        later,
        &id,
    )
    .await
    .unwrap();
    tx.commit(&()).await.unwrap();
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::minutes(11));
    world.app.run_events().await;
    let batch = clerk.get(&path(&batch)).await.ok();
    assert_eq!(batch["state"], "finished");
    assert_eq!(batch["counts"], json!({ "done": 30 }));
    once_each(&world, &ids).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_batch_keeps_what_is_done_and_skips_the_rest() {
    let world = World::new().await;
    cases(&world, REGISTRATION, 0..150).await;
    let clerk = world.clerk();
    let batch = draft(&clerk, all(), "accept", json!({})).await;
    start(&clerk, &batch).await;
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::minutes(11));
    until_done(&clerk, &batch, 1).await;
    clerk
        .post(&format!("{}/stop", path(&batch)), &json!({}))
        .await
        .ok();
    world.app.run_events().await;
    let batch = clerk.get(&path(&batch)).await.ok();
    assert_eq!(batch["state"], "stopped");
    let (done, skipped) = (
        batch["counts"]["done"].as_i64().unwrap(),
        batch["counts"]["skipped"].as_i64().unwrap(),
    );
    assert_eq!(done + skipped, 150);
    assert!(skipped > 0, "nothing was left to skip");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_changed_since_the_trial_is_refused_with_who_and_when() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 0..3).await;
    let clerk = world.clerk();
    let batch = draft(&clerk, all(), "accept", json!({})).await;
    start(&clerk, &batch).await;
    command(&world.head(), ids[1], "accept", json!({})).await;
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::minutes(11));
    world.app.run_events().await;
    let page = clerk
        .get(&format!("{}/rows?state=refused", path(&batch)))
        .await
        .ok();
    let rows = page["items"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["number"], number(1));
    assert_eq!(rows[0]["code"], "approval.stale_version");
    let handler = world.case(ids[1]).await["handler"].clone();
    let reason = rows[0]["reason"].as_str().unwrap();
    assert!(reason.contains(handler.as_str().unwrap()), "{reason}");
    assert_eq!(count(&clerk, &batch, "done").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_that_nobody_starts_are_cleared_away() {
    let world = World::new().await;
    cases(&world, REGISTRATION, 0..1).await;
    let clerk = world.clerk();
    let left = draft(&clerk, all(), "accept", json!({})).await;
    let started = draft(&clerk, all(), "accept", json!({})).await;
    start(&clerk, &started).await;
    world.app.run_periodic("approval.sweep_drafts").await;
    clerk.get(&path(&left)).await.ok();
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::hours(25));
    world.app.run_periodic("approval.sweep_drafts").await;
    clerk
        .get(&path(&left))
        .await
        .refused(404, "approval.batch_not_found");
    clerk.get(&path(&started)).await.ok();
}
