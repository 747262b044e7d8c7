//! The job of a batch: cut short, submitted twice at once, a thousand rows.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tb_jobs::{JobRunner, RunnerConfig, spawn};
use tb_kernel::RequestId;
use tb_storage::Origin;
use tb_testkit::{Client, at_kiosk, citizen, department};
use tokio_util::sync::CancellationToken;

use crate::batch::{BATCHES, HIRING, hiring, path, ready, row, submit, through, town};
use crate::town::{DEPARTMENT, Town, agent};

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

/// Says something to the database behind the platform's back.
async fn behind(town: &Town, sql: &str) {
    let store = town.app.store();
    let origin = Origin::system("test", RequestId(store.new_id()));
    let tx = store.begin(origin).await.unwrap();
    tx.conn().execute_unprepared(sql).await.unwrap();
    tx.commit(&()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_whose_job_was_given_up_goes_on_and_comes_to_its_end() {
    let town = still_town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1), row(2)]).await;
    let given = submit(&agent, &batch).await;
    behind(&town, "UPDATE job_queue SET state = 'dead', attempts = 99").await;
    let sql = "UPDATE intake_batch_row SET answers = person WHERE seq = 1";
    behind(&town, sql).await;
    town.app.run_periodic("intake.resume_batches").await;
    town.app.run_events().await;
    let now = agent.get(&path(&batch, "")).await.ok();
    assert_eq!(now["state"], "submitting", "its job may be at it still");
    assert_eq!(made(&agent, &batch).await, 0);

    town.app.clock().advance(chrono::TimeDelta::hours(25));
    town.app.run_periodic("intake.resume_batches").await;
    town.app.run_events().await;
    let done = through(&agent, &given).await;
    assert_eq!(done["row_states"], json!({"made": 1, "refused": 1}));
    let rows = agent.get(&path(&batch, "/rows")).await.ok();
    let first = &rows["items"][0];
    assert_eq!(first["state"], "refused");
    assert!(
        first.to_string().contains("多次尝试仍没有提交成功"),
        "{first}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_any_case_of_a_batch_count_together() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let rows: Vec<String> = (0..9).map(row).collect();
    let batch = ready(&agent, &rows).await;
    let given = submit(&agent, &batch).await;
    through(&agent, &given).await;
    let rows = agent.get(&path(&batch, "/rows")).await.ok();
    let rows = rows["items"].as_array().unwrap();
    let ask = async |who: u128, row: usize, password: &Value| {
        let case = &rows[row]["application"]["case_number"];
        let body = json!({"case_number": case, "password": password});
        // Each at a kiosk of his own, which is where limits count him.
        let mut at = at_kiosk(citizen(who), &department(DEPARTMENT));
        at.kiosk.as_mut().unwrap().id = uuid::Uuid::from_u128(who);
        let asker = town.app.as_actor(at);
        let answer = asker.post("/api/v1/intake/progress", &body).await;
        answer.status.as_u16()
    };
    let (right, wrong) = (&given["query_password"], json!("x"));
    assert_eq!(ask(20, 8, right).await, 200);
    // Neither a number nor whoever asks comes to a bound of its own.
    let mut answers = Vec::new();
    for n in 0..72_usize {
        let who = 21 + u128::try_from(n / 24).unwrap();
        answers.push(ask(who, n / 9, &wrong).await);
    }
    assert_eq!(answers[..59], [404; 59]);
    assert_eq!(answers.last(), Some(&429));
    assert_eq!(ask(30, 8, right).await, 429, "not even the right one");
}
