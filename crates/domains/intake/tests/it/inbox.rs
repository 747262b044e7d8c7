//! Every step reaches the applicant's inbox in words, in his language, and nobody else's.

use serde_json::json;

use crate::town::{Town, number, submitted};

#[tokio::test]
async fn every_step_is_told() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let more =
        json!({"reason": "停业证明看不清", "applicant_due": "2026-12-04", "fields": ["/skill"]});
    town.feed_back(number(&done), 1, "correction_requested", "correcting", more)
        .await;
    let page = mine.get("/api/v1/intake/messages").await.ok();
    let newest = &page["items"][0];
    assert_eq!(newest["title"], "需要补正");
    assert_eq!(
        newest["body"],
        "“失业登记”需要补正，请打开申请查看全部清单，一次补齐。说明：停业证明看不清。请在12月4日前办理。"
    );
    assert_eq!(newest["application_id"], done["id"]);
    assert!(
        page["items"][1]["body"]
            .as_str()
            .unwrap()
            .contains(number(&done))
    );

    let english = mine
        .clone()
        .with("accept-language", "en")
        .get("/api/v1/intake/messages")
        .await
        .ok();
    assert_eq!(english["items"][0]["title"], "A correction is needed");
    assert!(
        english["items"][0]["body"]
            .as_str()
            .unwrap()
            .contains("by 4 December")
    );

    let unread =
        async || mine.get("/api/v1/intake/messages/unread-count").await.ok()["unread"].clone();
    assert_eq!(unread().await, 2);
    let url = format!(
        "/api/v1/intake/messages/{}/read",
        newest["id"].as_str().unwrap()
    );
    let read = mine.post(&url, &json!({})).await.ok();
    town.app.clock().advance(chrono::Duration::hours(1));
    assert_eq!(
        mine.post(&url, &json!({})).await.ok()["read_at"],
        read["read_at"],
        "the first reading counts"
    );
    assert_eq!(unread().await, 1);

    let other = town.person(2);
    assert_eq!(
        other.get("/api/v1/intake/messages").await.ok()["items"],
        json!([])
    );
    other
        .post(&url, &json!({}))
        .await
        .refused(404, "intake.message_not_found");
    town.app
        .client()
        .get("/api/v1/intake/messages")
        .await
        .refused(401, "http.unauthenticated");
}

#[tokio::test]
async fn a_clause_of_which_nothing_is_known_is_left_out() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let kinds = [
        "received",
        "accepted",
        "step_completed",
        "extended",
        "closed",
        "never_heard_of",
    ];
    for (version, kind) in (1..).zip(kinds) {
        town.say(number(&done), version, kind, "examining", json!({}))
            .await;
    }
    town.app.run_events().await;
    for language in ["zh-CN", "en"] {
        let page = mine
            .clone()
            .with("accept-language", language)
            .get("/api/v1/intake/messages")
            .await
            .ok();
        let messages = page["items"].as_array().unwrap();
        assert_eq!(messages.len(), kinds.len() + 1);
        let order: Vec<&str> = messages
            .iter()
            .rev()
            .skip(1)
            .map(|m| m["kind"].as_str().unwrap())
            .collect();
        assert_eq!(order, kinds, "in order, although at one moment");
        for message in messages {
            for part in ["title", "body"] {
                let text = message[part].as_str().unwrap();
                assert!(
                    !text.is_empty() && !text.contains('{') && !text.contains("intake."),
                    "{text}"
                );
            }
        }
    }
}

#[tokio::test]
async fn open_pages_get_a_hint_after_the_change_is_there() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let stream = mine.clone().with("accept", "text/event-stream");
    let cookie = format!("tb_session={}", stream.cookie().unwrap());
    let request = axum::http::Request::builder()
        .uri("/api/v1/intake/live")
        .header("cookie", cookie)
        .header("accept", "text/event-stream")
        .body(axum::body::Body::empty())
        .unwrap();
    let response = tower::ServiceExt::oneshot(town.app.router(), request)
        .await
        .unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut body = response.into_body().into_data_stream();
    town.feed_back(number(&done), 1, "received", "received", json!({}))
        .await;
    let hint = tokio::time::timeout(
        std::time::Duration::from_secs(5),
        futures::StreamExt::next(&mut body),
    )
    .await;
    let hint = String::from_utf8(hint.unwrap().unwrap().unwrap().to_vec()).unwrap();
    assert!(
        hint.contains("event: application") && hint.contains(done["id"].as_str().unwrap()),
        "{hint}"
    );
}
