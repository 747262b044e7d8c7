//! A database of its own for one test: on the server in `TONGBAN_TEST_PG` where that is set, else
//! a SQLite file. Gone when the test ends. Other crates' tests take this file in by its path.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use sea_orm::ConnectionTrait;
use tb_kernel::{Clock, Entropy};
use tb_storage::migration::{MigrationSet, migrate};
use tb_storage::{BlobConfig, Blobs, Database, DatabaseConfig, KeyRing, Origin, Sealer, Store};

/// The time of the day, which a test can move ahead.
#[derive(Debug)]
pub struct MovingClock(Mutex<Duration>);

impl MovingClock {
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for MovingClock {
    #[expect(clippy::disallowed_methods, reason = "a clock for tests")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + *self.0.lock().unwrap()
    }
}

/// Randomness from the hash keys of the standard library.
#[derive(Clone, Copy, Debug)]
pub struct Hashes;

impl Entropy for Hashes {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let random = RandomState::new().build_hasher().finish().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }
}

pub struct Fresh {
    pub folder: tempfile::TempDir,
    pub clock: Arc<MovingClock>,
    pub keys: String,
    url: String,
    server: Option<(String, String)>,
}

impl Fresh {
    /// A new database with the platform's tables and those of `sets`.
    pub async fn new(sets: &[MigrationSet]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (url, server) = match server() {
            Some(admin) => {
                let name = format!(
                    "t{}",
                    tb_kernel::id::new_v7(clock().now(), &Hashes).simple()
                );
                run_on(&admin, &format!("CREATE DATABASE {name}")).await;
                let url = format!("{}/{name}", admin.rsplit_once('/').unwrap().0);
                (url, Some((admin, name)))
            }
            None => (
                format!("sqlite://{}/test.db", folder.path().display()),
                None,
            ),
        };
        let fresh = Self {
            folder,
            clock: clock(),
            keys: KeyRing::generate(&Hashes),
            url,
            server,
        };
        let database = fresh.database().await;
        migrate(&database, sets).await.unwrap();
        database.close().await.unwrap();
        fresh
    }

    pub fn is_sqlite(&self) -> bool {
        self.server.is_none()
    }

    /// A connection pool, as a process has one.
    pub async fn database(&self) -> Database {
        Database::connect(&DatabaseConfig {
            url: self.url.clone(),
            connections: 8,
        })
        .await
        .unwrap()
    }

    /// A store with a pool of its own: what another process would have.
    pub async fn store(&self) -> Store {
        self.store_with(&self.keys).await
    }

    pub async fn store_with(&self, keys: &str) -> Store {
        let url = self.folder.path().join("blobs").display().to_string();
        let blobs = BlobConfig {
            url,
            ..BlobConfig::default()
        };
        self.store_over(keys, &blobs).await
    }

    pub async fn store_over(&self, keys: &str, blobs: &BlobConfig) -> Store {
        let sealer = Arc::new(Sealer::new(KeyRing::parse(keys).unwrap(), Arc::new(Hashes)));
        let blobs = Blobs::open(blobs, Arc::clone(&sealer)).unwrap();
        Store::new(
            self.database().await,
            sealer,
            blobs,
            Arc::clone(&self.clock) as _,
            Arc::new(Hashes),
        )
        .await
        .unwrap()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some((admin, name)) = self.server.take() {
            let gone =
                async move { run_on(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await };
            let runtime = || {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap()
            };
            let _ = std::thread::spawn(move || runtime().block_on(gone)).join();
        }
    }
}

/// Who writes in tests.
pub fn origin() -> Origin {
    Origin::system("test", tb_kernel::id::new_v7(clock().now(), &Hashes).into())
}

fn clock() -> Arc<MovingClock> {
    Arc::new(MovingClock(Mutex::new(Duration::zero())))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test run names the server in the environment"
)]
fn server() -> Option<String> {
    std::env::var("TONGBAN_TEST_PG")
        .ok()
        .filter(|url| !url.is_empty())
}

async fn run_on(url: &str, sql: &str) {
    let admin = sea_orm::Database::connect(url).await.unwrap();
    admin.execute_unprepared(sql).await.unwrap();
    admin.close().await.unwrap();
}

/// Runs a statement outside of every rule.
pub async fn meddle(store: &Store, sql: &str) {
    let tx = store.begin(origin()).await.unwrap();
    tx.conn().execute_unprepared(sql).await.unwrap();
    tx.commit(&()).await.unwrap();
}
