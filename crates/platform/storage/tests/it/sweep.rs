//! The sweep takes the files that no row names, never one that a row names, however late.

use chrono::Duration;
use tb_storage::{BlobColumn, Store, Swept, sweep_blobs};

use crate::fresh::{Fresh, meddle};

const COLUMNS: [BlobColumn; 2] = [
    BlobColumn {
        table: "thing",
        column: "blob",
    },
    BlobColumn {
        table: "other",
        column: "file",
    },
];

async fn fresh() -> (Fresh, Store) {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    tables(&store).await;
    (fresh, store)
}

pub async fn tables(store: &Store) {
    meddle(store, "CREATE TABLE thing (blob VARCHAR)").await;
    meddle(store, "CREATE TABLE other (file VARCHAR)").await;
}

async fn sweep(store: &Store) -> (u64, u64, u64) {
    let Swept {
        moved,
        brought_back,
        deleted,
    } = sweep_blobs(store, &COLUMNS).await.unwrap();
    (moved, brought_back, deleted)
}

async fn name(store: &Store, table: &str, address: &str) {
    meddle(store, &format!("INSERT INTO {table} VALUES ('{address}')")).await;
}

async fn put(store: &Store, content: &str) -> String {
    store.blobs().put(content.as_bytes()).await.unwrap()
}

async fn is_there(store: &Store, name: &str) -> bool {
    store.blobs().exists(name).await.unwrap()
}

/// Files below the store's folder.
fn files(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[tokio::test]
async fn what_no_row_names_goes_after_a_day_and_the_rest_stays() {
    let (fresh, store) = fresh().await;
    let named = [put(&store, "one").await, put(&store, "two").await];
    name(&store, "thing", &named[0]).await;
    name(&store, "other", &named[1]).await;
    store.blobs().put_named("paper/1", b"paper").await.unwrap();
    let orphan = put(&store, "orphan").await;
    assert_eq!(
        sweep(&store).await,
        (0, 0, 0),
        "it may be on its way to a row"
    );
    fresh.clock.advance(Duration::hours(25));
    assert_eq!(sweep(&store).await, (1, 0, 0));
    assert!(!is_there(&store, &orphan).await);
    assert_eq!(sweep(&store).await, (0, 0, 0));
    fresh.clock.advance(Duration::hours(49));
    assert_eq!(sweep(&store).await, (0, 0, 1));
    for name in [&named[0], &named[1], "paper/1"] {
        assert!(is_there(&store, name).await, "{name}");
    }
    assert_eq!(files(&fresh.folder.path().join("blobs")), 3);
}

/// An upload finds the same content there, the sweep moves it, and the row is committed.
#[tokio::test]
async fn a_row_that_comes_late_brings_its_file_back() {
    let (fresh, store) = fresh().await;
    comes_and_goes(&fresh, &store).await;
}

/// The same for every file store.
pub async fn comes_and_goes(fresh: &Fresh, store: &Store) {
    let orphan = put(store, "orphan").await;
    let address = put(store, "shared").await;
    fresh.clock.advance(Duration::hours(25));
    assert_eq!(sweep(store).await, (2, 0, 0));
    name(store, "thing", &address).await;
    assert_eq!(sweep(store).await, (0, 1, 0));
    let content = store.blobs().get(&address).await.unwrap().unwrap();
    assert_eq!(content, b"shared");
    assert!(!is_there(store, &orphan).await);
    fresh.clock.advance(Duration::days(9));
    assert_eq!(sweep(store).await, (0, 0, 1));
    assert_eq!(sweep(store).await, (0, 0, 0));
}

#[tokio::test]
async fn what_is_stored_anew_meanwhile_is_one_file() {
    let (fresh, store) = fresh().await;
    let address = put(&store, "shared").await;
    fresh.clock.advance(Duration::hours(25));
    assert_eq!(sweep(&store).await, (1, 0, 0));
    assert_eq!(put(&store, "shared").await, address);
    name(&store, "thing", &address).await;
    assert_eq!(sweep(&store).await, (0, 1, 0));
    let content = store.blobs().get(&address).await.unwrap().unwrap();
    assert_eq!(content, b"shared");
    assert_eq!(files(&fresh.folder.path().join("blobs")), 1);
}

#[tokio::test]
async fn nothing_goes_where_the_database_cannot_say_or_nobody_was_asked() {
    let (fresh, store) = fresh().await;
    let address = put(&store, "kept").await;
    fresh.clock.advance(Duration::days(9));
    let nothing = sweep_blobs(&store, &[]).await.unwrap();
    assert_eq!(nothing, Swept::default());
    let missing = BlobColumn {
        table: "missing",
        column: "blob",
    };
    assert!(sweep_blobs(&store, &[missing]).await.is_err());
    assert!(is_there(&store, &address).await);
}
