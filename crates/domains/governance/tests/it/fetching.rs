//! Fetching from the intake API by cursor (P4): everything once, whoever fetches.

use tb_contract::topics;
use tokio_util::sync::CancellationToken;

use crate::world::{Change, World, submitted};

fn numbers(from: usize, to: usize) -> impl Iterator<Item = Change> {
    (from..to).map(|n| submitted(&format!("4301022026112200{n:04}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_fetched_page_by_page_and_the_cursor_is_kept() {
    let world = World::new().await;
    world.take(numbers(0, 230)).await;
    assert_eq!(world.events(topics::APPLICATION_NOTICE).await.len(), 230);
    // A page holds a hundred; the last cursor is asked with again until there is something new.
    assert_eq!(world.intake.cursors(), ["", "100", "200", "230"]);
    let cursor = tb_governance::feed_cursor(world.app.store()).await.unwrap();
    assert_eq!(cursor, "230");
    world.take(numbers(230, 232)).await;
    let notices = world.events(topics::APPLICATION_NOTICE).await;
    assert_eq!(notices.len(), 232);
    assert!(
        notices.is_sorted_by(|a, b| a.key < b.key),
        "in intake's order"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_centres_over_one_database_publish_a_change_once() {
    let world = World::new().await;
    let token = CancellationToken::new();
    let start = world.app.modules()[0].tasks[0].start.clone();
    let second = tb_jobs::spawn("second centre", start(token.clone()));
    world.record(numbers(0, 350));
    world.app.run_events().await;
    assert_eq!(world.events(topics::APPLICATION_NOTICE).await.len(), 350);
    let page = world
        .city()
        .get("/api/v1/governance/channel?limit=100")
        .await;
    assert_eq!(page.ok()["items"].as_array().unwrap().len(), 100);
    token.cancel();
    drop(second);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intake_that_is_down_is_asked_again() {
    let world = World::new().await;
    world.intake.fail(true);
    world.take(numbers(0, 3)).await;
    assert_eq!(world.events(topics::APPLICATION_NOTICE).await.len(), 0);
    world.intake.fail(false);
    for _ in 0..100 {
        if world.events(topics::APPLICATION_NOTICE).await.len() == 3 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the centre has given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_cannot_be_routed_does_not_hold_up_others() {
    let world = World::new().await;
    let lost = [
        Change {
            department: None,
            ..submitted("430102202611220001")
        },
        Change {
            region: None,
            ..submitted("430102202611220002")
        },
    ];
    world
        .take(lost.into_iter().chain([submitted("430102202611220003")]))
        .await;
    let notices = world.events(topics::APPLICATION_NOTICE).await;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].key, "430102202611220003");
    assert!(world.row("430102202611220001").await.is_null());
}
