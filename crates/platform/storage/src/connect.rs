//! Opens the database. SQLite: WAL, `synchronous=FULL`, one writer, readers beside it.
//! PostgreSQL: one pool.

use std::path::PathBuf;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend};
use serde::{Deserialize, Serialize};

use crate::conn::Conn;
use crate::error::StorageError;

/// Statements that a connection keeps prepared. All that the product says must fit: a statement that
/// is pushed out is parsed and planned anew, which costs more than running it.
const PREPARED_STATEMENTS: usize = 1_000;

/// What SQLite's planner has to know of the sizes of tables and indexes, looked at anew where they
/// have changed much: without it all indexes that fit look alike, and a partial index over a few open
/// rows is passed over for one over all of them. The limit is rows looked at per index.
const STATISTICS: &str = "PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002";

/// How long a reader of SQLite lives: the next one plans by the statistics of then.
const READER_LIFE: Duration = Duration::from_hours(6);

/// Where the database is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DatabaseConfig {
    /// `sqlite:///path/to/file.db` or `postgres://…`.
    pub url: String,
    /// Connections for reading (SQLite) or in all (PostgreSQL); more than 16 makes it slower.
    pub connections: u32,
}

/// An open database: the pool that writes and the pool that reads (one and the same on PostgreSQL).
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
    /// SQLite's file.
    pub(crate) file: Option<PathBuf>,
}

impl Database {
    /// Opens the database; a SQLite file is created where it is missing.
    pub async fn connect(config: &DatabaseConfig) -> Result<Self, StorageError> {
        if config.url.starts_with("sqlite:") {
            let writer = sea_orm::Database::connect(sqlite_options(&config.url, 1, true)).await?;
            // Whoever cannot write now plans by what is known.
            if let Err(error) = writer.execute_unprepared(STATISTICS).await {
                tracing::warn!(%error, "the sizes of tables were not looked at");
            }
            let reader = sea_orm::Database::connect(sqlite_options(
                &config.url,
                config.connections.max(1),
                false,
            ))
            .await?;
            let path = config
                .url
                .trim_start_matches("sqlite:")
                .trim_start_matches("//");
            Ok(Self {
                writer,
                reader,
                file: Some(PathBuf::from(path)),
            })
        } else {
            let mut options = ConnectOptions::new(&config.url);
            options
                .max_connections(config.connections.clamp(2, 64))
                .acquire_timeout(Duration::from_secs(10))
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_postgres_opts(|postgres| {
                    postgres.statement_cache_capacity(PREPARED_STATEMENTS)
                });
            let pool = sea_orm::Database::connect(options).await?;
            Ok(Self {
                writer: pool.clone(),
                reader: pool,
                file: None,
            })
        }
    }

    /// Looks at the sizes of tables anew, as PostgreSQL does by itself.
    pub async fn refresh_statistics(&self) -> Result<(), StorageError> {
        if self.file.is_some() {
            self.writer.execute_unprepared(STATISTICS).await?;
        }
        Ok(())
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Opens for reading, before there is a store over it.
    pub fn read(&self) -> Conn {
        Conn::Pool(self.reader.clone())
    }

    /// Closes all connections after their work.
    pub async fn close(&self) -> Result<(), StorageError> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }
}

fn sqlite_options(url: &str, connections: u32, writes: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .max_lifetime(if writes { None } else { Some(READER_LIFE) })
        .idle_timeout(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .create_if_missing(writes)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(PREPARED_STATEMENTS)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON");
            // KiB of pages. There are many readers, and the system caches the file for all of them.
            if writes {
                sqlite.pragma("cache_size", "-16000")
            } else {
                sqlite
                    .pragma("cache_size", "-4000")
                    .pragma("query_only", "ON")
            }
        });
    options
}
