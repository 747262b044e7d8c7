//! What the catalogue tells the other domains.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use tb_contract::events::{DepartmentPublished, ItemPublished, ItemWithdrawn};
use tb_contract::topics;
use tb_kernel::Event;
use tb_storage::Position;
use tb_storage::entity::audit;
use tb_testkit::TestApp;

use crate::{MANAGE, OFFICE, admin, publish_new, with_departments};

pub(crate) async fn events(app: &TestApp, key: &str) -> Vec<Event> {
    app.settle().await;
    let all = app
        .log()
        .read(topics::CATALOGUE, Position::default(), 1_000)
        .await
        .unwrap();
    all.into_iter()
        .map(|(_, event)| event)
        .filter(|event| event.key == key)
        .collect()
}

#[tokio::test]
async fn publishing_and_withdrawing_are_told_in_order() {
    let app = with_departments().await;
    publish_new(&app, "TEST-0001").await;
    let body = json!({"version": 2, "reason": "停用"});
    admin(&app)
        .post(&format!("{MANAGE}/TEST-0001/withdraw"), &body)
        .await
        .ok();
    let events = events(&app, "TEST-0001").await;
    let kinds: Vec<_> = events
        .iter()
        .map(|event| (event.kind.as_str(), event.version))
        .collect();
    assert_eq!(
        kinds,
        [
            ("catalogue.item.published", 2),
            ("catalogue.item.withdrawn", 3)
        ]
    );
    assert_eq!(events[0].department_code.as_deref(), Some(OFFICE));
    assert_eq!(events[0].region_path.as_deref(), Some("43/4301/430102"));
    let published: ItemPublished = serde_json::from_value(events[0].payload.clone()).unwrap();
    assert_eq!(
        (published.version, published.item.name.as_str()),
        (1, "失业登记")
    );
    let withdrawn: ItemWithdrawn = serde_json::from_value(events[1].payload.clone()).unwrap();
    assert_eq!(
        (withdrawn.code.as_str(), withdrawn.version),
        ("TEST-0001", 1)
    );
}

#[tokio::test]
async fn what_fails_tells_nothing() {
    let app = with_departments().await;
    publish_new(&app, "TEST-0001").await;
    let body = json!({"version": 1, "reason": "停用"});
    admin(&app)
        .post(&format!("{MANAGE}/TEST-0001/withdraw"), &body)
        .await
        .refused(409, "catalogue.stale_version");
    assert_eq!(events(&app, "TEST-0001").await.len(), 1);
}

#[tokio::test]
async fn departments_are_told_with_their_ids() {
    let app = with_departments().await;
    let events = events(&app, OFFICE).await;
    let told: DepartmentPublished = serde_json::from_value(events[0].payload.clone()).unwrap();
    assert_eq!(
        (told.id, told.enabled),
        (crate::office(&app, OFFICE).await.id, true)
    );
}

#[tokio::test]
async fn every_change_is_in_the_audit_trail() {
    let app = with_departments().await;
    publish_new(&app, "TEST-0001").await;
    let rows = audit::Entity::find()
        .filter(audit::Column::ObjectId.eq("TEST-0001"))
        .order_by_asc(audit::Column::Seq)
        .all(&app.store().read())
        .await
        .unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.action.as_str(), row.acting_as.as_str()))
        .collect();
    let by = "administrator";
    assert_eq!(
        told,
        [
            ("catalogue.item.created", by),
            ("catalogue.item.submitted", by),
            ("catalogue.item.published", by)
        ]
    );
}
