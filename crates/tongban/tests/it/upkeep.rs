//! What the platform does by the clock: the event log forgets what every domain has taken, and the
//! case goes on as if nothing was; answers kept for repeats go; files that nobody names are swept.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QuerySelect, Statement};
use serde_json::{Value, json};
use tb_contract::topics;
use tb_storage::entity::{idempotency, outbox};
use tb_testkit::{Client, TestApp, clerk};

use crate::product;

/// How many events the log holds, by topic.
async fn held(app: &TestApp) -> BTreeMap<String, usize> {
    let topics: Vec<String> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Topic)
        .into_tuple()
        .all(&app.store().read())
        .await
        .unwrap();
    let mut held = BTreeMap::new();
    for topic in topics {
        *held.entry(topic).or_default() += 1;
    }
    held
}

async fn forget(app: &TestApp) {
    tongban::upkeep::prune_event_log(30)
        .run_once(app.store().clone())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_goes_on_after_its_first_events_are_forgotten() {
    let (app, office) = product::open_with_item().await;
    let owner = product::citizen(&app, "citizen1", "430102199307169986").await;
    let (application, number) = product::submit(&owner).await;
    app.run_events().await;
    let before = held(&app).await;
    forget(&app).await;
    assert_eq!(held(&app).await, before, "nothing is old yet");

    app.clock().advance(chrono::Duration::days(31));
    forget(&app).await;
    let catalogue = BTreeMap::from([(topics::CATALOGUE.to_owned(), before[topics::CATALOGUE])]);
    assert!(before.len() >= 4, "{before:?}");
    assert_eq!(held(&app).await, catalogue);

    let ours = app.as_actor(clerk(11, &office));
    let cases = "/api/v1/approval/cases";
    let page = ours.get(&format!("{cases}?q={number}")).await.ok();
    let case = format!("{cases}/{}", page["items"][0]["id"].as_str().unwrap());
    let version = ours.get(&case).await.ok()["version"].clone();
    ours.post(&format!("{case}/accept"), &json!({ "version": version }))
        .await
        .ok();
    app.run_events().await;
    // The session of a month ago is over.
    let body = json!({"account": "citizen1", "password": tongban::DEMO_PASSWORD});
    owner.post("/api/v1/identity/session", &body).await.ok();
    let path = format!("/api/v1/intake/applications/{application}");
    assert_eq!(owner.get(&path).await.ok()["state"], "examining");
}

const APPLICATIONS: &str = "/api/v1/intake/applications";

/// A draft with a file in it; the draft's path.
async fn draft_with_file(owner: &Client, content: &[u8]) -> String {
    let item: Value = serde_json::from_str(product::ITEM).unwrap();
    let answers = json!({"status": "jobless", "residence": "permit", "reason": "other"});
    let body = json!({"item_code": item["code"], "situation_answers": answers, "channel": "pc"});
    let draft = owner.post(APPLICATIONS, &body).await.ok();
    let path = format!("{APPLICATIONS}/{}", draft["id"].as_str().unwrap());
    let fields = [("requirement_id", "residence_proof")];
    owner
        .multipart(
            &format!("{path}/materials"),
            &fields,
            ("file", "居住证.pdf", content),
        )
        .await
        .ok();
    path
}

/// The addresses of all files: of how many rows, and which.
async fn addresses(app: &TestApp) -> Vec<(i64, String)> {
    let conn = app.store().read();
    let sql = "SELECT COUNT(*) AS n, blob FROM intake_material GROUP BY blob ORDER BY n";
    let question = Statement::from_string(conn.get_database_backend(), sql);
    let rows = conn.query_all_raw(question).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "n").unwrap(),
                row.try_get("", "blob").unwrap(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_deleted_drafts_go_and_shared_ones_stay() {
    let (app, _) = product::open_with_item().await;
    let owner = product::citizen(&app, "citizen1", "430102199307169986").await;
    let deleted = draft_with_file(&owner, b"%PDF-1.4 mine\n%%EOF\n").await;
    let sharing = draft_with_file(&owner, b"%PDF-1.4 both\n%%EOF\n").await;
    let _kept = draft_with_file(&owner, b"%PDF-1.4 both\n%%EOF\n").await;
    let files = addresses(&app).await;
    let [(1, own), (2, shared)] = files.as_slice() else {
        panic!("{files:?}")
    };
    for draft in [deleted, sharing] {
        let answer = owner.delete(&draft).await;
        assert!(answer.status.is_success(), "{}", answer.status);
    }
    // The file store knows the machine's time only, whatever the clock of the test says.
    app.clock().advance(chrono::Duration::days(36_500));
    tongban::upkeep::sweep_files()
        .run_once(app.store().clone())
        .await
        .unwrap();
    let is_there = async |address: &str| app.store().blobs().exists(address).await.unwrap();
    assert!(!is_there(own).await && is_there(shared).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_kept_for_repeats_go_after_a_day() {
    let (app, _) = product::open_with_item().await;
    let owner = product::citizen(&app, "citizen1", "430102199307169986").await;
    let item: Value = serde_json::from_str(product::ITEM).unwrap();
    let answers = json!({"status": "jobless", "residence": "local", "reason": "other"});
    let body = json!({"item_code": item["code"], "situation_answers": answers, "channel": "pc"});
    let owner = owner.once("apply-once");
    let draft = owner.post(APPLICATIONS, &body).await.ok();
    let tidy = async || {
        let tidied = tongban::upkeep::tidy().run_once(app.store().clone()).await;
        tidied.unwrap();
        let conn = app.store().read();
        idempotency::Entity::find().count(&conn).await.unwrap()
    };
    assert_eq!(tidy().await, 1);
    assert_eq!(owner.post(APPLICATIONS, &body).await.ok(), draft);
    app.clock().advance(chrono::Duration::hours(25));
    assert_eq!(tidy().await, 0);
}
