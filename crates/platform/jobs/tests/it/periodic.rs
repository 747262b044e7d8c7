//! Periodic jobs: one process at a time, and another when that one falls silent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tb_jobs::{JobRunner, MIGRATIONS, Periodic, RunnerConfig, Task, spawn};
use tb_storage::Store;
use tokio_util::sync::CancellationToken;

use crate::eventually;
use crate::fresh::Fresh;

const EVERY: Duration = Duration::from_millis(50);

/// A process with one periodic job that counts its runs and how many run at the same time.
fn process(
    store: Store,
    runs: &Arc<AtomicUsize>,
    now: &Arc<AtomicUsize>,
) -> (Task<()>, CancellationToken) {
    let (runs, now) = (Arc::clone(runs), Arc::clone(now));
    let job = Periodic::new("test.count_runs", EVERY, move |_| {
        let (runs, now) = (Arc::clone(&runs), Arc::clone(&now));
        async move {
            assert_eq!(now.fetch_add(1, Ordering::SeqCst), 0, "two at a time");
            tokio::time::sleep(Duration::from_millis(10)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            runs.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    });
    let config = RunnerConfig {
        lease: Duration::from_millis(900),
        ..RunnerConfig::default()
    };
    let shutdown = CancellationToken::new();
    let run = JobRunner::new(store, config)
        .periodic(job)
        .run(shutdown.clone());
    (spawn("process", run), shutdown)
}

#[tokio::test]
async fn one_process_runs_it_and_another_takes_over() {
    let fresh = Fresh::new(&[MIGRATIONS]).await;
    let now = Arc::new(AtomicUsize::new(0));
    let [one, two] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
    let count = |runs: &AtomicUsize| runs.load(Ordering::SeqCst);
    let (mut first, stop_first) = process(fresh.store().await, &one, &now);
    eventually("the first", async || count(&one) >= 3).await;
    let (second, _) = process(fresh.store().await, &two, &now);
    let before = count(&one);
    eventually("the first goes on over a lease", async || {
        count(&one) > before + 25
    })
    .await;
    assert_eq!(count(&two), 0);
    // In good order: the lease is given back.
    stop_first.cancel();
    first.join().await.unwrap();
    let before = count(&one);
    eventually("the second", async || count(&two) >= 3).await;
    // Killed: the lease runs out.
    let third_runs = Arc::new(AtomicUsize::new(0));
    drop(second);
    now.store(0, Ordering::SeqCst);
    let (third, stop) = process(fresh.store().await, &third_runs, &now);
    eventually("the third", async || count(&third_runs) >= 3).await;
    assert_eq!(count(&one), before);
    stop.cancel();
    drop(third);
}

#[tokio::test]
async fn a_failed_run_is_followed_by_the_next() {
    let fresh = Fresh::new(&[MIGRATIONS]).await;
    let runs = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&runs);
    let job = Periodic::new("test.fail", EVERY, move |_| {
        let run = count.fetch_add(1, Ordering::SeqCst);
        async move {
            assert!(run != 1, "as planned");
            Err(tb_jobs::JobError::permanent("test.failed", "always"))
        }
    });
    let shutdown = CancellationToken::new();
    let runner = JobRunner::new(
        fresh.store().await,
        RunnerConfig {
            lease: Duration::from_millis(500),
            ..RunnerConfig::default()
        },
    );
    let _process = spawn("process", runner.periodic(job).run(shutdown));
    eventually("more runs", async || runs.load(Ordering::SeqCst) >= 4).await;
}
