//! Poison: dead at once, what follows in its key waits, all else flows; replay and discard.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tb_events::{
    DeadLetterFilter, EventLog, HandleError, ParkedEvent, ParkedState, ReplayReport, Selection,
};
use tb_kernel::PageRequest;
use tb_storage::entity::audit;

use crate::fresh::origin;
use crate::world::{Consumer, Recorder, World, acceptances, assert_in_order, eventually};

const KEYS: usize = 50;
const GROUP: &str = "governance:test";

struct Poisoned {
    world: World,
    log: Arc<dyn EventLog>,
    consumer: Consumer,
    healed: Arc<AtomicBool>,
}

/// Fifty keys with three versions each; the second version of one in fifty is poison.
async fn poisoned() -> Poisoned {
    let world = World::new().await;
    let healed = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&healed);
    let handler = Recorder::new(move |event, _| {
        let poison = event.key == "C7" && event.version == 2 && !well.load(Ordering::SeqCst);
        if poison {
            Err(HandleError::poison("test.poison", "cannot be understood"))
        } else {
            Ok(())
        }
    });
    let log = world.log().await;
    for version in 1..=3 {
        for key in 0..KEYS {
            world.accepted(&format!("C{key}"), version).await;
        }
    }
    let consumer = Consumer::start(&log, acceptances(handler));
    world.wait_for(KEYS * 3 - 2).await;
    Poisoned {
        world,
        log,
        consumer,
        healed,
    }
}

async fn dead(log: &Arc<dyn EventLog>) -> Vec<ParkedEvent> {
    log.dead_letters(&DeadLetterFilter::default(), &PageRequest::default())
        .await
        .unwrap()
        .items
}

async fn audited(world: &World, action: &str) -> u64 {
    audit::Entity::find()
        .filter(audit::Column::Action.eq(action))
        .count(&world.store.read())
        .await
        .unwrap()
}

#[tokio::test]
async fn poison_is_dead_at_once_and_its_followers_wait() {
    let poisoned = poisoned().await;
    let dead = dead(&poisoned.log).await;
    assert_eq!(dead.len(), 1);
    let letter = &dead[0];
    assert_eq!(
        (letter.key.as_str(), letter.version, letter.attempts),
        ("C7", 2, 1)
    );
    assert_eq!(
        (letter.code.as_str(), letter.error.as_str()),
        ("test.poison", "cannot be understood")
    );
    assert!(!serde_json::to_string(letter).unwrap().contains("张三"));
    let parked = poisoned
        .log
        .parked(GROUP, &PageRequest::default())
        .await
        .unwrap()
        .items;
    let behind: Vec<i64> = parked
        .iter()
        .filter(|row| row.state == ParkedState::Behind)
        .map(|row| row.version)
        .collect();
    assert_eq!(behind, [3]);
    let lag = &poisoned.log.lag(Some(GROUP)).await.unwrap()[0];
    assert_eq!((lag.behind, lag.parked, lag.dead), (0, 1, 1));
    poisoned.consumer.stop().await;
}

#[tokio::test]
async fn a_replay_puts_the_letter_and_its_followers_back() {
    let poisoned = poisoned().await;
    let selection = Selection::Key {
        group: GROUP.to_owned(),
        key: "C7".to_owned(),
    };
    let all = ReplayReport {
        dead_letters: 1,
        followers: 1,
    };
    assert_eq!(
        poisoned
            .log
            .replay(origin(), selection.clone(), true)
            .await
            .unwrap(),
        all
    );
    assert_eq!(
        audited(&poisoned.world, "governance.dead_letter.replayed").await,
        0
    );
    assert_eq!(
        dead(&poisoned.log).await.len(),
        1,
        "a dry run changes nothing"
    );
    poisoned.healed.store(true, Ordering::SeqCst);
    assert_eq!(
        poisoned
            .log
            .replay(origin(), selection, false)
            .await
            .unwrap(),
        all
    );
    assert_in_order(&poisoned.world.wait_for(KEYS * 3).await, 3);
    assert_eq!(
        audited(&poisoned.world, "governance.dead_letter.replayed").await,
        1
    );
    assert!(dead(&poisoned.log).await.is_empty());
    poisoned.consumer.stop().await;
}

#[tokio::test]
async fn a_replay_of_what_is_still_poison_makes_a_dead_letter_again() {
    let poisoned = poisoned().await;
    let before = dead(&poisoned.log).await.remove(0);
    let until = before.parked_at + chrono::Duration::seconds(1);
    let selection = Selection::Time {
        group: None,
        from: before.parked_at,
        until,
    };
    poisoned
        .log
        .replay(origin(), selection, false)
        .await
        .unwrap();
    eventually("another death", async || {
        dead(&poisoned.log)
            .await
            .first()
            .is_some_and(|letter| letter.parked_at > before.parked_at)
    })
    .await;
    assert_eq!(poisoned.world.versions("C7").await, [1]);
    poisoned.consumer.stop().await;
}

#[tokio::test]
async fn a_discarded_letter_lets_its_followers_go() {
    let poisoned = poisoned().await;
    let id = dead(&poisoned.log).await[0].id;
    poisoned.log.discard(origin(), id).await.unwrap();
    poisoned.world.wait_for(KEYS * 3 - 1).await;
    assert_eq!(poisoned.world.versions("C7").await, [1, 3]);
    assert_eq!(
        audited(&poisoned.world, "governance.dead_letter.discarded").await,
        1
    );
    assert!(poisoned.log.discard(origin(), id).await.is_err());
    poisoned.consumer.stop().await;
}

#[tokio::test]
async fn one_in_fifty_poisoned_leaves_exactly_those_dead() {
    let world = World::new().await;
    let handler = Recorder::new(|event, _| {
        let number: usize = event.key[1..].parse().unwrap();
        if number.is_multiple_of(50) {
            Err(HandleError::poison("test.poison", "x"))
        } else {
            Ok(())
        }
    });
    let log = world.log().await;
    let consumer = Consumer::start(&log, acceptances(handler));
    for key in 0..300 {
        world.accepted(&format!("C{key}"), 1).await;
    }
    world.wait_for(294).await;
    let mut keys: Vec<String> = dead(&log)
        .await
        .into_iter()
        .map(|letter| letter.key)
        .collect();
    keys.sort();
    assert_eq!(keys, ["C0", "C100", "C150", "C200", "C250", "C50"]);
    consumer.stop().await;
}

#[tokio::test]
async fn lists_have_pages() {
    let world = World::new().await;
    let log = world.log().await;
    let poison = Recorder::new(|_, _| Err(HandleError::poison("test.poison", "x")));
    let consumer = Consumer::start(&log, acceptances(poison));
    for key in 0..5 {
        world.accepted(&format!("C{key}"), 1).await;
    }
    eventually("five letters", async || dead(&log).await.len() == 5).await;
    let mut cursor = None;
    let mut seen = Vec::new();
    for expected in [2, 2, 1] {
        let request = PageRequest {
            cursor,
            limit: Some(2),
        };
        let page = log
            .dead_letters(&DeadLetterFilter::default(), &request)
            .await
            .unwrap();
        assert_eq!(page.items.len(), expected);
        seen.extend(page.items.into_iter().map(|letter| letter.id));
        cursor = page.next_cursor;
    }
    assert!(cursor.is_none());
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first, none twice");
    consumer.stop().await;
}
