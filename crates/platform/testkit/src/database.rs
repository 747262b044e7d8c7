//! A database per test: a SQLite file in a temporary folder, or a clone of a migrated template on
//! the PostgreSQL server named by `TONGBAN_TEST_PG`.

use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use tb_storage::migration::{MigrationSet, migrate};
use tb_storage::{Database, DatabaseConfig};
use tempfile::TempDir;
use uuid::Uuid;

/// An open, migrated database of one test.
pub struct TestDatabase {
    /// The database.
    pub database: Database,
    /// Where it is, for a second connection.
    pub config: DatabaseConfig,
    /// Folder of the test, removed with it.
    pub folder: TempDir,
}

impl TestDatabase {
    /// Opens one with these tables besides the platform's.
    pub async fn open(sets: &[MigrationSet], unique: Uuid) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = match server() {
            None => DatabaseConfig {
                url: format!("sqlite://{}", folder.path().join("test.db").display()),
                connections: 4,
            },
            Some(server) => DatabaseConfig {
                url: clone_template(&server, sets, unique).await,
                connections: 8,
            },
        };
        let database = Database::connect(&config).await.unwrap();
        if server().is_none() {
            migrate(&database, sets).await.unwrap();
        }
        Self {
            database,
            config,
            folder,
        }
    }
}

/// The PostgreSQL server to test on, if any.
#[expect(
    clippy::disallowed_methods,
    reason = "the harness names its server in the environment"
)]
fn server() -> Option<String> {
    std::env::var("TONGBAN_TEST_PG")
        .ok()
        .filter(|url| !url.is_empty())
}

async fn clone_template(server: &str, sets: &[MigrationSet], unique: Uuid) -> String {
    let admin = sea_orm::Database::connect(server).await.unwrap();
    let template = template_name(sets);
    // Tests run as processes of their own: one of them makes the template, the others wait.
    let lock = admin.begin().await.unwrap();
    run(&lock, "SELECT pg_advisory_xact_lock(7409)").await;
    let found = format!("SELECT 1 AS one FROM pg_database WHERE datname = '{template}'");
    if lock
        .query_one_raw(Statement::from_string(lock.get_database_backend(), found))
        .await
        .unwrap()
        .is_none()
    {
        let making = format!("{template}_making");
        run(&admin, &format!("DROP DATABASE IF EXISTS {making}")).await;
        run(&admin, &format!("CREATE DATABASE {making}")).await;
        let config = DatabaseConfig {
            url: with_database(server, &making),
            connections: 2,
        };
        let database = Database::connect(&config).await.unwrap();
        migrate(&database, sets).await.unwrap();
        database.close().await.unwrap();
        run(
            &admin,
            &format!("ALTER DATABASE {making} RENAME TO {template}"),
        )
        .await;
    }
    lock.commit().await.unwrap();
    let name = format!("tb_{}", unique.simple());
    run(
        &admin,
        &format!("CREATE DATABASE {name} TEMPLATE {template}"),
    )
    .await;
    admin.close().await.unwrap();
    with_database(server, &name)
}

async fn run(conn: &impl ConnectionTrait, sql: &str) {
    conn.execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Named by what it holds, so that a changed migration makes a new one.
fn template_name(sets: &[MigrationSet]) -> String {
    let mut names: Vec<String> = sets
        .iter()
        .flat_map(|set| {
            (set.list)()
                .iter()
                .map(|m| format!("{}_{}", set.domain, m.name()))
                .collect::<Vec<_>>()
        })
        .collect();
    names.sort();
    let hash = names
        .concat()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("tb_template_{hash:016x}")
}

fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server
        .split_once('?')
        .map_or((server, None), |(a, q)| (a, Some(q)));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    query.map_or_else(
        || format!("{base}/{name}"),
        |query| format!("{base}/{name}?{query}"),
    )
}
