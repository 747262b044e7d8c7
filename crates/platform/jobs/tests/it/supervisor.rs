//! Tasks: restarted after a panic, ended at shutdown, ended with their owner.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tb_jobs::{Supervisor, spawn};
use tokio_util::sync::CancellationToken;

use crate::eventually;

#[tokio::test]
async fn a_task_that_panics_is_made_anew_and_one_that_returns_is_done() {
    let mut supervisor = Supervisor::new(CancellationToken::new());
    let starts = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&starts);
    supervisor.start("stumbling", move |_| {
        let start = count.fetch_add(1, Ordering::SeqCst);
        async move { assert!(start >= 2, "as planned") }
    });
    eventually("the third start", async || {
        starts.load(Ordering::SeqCst) == 3
    })
    .await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(starts.load(Ordering::SeqCst), 3);
    assert!(supervisor.stop(Duration::from_secs(5)).await.is_empty());
}

#[tokio::test]
async fn shutdown_waits_for_the_obedient_and_names_the_rest() {
    let mut supervisor = Supervisor::new(CancellationToken::new());
    let ended = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&ended);
    supervisor.start("obedient", move |shutdown| {
        let count = Arc::clone(&count);
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    supervisor.start("deaf", |_| std::future::pending());
    assert_eq!(supervisor.stop(Duration::from_millis(300)).await, ["deaf"]);
    assert_eq!(ended.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_task_ends_with_its_owner() {
    let alive = Arc::new(());
    let inside = Arc::clone(&alive);
    let task = spawn("owned", async move {
        let held = inside;
        std::future::pending::<()>().await;
        drop(held);
    });
    tokio::task::yield_now().await;
    assert_eq!(Arc::strong_count(&alive), 2);
    drop(task);
    eventually("its end", async || Arc::strong_count(&alive) == 1).await;
}
