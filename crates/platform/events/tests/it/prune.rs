//! Forgetting: what is old and taken by all leaves the log; what somebody still needs stays.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, Statement};
use tb_contract::topics;
use tb_events::{HandleError, Pruned, Pruning, Selection, Subscription, TableLog};
use tb_kernel::Clock;
use tb_storage::entity::outbox;

use crate::fresh::origin;
use crate::world::{Consumer, Recorder, World, acceptances, assert_in_order};

/// A month and a day later.
fn later(world: &World) {
    world.fresh.clock.advance(Duration::days(31));
}

/// Everything older than a month may go, seven rows at a time.
fn month_old(world: &World) -> Pruning {
    Pruning {
        before: now(world) - Duration::days(30),
        batch: 7,
        cursors: BTreeMap::new(),
    }
}

fn now(world: &World) -> DateTime<Utc> {
    world.fresh.clock.now()
}

async fn prune(world: &World, pruning: &Pruning) -> Pruned {
    let log = TableLog::new(world.store.clone(), world.config.clone());
    log.prune(pruning).await.unwrap()
}

async fn events(world: &World) -> u64 {
    outbox::Entity::find()
        .count(&world.store.read())
        .await
        .unwrap()
}

async fn marks(world: &World) -> i64 {
    let conn = world.store.read();
    let sql = "SELECT COUNT(*) AS marks FROM event_inbox";
    let row = conn
        .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get("", "marks").unwrap()
}

/// Lets a group take everything there is, and end in good order.
async fn take_all(world: &World, subscription: Subscription, effects: usize) {
    let log = world.log().await;
    let consumer = Consumer::start(&log, subscription);
    world.wait_for(effects).await;
    consumer.stop().await;
}

#[tokio::test]
async fn what_is_old_and_taken_goes_and_what_is_young_stays() {
    let world = World::new().await;
    for version in 1..=30 {
        world.accepted("C1", version).await;
    }
    take_all(&world, acceptances(Recorder::willing()), 30).await;
    later(&world);
    for version in 31..=35 {
        world.accepted("C1", version).await;
    }
    take_all(&world, acceptances(Recorder::willing()), 35).await;
    let pruned = prune(&world, &month_old(&world)).await;
    assert_eq!((pruned.events, pruned.marks), (30, 30));
    assert_eq!((events(&world).await, marks(&world).await), (5, 5));
    assert_eq!(
        prune(&world, &month_old(&world)).await,
        Pruned::default(),
        "a second time there is nothing left to do"
    );
}

#[tokio::test]
async fn an_emptied_log_goes_on() {
    let world = World::new().await;
    for version in 1..=3 {
        world.accepted("C1", version).await;
    }
    take_all(&world, acceptances(Recorder::willing()), 3).await;
    later(&world);
    assert_eq!(prune(&world, &month_old(&world)).await.events, 3);
    assert_eq!(events(&world).await, 0);
    // Another process: it knows the log only from the database.
    for version in 4..=6 {
        world.accepted("C1", version).await;
    }
    take_all(&world, acceptances(Recorder::willing()), 6).await;
    assert_in_order(&world.effects().await, 6);
}

#[tokio::test]
async fn what_a_group_has_not_taken_stays() {
    let world = World::new().await;
    for version in 1..=4 {
        world.accepted("C1", version).await;
    }
    later(&world);
    assert_eq!(
        prune(&world, &month_old(&world)).await.events,
        0,
        "nobody has come yet"
    );
    take_all(&world, acceptances(Recorder::willing()), 4).await;
    for version in 5..=9 {
        world.accepted("C1", version).await;
    }
    // A second group takes all nine, the first has stopped at four.
    let second = Subscription::new("governance:other", Recorder::willing());
    take_all(&world, second.topic(topics::ACCEPTANCE), 4 + 9).await;
    later(&world);
    assert_eq!(prune(&world, &month_old(&world)).await.events, 4);
    assert_eq!(events(&world).await, 5);
    take_all(&world, acceptances(Recorder::willing()), 4 + 9 + 5).await;
    later(&world);
    assert_eq!(prune(&world, &month_old(&world)).await.events, 5);
}

#[tokio::test]
async fn a_dead_letter_and_its_followers_can_be_replayed_after_a_month() {
    let world = World::new().await;
    let healed = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&healed);
    let handler = Recorder::new(move |event, _| {
        if event.key == "C2" && event.version == 1 && !well.load(Ordering::SeqCst) {
            return Err(HandleError::poison("test.poison", "cannot be understood"));
        }
        Ok(())
    });
    for version in 1..=10 {
        world.accepted("C1", version).await;
        world.accepted("C2", version).await;
    }
    take_all(&world, acceptances(handler.clone()), 10).await;
    later(&world);
    let pruned = prune(&world, &month_old(&world)).await;
    assert_eq!((pruned.events, events(&world).await), (10, 10));
    healed.store(true, Ordering::SeqCst);
    let selection = Selection::Key {
        group: "governance:test".to_owned(),
        key: "C2".to_owned(),
    };
    let log = world.log().await;
    log.replay(origin(), selection, false).await.unwrap();
    take_all(&world, acceptances(handler), 20).await;
    assert_in_order(&world.effects().await, 10);
    later(&world);
    prune(&world, &month_old(&world)).await;
    assert_eq!((events(&world).await, marks(&world).await), (0, 0));
}

#[tokio::test]
async fn a_topic_read_by_cursor_goes_up_to_the_cursor() {
    let world = World::new().await;
    for version in 1..=6 {
        let kind = "intake.application.submitted";
        world.emit(topics::INTAKE_CHANGE, kind, "C1", version).await;
    }
    let log = world.log().await;
    let read = async |limit| {
        log.read(
            topics::INTAKE_CHANGE,
            tb_storage::Position::default(),
            limit,
        )
        .await
        .unwrap()
    };
    crate::world::eventually("settled rows", async || read(9).await.len() == 6).await;
    let third = read(3).await[2].0;
    later(&world);
    assert_eq!(prune(&world, &month_old(&world)).await.events, 0);
    let mut pruning = month_old(&world);
    pruning.cursors.insert(topics::INTAKE_CHANGE, third);
    assert_eq!(prune(&world, &pruning).await.events, 3);
    let left: Vec<i64> = read(9)
        .await
        .iter()
        .map(|(_, event)| event.version)
        .collect();
    assert_eq!(left, [4, 5, 6]);
}

#[tokio::test]
async fn the_catalogue_is_kept_for_those_who_join_later() {
    let world = World::new().await;
    let kind = "catalogue.item.published";
    world.emit(topics::CATALOGUE, kind, "I1", 1).await;
    for (group, effects) in [("intake", 1), ("governance", 2), ("approval", 3)] {
        let subscription = Subscription::new(group, Recorder::willing());
        take_all(&world, subscription.topic(topics::CATALOGUE), effects).await;
    }
    later(&world);
    assert_eq!(prune(&world, &month_old(&world)).await, Pruned::default());
    assert_eq!((events(&world).await, marks(&world).await), (1, 3));
}
