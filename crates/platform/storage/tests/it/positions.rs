//! Positions: nothing appears behind a cursor later, whatever order transactions commit in.

use sea_orm::sea_query::Order;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use tb_contract::topics;
use tb_storage::entity::outbox;
use tb_storage::position::{after, settled};
use tb_storage::{NewEvent, Position, Store, Tx};

use crate::fresh::{Fresh, meddle, origin};

fn emit(tx: &mut Tx, key: &str) {
    let event = NewEvent {
        topic: topics::ACCEPTANCE,
        key,
        kind: "approval.case.accepted",
        version: 1,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &serde_json::json!({}),
    };
    tx.emit(event).unwrap();
}

async fn commit_one(store: &Store, key: &str) {
    let mut tx = store.begin(origin()).await.unwrap();
    emit(&mut tx, key);
    tx.commit(&()).await.unwrap();
}

async fn behind(store: &Store, cursor: &mut Position) -> Vec<String> {
    let conn = store.read();
    let rows = outbox::Entity::find()
        .filter(after(*cursor))
        .filter(settled(&conn, store.epoch()))
        .order_by(outbox::Column::Epoch, Order::Asc)
        .order_by(outbox::Column::Xid, Order::Asc)
        .order_by(outbox::Column::Seq, Order::Asc)
        .all(&conn)
        .await
        .unwrap();
    if let Some(row) = rows.last() {
        *cursor = Position {
            epoch: row.epoch,
            xid: row.xid,
            seq: row.seq,
        };
    }
    rows.into_iter().map(|row| row.key).collect()
}

/// Reads until `count` rows were seen or two seconds are over: other tests on the same server may
/// hold rows back.
async fn wait_for(store: &Store, cursor: &mut Position, count: usize) -> Vec<String> {
    let mut seen = Vec::new();
    for _ in 0..100 {
        seen.extend(behind(store, cursor).await);
        if seen.len() >= count {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    seen
}

#[test]
fn positions_are_ordered_and_read_back() {
    let [low, mid, high] =
        ["1.900.9", "2.5.1", "2.5.2"].map(|text| text.parse::<Position>().unwrap());
    assert!(low < mid && mid < high);
    assert_eq!(mid.to_string(), "2.5.1");
    assert_eq!("".parse(), Ok(Position::default()));
    for wrong in ["1", "1.2", "1.2.3.4", "a.b.c"] {
        assert!(wrong.parse::<Position>().is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_late_commit_is_not_passed_over() {
    let fresh = Fresh::new(&[]).await;
    if fresh.is_sqlite() {
        return; // One writer: nobody can commit in between.
    }
    let store = fresh.store().await;
    let mut cursor = Position::default();
    let mut late = store.begin(origin()).await.unwrap();
    // A written row gives the transaction its id.
    sea_orm::ConnectionTrait::execute_unprepared(
        late.conn(),
        "UPDATE platform_epoch SET mark = mark",
    )
    .await
    .unwrap();
    emit(&mut late, "late");
    commit_one(&store, "quick").await;
    assert!(
        behind(&store, &mut cursor).await.is_empty(),
        "a row was read that an open transaction precedes"
    );
    late.commit(&()).await.unwrap();
    assert_eq!(wait_for(&store, &mut cursor, 2).await, ["late", "quick"]);
}

#[tokio::test]
async fn after_a_restore_old_rows_stay_behind_and_new_ones_come_after() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let mut cursor = Position::default();
    commit_one(&store, "before").await;
    // Transaction ids of the lost cluster were high, those of the new one begin low.
    meddle(
        &store,
        "UPDATE platform_outbox SET xid = xid + 4000000000000",
    )
    .await;
    meddle(
        &store,
        "UPDATE platform_epoch SET mark = 'the lost cluster'",
    )
    .await;
    let restored = fresh.store().await;
    assert_eq!(restored.epoch(), store.epoch() + 1);
    assert_eq!(wait_for(&restored, &mut cursor, 1).await, ["before"]);
    commit_one(&restored, "after").await;
    assert_eq!(wait_for(&restored, &mut cursor, 1).await, ["after"]);
    assert_eq!(
        fresh.store().await.epoch(),
        restored.epoch(),
        "the epoch rises once"
    );
}
