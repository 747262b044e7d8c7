//! Feedback in every order: late, double, early; poison.

use serde_json::{Value, json};

use crate::town::{Town, look, number, submitted};

fn kinds(view: &Value) -> Vec<&str> {
    view["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn an_early_version_waits_for_those_before_it() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let case = number(&done);
    town.feed_back(case, 3, "decided", "decided", json!({"result": "granted"}))
        .await;
    assert_eq!(
        look(&mine, &done).await["state"],
        "submitted",
        "nothing skips a version"
    );
    town.feed_back(
        case,
        2,
        "accepted",
        "examining",
        json!({"promised_due": "2026-11-27"}),
    )
    .await;
    assert_eq!(look(&mine, &done).await["state"], "submitted");
    town.feed_back(case, 1, "received", "received", json!({}))
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["state"], "decided");
    assert_eq!(
        kinds(&view),
        ["submitted", "received", "accepted", "decided"],
        "no entry is lost"
    );
    assert_eq!(view["promised_due"], "2026-11-27");
}

#[tokio::test]
async fn a_late_or_double_version_changes_nothing() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let case = number(&done);
    town.say(case, 1, "received", "received", json!({})).await;
    town.say(case, 2, "accepted", "examining", json!({})).await;
    town.say(case, 2, "accepted", "examining", json!({})).await;
    town.say(
        case,
        1,
        "correction_requested",
        "correcting",
        json!({"fields": ["/skill"]}),
    )
    .await;
    town.app.run_events().await;
    let view = look(&mine, &done).await;
    assert_eq!(
        (view["state"].as_str(), view["editable"].as_str()),
        (Some("examining"), Some("nothing"))
    );
    assert_eq!(kinds(&view), ["submitted", "received", "accepted"]);
    let messages = mine.get("/api/v1/intake/messages").await.ok();
    assert_eq!(messages["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn nonsense_becomes_a_dead_letter_and_others_go_on() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    town.say(
        "430102202611220000990",
        1,
        "received",
        "received",
        json!({}),
    )
    .await;
    town.say(number(&done), 1, "received", "received", json!({}))
        .await;
    town.app.run_events().await;
    assert_eq!(look(&mine, &done).await["state"], "received");
    let dead: u64 = town
        .app
        .log()
        .lag(Some("intake"))
        .await
        .unwrap()
        .iter()
        .map(|row| row.dead)
        .sum();
    assert_eq!(dead, 1);
    town.feed_back(number(&done), 2, "strange", "no_such_state", json!({}))
        .await;
    assert_eq!(look(&mine, &done).await["state"], "received");
}

#[tokio::test]
async fn every_state_has_its_sentence() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let states = [
        "pre_review_returned",
        "submitted",
        "awaiting_originals",
        "received",
        "correcting",
        "accepted",
        "examining",
        "special_procedure",
        "suspended",
        "decided",
        "closed",
        "delivered",
        "not_accepted",
        "refused",
        "returned",
        "withdrawn",
        "terminated",
        "transferred",
        "reported_up",
        "voided",
    ];
    for (version, state) in (1..).zip(states) {
        town.say(number(&done), version, "unheard_of", state, json!({}))
            .await;
        town.app.run_events().await;
        let view = look(&mine, &done).await;
        assert_eq!(view["state"], state);
        for sentence in ["standing", "next_action"] {
            let text = view[sentence]["text"].as_str().unwrap();
            assert!(
                !text.contains("intake.") && !text.contains('{') && !text.is_empty(),
                "{state}: {text}"
            );
        }
        assert_eq!(
            view["timeline"].as_array().unwrap().last().unwrap()["text"],
            "芙蓉区人力资源和社会保障局更新了办理进展"
        );
    }
}
