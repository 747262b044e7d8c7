//! Reading without a group, as the intake feed does; and lag.

use tb_contract::topics;
use tb_storage::Position;

use crate::world::{Consumer, Recorder, World, acceptances, eventually};

#[tokio::test]
async fn a_topic_is_read_page_by_page() {
    let world = World::new().await;
    let log = world.log().await;
    for version in 1..=7 {
        world.accepted("C1", version).await;
    }
    world
        .emit(topics::APPROVAL, "approval.case.decided", "C1", 8)
        .await;
    let settled = async || {
        log.read(topics::APPROVAL, Position::default(), 1)
            .await
            .unwrap()
            .len()
            == 1
    };
    eventually("settled rows", settled).await;
    let (mut cursor, mut seen) = (Position::default(), Vec::new());
    loop {
        let page = log.read(topics::ACCEPTANCE, cursor, 3).await.unwrap();
        let Some((end, _)) = page.last() else { break };
        cursor = *end;
        seen.extend(page.iter().map(|(_, event)| event.version));
        assert_eq!(page[0].1.payload["applicant"], "张三");
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn lag_counts_what_was_not_read() {
    let world = World::new().await;
    let log = world.log().await;
    assert!(log.lag(None).await.unwrap().is_empty());
    world.accepted("C1", 1).await;
    let consumer = Consumer::start(&log, acceptances(Recorder::willing()));
    world.wait_for(1).await;
    consumer.stop().await;
    for version in 2..=5 {
        world.accepted("C1", version).await;
    }
    let rows = log.lag(None).await.unwrap();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(
        (row.group.as_str(), row.topic.as_str()),
        ("governance:test", topics::ACCEPTANCE)
    );
    assert_eq!((row.behind, row.consumers), (4, 0));
    assert!(row.oldest_at.is_some());
}
