//! Migrations: one set per domain with a migration table of its own; the platform's set comes
//! first. One source serves SQLite and PostgreSQL.

mod m0001_platform;
mod m0002_audit_reason;

use std::collections::BTreeMap;
use std::fs::File;

use sea_orm::sea_query::IntoIden;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, DynIden, TransactionTrait};
use sea_orm_migration::MigratorTraitSelf;
use sea_orm_migration::prelude::*;

use crate::connect::Database;
use crate::error::StorageError;

/// The migrations of one domain.
pub struct MigrationSet {
    /// Domain: the name of the migration table is `<domain>_migration`.
    pub domain: &'static str,
    /// The migrations, in order.
    pub list: fn() -> Vec<Box<dyn MigrationTrait>>,
}

impl MigratorTraitSelf for MigrationSet {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        (self.list)()
    }

    fn migration_table_name(&self) -> DynIden {
        format!("{}_migration", self.domain).into_iden()
    }
}

/// The platform's own set.
pub const PLATFORM: MigrationSet = MigrationSet {
    domain: "platform",
    list: platform,
};

fn platform() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_platform::Migration),
        Box::new(m0002_audit_reason::Migration),
    ]
}

/// The migrations that this program knows, by the table that notes them.
pub fn known_migrations(sets: &[MigrationSet]) -> BTreeMap<String, Vec<String>> {
    let all = std::iter::once(&PLATFORM).chain(sets);
    all.map(|set| {
        let names = (set.list)().iter().map(|m| m.name().to_owned()).collect();
        (format!("{}_migration", set.domain), names)
    })
    .collect()
}

/// Brings the database up to date: the platform first, then the given sets by name. Processes that
/// start at the same time take turns.
pub async fn migrate(database: &Database, sets: &[MigrationSet]) -> Result<(), StorageError> {
    let turn = Turn::take(database).await?;
    let mut ordered: Vec<&MigrationSet> = sets.iter().collect();
    ordered.sort_by_key(|set| set.domain);
    for set in std::iter::once(&PLATFORM).chain(ordered) {
        set.up(&database.writer, None).await?;
    }
    turn.end().await
}

/// The turn to migrate: an advisory lock of PostgreSQL, or a lock on a file beside SQLite's.
enum Turn {
    Postgres(DatabaseTransaction),
    Sqlite { _lock: Option<File> },
}

impl Turn {
    const LOCK: &'static str = "SELECT pg_advisory_xact_lock(7408001)";

    async fn take(database: &Database) -> Result<Self, StorageError> {
        if database.backend() == DbBackend::Postgres {
            let tx = database.writer.begin().await?;
            tx.execute_unprepared(Self::LOCK).await?;
            return Ok(Self::Postgres(tx));
        }
        let Some(path) = database.file.clone() else {
            return Ok(Self::Sqlite { _lock: None });
        };
        let locked = tokio::task::spawn_blocking(move || {
            let lock = File::create(path.with_extension("migrate.lock"))?;
            lock.lock()?;
            Ok::<_, std::io::Error>(lock)
        });
        let lock = locked
            .await
            .map_err(|_| StorageError::Misuse("the lock task ended"))?;
        Ok(Self::Sqlite { _lock: Some(lock?) })
    }

    async fn end(self) -> Result<(), StorageError> {
        match self {
            Self::Postgres(tx) => Ok(tx.commit().await?),
            Self::Sqlite { .. } => Ok(()),
        }
    }
}

/// The column default that gives a row its transaction id: PostgreSQL's, and 0 on SQLite.
pub fn xid_default(backend: DbBackend) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => Expr::cust("pg_current_xact_id()::text::bigint"),
        _ => Expr::cust("0"),
    }
}

/// A table with its indexes, in short form for migrations: columns by the functions of
/// `sea_orm_migration::schema`, indexes as lists of columns (`unique:` in front for unique ones).
pub async fn create_table(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
    indexes: &[&[&'static str]],
) -> Result<(), DbErr> {
    let mut create = Table::create();
    create.table(table);
    for mut column in columns {
        create.col(&mut column);
    }
    manager.create_table(create).await?;
    for (n, index) in indexes.iter().enumerate() {
        let mut create = Index::create();
        create.name(format!("{table}_{n}")).table(table);
        for column in *index {
            match column.strip_prefix("unique:") {
                Some(column) => create.unique().col(column.to_owned()),
                None => create.col(*column),
            };
        }
        manager.create_index(create).await?;
    }
    Ok(())
}
