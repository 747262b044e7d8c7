//! Trouble that passes is told apart from faults: whoever meets it may come again.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::{StorageError, Store, Tx};

use crate::fresh::{Fresh, meddle, origin};

async fn begin(store: &Store) -> Tx {
    store.begin(origin()).await.unwrap()
}

async fn run(tx: &Tx, sql: &str) -> Result<(), DbErr> {
    tx.conn().execute_unprepared(sql).await.map(|_| ())
}

fn kind(error: impl Into<StorageError>) -> ErrorKind {
    Fault::from(error.into()).kind
}

/// Two rows to quarrel about.
async fn quarrel() -> (Fresh, Store) {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    meddle(&store, "CREATE TABLE thing (id INTEGER, n INTEGER)").await;
    meddle(&store, "INSERT INTO thing VALUES (1, 0), (2, 0)").await;
    (fresh, store)
}

const ONE: &str = "UPDATE thing SET n = n + 1 WHERE id = 1";
const TWO: &str = "UPDATE thing SET n = n + 1 WHERE id = 2";

#[tokio::test]
async fn processes_that_start_together_agree_on_the_epoch() {
    let fresh = Fresh::new(&[]).await;
    for epoch in 1..=3 {
        let stores = tokio::join!(fresh.store(), fresh.store(), fresh.store(), fresh.store());
        let epochs = [&stores.0, &stores.1, &stores.2, &stores.3].map(Store::epoch);
        assert_eq!(epochs, [epoch; 4]);
        meddle(&stores.0, "UPDATE platform_epoch SET mark = 'lost'").await;
    }
}

#[tokio::test]
async fn a_locked_database_is_busy() {
    let (fresh, store) = quarrel().await;
    if !fresh.is_sqlite() {
        return; // It locks rows.
    }
    let other = fresh.store().await;
    // The one connection that writes gives up at once, where it would wait for five seconds.
    meddle(&other, "PRAGMA busy_timeout = 0").await;
    let _holds = begin(&store).await;
    let error = other.begin(origin()).await.unwrap_err();
    assert_eq!(kind(error), ErrorKind::Unavailable);
}

#[tokio::test]
async fn a_deadlock_is_busy() {
    let (fresh, store) = quarrel().await;
    if fresh.is_sqlite() {
        return; // One writer.
    }
    let (a, b) = (begin(&store).await, begin(&store).await);
    run(&a, ONE).await.unwrap();
    run(&b, TWO).await.unwrap();
    let a = async {
        let end = run(&a, TWO).await;
        drop(a);
        end
    };
    let b = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let end = run(&b, ONE).await;
        drop(b);
        end
    };
    let (a, b) = tokio::join!(a, b);
    let error = a.err().or(b.err()).expect("PostgreSQL ends one of the two");
    assert_eq!(kind(error), ErrorKind::Unavailable);
}

#[tokio::test]
async fn a_serialisation_failure_is_busy_and_a_fault_stays_a_fault() {
    let (fresh, store) = quarrel().await;
    if !fresh.is_sqlite() {
        let (a, b) = (begin(&store).await, begin(&store).await);
        run(
            &a,
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT 1",
        )
        .await
        .unwrap();
        run(&a, "SELECT n FROM thing").await.unwrap();
        run(&b, ONE).await.unwrap();
        b.commit(&()).await.unwrap();
        let error = run(&a, ONE).await.unwrap_err();
        assert_eq!(kind(error), ErrorKind::Unavailable);
    }
    let tx = begin(&store).await;
    let error = run(&tx, "UPDATE nothing SET n = 1").await.unwrap_err();
    assert_eq!(kind(error), ErrorKind::Internal);
}
