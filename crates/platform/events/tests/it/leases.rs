//! One owner per shard: shared among consumers, taken over from the dead, fenced.

use tb_contract::topics;

use crate::fresh::meddle;
use crate::world::{Consumer, Recorder, World, acceptances, eventually};

const GROUP: &str = "governance:test";

async fn consumers(log: &std::sync::Arc<dyn tb_events::EventLog>) -> u64 {
    log.lag(Some(GROUP))
        .await
        .unwrap()
        .iter()
        .map(|row| row.consumers)
        .max()
        .unwrap_or_default()
}

#[tokio::test]
async fn shards_are_shared_and_given_back() {
    let world = World::new().await;
    world.accepted("C1", 1).await;
    let (one, two) = (world.log().await, world.log().await);
    let first = Consumer::start(&one, acceptances(Recorder::willing()));
    eventually("the first alone", async || consumers(&one).await == 1).await;
    let second = Consumer::start(&two, acceptances(Recorder::willing()));
    eventually("both", async || consumers(&one).await == 2).await;
    first.stop().await;
    // At once, not after the lease: nobody else is named as owner any more.
    assert_eq!(consumers(&one).await, 1);
    for key in 0..12 {
        world.accepted(&format!("D{key}"), 1).await;
    }
    world.wait_for(13).await;
    second.stop().await;
    assert_eq!(consumers(&one).await, 0);
}

#[tokio::test]
async fn the_shards_of_a_killed_process_are_taken_over() {
    let world = World::new().await;
    world.accepted("C1", 1).await;
    let doomed = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
    world.wait_for(1).await;
    drop(doomed);
    let log = world.log().await;
    let heir = Consumer::start(&log, acceptances(Recorder::willing()));
    for version in 2..=4 {
        world.accepted("C1", version).await;
    }
    tokio::time::sleep(world.config.lease / 4).await;
    assert_eq!(
        world.versions("C1").await,
        [1],
        "the lease had not run out yet"
    );
    world.wait_for(4).await;
    assert_eq!(world.versions("C1").await, [1, 2, 3, 4]);
    heir.stop().await;
}

#[tokio::test]
async fn the_shards_of_a_killed_consumer_go_to_its_neighbour() {
    let world = World::new().await;
    world.accepted("C1", 1).await;
    let log = world.log().await;
    // The keeper of the process is one of the two: once it is killed, once it survives.
    for survivor in 0..2 {
        let mut pair = Vec::new();
        for _ in 0..2 {
            pair.push(Consumer::start(&log, acceptances(Recorder::willing())));
            let sharing = pair.len() as u64;
            eventually("a share", async || consumers(&log).await == sharing).await;
        }
        drop(pair.swap_remove(1 - survivor));
        eventually("one owner", async || consumers(&log).await == 1).await;
        pair.remove(0).stop().await;
    }
}

#[tokio::test]
async fn a_consumer_that_lost_its_shards_has_no_effects() {
    let world = World::new().await;
    world.accepted("C1", 1).await;
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(Recorder::willing()));
    world.wait_for(1).await;
    // Somebody alive owns them from now on.
    let stranger = uuid::Uuid::from_u128(42);
    let literal = if world.fresh.is_sqlite() {
        format!("x'{}'", stranger.simple())
    } else {
        format!("'{stranger}'")
    };
    let far = "'2999-01-01 00:00:00+00:00'";
    let member = format!(
        "INSERT INTO event_member (id, process, group_name, lease_until) VALUES ({literal}, {literal}, '{GROUP}', {far})"
    );
    meddle(&world.store, &member).await;
    meddle(
        &world.store,
        &format!("UPDATE event_offset SET owner = {literal}"),
    )
    .await;
    for key in 0..24 {
        world
            .emit(
                topics::ACCEPTANCE,
                "approval.case.accepted",
                &format!("D{key}"),
                1,
            )
            .await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(world.effects().await.len(), 1);
    // The stranger leaves, and all is delivered.
    meddle(
        &world.store,
        &format!("DELETE FROM event_member WHERE id = {literal}"),
    )
    .await;
    world.wait_for(25).await;
    consumer.stop().await;
}

async fn members(world: &World) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let conn = world.store.read();
    let sql = "SELECT COUNT(*) AS n FROM event_member";
    let row = conn
        .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn killed_consumers_are_forgotten_and_living_ones_are_not() {
    let world = World::new().await;
    for _ in 0..3 {
        world.accepted("C1", 1).await;
        let doomed = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
        eventually("a consumer", async || members(&world).await > 0).await;
        drop(doomed);
    }
    world.fresh.clock.advance(chrono::Duration::hours(25));
    let living = Consumer::start(&world.log().await, acceptances(Recorder::willing()));
    world.wait_for(3).await;
    let a_day_ago = world.store.clock().now() - chrono::Duration::hours(24);
    tb_events::forget_members(&world.store, a_day_ago)
        .await
        .unwrap();
    assert_eq!(members(&world).await, 1);
    // Held up for days, as by a clock that was wrong: it takes its seat again.
    meddle(&world.store, "DELETE FROM event_member").await;
    eventually("its seat", async || members(&world).await == 1).await;
    living.stop().await;
    assert_eq!(members(&world).await, 0);
}
