//! Batches through HTTP: what a choice of cases may take, the trial, lists of numbers, the window.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tb_testkit::{Client, clerk, operator};
use uuid::Uuid;

use crate::world::{API, FOREIGN, INSTANT, OTHERS, OURS, REGISTRATION, World, command, department};

/// The number of the nth case of a test.
pub fn number(n: usize) -> String {
    format!("4301022026112200{n:05}")
}

/// Cases of an item, received, with their ids.
pub async fn cases(world: &World, item: &str, numbers: impl Iterator<Item = usize>) -> Vec<Uuid> {
    let numbers: Vec<String> = numbers.map(number).collect();
    for number in &numbers {
        world.send(&world.sent(number, item)).await;
    }
    world.app.run_events().await;
    let mut ids = Vec::new();
    for number in &numbers {
        ids.push(world.id_of(number, item).await);
    }
    ids
}

/// Makes a batch and returns its view.
pub async fn draft(client: &Client, pick: Value, command: &str, words: Value) -> Value {
    let body = json!({ "pick": pick, "command": command, "words": words });
    client.post(&format!("{API}/batches"), &body).await.ok()
}

/// Starts a batch.
pub async fn start(client: &Client, batch: &Value) -> Value {
    client
        .post(&format!("{}/start", path(batch)), &json!({}))
        .await
        .ok()
}

/// The address of a batch.
pub fn path(batch: &Value) -> String {
    format!("{API}/batches/{}", batch["id"].as_str().unwrap())
}

async fn rows(client: &Client, batch: &Value) -> Vec<(String, String)> {
    let page = client
        .get(&format!("{}/rows?limit=100", path(batch)))
        .await
        .ok();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (word(&row["state"]), word(&row["code"])))
        .collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(state, code)| ((*state).to_owned(), (*code).to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_offers_what_state_post_and_right_allow_with_counts() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 1..4).await;
    command(&world.clerk(), ids[2], "accept", json!({})).await;
    let pick = json!({ "pick": { "by": "cases", "ids": ids } });
    let options = |client: Client| {
        let pick = pick.clone();
        async move {
            let answer = client.post(&format!("{API}/batches/options"), &pick).await;
            let answer = answer.ok();
            assert_eq!(answer["total"], 3);
            let commands = answer["commands"].as_array().unwrap().clone();
            commands
                .iter()
                .map(|one| {
                    let count = |key: &str| one[key].as_u64().unwrap();
                    let name = one["command"].as_str().unwrap().to_owned();
                    (name, count("possible"), count("impossible"))
                })
                .collect::<Vec<_>>()
        }
    };
    let offer = |name: &str, can, cannot| (name.to_owned(), can, cannot);
    assert_eq!(
        options(world.clerk()).await,
        [
            offer("accept", 2, 1),
            offer("refuse", 2, 1),
            offer("step", 1, 2)
        ]
    );
    // The step is a clerk's; a head extends.
    assert_eq!(
        options(world.head()).await,
        [
            offer("accept", 2, 1),
            offer("refuse", 2, 1),
            offer("extend", 1, 2),
            offer("hand_over", 3, 0)
        ]
    );
    let everything = json!({ "pick": { "by": "filter", "state": "received" } });
    let answer = world
        .clerk()
        .post(&format!("{API}/batches/options"), &everything)
        .await
        .ok();
    assert_eq!(answer["total"], 2);
    world
        .app
        .as_actor(operator(6, "430100"))
        .post(&format!("{API}/batches/options"), &pick)
        .await
        .refused(403, "http.forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn picked_cases_are_done_at_once_each_as_by_hand() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 1..4).await;
    command(&world.clerk(), ids[1], "accept", json!({})).await;
    let clerk = world.clerk();
    let pick = json!({ "by": "cases", "ids": [ids[0], ids[1], ids[2], ids[0]] });
    let batch = draft(&clerk, pick, "accept", json!({})).await;
    assert_eq!(batch["state"], "draft");
    assert_eq!(batch["counts"], json!({ "ready": 2, "barred": 1 }));
    assert_eq!(batch["window_seconds"], 0);
    assert_eq!(
        world.case(ids[0]).await["state"],
        "received",
        "a trial only"
    );

    start(&clerk, &batch).await;
    world.app.run_events().await;
    let batch = clerk.get(&path(&batch)).await.ok();
    assert_eq!(batch["state"], "finished");
    assert_eq!(batch["counts"], json!({ "done": 2, "barred": 1 }));
    assert_eq!(
        rows(&clerk, &batch).await,
        pairs(&[
            ("done", ""),
            ("barred", "approval.wrong_state"),
            ("done", "")
        ])
    );
    let told = clerk.get(&format!("{}/rows", path(&batch))).await.ok();
    assert_eq!(
        told["items"][1]["reason"],
        "办件处于“审查中”，不能进行这项操作。"
    );
    // State, event, paper, event for the world: the same as by hand, and by whom.
    let (by_batch, by_hand) = (world.case(ids[0]).await, world.case(ids[1]).await);
    for key in ["state", "handler", "version"] {
        assert_eq!(by_batch[key], by_hand[key], "{key}");
    }
    let kinds = |case: &Value| {
        let events = case["timeline"].as_array().unwrap().clone();
        events
            .iter()
            .map(|event| (event["kind"].clone(), event["actor"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&by_batch), kinds(&by_hand));
    let said = world.said(&number(1)).await;
    assert_eq!(said.last().unwrap().0, "approval.case.accepted");
    start_again_is_refused(&clerk, &batch).await;

    // It is nobody else's, not even a colleague's.
    for stranger in [
        world.app.as_actor(clerk_of(7, OURS)),
        world.app.as_actor(clerk_of(8, OTHERS)),
    ] {
        for part in ["", "/rows", "/result"] {
            stranger
                .get(&format!("{}{part}", path(&batch)))
                .await
                .refused(404, "approval.batch_not_found");
        }
        for verb in ["start", "stop"] {
            stranger
                .post(&format!("{}/{verb}", path(&batch)), &json!({}))
                .await
                .refused(404, "approval.batch_not_found");
        }
        let page = stranger.get(&format!("{API}/batches")).await.ok();
        assert_eq!(page["items"], json!([]));
    }
}

fn clerk_of(n: u128, code: &str) -> tb_kernel::Actor {
    clerk(n, &department(code))
}

async fn start_again_is_refused(client: &Client, batch: &Value) {
    for (verb, code) in [
        ("start", "approval.batch_empty"),
        ("stop", "approval.batch_moved"),
    ] {
        client
            .post(&format!("{}/{verb}", path(batch)), &json!({}))
            .await
            .refused(409, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_tried_line_by_line_and_waits_for_its_window() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 1..3).await;
    cases(&world, INSTANT, 3..4).await;
    world
        .send(&world.sent("430104202611220000155", FOREIGN))
        .await;
    world.app.run_events().await;
    let text = format!(
        "序号,办件编号\r\n1,{}\r\n2,{}\r\n3,{}\r\n4,430102202611229999999\r\n5,430104202611220000155\r\n6,4.30102E+20\r\n7,张示例\r\n8,{}\r\n",
        number(1),
        number(2),
        number(1),
        number(3),
    );
    let (gbk, ..) = encoding_rs::GBK.encode(&text);
    let clerk = world.clerk();
    let pick = json!({ "by": "list", "file": STANDARD.encode(&gbk) });
    let batch = draft(&clerk, pick.clone(), "accept", json!({})).await;
    assert_eq!(batch["encoding"], "GB18030");
    assert_eq!(
        rows(&clerk, &batch).await,
        pairs(&[
            ("ready", ""),
            ("ready", ""),
            ("barred", "approval.number_twice"),
            ("barred", "approval.number_unknown"),
            ("barred", "approval.other_department"),
            ("barred", "approval.number_shortened"),
            ("barred", "approval.number_malformed"),
            ("ready", ""),
        ])
    );
    let page = clerk
        .get(&format!("{}/rows?state=barred", path(&batch)))
        .await
        .ok();
    let malformed = &page["items"][4];
    assert_eq!(malformed["line"], 8);
    assert_eq!(malformed["number"], "", "what else stood there is not kept");
    assert_eq!(
        malformed["reason"],
        "“张**”不是办件编号（应为 21 位数字）。"
    );

    // In its window it is revoked whole: nothing was done, nothing ever will be.
    let begun = start(&clerk, &batch).await;
    assert_eq!(begun["state"], "scheduled");
    world.app.run_events().await;
    assert_eq!(world.case(ids[0]).await["state"], "received");
    let revoked = clerk
        .post(&format!("{}/stop", path(&batch)), &json!({}))
        .await
        .ok();
    assert_eq!(revoked["state"], "revoked");
    assert_eq!(revoked["counts"], json!({ "skipped": 3, "barred": 5 }));

    let second = draft(&clerk, pick, "accept", json!({})).await;
    start(&clerk, &second).await;
    world
        .app
        .clock()
        .set(world.app.now() + TimeDelta::minutes(11));
    world.app.run_events().await;
    let second = clerk.get(&path(&second)).await.ok();
    assert_eq!(second["state"], "finished");
    assert_eq!(second["counts"], json!({ "done": 3, "barred": 5 }));
    let first = clerk.get(&path(&batch)).await.ok();
    assert_eq!(first["counts"], json!({ "skipped": 3, "barred": 5 }));
    let file = clerk.get(&format!("{}/result", path(&second))).await;
    let file = String::from_utf8(file.bytes.to_vec()).unwrap();
    assert!(file.starts_with("\u{feff}序号,文件行号,办件编号"), "{file}");
    assert!(file.contains(&format!(
        "\"1\",\"2\",\"'{}\",\"失业登记\",\"已办理\"",
        number(1)
    )));
    assert!(file.contains("\"approval.number_shortened\",\"办件编号被表格软件缩写成了科学计数法"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_choices_and_missing_words_are_refused_before_anything_is_made() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 1..2).await;
    let clerk = world.clerk();
    let pick = json!({ "by": "cases", "ids": ids });
    let body = |pick: &Value, command: &str, words: Value| json!({ "pick": pick, "command": command, "words": words });
    let batches = format!("{API}/batches");
    for (command, words, code) in [
        (
            "refuse",
            json!({ "kind": "refused" }),
            "approval.reason_missing",
        ),
        (
            "refuse",
            json!({ "reason": "超出职权" }),
            "approval.batch_word_missing",
        ),
        ("request_correction", json!({}), "approval.not_in_batches"),
        (
            "void",
            json!({ "reason": "错误" }),
            "approval.not_in_batches",
        ),
    ] {
        clerk
            .post(&batches, &body(&pick, command, words))
            .await
            .refused(422, code);
    }
    let nothing = json!({ "by": "cases", "ids": [] });
    clerk
        .post(&batches, &body(&nothing, "accept", json!({})))
        .await
        .refused(409, "approval.batch_empty");
    let many: Vec<Uuid> = (0..10_001).map(Uuid::from_u128).collect();
    let many = json!({ "by": "cases", "ids": many });
    clerk
        .post(&batches, &body(&many, "accept", json!({})))
        .await
        .refused(422, "approval.batch_too_large");
    let binary = json!({ "by": "list", "file": STANDARD.encode(b"PK\x03\x04\x00\xff\xfe") });
    clerk
        .post(&batches, &body(&binary, "accept", json!({})))
        .await
        .refused(422, "approval.list_unreadable");
    assert_eq!(clerk.get(&batches).await.ok()["items"], json!([]));
}
