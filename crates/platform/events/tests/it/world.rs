//! A database with consumers around it, and a record of their effects in the order they had them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use tb_contract::topics;
use tb_events::{EventLog, HandleError, Handler, MIGRATIONS, Subscription, TableConfig, TableLog};
use tb_jobs::{Task, spawn};
use tb_kernel::Event;
use tb_storage::{NewEvent, Store, Tx};
use tokio_util::sync::CancellationToken;

use crate::fresh::{Fresh, meddle, origin};

/// What a handler does beside recording its effect, by event and number of the call for it.
type Plan = dyn Fn(&Event, usize) -> Result<(), HandleError> + Send + Sync;

/// Records its effects in a table, in the transaction that it is given.
pub struct Recorder {
    plan: Box<Plan>,
    calls: Mutex<BTreeMap<uuid::Uuid, usize>>,
    pub pause: Duration,
    pub total_calls: AtomicUsize,
}

impl Recorder {
    pub fn new(
        plan: impl Fn(&Event, usize) -> Result<(), HandleError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Self::slow(Duration::ZERO, plan)
    }

    pub fn slow(
        pause: Duration,
        plan: impl Fn(&Event, usize) -> Result<(), HandleError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (calls, total_calls) = (Mutex::default(), AtomicUsize::new(0));
        Arc::new(Self {
            plan: Box::new(plan),
            calls,
            pause,
            total_calls,
        })
    }

    /// What the plan says, without an effect: for a plan that is part of another.
    pub fn judge(&self, event: &Event, call: usize) -> Result<(), HandleError> {
        (self.plan)(event, call)
    }

    pub fn willing() -> Arc<Self> {
        Self::new(|_, _| Ok(()))
    }
}

#[async_trait::async_trait]
impl Handler for Recorder {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        self.total_calls.fetch_add(1, Ordering::SeqCst);
        let call = {
            let mut calls = self.calls.lock().unwrap();
            let call = calls.entry(event.id).or_default();
            *call += 1;
            *call
        };
        // The effect comes first, so that a failure has something to undo.
        let sql = format!(
            "INSERT INTO effect (topic, key, version, event_id) VALUES ('{}', '{}', {}, '{}')",
            event.topic, event.key, event.version, event.id
        );
        tx.conn().execute_unprepared(&sql).await?;
        if !self.pause.is_zero() {
            tokio::time::sleep(self.pause).await;
        }
        (self.plan)(event, call)
    }
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub topic: String,
    pub key: String,
    pub version: i64,
}

pub struct World {
    pub fresh: Fresh,
    pub store: Store,
    pub config: TableConfig,
}

impl World {
    pub async fn new() -> Self {
        let fresh = Fresh::new(&[MIGRATIONS]).await;
        let store = fresh.store().await;
        let serial = if fresh.is_sqlite() {
            "INTEGER PRIMARY KEY AUTOINCREMENT"
        } else {
            "BIGSERIAL PRIMARY KEY"
        };
        let columns = "topic TEXT NOT NULL, key TEXT NOT NULL, version BIGINT NOT NULL, event_id TEXT NOT NULL";
        meddle(
            &store,
            &format!("CREATE TABLE effect (seq {serial}, {columns})"),
        )
        .await;
        let config = TableConfig {
            poll: Duration::from_millis(20),
            poll_parked: Duration::from_millis(20),
            lease: Duration::from_millis(1200),
            backoff: Duration::from_millis(20),
            max_backoff: Duration::from_millis(100),
            ..TableConfig::default()
        };
        Self {
            fresh,
            store,
            config,
        }
    }

    /// The log as another process has it.
    pub async fn log(&self) -> Arc<dyn EventLog> {
        Arc::new(TableLog::new(self.fresh.store().await, self.config.clone()))
    }

    pub async fn emit(&self, topic: &str, kind: &str, key: &str, version: i64) {
        let mut tx = self.store.begin(origin()).await.unwrap();
        add(&mut tx, topic, kind, key, version);
        tx.commit(&()).await.unwrap();
    }

    /// An event of the topic that most tests use.
    pub async fn accepted(&self, key: &str, version: i64) {
        self.emit(topics::ACCEPTANCE, "approval.case.accepted", key, version)
            .await;
    }

    /// All effects, in the order they were had.
    pub async fn effects(&self) -> Vec<Effect> {
        let conn = self.store.read();
        let backend = conn.get_database_backend();
        let sql = Statement::from_string(
            backend,
            "SELECT topic, key, version FROM effect ORDER BY seq",
        );
        let rows = conn.query_all_raw(sql).await.unwrap();
        let effect = |row: &sea_orm::QueryResult| Effect {
            topic: row.try_get("", "topic").unwrap(),
            key: row.try_get("", "key").unwrap(),
            version: row.try_get("", "version").unwrap(),
        };
        rows.iter().map(effect).collect()
    }

    /// The versions of the effects on one key, in order.
    pub async fn versions(&self, key: &str) -> Vec<i64> {
        self.effects()
            .await
            .into_iter()
            .filter(|effect| effect.key == key)
            .map(|effect| effect.version)
            .collect()
    }

    /// Waits until there are so many effects, and a little longer, in case there come more.
    pub async fn wait_for(&self, count: usize) -> Vec<Effect> {
        self.until(|effects| effects.len() >= count).await;
        tokio::time::sleep(Duration::from_millis(150)).await;
        let effects = self.effects().await;
        assert_eq!(effects.len(), count, "{effects:?}");
        effects
    }

    async fn until(&self, done: impl Fn(&[Effect]) -> bool) {
        eventually("effects", async || done(&self.effects().await)).await;
    }
}

/// Polls for up to twenty seconds.
pub async fn eventually(what: &str, done: impl AsyncFn() -> bool) {
    for _ in 0..1000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("waited in vain for {what}");
}

pub fn add(tx: &mut Tx, topic: &str, kind: &str, key: &str, version: i64) {
    let payload = serde_json::json!({"applicant": "张三", "version": version});
    let event = NewEvent {
        topic,
        key,
        kind,
        version,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &payload,
    };
    tx.emit(event).unwrap();
}

/// A consumer of the acceptance topic.
pub fn acceptances(handler: Arc<Recorder>) -> Subscription {
    Subscription::new("governance:test", handler).topic(topics::ACCEPTANCE)
}

/// A consumer under way; dropping it is a kill.
pub struct Consumer {
    task: Task<()>,
    shutdown: CancellationToken,
}

impl Consumer {
    pub fn start(log: &Arc<dyn EventLog>, subscription: Subscription) -> Self {
        let shutdown = CancellationToken::new();
        let (log, token) = (Arc::clone(log), shutdown.clone());
        let task = spawn("consumer", async move {
            log.run(subscription, token).await.unwrap();
        });
        Self { task, shutdown }
    }

    /// Ends it in good order.
    pub async fn stop(mut self) {
        self.shutdown.cancel();
        self.task.join().await.unwrap();
    }
}

/// Every key has its versions from 1 on, each once and in order.
pub fn assert_in_order(effects: &[Effect], versions: i64) {
    let mut keys: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for effect in effects {
        keys.entry(&effect.key).or_default().push(effect.version);
    }
    for (key, seen) in keys {
        assert_eq!(seen, (1..=versions).collect::<Vec<_>>(), "{key}");
    }
}
