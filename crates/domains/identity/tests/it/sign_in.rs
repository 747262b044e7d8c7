//! Signing in: the answer, the cookie, what does not tell accounts apart, lock-outs.

use chrono::Duration;
use serde_json::json;
use tb_identity::Settings;

use crate::{
    DEPARTMENT, PASSWORD, SESSION, app, app_with, audit_rows, citizen, clerk, seed, sign_in,
    signed_in,
};

#[tokio::test]
async fn a_clerk_signs_in_and_learns_what_he_may_do() {
    let app = app().await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let client = app.client();
    let answer = sign_in(&client, " Clerk_HR ", PASSWORD).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    let (pair, attributes) = cookie.split_once(';').unwrap();
    assert_eq!(attributes, " Path=/; HttpOnly; SameSite=Lax");
    // 32 random bytes in base64url.
    assert_eq!(pair.strip_prefix("tb_session=").unwrap().len(), 43);
    let view = answer.ok();
    assert_eq!(view["account_id"], json!(id.to_string()));
    assert_eq!(view["account"], "clerk_hr");
    assert_eq!(view["kind"], "staff");
    assert_eq!(view["name"], "周示例");
    assert_eq!(view["roles"], json!(["clerk"]));
    assert_eq!(view["department"]["code"], DEPARTMENT);
    assert_eq!(view["region"], "430102");
    assert_eq!(view["expires_at"], "2026-11-22T02:30:00Z");
    assert_eq!(view["must_change_password"], false);
    let permissions = view["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("approval.case.accept")));
    assert!(!permissions.contains(&json!("identity.account.read")));
    assert_eq!(client.get(SESSION).await.ok(), view);
}

#[tokio::test]
async fn the_name_and_phone_of_a_citizen_are_masked() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    let client = app.client();
    let view = sign_in(&client, "+86 199-0000-0001", PASSWORD).await.ok();
    assert_eq!(
        (&view["name"], &view["account"]),
        (&json!("张*例"), &json!("199****0001"))
    );
}

#[tokio::test]
async fn an_unknown_account_and_a_wrong_password_get_the_same_answer() {
    let app = app().await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let client = app.client();
    let mut known = sign_in(&client, "clerk_hr", "wrong password")
        .await
        .refused(401, "identity.wrong_credentials");
    let mut unknown = sign_in(&client, "clerk_xx", "wrong password")
        .await
        .refused(401, "identity.wrong_credentials");
    for answer in [&mut known, &mut unknown] {
        answer["request_id"].take();
    }
    assert_eq!(known, unknown);
    assert!(client.cookie().is_none());
    let refused = |object: String| {
        (
            "identity.session.started".to_owned(),
            object,
            "refused".to_owned(),
        )
    };
    let rows = audit_rows(&app).await;
    assert!(
        rows.contains(&refused(id.to_string())) && rows.contains(&refused("unknown".to_owned())),
        "{rows:?}"
    );
}

#[tokio::test]
async fn five_wrong_passwords_lock_a_name_out_whether_it_exists_or_not() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    for name in ["clerk_hr", "nobody"] {
        let client = app.client();
        for _ in 0..5 {
            sign_in(&client, name, "wrong password")
                .await
                .refused(401, "identity.wrong_credentials");
        }
        let answer = sign_in(&client, name, PASSWORD).await;
        assert_eq!(answer.headers["retry-after"], "900");
        let problem = answer.refused(429, "identity.locked");
        assert_eq!(problem["args"]["seconds"], "900");
    }
    app.clock().advance(Duration::minutes(14));
    sign_in(&app.client(), "clerk_hr", PASSWORD)
        .await
        .refused(429, "identity.locked");
    app.clock().advance(Duration::minutes(1));
    sign_in(&app.client(), "clerk_hr", PASSWORD).await.ok();
}

#[tokio::test]
async fn attempts_at_once_cannot_slip_past_the_lock() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let client = app.client();
        tries.spawn(async move {
            sign_in(&client, "clerk_hr", "wrong password")
                .await
                .status
                .as_u16()
        });
    }
    let mut statuses = tries.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [[401; 5].as_slice(), &[429; 7]].concat());
}

#[tokio::test]
async fn a_success_forgets_earlier_failures() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    for _ in 0..3 {
        for _ in 0..4 {
            sign_in(&app.client(), "clerk_hr", "wrong password")
                .await
                .refused(401, "identity.wrong_credentials");
        }
        signed_in(&app, "clerk_hr").await;
    }
}

#[tokio::test]
async fn one_address_cannot_try_without_end() {
    let app = app_with(Settings {
        sign_ins_per_minute: 3,
        ..Settings::default()
    })
    .await;
    for n in 0..3 {
        sign_in(&app.client(), &format!("nobody{n}"), "wrong password")
            .await
            .refused(401, "identity.wrong_credentials");
    }
    sign_in(&app.client(), "nobody9", "wrong password")
        .await
        .refused(429, "http.limited");
}

#[tokio::test]
async fn every_sign_in_makes_a_new_token_and_ends_the_one_shown() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let planted = || {
        app.client()
            .with("cookie", "tb_session=planted-by-somebody")
    };
    let answer = sign_in(&planted(), "clerk_hr", PASSWORD).await;
    assert!(
        !answer.headers["set-cookie"]
            .to_str()
            .unwrap()
            .contains("planted")
    );
    planted()
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");

    let client = signed_in(&app, "clerk_hr").await;
    let first = client.cookie().unwrap();
    sign_in(&client, "clerk_hr", PASSWORD).await.ok();
    let second = client.cookie().unwrap();
    assert_ne!(first, second);
    let old = app.client().with("cookie", &format!("tb_session={first}"));
    old.get(SESSION).await.refused(401, "http.session_expired");
    client.get(SESSION).await.ok();
}

#[tokio::test]
async fn a_foreign_page_cannot_sign_in_or_out() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    let foreign = client.clone().with("origin", "https://evil.example");
    sign_in(&foreign, "clerk_hr", PASSWORD)
        .await
        .refused(403, "http.cross_site");
    foreign
        .delete(SESSION)
        .await
        .refused(403, "http.cross_site");
    client
        .clone()
        .with("sec-fetch-site", "cross-site")
        .delete(SESSION)
        .await
        .refused(403, "http.cross_site");
    client.get(SESSION).await.ok();
    client
        .clone()
        .with("origin", "http://localhost")
        .delete(SESSION)
        .await
        .ok();
}

#[tokio::test]
async fn a_body_that_is_no_sign_in_is_refused_in_words() {
    let app = app().await;
    app.client()
        .post(SESSION, &json!({ "account": "a" }))
        .await
        .refused(422, "http.malformed");
}

#[test]
fn behind_https_the_cookie_stays_there() {
    let cookie = tb_http::session_cookie("token", true).unwrap();
    assert_eq!(
        cookie,
        "tb_session=token; Path=/; HttpOnly; SameSite=Lax; Secure"
    );
}
