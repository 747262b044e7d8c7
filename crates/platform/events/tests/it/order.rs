//! Nothing lost, nothing twice, order per key: under concurrency, and over several topics.

use std::sync::Arc;

use futures::future::join_all;
use tb_contract::topics;
use tb_events::Subscription;

use crate::fresh::{meddle, origin};
use crate::world::{Consumer, Recorder, World, acceptances, add, assert_in_order};

const KEYS: usize = 24;
const VERSIONS: u32 = 15;

/// Writers of many keys at once, each key's versions one after another.
pub async fn write(world: &World) {
    join_all((0..KEYS).map(|key| async move {
        for version in 1..=i64::from(VERSIONS) {
            world.accepted(&format!("C{key}"), version).await;
        }
    }))
    .await;
}

pub const ALL: usize = KEYS * VERSIONS as usize;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_consumers_in_two_processes_keep_the_order_of_every_key() {
    let world = World::new().await;
    let (one, two) = (world.log().await, world.log().await);
    let handler = Recorder::willing();
    let start = |log| Consumer::start(log, acceptances(Arc::clone(&handler)));
    let consumers = [start(&one), start(&two), start(&one), start(&two)];
    write(&world).await;
    assert_in_order(&world.wait_for(ALL).await, VERSIONS.into());
    join_all(consumers.map(Consumer::stop)).await;
}

#[tokio::test]
async fn a_backlog_is_delivered_once_and_a_second_run_delivers_nothing() {
    let world = World::new().await;
    let mut tx = world.store.begin(origin()).await.unwrap();
    for version in 1..=200 {
        add(
            &mut tx,
            topics::ACCEPTANCE,
            "approval.case.accepted",
            "C1",
            version,
        );
    }
    tx.commit(&()).await.unwrap();
    for _ in 0..2 {
        let consumer = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
        assert_in_order(&world.wait_for(200).await, 200);
        consumer.stop().await;
    }
}

#[tokio::test]
async fn what_is_delivered_again_has_no_second_effect() {
    let world = World::new().await;
    let handler = Recorder::willing();
    for round in 1..=3 {
        world.accepted("C1", round).await;
        let consumer = Consumer::start(&world.log().await, acceptances(handler.clone()));
        world.wait_for(usize::try_from(round).unwrap()).await;
        consumer.stop().await;
        // Everything comes again.
        meddle(
            &world.store,
            "UPDATE event_offset SET epoch = 0, xid = 0, seq = 0",
        )
        .await;
    }
    assert_eq!(world.versions("C1").await, [1, 2, 3]);
}

#[tokio::test]
async fn groups_are_independent() {
    let world = World::new().await;
    let log = world.log().await;
    let stuck = Recorder::new(|_, _| Err(tb_events::HandleError::poison("test.stuck", "always")));
    let _stuck = Consumer::start(
        &log,
        Subscription::new("governance:stuck", stuck).topic(topics::ACCEPTANCE),
    );
    let _well = Consumer::start(&log, acceptances(Recorder::willing()));
    world.accepted("C1", 1).await;
    world.accepted("C1", 2).await;
    world.wait_for(2).await;
}

#[tokio::test]
async fn unwanted_kinds_are_passed_over_and_count_as_read() {
    let world = World::new().await;
    let log = world.log().await;
    let consumer = Consumer::start(
        &log,
        acceptances(Recorder::willing()).kind("approval.case.refused"),
    );
    for version in 1..=3 {
        world.accepted("C1", version).await;
    }
    world
        .emit(topics::ACCEPTANCE, "approval.case.refused", "C1", 4)
        .await;
    assert_eq!(world.wait_for(1).await[0].version, 4);
    assert!(
        log.lag(Some("governance:test"))
            .await
            .unwrap()
            .iter()
            .all(|row| row.behind == 0)
    );
    consumer.stop().await;
}
