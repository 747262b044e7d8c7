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
