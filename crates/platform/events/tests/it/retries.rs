//! Transient failures: tried again with the order of the key kept, while other keys flow.

use tb_contract::topics;
use tb_events::{HandleError, ParkedState};
use tb_kernel::{ErrorKind, Fault, PageRequest};

use crate::world::{Consumer, Recorder, World, acceptances, assert_in_order, eventually};

fn busy() -> HandleError {
    Fault::new(ErrorKind::Unavailable, "test.busy").into()
}

#[tokio::test]
async fn a_transient_failure_holds_up_its_key_only() {
    let world = World::new().await;
    let handler = Recorder::new(|event, call| {
        if event.key == "C1" && call < 6 {
            Err(busy())
        } else {
            Ok(())
        }
    });
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(handler));
    for version in 1..=3 {
        world.accepted("C1", version).await;
        world.accepted("C2", version).await;
    }
    let effects = world.wait_for(6).await;
    assert_in_order(&effects, 3);
    let first_of_c1 = effects
        .iter()
        .position(|effect| effect.key == "C1")
        .unwrap();
    assert!(first_of_c1 > 0, "C2 had to wait for C1");
    assert!(
        log.parked("governance:test", &PageRequest::default())
            .await
            .unwrap()
            .items
            .is_empty()
    );
    consumer.stop().await;
}

#[tokio::test]
async fn after_the_last_attempt_it_is_dead() {
    let mut world = World::new().await;
    world.config.max_attempts = 4;
    let handler = Recorder::new(|event, _| {
        if event.version == 1 {
            Err(busy())
        } else {
            Ok(())
        }
    });
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(handler.clone()));
    world.accepted("C1", 1).await;
    world.accepted("C1", 2).await;
    let page = PageRequest::default();
    eventually("a dead letter", async || {
        !log.dead_letters(&tb_events::DeadLetterFilter::default(), &page)
            .await
            .unwrap()
            .items
            .is_empty()
    })
    .await;
    let dead = &log
        .dead_letters(&tb_events::DeadLetterFilter::default(), &page)
        .await
        .unwrap()
        .items[0];
    assert_eq!(
        (dead.attempts, dead.code.as_str(), dead.version),
        (4, "test.busy", 1)
    );
    let parked = log.parked("governance:test", &page).await.unwrap().items;
    assert_eq!(
        parked
            .iter()
            .filter(|row| row.state == ParkedState::Behind)
            .count(),
        1
    );
    assert!(world.effects().await.is_empty());
    consumer.stop().await;
}

#[tokio::test]
async fn other_topics_of_the_key_flow() {
    let world = World::new().await;
    let handler = Recorder::new(|event, _| {
        if event.topic == topics::ACCEPTANCE {
            Err(HandleError::poison("test.poison", "always"))
        } else {
            Ok(())
        }
    });
    let consumer = Consumer::start(
        &world.log().await,
        acceptances(handler).topic(topics::APPROVAL),
    );
    world.accepted("C1", 1).await;
    world
        .emit(topics::APPROVAL, "approval.case.decided", "C1", 2)
        .await;
    let effects = world.wait_for(1).await;
    assert_eq!(effects[0].topic, topics::APPROVAL);
    consumer.stop().await;
}

#[tokio::test]
async fn parked_events_survive_their_consumer() {
    let world = World::new().await;
    let failing = Recorder::new(|_, _| Err(busy()));
    let doomed = Consumer::start(&world.log().await, acceptances(failing));
    let log = world.log().await;
    for version in 1..=3 {
        world.accepted("C1", version).await;
    }
    eventually("parked", async || {
        log.parked("governance:test", &PageRequest::default())
            .await
            .unwrap()
            .items
            .len()
            == 3
    })
    .await;
    doomed.stop().await;
    let heir = Consumer::start(&log, acceptances(Recorder::willing()));
    assert_in_order(&world.wait_for(3).await, 3);
    heir.stop().await;
}
