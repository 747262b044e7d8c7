//! Two tabs: whoever is late learns who was faster, and when.

use serde_json::json;

use crate::town::{Town, answers, complete, draft, number, path, submitted};

#[tokio::test]
async fn the_second_tab_is_told_who_and_when() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    town.app.clock().advance(chrono::Duration::minutes(5));
    let body = json!({"version": 1, "form": answers()});
    mine.put(&path(&open, "/form"), &body).await.ok();
    let stale = mine
        .put(&path(&open, "/form"), &body)
        .await
        .refused(409, "intake.stale_version");
    assert_eq!(
        stale["args"],
        json!({"by": "本人", "at": "2026-11-22T02:05:00Z"})
    );
    let english = mine.clone().with("accept-language", "en");
    let stale = english
        .put(&path(&open, "/form"), &body)
        .await
        .refused(409, "intake.stale_version");
    assert_eq!(stale["args"]["by"], "you");
    let situation = json!({"version": 1, "situation_answers": {}});
    mine.put(&path(&open, "/situation"), &situation)
        .await
        .refused(409, "intake.stale_version");
}

#[tokio::test]
async fn a_submission_of_an_old_version_is_refused() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    mine.post(&path(&ready, "/submit"), &json!({"version": 1}))
        .await
        .refused(409, "intake.stale_version");
    mine.post(
        &path(&ready, "/submit"),
        &json!({"version": ready["version"]}),
    )
    .await
    .ok();
}

#[tokio::test]
async fn the_office_is_named_where_it_was_faster() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    town.feed_back(number(&done), 1, "received", "received", json!({}))
        .await;
    let body = json!({"version": done["version"], "reason": "不办了"});
    let stale = mine
        .post(&path(&done, "/withdraw"), &body)
        .await
        .refused(409, "intake.stale_version");
    assert_eq!(stale["args"]["by"], "芙蓉区人力资源和社会保障局");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_saves_at_once_one_wins() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    let url = path(&open, "/form");
    let body = json!({"version": 1, "form": answers()});
    let saves = futures::future::join_all((0..8).map(|_| mine.put(&url, &body))).await;
    assert_eq!(
        saves
            .iter()
            .filter(|answer| answer.status.is_success())
            .count(),
        1
    );
    assert!(
        saves
            .iter()
            .filter(|answer| !answer.status.is_success())
            .all(|answer| answer.code() == "intake.stale_version")
    );
}
