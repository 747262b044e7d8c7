//! The product's database, as a benchmark looks at it.

use std::time::Duration;

use crate::Fallible;
use crate::postgres::Postgres;
use crate::sqlite::SqliteProbe;

const CLOSED: &str = "SELECT count(*) FROM intake_application WHERE state = 'closed'";

/// Either of the two.
pub(crate) enum Probe {
    Sqlite(SqliteProbe),
    Postgres(Postgres),
}

impl Probe {
    /// The cluster, where there is one.
    pub(crate) fn postgres(&self) -> Fallible<&Postgres> {
        match self {
            Self::Postgres(cluster) => Ok(cluster),
            Self::Sqlite(_) => Err("only PostgreSQL is recorded".into()),
        }
    }

    /// Closed cases as the citizens' side shows them.
    pub(crate) fn closed(&self) -> Fallible<i64> {
        self.number(CLOSED)
    }

    /// One number from one row.
    pub(crate) fn number(&self, sql: &str) -> Fallible<i64> {
        match self {
            Self::Sqlite(file) => file.number(sql),
            Self::Postgres(cluster) => cluster.number(sql),
        }
    }

    /// Writing transactions so far.
    pub(crate) fn commits(&self) -> Fallible<i64> {
        match self {
            Self::Sqlite(file) => file.commits(),
            Self::Postgres(cluster) => cluster.commits(),
        }
    }

    /// Processor time of the database, where it is a process of its own.
    pub(crate) fn cpu(&self) -> Fallible<Duration> {
        match self {
            Self::Sqlite(_) => Ok(Duration::ZERO),
            Self::Postgres(cluster) => cluster.cpu(),
        }
    }

    /// Until the citizens' side shows that many closed cases.
    pub(crate) fn wait_for_closed(&self, wanted: i64) -> Fallible<()> {
        for _ in 0..6000 {
            if self.closed()? >= wanted {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(format!(
            "only {} of {wanted} cases came back to the citizens",
            self.closed()?
        )
        .into())
    }
}
