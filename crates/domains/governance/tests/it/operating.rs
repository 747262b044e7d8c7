//! Poison and the operator's page: a dead letter stops its own case, all else goes on; replay and
//! discard.

use serde_json::{Value, json};
use tb_contract::topics;
use tb_testkit::{Client, administrator};

use crate::world::{API, World, submitted};

const NUMBER: &str = "430102202611220001";
const OTHER: &str = "430102202611220002";
const UNKNOWN: &str = "430102202611229999";

/// Two cases; of the first the second word cannot be understood; a third case nobody knows.
async fn poisoned() -> (World, Client) {
    let world = World::new().await;
    world.take([submitted(NUMBER), submitted(OTHER)]).await;
    let garbled = json!({ "case_number": NUMBER, "version": "two" });
    let kind = "approval.case.step_completed";
    world.say(topics::APPROVAL, NUMBER, 1, "accepted").await;
    world
        .emit(topics::APPROVAL, kind, NUMBER, 2, &garbled)
        .await;
    world.say(topics::APPROVAL, NUMBER, 3, "decided").await;
    world.say(topics::APPROVAL, UNKNOWN, 1, "accepted").await;
    for version in 1..=3 {
        world
            .say(topics::APPROVAL, OTHER, version, "examining")
            .await;
    }
    world.app.run_events().await;
    let operator = world.app.as_actor(administrator(1));
    (world, operator)
}

async fn dead(operator: &Client) -> Vec<Value> {
    let page = operator
        .get(&format!("{API}/event-log/dead-letters?group=governance"))
        .await
        .ok();
    page["items"].as_array().unwrap().clone()
}

fn of<'a>(letters: &'a [Value], key: &str) -> &'a Value {
    let found = letters.iter().find(|letter| letter["key"] == key);
    found.unwrap_or_else(|| panic!("no {key} in {letters:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn poison_stops_its_own_case_only() {
    let (world, operator) = poisoned().await;
    assert_eq!(world.handed_back(NUMBER).await, [1]);
    assert_eq!(world.handed_back(OTHER).await, [1, 2, 3]);
    let letters = dead(&operator).await;
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert_eq!(of(&letters, NUMBER)["code"], "events.payload");
    assert_eq!(of(&letters, UNKNOWN)["code"], "governance.unknown_case");
    let parked = operator
        .get(&format!("{API}/event-log/parked?group=governance"))
        .await
        .ok();
    let behind: Vec<&Value> = parked["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["state"] == "behind")
        .collect();
    assert_eq!(behind.len(), 1);
    assert_eq!(
        (&behind[0]["key"], &behind[0]["version"]),
        (&NUMBER.into(), &3.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_the_page_are_those_of_the_log() {
    let (_world, operator) = poisoned().await;
    let rows = operator.get(&format!("{API}/event-log/lag")).await.ok();
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["topic"] == topics::APPROVAL)
        .unwrap();
    assert_eq!(row["group"], "governance");
    for (figure, value) in [("behind", 0), ("parked", 1), ("dead", 2), ("consumers", 1)] {
        assert_eq!(row[figure], value, "{figure} of {row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_was_not_known_is_handed_back_after_a_replay() {
    let (world, operator) = poisoned().await;
    let id = of(&dead(&operator).await, UNKNOWN)["id"].clone();
    let replay = format!("{API}/event-log/replay");
    let dry = operator
        .post(&replay, &json!({ "id": id, "dry_run": true }))
        .await
        .ok();
    assert_eq!(dry, json!({ "dead_letters": 1, "followers": 0 }));
    assert_eq!(dead(&operator).await.len(), 2);
    // Now the centre gets to know it.
    world.take([submitted(UNKNOWN)]).await;
    operator.post(&replay, &json!({ "id": id })).await.ok();
    world.app.run_events().await;
    assert_eq!(world.handed_back(UNKNOWN).await, [1]);
    assert_eq!(dead(&operator).await.len(), 1);
    for wrong in [
        json!({}),
        json!({ "id": id, "key": UNKNOWN }),
        json!({ "key": UNKNOWN }),
    ] {
        operator
            .post(&replay, &wrong)
            .await
            .refused(422, "governance.bad_selection");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_letter_leaves_a_gap_that_still_waits() {
    let (world, operator) = poisoned().await;
    let id = of(&dead(&operator).await, NUMBER)["id"].clone();
    let path = format!(
        "{API}/event-log/dead-letters/{}/discard",
        id.as_str().unwrap()
    );
    operator.post(&path, &json!({})).await.ok();
    world.app.run_events().await;
    // Version 2 never came: 3 waits until the department says it again.
    assert_eq!(world.handed_back(NUMBER).await, [1]);
    world.say(topics::ACCEPTANCE, NUMBER, 2, "examining").await;
    world.app.run_events().await;
    assert_eq!(world.handed_back(NUMBER).await, [1, 2, 3]);
    // A second time there is nothing to discard, and the page says so in words.
    let problem = operator
        .post(&path, &json!({}))
        .await
        .refused(404, "governance.dead_letter_not_found");
    assert!(problem["title"].as_str().unwrap().contains("死信"));
    operator
        .get(&format!("{API}/event-log/dead-letters?cursor=nonsense"))
        .await
        .refused(422, "http.bad_cursor");
}
