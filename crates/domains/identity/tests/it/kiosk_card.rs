//! Signing in by an identity card in the reader of a kiosk.

use chrono::Duration;
use serde_json::{Value, json};
use tb_identity::Settings;
use tb_testkit::{Answer, Client, TestApp};

use crate::kiosk::{paired, registered};
use crate::privacy::{dump, holds};
use crate::{SESSION, app, app_with, as_administrator, citizen, seed};

const CARD: &str = "/api/v1/identity/kiosk/card";
const SIMULATE: &str = "/api/v1/identity/kiosk/card/simulate";
const NUMBER: &str = "430102199307169986";

/// A city that pretends readers of cards.
async fn pretending() -> TestApp {
    app_with(Settings {
        sign_ins_per_minute: 0,
        simulated_card_reader: true,
        ..Settings::default()
    })
    .await
}

async fn kiosk(app: &TestApp, admin: &Client, name: &str) -> Client {
    let (_, secret) = registered(admin, name).await;
    paired(app, &secret).await
}

/// What the reader of a kiosk reads.
async fn read(here: &Client, name: &str, number: &str) -> Value {
    let card = json!({"name": name, "citizen_id": number});
    here.post(SIMULATE, &card).await.ok()
}

async fn place(here: &Client, reading: &Value) -> Answer {
    here.post(CARD, reading).await
}

#[tokio::test]
async fn a_card_opens_the_session_of_its_holder_once() {
    let app = pretending().await;
    let id = seed(&app, citizen("19900000001")).await;
    let admin = as_administrator(&app).await;
    let here = kiosk(&app, &admin, "一号机").await;
    let reading = read(&here, "张示例", NUMBER).await;
    let session = place(&here, &reading).await.ok();
    assert_eq!(session["account_id"], id.to_string());
    assert_eq!(session["name"], "张*例", "masked as ever");
    here.get(SESSION).await.ok();
    here.delete(SESSION).await.ok();
    let repeated = place(&here, &reading).await;
    repeated.refused(409, "identity.card_stale");
    let mut finer = reading.clone();
    let moment = reading["read_at"].as_str().unwrap().trim_end_matches('Z');
    let point = if moment.contains('.') { "" } else { ".000" };
    for digits in ["000001", "001", "999999"] {
        finer["read_at"] = format!("{moment}{point}{digits}Z").into();
        let repeated = place(&here, &finer).await;
        repeated.refused(409, "identity.card_stale");
    }
    assert_eq!(here.get(SESSION).await.status.as_u16(), 204);
    app.clock().advance(Duration::seconds(1));
    let reading = read(&here, "张示例", NUMBER).await;
    place(&here, &reading).await.ok();
}

#[tokio::test]
async fn what_no_reader_of_this_kiosk_has_read_is_refused() {
    let app = pretending().await;
    seed(&app, citizen("19900000001")).await;
    let admin = as_administrator(&app).await;
    let here = kiosk(&app, &admin, "一号机").await;
    let there = kiosk(&app, &admin, "二号机").await;
    let foreign = read(&there, "张示例", NUMBER).await;
    place(&here, &foreign)
        .await
        .refused(403, "identity.card_forged");
    let mut altered = read(&here, "张示例", "11010519491231002X").await;
    altered["citizen_id"] = NUMBER.into();
    place(&here, &altered)
        .await
        .refused(403, "identity.card_forged");
    let reading = read(&here, "张示例", NUMBER).await;
    app.clock().advance(Duration::seconds(121));
    place(&here, &reading)
        .await
        .refused(409, "identity.card_stale");
    let at_home = app.client();
    let reading = read(&here, "张示例", NUMBER).await;
    place(&at_home, &reading)
        .await
        .refused(403, "identity.not_at_kiosk");
    let refused = at_home
        .post(SIMULATE, &json!({"name": "张示例", "citizen_id": NUMBER}))
        .await;
    refused.refused(403, "identity.not_at_kiosk");
}

#[tokio::test]
async fn whoever_has_no_account_or_another_name_is_told_so() {
    let app = pretending().await;
    let admin = as_administrator(&app).await;
    let here = kiosk(&app, &admin, "一号机").await;
    let reading = read(&here, "张示例", NUMBER).await;
    place(&here, &reading)
        .await
        .refused(409, "identity.card_without_account");
    seed(&app, citizen("19900000001")).await;
    app.clock().advance(Duration::seconds(1));
    let reading = read(&here, "章示例", NUMBER).await;
    place(&here, &reading)
        .await
        .refused(409, "identity.card_name_differs");
    let wrong = json!({"name": "张示例", "citizen_id": "430102199307169987"});
    let problem = here.post(SIMULATE, &wrong).await;
    let problem = problem.refused(422, "identity.card_unreadable");
    assert_eq!(
        problem["fields"][0]["path"], "/citizen_id",
        "by its checksum"
    );
}

#[tokio::test]
async fn no_reader_is_pretended_unless_the_settings_say_so() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let here = kiosk(&app, &admin, "一号机").await;
    let card = json!({"name": "张示例", "citizen_id": NUMBER});
    let refused = here.post(SIMULATE, &card).await;
    refused.refused(403, "identity.no_simulated_reader");
    let told = here.get(crate::kiosk::KIOSK).await.ok();
    assert_eq!(told["simulated_reader"], false);
}

#[tokio::test]
async fn the_secret_lies_sealed() {
    let app = pretending().await;
    let admin = as_administrator(&app).await;
    let (_, secret) = registered(&admin, "一号机").await;
    let here = paired(&app, &secret).await;
    let dump = dump(&app).await;
    assert!(holds(&dump, "一号机".as_bytes()), "the dump has the row");
    let plain = secret.replace('-', "");
    for open in [&secret, &plain, &here.kiosk().unwrap()] {
        assert!(!holds(&dump, open.as_bytes()), "{open}");
    }
}
