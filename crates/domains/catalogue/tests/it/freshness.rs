//! Two processes over one database: what one changes the other shows, exactly and soon.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tb_catalogue::Catalogue;
use tb_testkit::TestApp;

use crate::{
    API, MANAGE, admin, draft, licence_types, names, publish, publish_new, with_departments,
};

const CODE: &str = "TEST-0001";

/// A second process: a catalogue of its own over the same store, with its own memory.
pub(crate) async fn beside(app: &TestApp) -> axum::Router {
    let catalogue = Catalogue::new(app.store(), licence_types()).unwrap();
    catalogue.warm().await.unwrap();
    let (routes, _) = tb_catalogue::module(app.edge(), catalogue)
        .routes
        .split_for_parts();
    tb_http::serve_router(
        app.edge(),
        axum::Router::new().nest(API, routes),
        axum::Router::new(),
    )
}

pub(crate) async fn get(router: &axum::Router, path: &str) -> (StatusCode, Value) {
    use tower::ServiceExt;
    let request = axum::http::Request::get(format!("{API}{path}"))
        .body(axum::body::Body::empty())
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

pub(crate) async fn half_a_second() {
    tokio::time::sleep(Duration::from_millis(600)).await;
}

#[tokio::test]
async fn the_other_process_follows_within_a_second() {
    let app = with_departments().await;
    let other = beside(&app).await;
    publish_new(&app, CODE).await;
    half_a_second().await;
    assert_eq!(get(&other, &format!("/items/{CODE}")).await.1["version"], 1);
    assert_eq!(names(&get(&other, "/items?q=sydj").await.1), ["失业登记"]);

    let mut item = draft(CODE);
    item["name"] = "失业人员登记".into();
    let admin = admin(&app);
    admin
        .put(
            &format!("{MANAGE}/{CODE}"),
            &json!({"version": 2, "item": item}),
        )
        .await
        .ok();
    publish(&app, CODE, 3).await;
    half_a_second().await;
    assert_eq!(get(&other, &format!("/items/{CODE}")).await.1["version"], 2);
    assert_eq!(
        names(&get(&other, "/items?q=syrydj").await.1),
        ["失业人员登记"]
    );

    admin
        .post(
            &format!("{MANAGE}/{CODE}/withdraw"),
            &json!({"version": 4, "reason": "停用"}),
        )
        .await
        .ok();
    half_a_second().await;
    assert_eq!(
        get(&other, &format!("/items/{CODE}")).await.0,
        StatusCode::NOT_FOUND
    );
    assert!(names(&get(&other, "/items").await.1).is_empty());
}

#[tokio::test]
async fn this_process_shows_its_own_changes_at_once() {
    let app = with_departments().await;
    let admin = admin(&app);
    publish_new(&app, CODE).await;
    let path = format!("{API}/items/{CODE}");
    let tag = app.client().get(&path).await.headers["etag"].clone();
    for round in 0..5_i64 {
        let mut item = draft(CODE);
        item["summary"] = format!("第 {round} 次").into();
        admin
            .put(
                &format!("{MANAGE}/{CODE}"),
                &json!({"version": 2 + 2 * round, "item": item}),
            )
            .await
            .ok();
        publish(&app, CODE, 3 + 2 * round).await;
        let answer = app.client().get(&path).await;
        assert_ne!(answer.headers["etag"], tag);
        assert_eq!(answer.json()["summary"], format!("第 {round} 次"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_beside_a_publisher_never_see_an_old_guide_afterwards() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let admin = admin(&app);
    let path = format!("{API}/items/{CODE}");
    for round in 0..10_i64 {
        let mut item = draft(CODE);
        item["summary"] = format!("第 {round} 次").into();
        admin
            .put(
                &format!("{MANAGE}/{CODE}"),
                &json!({"version": 2 + 2 * round, "item": item}),
            )
            .await
            .ok();
        let client = app.client();
        let read = async {
            for _ in 0..20 {
                client.get(&path).await.ok();
            }
        };
        let publish = publish(&app, CODE, 3 + 2 * round);
        let ((), published) = tokio::join!(read, publish);
        let version = published["published_version"].clone();
        assert_eq!(app.client().get(&path).await.ok()["version"], version);
    }
}

#[tokio::test]
async fn divisions_and_calendar_are_still_shown_while_the_database_is_away() {
    let app = with_departments().await;
    let catalogue = Catalogue::new(app.store(), licence_types()).unwrap();
    catalogue.warm().await.unwrap();
    app.store().database().close().await.unwrap();
    half_a_second().await;
    catalogue.tree().await.unwrap();
    catalogue.calendar().await.unwrap();
}
