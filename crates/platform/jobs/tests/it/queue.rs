//! Queued jobs: with their transaction or not at all, at least once, by key at most one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};
use tb_jobs::{
    DeadSelection, Job, JobCount, JobError, JobFilter, JobRun, JobRunner, MIGRATIONS, QueuedJob,
    RunnerConfig, Task, count_jobs, enqueue, list_jobs, requeue, spawn,
};
use tb_kernel::{Clock, ErrorKind, Fault, PageRequest};
use tb_storage::Store;
use tokio_util::sync::CancellationToken;

use crate::eventually;
use crate::fresh::{Fresh, origin};

type Plan = dyn Fn(&str, &JobRun) -> Result<(), JobError> + Send + Sync;

/// Notes what it was given.
#[derive(Clone)]
struct Note {
    seen: Arc<Mutex<Vec<String>>>,
    plan: Arc<Plan>,
    pause: Duration,
}

impl Note {
    fn new(plan: impl Fn(&str, &JobRun) -> Result<(), JobError> + Send + Sync + 'static) -> Self {
        Self {
            seen: Arc::default(),
            plan: Arc::new(plan),
            pause: Duration::ZERO,
        }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl Job for Note {
    const KIND: &'static str = "test.note_text";
    type Args = String;

    async fn run(&self, _: &Store, run: &JobRun, text: String) -> Result<(), JobError> {
        self.seen.lock().unwrap().push(text.clone());
        tokio::time::sleep(self.pause).await;
        (self.plan)(&text, run)
    }
}

struct World {
    fresh: Fresh,
    store: Store,
    config: RunnerConfig,
}

impl World {
    async fn new() -> Self {
        let fresh = Fresh::new(&[MIGRATIONS]).await;
        let store = fresh.store().await;
        let config = RunnerConfig {
            poll: Duration::from_millis(50),
            lease: Duration::from_millis(900),
            backoff: Duration::from_millis(20),
            max_backoff: Duration::from_millis(100),
            ..RunnerConfig::default()
        };
        Self {
            fresh,
            store,
            config,
        }
    }

    async fn start(&self, note: &Note) -> (Task<()>, CancellationToken) {
        let shutdown = CancellationToken::new();
        let runner =
            JobRunner::new(self.fresh.store().await, self.config.clone()).handle(note.clone());
        (spawn("runner", runner.run(shutdown.clone())), shutdown)
    }

    async fn enqueue_at(&self, key: Option<&str>, run_at: DateTime<Utc>, text: &str) {
        let mut tx = self.store.begin(origin()).await.unwrap();
        enqueue(&mut tx, Note::KIND, key, run_at, &text)
            .await
            .unwrap();
        tx.commit(&()).await.unwrap();
    }

    async fn enqueue(&self, key: Option<&str>, text: &str) {
        self.enqueue_at(key, self.fresh.clock.now(), text).await;
    }

    async fn waiting(&self) -> i64 {
        let conn = self.store.read();
        let sql = Statement::from_string(
            conn.get_database_backend(),
            "SELECT count(*) AS n FROM job_queue",
        );
        conn.query_one_raw(sql)
            .await
            .unwrap()
            .unwrap()
            .try_get("", "n")
            .unwrap()
    }

    async fn dead(&self) -> Vec<QueuedJob> {
        let filter = JobFilter {
            dead: true,
            kind: None,
        };
        let page = PageRequest::default();
        list_jobs(&self.store.read(), &filter, &page)
            .await
            .unwrap()
            .items
    }

    async fn done(&self) {
        eventually("an empty queue", async || self.waiting().await == 0).await;
    }
}

fn busy() -> JobError {
    Fault::new(ErrorKind::Unavailable, "test.busy").into()
}

#[tokio::test]
async fn a_job_comes_with_its_transaction() {
    let world = World::new().await;
    let note = Note::new(|_, _| Ok(()));
    let (_runner, _) = world.start(&note).await;
    let mut tx = world.store.begin(origin()).await.unwrap();
    enqueue(&mut tx, Note::KIND, None, None, &"rolled back")
        .await
        .unwrap();
    drop(tx);
    world.enqueue(None, "committed").await;
    world.done().await;
    assert_eq!(note.seen(), ["committed"]);
}

#[tokio::test]
async fn arguments_are_sealed() {
    let world = World::new().await;
    world.enqueue(None, "zhangsan").await;
    let conn = world.store.read();
    let sql = Statement::from_string(conn.get_database_backend(), "SELECT args FROM job_queue");
    let args: Vec<u8> = conn
        .query_one_raw(sql)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "args")
        .unwrap();
    assert!(!args.windows(8).any(|window| window == b"zhangsan"));
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    let world = World::new().await;
    let note = Note::new(|_, _| Ok(()));
    let (_runner, _) = world.start(&note).await;
    world
        .enqueue_at(
            None,
            world.fresh.clock.now() + chrono::Duration::hours(1),
            "later",
        )
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(note.seen().is_empty());
    world.fresh.clock.advance(chrono::Duration::hours(2));
    world.done().await;
    assert_eq!(note.seen(), ["later"]);
}

#[tokio::test]
async fn two_processes_share_the_queue_and_do_each_job_once() {
    let world = World::new().await;
    let note = Note::new(|_, _| Ok(()));
    let processes = [world.start(&note).await, world.start(&note).await];
    for n in 0..60 {
        world.enqueue(None, &n.to_string()).await;
    }
    world.done().await;
    let mut seen: Vec<u32> = note
        .seen()
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..60).collect::<Vec<_>>());
    for (mut task, shutdown) in processes {
        shutdown.cancel();
        task.join().await.unwrap();
    }
}

#[tokio::test]
async fn a_failure_is_tried_again_and_a_hopeless_one_is_dead() {
    let mut world = World::new().await;
    world.config.max_attempts = 4;
    let note = Note::new(|text, run| match text {
        "stumbles" if run.attempt < 3 => Err(busy()),
        "panics" => panic!("as planned"),
        "hopeless" => Err(JobError::permanent("test.hopeless", "never")),
        _ => Ok(()),
    });
    let (_runner, _) = world.start(&note).await;
    for text in ["stumbles", "panics", "hopeless"] {
        world.enqueue(None, text).await;
    }
    let dead = async || world.dead().await;
    eventually("two dead jobs", async || {
        dead().await.len() == 2 && world.waiting().await == 2
    })
    .await;
    let mut found: Vec<_> = dead()
        .await
        .into_iter()
        .map(|job| (job.code, job.attempts))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("jobs.panicked".to_owned(), 4),
            ("test.hopeless".to_owned(), 1)
        ]
    );
    assert_eq!(
        note.seen()
            .iter()
            .filter(|text| *text == "stumbles")
            .count(),
        3
    );
    let hopeless = dead()
        .await
        .into_iter()
        .find(|job| job.code == "test.hopeless")
        .unwrap();
    let selection = DeadSelection::Id(hopeless.id);
    let put_back = requeue(&world.store, origin(), &selection).await.unwrap();
    assert_eq!(put_back, 1);
    assert_eq!(
        requeue(&world.store, origin(), &selection).await.unwrap(),
        0,
        "it is not dead any more"
    );
    eventually("another try", async || {
        note.seen()
            .iter()
            .filter(|text| *text == "hopeless")
            .count()
            == 2
    })
    .await;
}

#[tokio::test]
async fn a_key_keeps_one_job_with_the_newest_arguments() {
    let world = World::new().await;
    for text in ["one", "two", "three"] {
        world.enqueue(Some("C1"), text).await;
    }
    world.enqueue(Some("C2"), "other").await;
    let note = Note::new(|_, _| Ok(()));
    let (_runner, _) = world.start(&note).await;
    world.done().await;
    let mut seen = note.seen();
    seen.sort();
    assert_eq!(seen, ["other", "three"]);
}

#[tokio::test]
async fn enqueued_again_while_it_runs_it_runs_again() {
    let world = World::new().await;
    let note = Note {
        pause: Duration::from_millis(300),
        ..Note::new(|_, _| Ok(()))
    };
    let (_runner, _) = world.start(&note).await;
    world.enqueue(Some("C1"), "one").await;
    eventually("the first run", async || note.seen().len() == 1).await;
    world.enqueue(Some("C1"), "two").await;
    world.done().await;
    assert_eq!(note.seen(), ["one", "two"]);
}

#[tokio::test]
async fn a_long_job_keeps_its_lease_and_a_killed_one_loses_it() {
    let world = World::new().await;
    let long = Note {
        pause: world.config.lease * 2,
        ..Note::new(|_, _| Ok(()))
    };
    let processes = [world.start(&long).await, world.start(&long).await];
    world.enqueue(None, "long").await;
    world.done().await;
    assert_eq!(long.seen().len(), 1);
    drop(processes);

    let endless = Note {
        pause: Duration::from_hours(1),
        ..Note::new(|_, _| Ok(()))
    };
    let (doomed, _) = world.start(&endless).await;
    world.enqueue(None, "cut short").await;
    eventually("its start", async || endless.seen().len() == 1).await;
    drop(doomed);
    let heir = Note::new(|_, _| Ok(()));
    let (_runner, _) = world.start(&heir).await;
    world.done().await;
    assert_eq!(heir.seen(), ["cut short"]);
}

#[tokio::test]
async fn shutdown_gives_jobs_back_at_once() {
    let mut world = World::new().await;
    world.config.lease = Duration::from_hours(1);
    let endless = Note {
        pause: Duration::from_hours(1),
        ..Note::new(|_, _| Ok(()))
    };
    let (mut first, shutdown) = world.start(&endless).await;
    world.enqueue(None, "given back").await;
    eventually("its start", async || endless.seen().len() == 1).await;
    shutdown.cancel();
    first.join().await.unwrap();
    let attempts = Arc::new(Mutex::new(0));
    let count = Arc::clone(&attempts);
    let heir = Note::new(move |_, run| {
        *count.lock().unwrap() = run.attempt;
        Ok(())
    });
    let (_runner, _) = world.start(&heir).await;
    world.done().await;
    assert_eq!(
        *attempts.lock().unwrap(),
        1,
        "the attempt cut short does not count"
    );
}

#[tokio::test]
async fn a_job_that_cannot_be_read_is_dead_and_the_others_run() {
    let world = World::new().await;
    world.enqueue(Some("spoilt"), "spoilt").await;
    let spoil = "UPDATE job_queue SET args = (SELECT args FROM job_queue AS other WHERE other.id <> job_queue.id) WHERE key = 'spoilt'";
    world.enqueue(None, "whole").await;
    crate::fresh::meddle(&world.store, spoil).await;
    let note = Note::new(|_, _| Ok(()));
    let (_runner, _) = world.start(&note).await;
    eventually("the other job", async || note.seen() == ["whole"]).await;
    eventually("a dead job", async || world.dead().await.len() == 1).await;
    let dead = &world.dead().await[0];
    assert_eq!(
        (dead.key.as_deref(), dead.code.as_str(), dead.attempts),
        (Some("spoilt"), "jobs.unreadable", 1)
    );
}

#[tokio::test]
async fn dead_jobs_of_a_kind_are_counted_and_put_back_together() {
    let world = World::new().await;
    let healed = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let well = Arc::clone(&healed);
    let note = Note::new(move |_, _| {
        if well.load(std::sync::atomic::Ordering::SeqCst) {
            return Ok(());
        }
        Err(JobError::permanent("test.no_fonts", "no font was found"))
    });
    let (_runner, _) = world.start(&note).await;
    for text in ["one", "two"] {
        world.enqueue(None, text).await;
    }
    let count = async || count_jobs(&world.store.read()).await.unwrap();
    let both = |waiting, dead| {
        let kind = Note::KIND.to_owned();
        vec![JobCount {
            kind,
            waiting,
            dead,
        }]
    };
    eventually("two dead jobs", async || count().await == both(0, 2)).await;
    healed.store(true, std::sync::atomic::Ordering::SeqCst);
    let other = DeadSelection::Kind("test.other".to_owned());
    assert_eq!(requeue(&world.store, origin(), &other).await.unwrap(), 0);
    let all = DeadSelection::Kind(Note::KIND.to_owned());
    assert_eq!(requeue(&world.store, origin(), &all).await.unwrap(), 2);
    world.done().await;
    let report = tb_storage::verify_audit(&world.store).await.unwrap();
    assert_eq!(report.tail_rows, 2, "one audit row for each");
    assert_eq!(count().await, []);
}
