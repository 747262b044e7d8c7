//! PostgreSQL: the raw program's sixteen connections, and what a benchmark asks of the cluster.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::BytesMut;
use chrono::{DateTime, NaiveDate, Utc};
use tokio::runtime::Runtime;
use tokio::sync::SetOnce;
use tokio::task::JoinSet;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls};

use crate::Fallible;
use crate::machine;
use crate::raw::plan::Block;
use crate::raw::{Cell, Statement, Transaction};

/// Beyond sixteen connections it gets slower.
const CONNECTIONS: usize = 16;

impl ToSql for Cell {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Fallible<IsNull> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) => value.to_sql(kind, out),
            Self::Int4(value) => value.to_sql(kind, out),
            Self::Int8(value) => value.to_sql(kind, out),
            Self::Text(value) => value.to_sql(kind, out),
            Self::Bytes(value) => value.to_sql(kind, out),
            Self::Uuid(value) => value.to_sql(kind, out),
            Self::Time(value) => value.parse::<DateTime<Utc>>()?.to_sql(kind, out),
            Self::Date(value) => value.parse::<NaiveDate>()?.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A cluster, with one connection to one of its databases.
pub(crate) struct Postgres {
    runtime: Runtime,
    url: String,
    client: Client,
    postmaster: u32,
}

impl Postgres {
    /// Connects.
    pub(crate) fn connect(url: &str) -> Fallible<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let client = connect(&runtime, url)?;
        let folder: String = runtime
            .block_on(client.query_one("SHOW data_directory", &[]))?
            .try_get(0)?;
        let pid = fs::read_to_string(format!("{folder}/postmaster.pid"))?;
        let postmaster = pid.lines().next().unwrap_or_default().parse()?;
        Ok(Self {
            runtime,
            url: url.to_owned(),
            client,
            postmaster,
        })
    }

    /// The URL of another database of the cluster.
    pub(crate) fn url_of(&self, database: &str) -> Fallible<String> {
        let (base, _) = self.url.rsplit_once('/').ok_or("no database in the URL")?;
        Ok(format!("{base}/{database}"))
    }

    /// Runs statements.
    pub(crate) fn execute(&self, sql: &str) -> Fallible<()> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    /// One number from one row.
    pub(crate) fn number(&self, sql: &str) -> Fallible<i64> {
        Ok(self
            .runtime
            .block_on(self.client.query_one(sql, &[]))?
            .try_get(0)?)
    }

    /// How many writing transactions the cluster has begun.
    pub(crate) fn commits(&self) -> Fallible<i64> {
        self.number("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    }

    /// Processor time of the whole cluster.
    pub(crate) fn cpu(&self) -> Fallible<Duration> {
        machine::cpu_with_children(self.postmaster)
    }

    /// Does something with the connection.
    pub(crate) fn with<T>(&self, work: impl AsyncFnOnce(&Client) -> Fallible<T>) -> Fallible<T> {
        self.runtime.block_on(work(&self.client))
    }
}

fn connect(runtime: &Runtime, url: &str) -> Fallible<Client> {
    let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls))?;
    drop(runtime.spawn(connection));
    Ok(client)
}

/// One of the sixteen, with its prepared statements.
struct Line {
    client: Client,
    prepared: HashMap<Arc<str>, tokio_postgres::Statement>,
}

/// The raw program.
pub(crate) struct RawPostgres {
    runtime: Runtime,
    lines: Vec<Line>,
}

/// A transaction that follows others because it touches rows of theirs.
struct Turn {
    transaction: Transaction,
    behind: Vec<usize>,
    done: SetOnce<()>,
}

impl RawPostgres {
    /// Opens sixteen connections.
    pub(crate) fn connect(url: &str) -> Fallible<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let line = |_| {
            Ok(Line {
                client: connect(&runtime, url)?,
                prepared: HashMap::new(),
            })
        };
        let lines: Fallible<Vec<Line>> = (0..CONNECTIONS).map(line).collect();
        Ok(Self {
            lines: lines?,
            runtime,
        })
    }

    /// Inserts what was there before.
    pub(crate) fn seed(&mut self, blocks: &[Block]) -> Fallible<()> {
        let line = self.lines.first_mut().ok_or("no connection")?;
        let statements: Vec<&Statement> = blocks.iter().flat_map(|block| &block.seeds).collect();
        self.runtime.block_on(line.write(&statements))
    }

    /// Puts the transactions in their order: to be done before the time is taken.
    pub(crate) fn order(blocks: Vec<Block>) -> RawRun {
        let (mut turns, mut last) = (Vec::new(), HashMap::new());
        for transaction in blocks.into_iter().flat_map(|block| block.transactions) {
            let n = turns.len();
            let mut behind: Vec<usize> = transaction
                .rows
                .iter()
                .filter_map(|row| last.insert(row.clone(), n))
                .filter(|before| *before != n)
                .collect();
            behind.sort_unstable();
            behind.dedup();
            turns.push(Turn {
                transaction,
                behind,
                done: SetOnce::new(),
            });
        }
        RawRun(turns.into())
    }

    /// Writes all life cycles, on sixteen connections at a time.
    pub(crate) fn run(&mut self, run: &RawRun) -> Fallible<()> {
        let next = Arc::new(AtomicUsize::new(0));
        let lines = std::mem::take(&mut self.lines);
        self.lines = self.runtime.block_on(async {
            let mut tasks = JoinSet::new();
            for line in lines {
                tasks.spawn(line.take_turns(run.0.clone(), next.clone()));
            }
            let mut lines = Vec::new();
            while let Some(line) = tasks.join_next().await {
                lines.push(line??);
            }
            Fallible::Ok(lines)
        })?;
        Ok(())
    }
}

/// Transactions in their order.
pub(crate) struct RawRun(Arc<[Turn]>);

impl Line {
    async fn take_turns(mut self, turns: Arc<[Turn]>, next: Arc<AtomicUsize>) -> Fallible<Self> {
        while let Some(turn) = turns.get(next.fetch_add(1, Ordering::Relaxed)) {
            for before in turn.behind.iter().filter_map(|n| turns.get(*n)) {
                before.done.wait().await;
            }
            let statements: Vec<&Statement> = turn.transaction.statements.iter().collect();
            self.write(&statements).await?;
            turn.done.set(())?;
        }
        Ok(self)
    }

    async fn write(&mut self, statements: &[&Statement]) -> Fallible<()> {
        self.client.batch_execute("BEGIN").await?;
        for statement in statements {
            if !self.prepared.contains_key(&statement.sql) {
                let prepared = self.client.prepare(&statement.sql).await?;
                self.prepared.insert(statement.sql.clone(), prepared);
            }
            let prepared = self
                .prepared
                .get(&statement.sql)
                .ok_or("a statement without preparation")?;
            let done = self.client.execute_raw(prepared, &statement.cells).await;
            done.map_err(|error| format!("{}: {error:?}", statement.sql))?;
        }
        Ok(self.client.batch_execute("COMMIT").await?)
    }
}
