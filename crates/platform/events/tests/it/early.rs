//! Events that come too early wait for what they need, and go on at once when it is there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use tb_contract::topics;
use tb_events::{DeadLetterFilter, HandleError, Subscription};
use tb_kernel::PageRequest;

use crate::world::{Consumer, Recorder, World, acceptances, eventually};

const NOTICE: (&str, &str) = (topics::APPLICATION_NOTICE, "intake.application.submitted");
const DEPARTMENT: &str = "914301000000000000";

/// A department: the notice waits for the payload.
fn department() -> Subscription {
    let there = Arc::new(AtomicBool::new(false));
    let handler = Recorder::new(move |event, _| {
        if event.topic != topics::APPLICATION_NOTICE {
            there.store(true, Ordering::SeqCst);
            return Ok(());
        }
        if there.load(Ordering::SeqCst) {
            Ok(())
        } else {
            Err(HandleError::early("the payload"))
        }
    });
    Subscription::new("approval:test", handler)
        .topic(topics::APPLICATION_NOTICE)
        .topic(topics::APPLICATION_DATA_PREFIX)
}

#[tokio::test]
async fn a_notice_waits_for_its_payload_and_goes_on_at_once() {
    let mut world = World::new().await;
    // So long a back-off that only the payload can have woken the notice.
    world.config.backoff = Duration::from_hours(1);
    world.config.max_backoff = Duration::from_hours(1);
    let log = world.log().await;
    let consumer = Consumer::start(&log, department());
    world.emit(NOTICE.0, NOTICE.1, "C1", 1).await;
    eventually("a parked notice", async || {
        !log.parked("approval:test", &PageRequest::default())
            .await
            .unwrap()
            .items
            .is_empty()
    })
    .await;
    let data = topics::application_data(DEPARTMENT);
    world
        .emit(&data, "intake.application.submitted", "C1", 1)
        .await;
    let effects = world.wait_for(2).await;
    assert_eq!(
        [effects[0].topic.as_str(), effects[1].topic.as_str()],
        [data.as_str(), NOTICE.0]
    );
    consumer.stop().await;
}

#[tokio::test]
async fn a_later_version_does_not_stand_in_the_way_of_the_one_it_waits_for() {
    let world = World::new().await;
    let seen = Arc::new(AtomicI64::new(0));
    let handler = Recorder::new(move |event, _| {
        let next = seen.load(Ordering::SeqCst) + 1;
        if event.version > next {
            return Err(HandleError::early("an earlier version"));
        }
        seen.store(event.version, Ordering::SeqCst);
        Ok(())
    });
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(handler));
    for version in [3, 4, 2] {
        world.accepted("C1", version).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    world.accepted("C1", 1).await;
    world.wait_for(4).await;
    assert_eq!(world.versions("C1").await, [1, 2, 3, 4]);
    consumer.stop().await;
}

#[tokio::test]
async fn patience_ends() {
    let mut world = World::new().await;
    world.config.max_attempts = 2;
    let log = world.log().await;
    let consumer = Consumer::start(&log, department());
    world.emit(NOTICE.0, NOTICE.1, "C1", 1).await;
    let dead = async || {
        log.dead_letters(&DeadLetterFilter::default(), &PageRequest::default())
            .await
            .unwrap()
            .items
    };
    // Attempts do not count: what it waits for may be on its way for hours.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(dead().await.is_empty());
    world.fresh.clock.advance(chrono::Duration::hours(25));
    eventually("a dead letter", async || dead().await.len() == 1).await;
    assert_eq!(dead().await[0].code, "events.early");
    consumer.stop().await;
}

#[tokio::test]
async fn a_new_topic_of_the_family_is_read_from_its_first_event() {
    let world = World::new().await;
    let handler = Recorder::willing();
    let subscription =
        Subscription::new("approval:test", handler).topic(topics::APPLICATION_DATA_PREFIX);
    let consumer = Consumer::start(&world.log().await, subscription);
    for n in 0..3 {
        let topic = topics::application_data(&format!("91430100000000000{n}"));
        world
            .emit(&topic, "intake.application.submitted", "C1", 1)
            .await;
        world.wait_for(n + 1).await;
    }
    consumer.stop().await;
}

/// A handler that takes the versions of a key in order, from 4 on.
fn strict() -> Arc<Recorder> {
    let seen = Arc::new(AtomicI64::new(3));
    Recorder::new(move |event, _| {
        let next = seen.load(Ordering::SeqCst) + 1;
        if event.version > next {
            return Err(HandleError::early("an earlier version"));
        }
        seen.store(event.version, Ordering::SeqCst);
        Ok(())
    })
}

#[tokio::test]
async fn a_follower_in_the_same_batch_does_not_stand_in_the_way_either() {
    let world = World::new().await;
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(strict()));
    world.accepted("C1", 5).await;
    eventually("an early event", async || !parked(&log).await.is_empty()).await;
    // One transaction, so one batch: 6 waits behind 5, and 4 is what 5 waits for.
    let mut tx = world.store.begin(crate::fresh::origin()).await.unwrap();
    for version in [6, 4] {
        let kind = "approval.case.accepted";
        crate::world::add(&mut tx, topics::ACCEPTANCE, kind, "C1", version);
    }
    tx.commit(&()).await.unwrap();
    world.wait_for(3).await;
    assert_eq!(world.versions("C1").await, [4, 5, 6]);
    consumer.stop().await;
}

#[tokio::test]
async fn of_those_that_wait_behind_an_early_one_the_right_one_goes_on() {
    let mut world = World::new().await;
    world.config.backoff = Duration::from_secs(4);
    world.config.max_backoff = Duration::from_secs(4);
    let strict = strict();
    // At first, in the batch and then by itself, 5 fails for another reason, so that 6 and 4 both
    // wait behind it.
    let handler = Recorder::new(move |event, call| {
        if event.version == 5 && call <= 2 {
            let busy = tb_kernel::Fault::new(tb_kernel::ErrorKind::Unavailable, "test.busy");
            return Err(HandleError::Transient(busy));
        }
        strict.judge(event, call)
    });
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(handler));
    world.accepted("C1", 5).await;
    eventually("a failed event", async || parked(&log).await.len() == 1).await;
    for version in [6, 4] {
        world.accepted("C1", version).await;
    }
    eventually("its followers", async || parked(&log).await.len() == 3).await;
    world.wait_for(3).await;
    assert_eq!(world.versions("C1").await, [4, 5, 6]);
    consumer.stop().await;
}

async fn parked(log: &Arc<dyn tb_events::EventLog>) -> Vec<tb_events::ParkedEvent> {
    log.parked("governance:test", &PageRequest::default())
        .await
        .unwrap()
        .items
}
