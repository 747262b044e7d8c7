//! The place into which a database is restored: whether it is empty, whether others are at work in
//! it, and how what was there is set aside.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::error::StorageError;

/// The file of a SQLite address; none for another database.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Some(PathBuf::from(path))
}

pub(super) fn one_connection(mut options: ConnectOptions) -> ConnectOptions {
    options
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .max_lifetime(None)
        .idle_timeout(None)
        .sqlx_logging(false);
    options
}

/// One connection to a file as it is, whatever signs are in its name.
pub(super) fn sqlite_options(file: &Path, still: bool) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = one_connection(ConnectOptions::new("sqlite::memory:"));
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .in_memory(false)
            .shared_cache(false)
            .filename(&file)
            .create_if_missing(false)
            .busy_timeout(Duration::from_secs(5))
            .read_only(still)
            .immutable(still)
    });
    options
}

/// Puts everything that is written beside a SQLite file into the file itself, so that it can be
/// moved as one. `false` where another process has it open. A file that is no sound database any
/// more is nobody's, and moved as it is.
pub async fn close_sqlite_for_moving(file: &Path) -> Result<bool, StorageError> {
    let Ok(pool) = sea_orm::Database::connect(sqlite_options(file, false)).await else {
        return Ok(true);
    };
    // Leaving the mode is refused while anybody else is connected.
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
    let alone = match pool.query_one_raw(statement).await {
        Ok(Some(row)) => row.try_get::<String>("", "journal_mode")? == "delete",
        Ok(None) => false,
        Err(error) => !error.to_string().contains("locked"),
    };
    pool.close().await?;
    Ok(alone)
}

/// A PostgreSQL database that is to be filled: everything lies in its schema `public`.
#[derive(Debug)]
pub struct PostgresPlace {
    pool: DatabaseConnection,
}

impl PostgresPlace {
    /// Connects.
    pub async fn open(url: &str) -> Result<Self, StorageError> {
        let options = one_connection(ConnectOptions::new(url));
        let pool = sea_orm::Database::connect(options).await?;
        Ok(Self { pool })
    }

    /// The server's version, as 150004.
    pub async fn version(&self) -> Result<i32, StorageError> {
        let sql = "SELECT current_setting('server_version_num')::int AS answer";
        self.ask(sql).await
    }

    /// Tables that are there.
    pub async fn tables(&self) -> Result<i64, StorageError> {
        let sql = "SELECT COUNT(*) AS answer FROM information_schema.tables WHERE table_schema = 'public'";
        self.ask(sql).await
    }

    /// Others who are connected to the same database.
    pub async fn others(&self) -> Result<i64, StorageError> {
        let sql = "SELECT COUNT(*) AS answer FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        self.ask(sql).await
    }

    /// Sets aside what is there under another name, and leaves an empty place.
    pub async fn set_aside(&self, name: &str) -> Result<(), StorageError> {
        let sql =
            format!("BEGIN; ALTER SCHEMA public RENAME TO {name}; CREATE SCHEMA public; COMMIT");
        self.run(&sql).await
    }

    /// Empties the place.
    pub async fn empty(&self) -> Result<(), StorageError> {
        self.run("BEGIN; DROP SCHEMA public CASCADE; CREATE SCHEMA public; COMMIT")
            .await
    }

    /// Brings back what was set aside, in place of what is there.
    pub async fn bring_back(&self, name: &str) -> Result<(), StorageError> {
        let sql = format!(
            "BEGIN; DROP SCHEMA public CASCADE; ALTER SCHEMA {name} RENAME TO public; COMMIT"
        );
        self.run(&sql).await
    }

    /// Lets go.
    pub async fn close(self) -> Result<(), StorageError> {
        Ok(self.pool.close().await?)
    }

    async fn run(&self, sql: &str) -> Result<(), StorageError> {
        self.pool.execute_unprepared(sql).await?;
        Ok(())
    }

    async fn ask<T: sea_orm::TryGetable>(&self, sql: &str) -> Result<T, StorageError> {
        let row = self
            .pool
            .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await?;
        let row = row.ok_or(StorageError::Misuse(
            "a question for one row has one answer",
        ))?;
        Ok(row.try_get("", "answer")?)
    }
}
