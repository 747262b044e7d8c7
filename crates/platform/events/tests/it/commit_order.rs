//! Transactions that commit in another order than they began, and a restored database.

use sea_orm::ConnectionTrait;
use tb_contract::topics;
use tb_storage::Tx;

use crate::fresh::{meddle, origin};
use crate::world::{Consumer, Recorder, World, acceptances, add};

/// A transaction that has its id already.
async fn begun(world: &World) -> Tx {
    let tx = world.store.begin(origin()).await.unwrap();
    tx.conn()
        .execute_unprepared(
            "INSERT INTO effect (topic, key, version, event_id) VALUES ('', '', 0, '')",
        )
        .await
        .unwrap();
    tx.conn()
        .execute_unprepared("DELETE FROM effect WHERE version = 0")
        .await
        .unwrap();
    tx
}

fn accept(tx: &mut Tx, key: &str, version: i64) {
    add(
        tx,
        topics::ACCEPTANCE,
        "approval.case.accepted",
        key,
        version,
    );
}

#[tokio::test]
async fn a_late_commit_is_not_lost() {
    let world = World::new().await;
    if world.fresh.is_sqlite() {
        return; // One writer: nobody can commit in between.
    }
    let consumer = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
    let mut late = begun(&world).await;
    accept(&mut late, "late", 1);
    world.accepted("quick", 1).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(world.effects().await.is_empty(), "it was not settled yet");
    late.commit(&()).await.unwrap();
    world.wait_for(2).await;
    consumer.stop().await;
}

#[tokio::test]
async fn the_order_of_writing_holds_where_transaction_ids_say_otherwise() {
    let world = World::new().await;
    if world.fresh.is_sqlite() {
        return;
    }
    let handler = Recorder::willing();
    // By transaction id: the second version, an open one, the first version.
    let mut second = begun(&world).await;
    let open = begun(&world).await;
    world.accepted("C1", 1).await;
    accept(&mut second, "C1", 2);
    second.commit(&()).await.unwrap();
    let consumer = Consumer::start(&world.log().await, acceptances(handler));
    world.wait_for(2).await;
    assert_eq!(world.versions("C1").await, [1, 2]);
    drop(open);
    world.accepted("C1", 3).await;
    world.wait_for(3).await;
    consumer.stop().await;
}

#[tokio::test]
async fn the_cursor_holds_after_a_restore() {
    let world = World::new().await;
    let consumer = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
    world.accepted("C1", 1).await;
    world.wait_for(1).await;
    consumer.stop().await;
    for table in ["platform_outbox", "event_offset"] {
        meddle(
            &world.store,
            &format!("UPDATE {table} SET xid = xid + 4000000000000 WHERE epoch > 0"),
        )
        .await;
    }
    meddle(
        &world.store,
        "UPDATE platform_epoch SET mark = 'the lost cluster'",
    )
    .await;
    let restored = World {
        store: world.fresh.store().await,
        config: world.config.clone(),
        fresh: world.fresh,
    };
    assert_eq!(restored.store.epoch(), 2);
    restored.accepted("C1", 2).await;
    let consumer = Consumer::start(&restored.log().await, acceptances(Recorder::willing()));
    restored.wait_for(2).await;
    assert_eq!(restored.versions("C1").await, [1, 2]);
    consumer.stop().await;
}
