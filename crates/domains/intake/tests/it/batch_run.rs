//! The job of a batch: cut short, submitted twice at once, a thousand rows.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tb_jobs::{JobRunner, RunnerConfig, spawn};
use tb_kernel::RequestId;
use tb_storage::Origin;
use tb_testkit::Client;
use tokio_util::sync::CancellationToken;

use crate::batch::{BATCHES, HIRING, hiring, path, ready, row, submit, through, town};
use crate::town::{Town, agent};

/// A town in which nothing runs yet: the item lies there as if it had been heard of.
async fn still_town() -> Town {
    let town = Town::without_item().await;
    let store = town.app.store();
    let tx = store
        .begin(Origin::system("test", RequestId(store.new_id())))
        .await
        .unwrap();
    let item: tb_contract::item::ItemDocument = serde_json::from_value(hiring()).unwrap();
    let document = serde_json::to_string(&item).unwrap();
    let sql = format!(
        "INSERT INTO intake_item (code, version, document, withdrawn, published_at) \
         VALUES ('{HIRING}', 1, '{document}', FALSE, '2026-11-01 00:00:00+00:00')"
    );
    tx.conn().execute_unprepared(&sql).await.unwrap();
    tx.commit(&()).await.unwrap();
    town
}

async fn made(client: &Client, batch: &Value) -> i64 {
    let now = client.get(&path(batch, "")).await.ok();
    now["row_states"]["made"].as_i64().unwrap_or_default()
}

/// Every row has one application with a number of its own.
async fn once_each(client: &Client, batch: &Value, rows: usize) {
    let (mut numbers, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = client
            .get(&path(batch, &format!("/rows?limit=100{cursor}")))
            .await
            .ok();
        for row in page["items"].as_array().unwrap() {
            let number = row["application"]["case_number"].as_str().unwrap();
            assert!(
                numbers.insert(number.to_owned()),
                "{number} was given twice"
            );
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(numbers.len(), rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_short_goes_on_elsewhere_and_does_no_row_twice() {
    let town = still_town().await;
    let agent = town.app.as_actor(agent(8));
    let rows: Vec<String> = (0..60).map(row).collect();
    let batch = ready(&agent, &rows).await;
    let given = submit(&agent, &batch).await;
    let config = RunnerConfig {
        poll: Duration::from_millis(5),
        ..RunnerConfig::default()
    };
    let module = &town.app.modules()[0];
    let runner = module.queues.iter().fold(
        JobRunner::new(town.app.store().clone(), config),
        |runner, queue| runner.handle(queue.clone()),
    );
    let shutdown = CancellationToken::new();
    let mut task = spawn("runner", runner.run(shutdown.clone()));
    while made(&agent, &batch).await == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    shutdown.cancel();
    task.join().await.unwrap();
    let so_far = made(&agent, &batch).await;
    assert!(
        (1..60).contains(&so_far),
        "{so_far} were made before it was cut short"
    );
    // What is received was received at the submission, however late the rest is made.
    let later = town.app.now() + chrono::TimeDelta::days(3);
    town.app.clock().set(later);
    town.app.run_events().await;
    let done = through(&agent, &given).await;
    assert_eq!(done["row_states"], json!({"made": 60}));
    once_each(&agent, &batch, 60).await;
    let last = agent.get(&path(&batch, "/rows?cursor=59")).await.ok();
    let id = last["items"][0]["application"]["id"].as_str().unwrap();
    let one = agent
        .get(&format!("/api/v1/intake/applications/{id}"))
        .await
        .ok();
    assert_eq!(one["submitted_at"], given["submitted_at"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_submissions_at_once_hand_in_one_batch() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1), row(2)]).await;
    let body = json!({"version": batch["version"]});
    let place = path(&batch, "/submit");
    let (one, two) = tokio::join!(agent.post(&place, &body), agent.post(&place, &body));
    let (good, bad): (Vec<_>, Vec<_>) = [one, two]
        .into_iter()
        .partition(|answer| answer.status.is_success());
    assert_eq!(good.len(), 1);
    bad[0].clone().refused(409, "intake.batch_submitted");
    through(&agent, &batch).await;
    once_each(&agent, &batch, 2).await;
    assert_eq!(
        agent.get(BATCHES).await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_rows_become_a_thousand_applications() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let rows: Vec<String> = (0..1_000).map(row).collect();
    let batch = ready(&agent, &rows).await;
    assert_eq!(batch["row_states"], json!({"ready": 1_000}));
    let given = submit(&agent, &batch).await;
    through(&agent, &given).await;
    once_each(&agent, &batch, 1_000).await;
}
