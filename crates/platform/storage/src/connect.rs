//! Opens the database. SQLite: WAL, `synchronous=FULL`, one writer, readers beside it.
//! PostgreSQL: one pool.

use std::path::PathBuf;
use std::time::Duration;

use sea_orm::{ConnectOptions, DatabaseConnection, DbBackend};
use serde::{Deserialize, Serialize};

use crate::conn::Conn;
use crate::error::StorageError;

/// Statements that a connection keeps prepared. All that the product says must fit: a statement that
/// is pushed out is parsed and planned anew, which costs more than running it.
const PREPARED_STATEMENTS: usize = 1_000;

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
        .max_lifetime(None)
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
