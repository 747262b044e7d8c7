//! SQLite: the raw program's one writer, and what a benchmark asks of the product's file.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, OpenFlags, ToSql, TransactionBehavior, params_from_iter};

use crate::Fallible;
use crate::raw::plan::Block;
use crate::raw::{Cell, Statement};

impl ToSql for Cell {
    /// As the product stores them: UUIDs as 16 bytes, times as text.
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Bool(value) => ToSqlOutput::from(*value),
            Self::Int4(value) => ToSqlOutput::from(*value),
            Self::Int8(value) => ToSqlOutput::from(*value),
            Self::Text(value) | Self::Time(value) | Self::Date(value) => {
                ToSqlOutput::from(value.as_str())
            }
            Self::Bytes(value) => ToSqlOutput::from(value.as_slice()),
            Self::Uuid(value) => ToSqlOutput::Owned(Value::Blob(value.as_bytes().to_vec())),
        })
    }
}

/// The raw program: one connection, as the product has one writer.
pub(crate) struct RawSqlite {
    connection: Connection,
}

impl RawSqlite {
    /// On a database of its own, with the product's settings.
    pub(crate) fn open(file: &Path) -> Fallible<Self> {
        let connection = Connection::open(file)?;
        connection.set_prepared_statement_cache_capacity(500);
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA foreign_keys = ON;",
        )?;
        Ok(Self { connection })
    }

    /// Inserts what was there before.
    pub(crate) fn seed(&mut self, blocks: &[Block]) -> Fallible<()> {
        let seeds = blocks.iter().flat_map(|block| &block.seeds);
        write(&mut self.connection, seeds)
    }

    /// Writes all life cycles.
    pub(crate) fn run(&mut self, blocks: &[Block]) -> Fallible<()> {
        for transaction in blocks.iter().flat_map(|block| &block.transactions) {
            write(&mut self.connection, transaction.statements.iter())?;
        }
        Ok(())
    }
}

fn write<'a>(
    connection: &mut Connection,
    statements: impl Iterator<Item = &'a Statement>,
) -> Fallible<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for statement in statements {
        transaction
            .prepare_cached(&statement.sql)?
            .execute(params_from_iter(&statement.cells))
            .map_err(|error| format!("{}: {error}", statement.sql))?;
    }
    Ok(transaction.commit()?)
}

/// A look at the product's database.
pub(crate) struct SqliteProbe {
    connection: Connection,
    shared: PathBuf,
}

impl SqliteProbe {
    /// Opens the file for reading.
    pub(crate) fn open(file: &Path) -> Fallible<Self> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(Self {
            connection,
            shared: file.with_extension("db-shm"),
        })
    }

    /// One number from one row.
    pub(crate) fn number(&self, sql: &str) -> Fallible<i64> {
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// How often something was committed: the counter in the head of the index of the WAL.
    pub(crate) fn commits(&self) -> Fallible<i64> {
        let mut file = File::open(&self.shared)?;
        file.seek(SeekFrom::Start(8))?;
        let mut counter = [0; 4];
        file.read_exact(&mut counter)?;
        Ok(u32::from_ne_bytes(counter).into())
    }
}
