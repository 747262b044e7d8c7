//! Sessions: their two ends, prolonging, signing out, the memory of the edge, old ones deleted.

use chrono::Duration;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tb_identity::Settings;
use tb_testkit::TestApp;

use crate::{ACCOUNTS, SESSION, app, as_administrator, audit_rows, clerk, seed, signed_in};

const RENEW: &str = "/api/v1/identity/session/renew";

async fn sessions(app: &TestApp) -> i64 {
    let conn = app.store().read();
    let sql = "SELECT COUNT(*) AS n FROM identity_session";
    let row = conn
        .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn without_a_session_there_is_none_to_see() {
    let app = app().await;
    assert_eq!(app.client().get(SESSION).await.status, 204);
    app.client()
        .post(RENEW, &json!({}))
        .await
        .refused(401, "identity.no_session");
    assert_eq!(app.client().delete(SESSION).await.status, 204);
}

#[tokio::test]
async fn an_idle_session_ends_after_half_an_hour() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    app.clock().advance(Duration::minutes(29));
    // Its use is noted, so half an hour begins anew.
    assert_eq!(
        client.get(SESSION).await.ok()["expires_at"],
        "2026-11-22T02:59:00Z"
    );
    app.clock()
        .advance(Duration::minutes(30) - Duration::seconds(1));
    assert_eq!(client.get(SESSION).await.status, 200);
    app.clock().advance(Duration::minutes(30));
    client
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    client
        .post(RENEW, &json!({}))
        .await
        .refused(401, "http.session_expired");
}

#[tokio::test]
async fn what_a_page_asks_by_itself_does_not_keep_a_session_open() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    for (name, value) in [
        ("x-tongban-background", "1"),
        ("accept", "text/event-stream"),
    ] {
        app.clock().advance(Duration::minutes(14));
        let page = client.clone().with(name, value);
        assert_eq!(
            page.get(SESSION).await.ok()["expires_at"],
            "2026-11-22T02:30:00Z"
        );
    }
    app.clock().advance(Duration::minutes(2));
    client
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
}

#[tokio::test]
async fn its_use_is_noted_once_a_minute_at_most() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    app.clock().advance(Duration::seconds(59));
    assert_eq!(
        client.get(SESSION).await.ok()["expires_at"],
        "2026-11-22T02:30:00Z"
    );
    app.clock().advance(Duration::seconds(6));
    assert_eq!(
        client.get(SESSION).await.ok()["expires_at"],
        "2026-11-22T02:31:05Z"
    );
}

#[tokio::test]
async fn renewing_prolongs_up_to_the_absolute_end() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    app.clock().advance(Duration::seconds(30));
    assert_eq!(
        client.post(RENEW, &json!({})).await.ok()["expires_at"],
        "2026-11-22T02:30:30Z"
    );
    for _ in 0..35 {
        app.clock().advance(Duration::minutes(20));
        client.post(RENEW, &json!({})).await.ok();
    }
    // 11:40:30 after the sign-in: twelve hours are the end of it.
    assert_eq!(
        client.get(SESSION).await.ok()["expires_at"],
        "2026-11-22T14:00:00Z"
    );
    app.clock().advance(Duration::minutes(19));
    assert_eq!(
        client.post(RENEW, &json!({})).await.ok()["expires_at"],
        "2026-11-22T14:00:00Z"
    );
    app.clock().advance(Duration::seconds(30));
    client
        .post(RENEW, &json!({}))
        .await
        .refused(401, "http.session_expired");
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let app = app().await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    let token = client.cookie().unwrap();
    client.get(SESSION).await.ok();
    let answer = client.delete(SESSION).await;
    assert_eq!(answer.status, 204);
    assert!(
        answer.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert!(client.cookie().is_none());
    let thief = app.client().with("cookie", &format!("tb_session={token}"));
    thief
        .get("/api/v1/identity/profile")
        .await
        .refused(401, "http.session_expired");
    let ended = (
        "identity.session.ended".to_owned(),
        id.to_string(),
        "done".to_owned(),
    );
    assert_eq!(
        audit_rows(&app)
            .await
            .iter()
            .filter(|row| **row == ended)
            .count(),
        1
    );
}

#[tokio::test]
async fn what_changes_here_is_noticed_at_once_and_elsewhere_within_five_seconds() {
    let app = app().await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let admin = as_administrator(&app).await;
    let client = signed_in(&app, "clerk_hr").await;
    let token = client.cookie().unwrap();
    let elsewhere = tb_identity::sessions_with(app.store(), Settings::default());
    client.get(SESSION).await.ok();
    assert!(
        elsewhere
            .authenticate(&token, None, true)
            .await
            .unwrap()
            .is_some()
    );

    admin
        .post(&format!("{ACCOUNTS}/{id}/lock"), &json!({}))
        .await
        .ok();
    client
        .get("/api/v1/identity/profile")
        .await
        .refused(401, "http.session_expired");
    assert!(
        elsewhere
            .authenticate(&token, None, true)
            .await
            .unwrap()
            .is_some(),
        "the other process remembers"
    );
    app.clock().advance(Duration::seconds(5));
    assert!(
        elsewhere
            .authenticate(&token, None, true)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_change_of_roles_reaches_open_sessions() {
    let app = app().await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let admin = as_administrator(&app).await;
    let client = signed_in(&app, "clerk_hr").await;
    client.get(ACCOUNTS).await.refused(403, "http.forbidden");
    let body = json!({ "version": 1, "name": "周示例", "roles": ["administrator"] });
    admin.put(&format!("{ACCOUNTS}/{id}"), &body).await.ok();
    client.get(ACCOUNTS).await.ok();
}

#[tokio::test]
async fn a_repeated_sign_in_with_a_key_is_a_new_session() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    let keyed = client.clone().once("key-of-a-sign-in");
    let body = json!({ "account": "clerk_hr", "password": crate::PASSWORD });
    for _ in 0..2 {
        let answer = keyed.post(SESSION, &body).await;
        assert!(answer.headers.contains_key("set-cookie"), "{answer:?}");
    }
    client.get(SESSION).await.ok();
}

#[tokio::test]
async fn old_sessions_are_deleted_and_open_ones_kept() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    signed_in(&app, "clerk_hr").await.delete(SESSION).await;
    signed_in(&app, "clerk_hr").await;
    app.clock().advance(Duration::days(7));
    signed_in(&app, "clerk_hr").await;
    app.run_periodic("identity.delete_old_sessions").await;
    assert_eq!(sessions(&app).await, 3);
    app.clock().advance(Duration::minutes(1));
    // The one that was ended.
    app.run_periodic("identity.delete_old_sessions").await;
    assert_eq!(sessions(&app).await, 2);
    app.clock().advance(Duration::hours(12));
    // The one that ran out.
    app.run_periodic("identity.delete_old_sessions").await;
    assert_eq!(sessions(&app).await, 1);
}
