//! Consumers that are killed in the middle of a batch: one effect per event all the same.

use std::time::Duration;

use crate::order::{ALL, write};
use crate::world::{Consumer, Recorder, World, acceptances, assert_in_order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_consumers_leave_one_effect_per_event() {
    let world = World::new().await;
    write(&world).await;
    let handler = Recorder::slow(Duration::from_millis(2), |_, _| Ok(()));
    let calls = || {
        handler
            .total_calls
            .load(std::sync::atomic::Ordering::SeqCst)
    };
    // Kills come in mid-batch: a batch takes about 150 ms.
    for kill in 0..6 {
        let log = world.log().await;
        let consumer = Consumer::start(&log, acceptances(handler.clone()));
        let before = calls();
        crate::world::eventually("a batch under way", async || {
            calls() > before + 10 + kill * 7
        })
        .await;
        drop(consumer);
    }
    let log = world.log().await;
    let last = [
        Consumer::start(&log, acceptances(handler.clone())),
        Consumer::start(&log, acceptances(handler.clone())),
    ];
    assert_in_order(&world.wait_for(ALL).await, 15);
    assert!(calls() > ALL, "no kill undid anything");
    for consumer in last {
        consumer.stop().await;
    }
}

#[tokio::test]
async fn a_handler_that_panics_is_tried_again() {
    let world = World::new().await;
    let handler = Recorder::new(|event, call| {
        assert!(event.version != 2 || call > 3, "as planned");
        Ok(())
    });
    let consumer = Consumer::start(&world.log().await, acceptances(handler));
    for version in 1..=3 {
        world.accepted("C1", version).await;
    }
    assert_in_order(&world.wait_for(3).await, 3);
    consumer.stop().await;
}
