//! The database as it was at one moment: a copied file (SQLite), or a transaction whose snapshot
//! other programs can share (PostgreSQL). Writers go on beside it.

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, EntityTrait, IsolationLevel, PaginatorTrait,
    Statement, TransactionOptions, TransactionTrait,
};
use serde::{Deserialize, Serialize};

use super::place::{one_connection, sqlite_file, sqlite_options};
use crate::conn::Conn;
use crate::connect::DatabaseConfig;
use crate::entity::audit;
use crate::error::StorageError;
use crate::seal_audit::last_segment;
use crate::sweep::BlobColumn;

/// What a database holds, for comparing before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// Rows of every table.
    pub tables: BTreeMap<String, u64>,
    /// Migrations that were applied, by their table.
    pub migrations: BTreeMap<String, Vec<String>>,
    /// The end of the audit trail.
    pub audit: AuditHead,
}

/// The end of the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Segments of the chain.
    pub segments: i64,
    /// Head of the last segment, in hex; empty before the first.
    pub head: String,
    /// Rows in all.
    pub rows: u64,
}

/// A database that stands still while it is copied.
#[derive(Debug)]
pub struct Frozen {
    conn: Conn,
    /// PostgreSQL: the name under which other programs see the same moment.
    pub snapshot: Option<String>,
    /// PostgreSQL: the server's version, as 150004.
    pub server_version: i32,
}

impl Frozen {
    /// Stops the picture. SQLite: writes it to `copy`, which must not exist.
    pub async fn take(config: &DatabaseConfig, copy: &Path) -> Result<Self, StorageError> {
        match sqlite_file(&config.url) {
            Some(file) => Self::copy_sqlite(&file, copy).await,
            None => Self::freeze_postgres(&config.url).await,
        }
    }

    async fn copy_sqlite(file: &Path, copy: &Path) -> Result<Self, StorageError> {
        let source = sea_orm::Database::connect(sqlite_options(file, false)).await?;
        let target = copy.display().to_string().replace('\'', "''");
        // One read transaction: a consistent copy, and in WAL mode no writer waits for it.
        let copied = source
            .execute_unprepared(&format!("VACUUM INTO '{target}'"))
            .await;
        source.close().await?;
        copied?;
        std::fs::File::open(copy)?.sync_all()?;
        let conn = Conn::Pool(sea_orm::Database::connect(sqlite_options(copy, true)).await?);
        let sound: String = one(&conn, "PRAGMA quick_check", "quick_check").await?;
        if sound != "ok" {
            return Err(StorageError::Io(std::io::Error::other(format!(
                "the copy of the database is not sound: {sound}"
            ))));
        }
        Ok(Self {
            conn,
            snapshot: None,
            server_version: 0,
        })
    }

    async fn freeze_postgres(url: &str) -> Result<Self, StorageError> {
        let pool = sea_orm::Database::connect(one_connection(ConnectOptions::new(url))).await?;
        let tx = pool
            .begin_with_options(TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            })
            .await?;
        for setting in ["idle_in_transaction_session_timeout", "statement_timeout"] {
            tx.execute_unprepared(&format!("SET LOCAL {setting} = 0"))
                .await?;
        }
        let conn = Conn::Tx(tx);
        let snapshot = one(&conn, "SELECT pg_export_snapshot() AS name", "name").await?;
        let version = "SELECT current_setting('server_version_num')::int AS version";
        Ok(Self {
            server_version: one(&conn, version, "version").await?,
            snapshot: Some(snapshot),
            conn,
        })
    }

    /// What it holds.
    pub async fn inventory(&self) -> Result<Inventory, StorageError> {
        inventory(&self.conn).await
    }

    /// The next addresses of files that its rows name, after one of them.
    pub async fn named_files(
        &self,
        column: BlobColumn,
        after: &str,
    ) -> Result<Vec<String>, StorageError> {
        let query = Query::select()
            .distinct()
            .column(column.column)
            .from(column.table)
            .and_where(Expr::col(column.column).gt(after))
            .order_by(column.column, Order::Asc)
            .limit(500)
            .to_owned();
        let rows = self.conn.query_all(&query).await?;
        let addresses = rows.iter().map(|row| row.try_get("", column.column));
        Ok(addresses.collect::<Result<_, _>>()?)
    }

    /// Lets go of it.
    pub async fn end(self) -> Result<(), StorageError> {
        match self.conn {
            Conn::Pool(pool) => Ok(pool.close().await?),
            Conn::Tx(tx) => Ok(tx.rollback().await?),
        }
    }
}

async fn one<T: sea_orm::TryGetable>(
    conn: &Conn,
    sql: &str,
    column: &str,
) -> Result<T, StorageError> {
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    let row = conn.query_one_raw(statement).await?;
    let row = row.ok_or(StorageError::Misuse(
        "a question for one row has one answer",
    ))?;
    Ok(row.try_get("", column)?)
}

/// What a database holds.
pub async fn inventory(conn: &Conn) -> Result<Inventory, StorageError> {
    let mut found = Inventory::default();
    for table in tables(conn).await? {
        let query = Query::select()
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("n"))
            .from(Alias::new(table.as_str()))
            .to_owned();
        let row = conn.query_one(&query).await?;
        let rows: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        if table.ends_with("_migration") {
            let applied = applied(conn, &table).await?;
            found.migrations.insert(table.clone(), applied);
        }
        found.tables.insert(table, rows.unsigned_abs());
    }
    let last = last_segment(conn).await?;
    found.audit = AuditHead {
        segments: last.as_ref().map_or(0, |segment| segment.number),
        head: last
            .map(|segment| hex::encode(segment.head))
            .unwrap_or_default(),
        rows: audit::Entity::find().count(conn).await?,
    };
    Ok(found)
}

async fn tables(conn: &Conn) -> Result<Vec<String>, StorageError> {
    let sql = if conn.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    } else {
        "SELECT table_name::text AS name FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
    };
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    let rows = conn.query_all_raw(statement).await?;
    let names = rows.iter().map(|row| row.try_get("", "name"));
    Ok(names.collect::<Result<_, _>>()?)
}

async fn applied(conn: &Conn, table: &str) -> Result<Vec<String>, StorageError> {
    let query = Query::select()
        .column("version")
        .from(Alias::new(table))
        .order_by("version", Order::Asc)
        .to_owned();
    let rows = conn.query_all(&query).await?;
    let versions = rows.iter().map(|row| row.try_get("", "version"));
    Ok(versions.collect::<Result<_, _>>()?)
}
