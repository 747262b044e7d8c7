//! The app under test.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use chrono::{DateTime, TimeZone, Utc};
use tb_contract::ports::Sessions;
use tb_events::{EventLog, LagRow, ParkedEvent, ParkedState, TableConfig, TableLog};
use tb_http::{Authentication, Edge, EdgeConfig, Texts, serve_router};
use tb_jobs::{JobRunner, RunnerConfig, Supervisor};
use tb_kernel::{Actor, Clock, Entropy, FixedClock, PageRequest};
use tb_module::{Manifest, Module};
use tb_storage::migration::MigrationSet;
use tb_storage::{BlobConfig, Blobs, KeyRing, Sealer, Store};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use crate::client::Client;
use crate::database::TestDatabase;
use crate::randomness::SeededEntropy;
use crate::sessions::TestSessions;

/// Opens the modules of a test.
pub type Modules = Box<dyn FnOnce(&Edge, Arc<dyn EventLog>) -> Vec<Module> + Send>;

/// The app under test. It starts on Sunday 2026-11-22 at 10:00 in Shanghai.
pub struct TestApp {
    edge: Edge,
    modules: Vec<Module>,
    log: Arc<dyn EventLog>,
    router: Router,
    clock: Arc<FixedClock>,
    sessions: Arc<TestSessions>,
    database: TestDatabase,
    background: OnceCell<Supervisor>,
}

impl TestApp {
    /// An app of these domains.
    pub async fn new(
        manifests: Vec<Manifest>,
        modules: impl FnOnce(&Edge, Arc<dyn EventLog>) -> Vec<Module>,
    ) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 22, 2, 0, 0).unwrap();
        let clock = Arc::new(FixedClock::at(start));
        let entropy = Arc::new(SeededEntropy::default());
        let texts: Vec<_> = manifests
            .iter()
            .flat_map(|manifest| manifest.texts)
            .collect();
        let texts = Texts::new(&texts).unwrap();
        let mut sets: Vec<MigrationSet> = manifests
            .into_iter()
            .map(|manifest| manifest.migrations)
            .collect();
        sets.extend([tb_events::MIGRATIONS, tb_jobs::MIGRATIONS]);
        let unique = tb_kernel::id::new_v7(start, entropy.as_ref());
        let database = TestDatabase::open(&sets, unique).await;
        let store = open_store(&database, clock.clone(), entropy).await;
        let sessions = Arc::new(TestSessions::default());
        let config = EdgeConfig {
            public_url: "http://localhost".to_owned(),
            timeout_seconds: 60,
            requests_per_second: 0,
            behind_proxy: false,
        };
        let edge = Edge::new(
            config,
            store.clone(),
            Authentication::Sessions(sessions.clone()),
            texts,
        );
        let log: Arc<dyn EventLog> = Arc::new(TableLog::new(store, quick()));
        let modules = modules(&edge, log.clone());
        let router = route(&edge, &modules);
        Self {
            edge,
            modules,
            log,
            router,
            clock,
            sessions,
            database,
            background: OnceCell::new(),
        }
    }

    /// The same app started anew with other modules, as after a change of its configuration.
    #[must_use]
    pub fn restarted(self, modules: impl FnOnce(&Edge, Arc<dyn EventLog>) -> Vec<Module>) -> Self {
        let modules = modules(&self.edge, self.log.clone());
        let router = route(&self.edge, &modules);
        Self {
            modules,
            router,
            background: OnceCell::new(),
            ..self
        }
    }

    /// Lets tokens that the test did not make itself be checked by a real session store.
    pub fn use_sessions(&self, sessions: Arc<dyn Sessions>) {
        self.sessions.use_real(sessions);
    }

    /// A client that is not signed in.
    pub fn client(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// A client that acts as somebody.
    pub fn as_actor(&self, actor: Actor) -> Client {
        let is_at_kiosk = actor.kiosk.is_some();
        let token = self.sessions.token_for(actor);
        let client = Client::new(self.router.clone(), Some(token.clone()));
        if is_at_kiosk {
            client.at_kiosk(&token)
        } else {
            client
        }
    }

    /// The clock.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }

    /// The present moment of the app.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Storage.
    pub fn store(&self) -> &Store {
        self.edge.store()
    }

    /// The edge.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    /// The event log.
    pub fn log(&self) -> &dyn EventLog {
        self.log.as_ref()
    }

    /// The modules.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The whole service, to serve it on a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The database of the test.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Runs a periodic job once, now.
    pub async fn run_periodic(&self, name: &str) {
        let job = self
            .modules
            .iter()
            .flat_map(|module| &module.periodic)
            .find(|job| job.name == name);
        job.unwrap_or_else(|| panic!("no periodic job {name}"))
            .run_once(self.store().clone())
            .await
            .unwrap();
    }

    /// Starts consumers, tasks and queues if they do not run yet, and waits until nothing moves:
    /// every group has seen every event, and none waits that could go on.
    pub async fn run_events(&self) {
        self.background.get_or_init(async || self.start()).await;
        let mut quiet = 0;
        for _ in 0..600 {
            tokio::time::sleep(Duration::from_millis(25)).await;
            let rows = self.log.lag(None).await.unwrap();
            let idle = rows.iter().all(|row| row.behind == 0)
                && self.store().is_settled().await.unwrap()
                && !self.waits_for_now(&rows).await
                && tb_jobs::due_jobs(self.store()).await.unwrap() == 0;
            quiet = if idle { quiet + 1 } else { 0 };
            // Tasks hand on what they find a moment later: one quiet look is not enough.
            if quiet >= 14 {
                return;
            }
        }
        panic!("events do not come to rest: {:?}", self.log.lag(None).await);
    }

    /// Waits until every committed event can be read.
    pub async fn settle(&self) {
        while !self.store().is_settled().await.unwrap() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Whether a parked event is due by the app's clock.
    async fn waits_for_now(&self, rows: &[LagRow]) -> bool {
        for row in rows.iter().filter(|row| row.parked > 0) {
            let page = PageRequest {
                cursor: None,
                limit: Some(100),
            };
            let parked = self.log.parked(&row.group, &page).await.unwrap().items;
            let due = |event: &ParkedEvent| {
                event.state == ParkedState::Waiting && event.next_at <= self.now()
            };
            if parked.iter().any(due) {
                return true;
            }
        }
        false
    }

    fn start(&self) -> Supervisor {
        let mut supervisor = Supervisor::new(CancellationToken::new());
        for module in &self.modules {
            for subscription in &module.subscriptions {
                let (log, subscription) = (self.log.clone(), subscription.clone());
                supervisor.start(subscription.group, move |shutdown| {
                    let (log, subscription) = (log.clone(), subscription.clone());
                    async move { log.run(subscription, shutdown).await.unwrap() }
                });
            }
            for task in &module.tasks {
                let start = task.start.clone();
                supervisor.start(task.name, move |shutdown| start(shutdown));
            }
        }
        let handlers: Vec<_> = self
            .modules
            .iter()
            .flat_map(|module| module.queues.clone())
            .collect();
        let store = self.store().clone();
        supervisor.start("queues", move |shutdown| {
            let runner = JobRunner::new(store.clone(), RunnerConfig::default());
            handlers
                .iter()
                .fold(runner, |runner, handler| runner.handle(handler.clone()))
                .run(shutdown)
        });
        supervisor
    }
}

async fn open_store(
    database: &TestDatabase,
    clock: Arc<FixedClock>,
    entropy: Arc<SeededEntropy>,
) -> Store {
    let keys = KeyRing::parse(&KeyRing::generate(entropy.as_ref() as &dyn Entropy)).unwrap();
    let sealer = Arc::new(Sealer::new(keys, entropy.clone()));
    let url = database.folder.path().join("blobs").display().to_string();
    let config = BlobConfig {
        url,
        ..BlobConfig::default()
    };
    let blobs = Blobs::open(&config, sealer.clone()).unwrap();
    Store::new(database.database.clone(), sealer, blobs, clock, entropy)
        .await
        .unwrap()
}

fn quick() -> TableConfig {
    TableConfig {
        poll: Duration::from_millis(15),
        poll_parked: Duration::from_millis(15),
        ..TableConfig::default()
    }
}

fn route(edge: &Edge, modules: &[Module]) -> Router {
    let (mut public, mut internal) = (Router::new(), Router::new());
    for module in modules {
        let (routes, _) = module.routes.clone().split_for_parts();
        public = public.nest(&format!("/api/v1/{}", module.domain), routes);
        internal = internal.nest(
            &format!("/internal/v1/{}", module.domain),
            module.internal.clone(),
        );
    }
    serve_router(edge, public, internal)
}
