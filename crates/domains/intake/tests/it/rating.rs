//! Ratings: five levels, tags that fit the level, no more than once.

use serde_json::{Value, json};

use crate::town::{Town, fields, number, path, submitted};

#[tokio::test]
async fn tags_fit_their_level() {
    let town = Town::new().await;
    let mine = town.person(1);
    let levels = mine.get("/api/v1/intake/rating-tags").await.ok();
    let labels: Vec<&str> = levels
        .as_array()
        .unwrap()
        .iter()
        .map(|level| level["label"].as_str().unwrap())
        .collect();
    assert_eq!(
        labels,
        ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    );
    for level in levels.as_array().unwrap() {
        for tag in level["tags"].as_array().unwrap() {
            assert!(
                !tag["label"].as_str().unwrap().starts_with("intake."),
                "{tag}"
            );
        }
    }

    let done = submitted(&mine).await;
    town.feed_back(number(&done), 1, "closed", "closed", json!({}))
        .await;
    let url = path(&done, "/rating");
    let wrong = |body: Value| {
        let (mine, url) = (mine.clone(), url.clone());
        async move {
            fields(
                &mine
                    .post(&url, &body)
                    .await
                    .refused(422, "intake.rating_invalid"),
            )
        }
    };
    assert_eq!(wrong(json!({"level": 0})).await, ["/level"]);
    assert_eq!(wrong(json!({"level": 6})).await, ["/level"]);
    assert_eq!(
        wrong(json!({"level": 1, "tags": ["fully_online"]})).await,
        ["/tags/0"]
    );
    assert_eq!(
        wrong(json!({"level": 5, "tags": ["fully_online", "fully_online"]})).await,
        ["/tags/1"]
    );
    assert_eq!(
        wrong(json!({"level": 5, "comment": "好".repeat(501)})).await,
        ["/comment"]
    );

    mine.post(
        &url,
        &json!({"level": 1, "tags": ["several_visits"], "comment": "跑了三趟"}),
    )
    .await
    .ok();
    let change = crate::feed::last(&town).await;
    assert_eq!(
        (change.kind.as_str(), change.version),
        ("intake.application.rated", 2)
    );
    assert_eq!(change.payload["tags"], json!(["several_visits"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clicks_rate_once() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    town.feed_back(number(&done), 1, "delivered", "delivered", json!({}))
        .await;
    let url = path(&done, "/rating");
    let body = json!({"level": 4});
    let answers = futures::future::join_all((0..4).map(|_| mine.post(&url, &body))).await;
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.status.is_success())
            .count(),
        1
    );
    assert!(
        answers
            .iter()
            .filter(|answer| !answer.status.is_success())
            .all(|answer| answer.code() == "intake.already_rated")
    );
}
