//! A transaction leaves all or nothing, and a failed one never passes for a committed one.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use tb_contract::topics;
use tb_storage::entity::{audit, outbox};
use tb_storage::{NewEvent, StorageError, Store, open_event};

use crate::fresh::{Fresh, origin};

/// The bound that foundations set for an event.
const LARGEST: usize = 900 * 1024;

fn event<'a>(
    topic: &'a str,
    kind: &'a str,
    payload: &'a serde_json::Value,
) -> NewEvent<'a, serde_json::Value> {
    NewEvent {
        topic,
        key: "C1",
        kind,
        version: 1,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload,
    }
}

async fn rows(store: &Store) -> (u64, u64) {
    let conn = store.read();
    (
        audit::Entity::find().count(&conn).await.unwrap(),
        outbox::Entity::find().count(&conn).await.unwrap(),
    )
}

#[tokio::test]
async fn all_or_nothing() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let payload = serde_json::json!({"name": "张三"});
    for commit in [false, true] {
        let mut tx = store.begin(origin()).await.unwrap();
        tx.done("approval.case.accepted", "case", "C1");
        tx.emit(event(
            topics::ACCEPTANCE,
            "approval.case.accepted",
            &payload,
        ))
        .unwrap();
        if commit {
            tx.commit(&()).await.unwrap();
        }
        assert_eq!(rows(&store).await, if commit { (1, 1) } else { (0, 0) });
    }
    let row = outbox::Entity::find()
        .one(&store.read())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(open_event(row, store.sealer()).unwrap().payload, payload);
}

#[tokio::test]
async fn the_access_list_names_the_writer() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let payload = serde_json::json!({});
    let mut tx = store.begin(origin()).await.unwrap();
    for (topic, kind) in [
        (topics::ACCEPTANCE, "intake.application.submitted"),
        ("tb.unknown.v1", "approval.case.closed"),
    ] {
        assert!(
            matches!(
                tx.emit(event(topic, kind, &payload)),
                Err(StorageError::Misuse(_))
            ),
            "{topic}"
        );
    }
    let large = serde_json::json!("x".repeat(LARGEST + 1));
    assert!(
        tx.emit(event(topics::ACCEPTANCE, "approval.case.accepted", &large))
            .is_err()
    );
}

#[tokio::test]
async fn a_swallowed_error_does_not_pass_for_a_commit() {
    let fresh = Fresh::new(&[]).await;
    if fresh.is_sqlite() {
        return; // A failed statement does not spoil a transaction there.
    }
    let store = fresh.store().await;
    let tx = store.begin(origin()).await.unwrap();
    assert!(
        tx.conn()
            .execute_unprepared("SELECT * FROM nothing_of_the_sort")
            .await
            .is_err()
    );
    assert!(tx.commit(&()).await.is_err());
}

#[tokio::test]
async fn a_commit_with_events_rings_and_others_do_not() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let bell = store.wake().listen();
    let mut tx = store.begin(origin()).await.unwrap();
    tx.done("approval.case.accepted", "case", "C1");
    tx.commit(&()).await.unwrap();
    assert!(!bell.has_changed().unwrap());
    let mut tx = store.begin(origin()).await.unwrap();
    tx.emit(event(
        topics::ACCEPTANCE,
        "approval.case.accepted",
        &serde_json::json!({}),
    ))
    .unwrap();
    tx.commit(&()).await.unwrap();
    assert!(bell.has_changed().unwrap());
    let mut bell = store.wake().listen();
    bell.mark_unchanged();
    let mut tx = store.begin(origin()).await.unwrap();
    tx.ring_on_commit();
    tx.commit(&()).await.unwrap();
    assert!(bell.has_changed().unwrap());
}
