//! The event log forgets what every domain has taken, and the case goes on as if nothing was.

use std::collections::BTreeMap;

use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;
use tb_contract::topics;
use tb_storage::entity::outbox;
use tb_testkit::{TestApp, clerk};

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
