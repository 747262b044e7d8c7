//! Changing one's password, initial passwords, and new ones from an administrator.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client};

use crate::{
    ACCOUNTS, DEPARTMENT, PASSWORD, SESSION, app, as_administrator, audit_rows, citizen, clerk,
    field_codes, seed, sign_in, signed_in,
};

const CHANGE: &str = "/api/v1/identity/password";
const NEW: &str = "mountain paper boat";

async fn change(client: &Client, current: &str, new: &str) -> Answer {
    client
        .post(CHANGE, &json!({ "current": current, "new": new }))
        .await
}

fn fault(path: &str, code: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), format!("identity.{code}"))]
}

#[tokio::test]
async fn a_change_ends_every_other_session() {
    let app = app().await;
    let id = seed(&app, citizen("citizen1")).await;
    let (here, there) = (
        signed_in(&app, "citizen1").await,
        signed_in(&app, "citizen1").await,
    );
    there.get(SESSION).await.ok();
    change(&here, PASSWORD, NEW).await.ok();
    here.get(SESSION).await.ok();
    there
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    sign_in(&app.client(), "citizen1", PASSWORD)
        .await
        .refused(401, "identity.wrong_credentials");
    sign_in(&app.client(), "citizen1", NEW).await.ok();
    let row = (
        "identity.password.changed".to_owned(),
        id.to_string(),
        "done".to_owned(),
    );
    assert!(audit_rows(&app).await.contains(&row));
}

#[tokio::test]
async fn bad_passwords_are_refused_beside_the_field() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    for (new, code) in [
        ("short", "password_short"),
        ("clerk_hr-clerk_hr", "password_is_account"),
        ("Password123", "password_common"),
        (PASSWORD, "password_unchanged"),
    ] {
        let problem = change(&client, PASSWORD, new)
            .await
            .refused(422, "identity.invalid_password");
        assert_eq!(field_codes(&problem), fault("/new", code), "{new}");
        assert_ne!(
            problem["fields"][0]["message"],
            Value::from(""),
            "{problem}"
        );
    }
    let problem = change(&client, "not my password", NEW)
        .await
        .refused(422, "identity.invalid_password");
    assert_eq!(field_codes(&problem), fault("/current", "password_wrong"));
    sign_in(&app.client(), "clerk_hr", PASSWORD).await.ok();
}

#[tokio::test]
async fn the_present_password_cannot_be_guessed_in_an_open_session() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await;
    for n in 0..5 {
        change(&client, &format!("guess number {n}"), NEW)
            .await
            .refused(422, "identity.invalid_password");
    }
    change(&client, PASSWORD, NEW)
        .await
        .refused(429, "identity.locked");
}

#[tokio::test]
async fn a_repeat_with_the_same_key_gets_the_same_answer() {
    let app = app().await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "clerk_hr").await.once("change-it-once");
    let first = change(&client, PASSWORD, NEW).await.ok();
    assert_eq!(change(&client, PASSWORD, NEW).await.ok(), first);
}

#[tokio::test]
async fn an_initial_password_opens_nothing_but_its_change() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let body = json!({
        "account": "head_hr", "name": "吴示例", "roles": ["head"], "department_code": DEPARTMENT, "password": PASSWORD,
    });
    let created = admin.post(ACCOUNTS, &body).await.ok();
    assert_eq!(created["must_change_password"], true);
    let client = app.client();
    let view = sign_in(&client, "head_hr", PASSWORD).await.ok();
    assert_eq!(view["must_change_password"], true);
    assert_eq!(view["roles"], json!(["head"]));
    let may = |view: &Value| {
        view["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!("approval.case.decide"))
    };
    assert!(!may(&view));
    change(&client, PASSWORD, NEW).await.ok();
    let view = client.get(SESSION).await.ok();
    assert!(
        may(&view) && view["must_change_password"] == false,
        "{view}"
    );
}

#[tokio::test]
async fn an_administrator_gives_staff_a_new_initial_password_but_not_citizens() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let staff = seed(&app, clerk("clerk_hr")).await;
    let person = seed(&app, citizen("citizen1")).await;
    let client = signed_in(&app, "clerk_hr").await;
    let reset = |id| format!("{ACCOUNTS}/{id}/reset-password");
    let weak = admin
        .post(&reset(staff), &json!({ "password": "1234567890" }))
        .await;
    assert_eq!(
        field_codes(&weak.refused(422, "identity.invalid_password")),
        fault("/password", "password_common")
    );
    let view = admin
        .post(&reset(staff), &json!({ "password": NEW }))
        .await
        .ok();
    assert_eq!(
        (&view["must_change_password"], &view["version"]),
        (&json!(true), &json!(2))
    );
    client
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    sign_in(&app.client(), "clerk_hr", PASSWORD)
        .await
        .refused(401, "identity.wrong_credentials");
    assert_eq!(
        sign_in(&app.client(), "clerk_hr", NEW).await.ok()["must_change_password"],
        true
    );
    admin
        .post(&reset(person), &json!({ "password": NEW }))
        .await
        .refused(422, "identity.not_staff");
    sign_in(&app.client(), "citizen1", PASSWORD).await.ok();
}

/// An administrator who resets a password does so because somebody else knows the old one.
#[tokio::test]
async fn a_change_under_way_does_not_undo_an_administrators_reset() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let intruder = signed_in(&app, "clerk_hr").await;
    let given = json!({ "password": "harbour window clock" });
    let path = format!("{ACCOUNTS}/{id}/reset-password");
    // The reset computes one hash, the change two: it commits while the change is under way. Should
    // the change come first all the same, the reset stands all the more.
    let (_, reset) = tokio::join!(change(&intruder, PASSWORD, NEW), admin.post(&path, &given));
    reset.ok();
    intruder
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    sign_in(&app.client(), "clerk_hr", NEW)
        .await
        .refused(401, "identity.wrong_credentials");
    let view = sign_in(&app.client(), "clerk_hr", "harbour window clock")
        .await
        .ok();
    assert_eq!(view["must_change_password"], true);
}
