//! A request with a key has one effect and one answer.

use tb_storage::{
    IdempotencyKey, Origin, StorageError, Store, StoredAnswer, forget_answers, verify_audit,
};
use uuid::Uuid;

use crate::fresh::{Fresh, origin};

fn keyed(key: &str, request: &str) -> Origin {
    let key = IdempotencyKey::new(Uuid::from_u128(7), key, request.as_bytes().to_vec());
    Origin {
        idempotency: Some(key),
        ..origin()
    }
}

/// The effect is an audit row, which is easily counted.
async fn ask(store: &Store, origin: Origin, answer: &str) -> Result<(), StorageError> {
    let mut tx = store.begin(origin).await?;
    tx.done("test.thing.done", "thing", "1");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    tx.commit(&answer).await
}

async fn effects(store: &Store) -> u64 {
    verify_audit(store).await.unwrap().tail_rows
}

fn stored(result: Result<(), StorageError>) -> StoredAnswer {
    match result {
        Err(StorageError::Answered(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_repeat_gets_the_same_answer_and_does_nothing() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    ask(&store, keyed("a", "accept"), "first").await.unwrap();
    let again = stored(ask(&store, keyed("a", "accept"), "second").await);
    assert!(matches!(again, StoredAnswer::Same(json) if json == b"\"first\""));
    assert_eq!(effects(&store).await, 1);
    let origin = keyed("a", "accept");
    assert!(matches!(
        store.answered(&origin.idempotency.unwrap()).await.unwrap(),
        Some(StoredAnswer::Same(_))
    ));
}

#[tokio::test]
async fn a_key_used_for_another_request_is_told() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    ask(&store, keyed("a", "accept"), "first").await.unwrap();
    assert!(matches!(
        stored(ask(&store, keyed("a", "refuse"), "x").await),
        StoredAnswer::Other
    ));
    ask(&store, keyed("b", "refuse"), "y").await.unwrap();
    assert_eq!(effects(&store).await, 2);
}

#[tokio::test]
async fn a_request_that_failed_may_be_repeated() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    drop(store.begin(keyed("a", "accept")).await.unwrap());
    ask(&store, keyed("a", "accept"), "first").await.unwrap();
    assert_eq!(effects(&store).await, 1);
}

#[tokio::test]
async fn of_many_at_once_one_acts() {
    let fresh = Fresh::new(&[]).await;
    let (one, two) = (fresh.store().await, fresh.store().await);
    let results = tokio::join!(
        ask(&one, keyed("a", "accept"), "x"),
        ask(&two, keyed("a", "accept"), "x"),
        ask(&one, keyed("a", "accept"), "x"),
        ask(&two, keyed("a", "accept"), "x"),
    );
    let results = [results.0, results.1, results.2, results.3];
    assert_eq!(
        results.iter().filter(|result| result.is_ok()).count(),
        1,
        "{results:?}"
    );
    assert_eq!(effects(&one).await, 1);
    for result in results.into_iter().filter(Result::is_err) {
        assert!(matches!(stored(result), StoredAnswer::Same(_)));
    }
}

#[tokio::test]
async fn old_answers_are_forgotten_and_young_ones_stay() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    for n in 0..3 {
        ask(&store, keyed(&n.to_string(), "accept"), "old")
            .await
            .unwrap();
    }
    fresh.clock.advance(chrono::Duration::hours(25));
    ask(&store, keyed("young", "accept"), "young")
        .await
        .unwrap();
    let a_day_ago = store.clock().now() - chrono::Duration::hours(24);
    assert_eq!(forget_answers(&store, a_day_ago).await.unwrap(), 3);
    assert_eq!(forget_answers(&store, a_day_ago).await.unwrap(), 0);
    assert!(matches!(
        stored(ask(&store, keyed("young", "accept"), "again").await),
        StoredAnswer::Same(_)
    ));
    ask(&store, keyed("0", "accept"), "new").await.unwrap();
}
