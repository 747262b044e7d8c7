//! Kiosks (自助终端): registered, paired once, shut off; sessions that are good at one of them alone.

use chrono::Duration;
use serde_json::{Value, json};
use tb_testkit::{Client, TestApp};

use crate::{
    DEPARTMENT, PASSWORD, SESSION, administrator, app, as_administrator, audit_rows, citizen,
    clerk, field_codes, seed, sign_in,
};

pub(crate) const KIOSKS: &str = "/api/v1/identity/kiosks";
pub(crate) const KIOSK: &str = "/api/v1/identity/kiosk";
pub(crate) const PAIR: &str = "/api/v1/identity/kiosk/pair";

pub(crate) fn new_kiosk(name: &str) -> Value {
    json!({"name": name, "place": "一楼大厅", "region": "430102", "department_code": DEPARTMENT})
}

/// A kiosk that an administrator has registered: its row and its secret.
pub(crate) async fn registered(admin: &Client, name: &str) -> (Value, String) {
    let made = admin.post(KIOSKS, &new_kiosk(name)).await.ok();
    let secret = made["secret"].as_str().unwrap().to_owned();
    (made["kiosk"].clone(), secret)
}

/// The browser of a paired kiosk.
pub(crate) async fn paired(app: &TestApp, secret: &str) -> Client {
    let client = app.client();
    client.post(PAIR, &json!({"secret": secret})).await.ok();
    client
}

fn change(kiosk: &Value, verb: &str) -> (String, Value) {
    let id = kiosk["id"].as_str().unwrap();
    (
        format!("{KIOSKS}/{id}/{verb}"),
        json!({"version": kiosk["version"]}),
    )
}

async fn listed(admin: &Client) -> Value {
    admin.get(KIOSKS).await.ok()["items"][0].clone()
}

#[tokio::test]
async fn a_browser_is_paired_once_by_a_secret_that_is_told_once() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let (kiosk, secret) = registered(&admin, "一号机").await;
    assert_eq!(secret.len(), 29, "five groups of five: {secret}");
    let list = admin.get(KIOSKS).await.ok();
    assert_eq!(list["items"][0]["paired_at"], Value::Null);
    assert!(!list.to_string().contains(&secret), "it is not told again");

    let client = app.client();
    assert_eq!(client.get(KIOSK).await.status.as_u16(), 204, "no kiosk yet");
    let wrong = client.post(PAIR, &json!({"secret": "ABCDE-ABCDE"})).await;
    let problem = wrong.refused(422, "identity.invalid_kiosk");
    let said = (
        "/secret".to_owned(),
        "identity.kiosk_secret_wrong".to_owned(),
    );
    assert_eq!(field_codes(&problem), [said]);
    // As somebody types it.
    let typed = secret.to_lowercase().replace('-', " ");
    let here = client.post(PAIR, &json!({"secret": typed})).await.ok();
    assert_eq!(here["id"], kiosk["id"]);
    assert_eq!(client.get(KIOSK).await.ok()["name"], "一号机");

    let second = app.client().post(PAIR, &json!({"secret": secret})).await;
    let problem = second.refused(422, "identity.invalid_kiosk");
    let said = (
        "/secret".to_owned(),
        "identity.kiosk_secret_used".to_owned(),
    );
    assert_eq!(field_codes(&problem), [said]);
    let actions: Vec<String> = audit_rows(&app)
        .await
        .into_iter()
        .map(|row| row.0)
        .collect();
    for action in ["identity.kiosk.registered", "identity.kiosk.paired"] {
        assert!(actions.iter().any(|known| known == action), "{action}");
    }
}

#[tokio::test]
async fn what_a_kiosk_is_registered_with_is_judged_field_by_field() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let body =
        json!({"name": " ", "place": "楼".repeat(51), "region": "x", "department_code": "nobody"});
    let problem = admin.post(KIOSKS, &body).await;
    let problem = problem.refused(422, "identity.invalid_kiosk");
    let codes = field_codes(&problem);
    let paths: Vec<&str> = codes.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["/name", "/place", "/region", "/department_code"]);
    seed(&app, clerk("clerk_hr")).await;
    let staff = crate::signed_in(&app, "clerk_hr").await;
    let refused = staff.post(KIOSKS, &new_kiosk("一号机")).await;
    refused.refused(403, "http.forbidden");
}

#[tokio::test]
async fn a_session_is_good_at_its_kiosk_alone() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    let admin = as_administrator(&app).await;
    let (_, first) = registered(&admin, "一号机").await;
    let (_, second) = registered(&admin, "二号机").await;
    let here = paired(&app, &first).await;
    let there = paired(&app, &second).await;
    sign_in(&here, "19900000001", PASSWORD).await.ok();
    here.get(SESSION).await.ok();

    let token = here.cookie().unwrap();
    let shown = |cookies: String| app.client().with("cookie", &cookies);
    let elsewhere = shown(format!("tb_session={token}"));
    let refused = elsewhere.get(SESSION).await;
    refused.refused(401, "http.session_expired");
    let other = shown(format!(
        "tb_session={token}; tb_kiosk={}",
        there.kiosk().unwrap()
    ));
    other
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    other
        .post(&format!("{SESSION}/renew"), &json!({}))
        .await
        .refused(401, "http.session_expired");

    // Nor is a session of the portal good at a kiosk, or made longer there.
    let portal = app.client();
    sign_in(&portal, "19900000001", PASSWORD).await.ok();
    let token = portal.cookie().unwrap();
    let carried = shown(format!(
        "tb_session={token}; tb_kiosk={}",
        here.kiosk().unwrap()
    ));
    carried
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    carried
        .post(&format!("{SESSION}/renew"), &json!({}))
        .await
        .refused(401, "http.session_expired");
    portal.get(SESSION).await.ok();
}

#[tokio::test]
async fn a_session_at_a_kiosk_is_short() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    let admin = as_administrator(&app).await;
    let (_, secret) = registered(&admin, "一号机").await;
    let here = paired(&app, &secret).await;
    sign_in(&here, "19900000001", PASSWORD).await.ok();
    app.clock().advance(Duration::seconds(119));
    here.get(SESSION).await.ok();
    app.clock().advance(Duration::seconds(120));
    here.get(SESSION).await.refused(401, "http.session_expired");

    sign_in(&here, "19900000001", PASSWORD).await.ok();
    for _ in 0..29 {
        app.clock().advance(Duration::minutes(1));
        here.post(&format!("{SESSION}/renew"), &json!({}))
            .await
            .ok();
    }
    app.clock().advance(Duration::minutes(1));
    here.get(SESSION).await.refused(401, "http.session_expired");
}

#[tokio::test]
async fn whoever_signs_in_next_ends_what_was_begun_there_and_staff_do_not() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    seed(&app, clerk("clerk_hr")).await;
    seed(&app, administrator("root")).await;
    let admin = as_administrator(&app).await;
    let (_, secret) = registered(&admin, "一号机").await;
    let here = paired(&app, &secret).await;
    sign_in(&here, "19900000001", PASSWORD).await.ok();
    let left = format!(
        "tb_session={}; tb_kiosk={}",
        here.cookie().unwrap(),
        here.kiosk().unwrap()
    );
    let again = app.client().at_kiosk(&here.kiosk().unwrap());
    sign_in(&again, "19900000001", PASSWORD).await.ok();
    let before = app.client().with("cookie", &left);
    before
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    for staff in ["clerk_hr", "root"] {
        let refused = sign_in(&again, staff, PASSWORD).await;
        refused.refused(403, "identity.kiosk_for_citizens");
    }
    again.get(SESSION).await.ok();
}

#[tokio::test]
async fn each_kiosk_has_its_own_number_of_sign_ins() {
    let settings = tb_identity::Settings {
        sign_ins_per_minute: 4,
        ..tb_identity::Settings::default()
    };
    let app = crate::app_with(settings).await;
    let admin = as_administrator(&app).await;
    let (_, first) = registered(&admin, "一号机").await;
    let (_, second) = registered(&admin, "二号机").await;
    let (here, there) = (paired(&app, &first).await, paired(&app, &second).await);
    for n in 0..4 {
        let refused = sign_in(&here, &format!("nobody{n}"), PASSWORD).await;
        refused.refused(401, "identity.wrong_credentials");
    }
    let refused = sign_in(&here, "nobody5", PASSWORD).await;
    refused.refused(429, "http.limited");
    let refused = sign_in(&there, "nobody6", PASSWORD).await;
    refused.refused(401, "identity.wrong_credentials");
}

#[tokio::test]
async fn shutting_off_and_a_new_secret_cut_the_browser_off_at_once() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    let admin = as_administrator(&app).await;
    let (_, secret) = registered(&admin, "一号机").await;
    let here = paired(&app, &secret).await;
    sign_in(&here, "19900000001", PASSWORD).await.ok();

    let (path, body) = change(&listed(&admin).await, "shut");
    admin.post(&path, &body).await.ok();
    assert_eq!(here.get(KIOSK).await.status.as_u16(), 204);
    here.get(SESSION).await.refused(401, "http.session_expired");
    let stale = admin.post(&path, &body).await;
    stale.refused(409, "identity.kiosk_moved");

    let (path, body) = change(&listed(&admin).await, "open");
    admin.post(&path, &body).await.ok();
    here.get(KIOSK).await.ok();
    here.get(SESSION).await.refused(401, "http.session_expired");

    let (path, body) = change(&listed(&admin).await, "renew");
    let renewed = admin.post(&path, &body).await.ok();
    assert_eq!(here.get(KIOSK).await.status.as_u16(), 204);
    let old = app.client().post(PAIR, &json!({"secret": secret})).await;
    old.refused(422, "identity.invalid_kiosk");
    paired(&app, renewed["secret"].as_str().unwrap()).await;
}
