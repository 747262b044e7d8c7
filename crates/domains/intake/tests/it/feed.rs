//! The feed: every change once, in order, by cursor.

use serde_json::json;
use tb_contract::topics;
use tb_kernel::Event;
use tb_storage::Position;

use crate::town::{Town, draft, number, path, submitted};

/// The change told last.
pub async fn last(town: &Town) -> Event {
    town.app.settle().await;
    let all = town
        .app
        .log()
        .read(topics::INTAKE_CHANGE, Position::default(), 500)
        .await
        .unwrap();
    all.into_iter().last().unwrap().1
}

#[tokio::test]
async fn changes_come_by_cursor_without_gaps() {
    let town = Town::new().await;
    let mine = town.person(1);
    draft(&mine).await;
    let one = submitted(&mine).await;
    let two = submitted(&mine).await;
    mine.post(
        &path(&one, "/withdraw"),
        &json!({"version": one["version"], "reason": "不办了"}),
    )
    .await
    .ok();

    town.app.settle().await;
    let feed = tb_intake::changes(town.log());
    let first = feed.changes("", 2).await.unwrap();
    let told: Vec<(&str, &str, i64)> = first
        .changes
        .iter()
        .map(|e| (e.key.as_str(), e.kind.as_str(), e.version))
        .collect();
    let submitted = "intake.application.submitted";
    assert_eq!(
        told,
        [(number(&one), submitted, 1), (number(&two), submitted, 1)],
        "a draft is no change"
    );
    assert_eq!(
        first.changes[0].department_code.as_deref(),
        Some(crate::town::DEPARTMENT)
    );
    assert_eq!(
        first.changes[0].region_path.as_deref(),
        Some("43/4301/430102")
    );
    assert_eq!(
        first.changes[0].payload["materials"][0]["requirement_id"],
        "proof"
    );

    let second = feed.changes(&first.cursor, 100).await.unwrap();
    assert_eq!(second.changes.len(), 1);
    assert_eq!(
        (second.changes[0].kind.as_str(), second.changes[0].version),
        ("intake.application.withdrawn", 2)
    );
    let third = feed.changes(&second.cursor, 100).await.unwrap();
    assert!(third.changes.is_empty());
    assert_eq!(third.cursor, second.cursor);
    assert!(feed.changes("x", 1).await.is_err());
    assert_eq!(
        feed.changes("", 0).await.unwrap().changes.len(),
        1,
        "at least one a page, so that it ends"
    );
}
