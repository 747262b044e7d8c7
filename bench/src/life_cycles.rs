//! Full life cycles through HTTP with sessions, beside the raw program that writes the same rows.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::city::City;
use crate::figure::{Figure, Goal, Sample};
use crate::journey::{CLIENTS, Clients};
use crate::machine::{self, wait_until_quiet};
use crate::postgres::{Postgres, RawPostgres, RawRun};
use crate::probe::Probe;
use crate::raw::plan::{Block, Dialect, Planner, join};
use crate::raw::recording::{self, Recording};
use crate::sqlite::{RawSqlite, SqliteProbe};
use crate::table::Table;
use crate::{Fallible, Measure};

/// Life cycles in the recording: enough for the batches that arise under load.
const RECORDED: usize = 64;

/// The raw program.
enum Raw {
    Sqlite(RawSqlite),
    Postgres(RawPostgres),
}

/// What it will write.
enum Prepared {
    Sqlite(Vec<Block>),
    Postgres(RawRun),
}

/// Both programs on one kind of database.
struct Bout {
    city: City,
    clients: Clients,
    probe: Probe,
    raw: Raw,
    planner: Planner,
    next_block: u32,
    ours: Tally,
    limit_commits: usize,
}

/// Sums over all rounds of ours.
#[derive(Default)]
struct Tally {
    cases: usize,
    commits: usize,
    /// Seconds from the last closure until the citizens' side has heard of all.
    tail: f64,
    /// Processor microseconds until the papers were rendered, too.
    with_papers: f64,
}

/// Measures both databases.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    let mut postgres = on_postgres(measure)?;
    postgres.rounds("full life cycles, PostgreSQL", measure, table)?;
    note_recording(postgres.planner.recording(), table);
    let recording = postgres.planner.into_recording();
    drop(postgres.city);
    on_sqlite(measure, recording)?.rounds("full life cycles, SQLite", measure, table)
}

fn on_postgres(measure: &Measure) -> Fallible<Bout> {
    let cluster = Postgres::connect(&measure.postgres)?;
    cluster.execute("CREATE DATABASE bench_city")?;
    let mut city = City::fill(&measure.tongban, Some(cluster.url_of("bench_city")?))?;
    cluster.execute("CREATE DATABASE bench_raw TEMPLATE bench_city")?;
    let raw = Raw::Postgres(RawPostgres::connect(&cluster.url_of("bench_raw")?)?);
    let probe = Probe::Postgres(Postgres::connect(&city.database)?);
    city.serve(None)?;
    let mut clients = warm_up(&city)?;
    let drafts = clients.draft(RECORDED)?;
    wait_until_quiet(city.pid());
    probe.postgres()?.with(recording::begin)?;
    clients.run(drafts)?;
    probe.wait_for_closed(i64::try_from(RECORDED + CLIENTS)?)?;
    wait_until_quiet(city.pid());
    let planner = Planner::new(probe.postgres()?.with(recording::end)?, Dialect::Postgres);
    Ok(Bout {
        city,
        clients,
        probe,
        raw,
        planner,
        next_block: 1,
        ours: Tally::default(),
        limit_commits: 0,
    })
}

fn on_sqlite(measure: &Measure, recording: Recording) -> Fallible<Bout> {
    let mut city = City::fill(&measure.tongban, None)?;
    let copy = city.folder.path().join("raw.db");
    fs::copy(city.file(), &copy)?;
    let raw = Raw::Sqlite(RawSqlite::open(&copy)?);
    city.serve(None)?;
    let probe = Probe::Sqlite(SqliteProbe::open(&city.file())?);
    let clients = warm_up(&city)?;
    let planner = Planner::new(recording, Dialect::Sqlite);
    Ok(Bout {
        city,
        clients,
        probe,
        raw,
        planner,
        next_block: 1,
        ours: Tally::default(),
        limit_commits: 0,
    })
}

/// Signs in and takes one case per client through its life, so that caches are filled.
fn warm_up(city: &City) -> Fallible<Clients> {
    let mut clients = Clients::sign_in(city.port)?;
    let drafts = clients.draft(CLIENTS)?;
    clients.run(drafts)?;
    Ok(clients)
}

impl Raw {
    fn seed(&mut self, blocks: &[Block]) -> Fallible<()> {
        match self {
            Self::Sqlite(raw) => raw.seed(blocks),
            Self::Postgres(raw) => raw.seed(blocks),
        }
    }

    fn prepare(&self, blocks: Vec<Block>) -> Prepared {
        match self {
            Self::Sqlite(_) => Prepared::Sqlite(blocks),
            Self::Postgres(_) => Prepared::Postgres(RawPostgres::order(blocks)),
        }
    }

    fn run(&mut self, prepared: &Prepared) -> Fallible<()> {
        match (self, prepared) {
            (Self::Sqlite(raw), Prepared::Sqlite(blocks)) => raw.run(blocks),
            (Self::Postgres(raw), Prepared::Postgres(run)) => raw.run(run),
            _ => Err("prepared for the other database".into()),
        }
    }
}

impl Bout {
    fn rounds(&mut self, name: &str, measure: &Measure, table: &mut Table) -> Fallible<()> {
        let blocks = u32::try_from(measure.cases.div_ceil(RECORDED))?;
        let cases = usize::try_from(blocks)? * RECORDED;
        let mut figure = Figure::new(name, "1/s", Goal::Ratio(0.5));
        for round in 1..=measure.rounds {
            figure.ours.push(self.ours(cases)?);
            figure.limit.push(self.limit(blocks)?);
            eprintln!("bench: {name}: round {round}");
        }
        let ours = &self.ours;
        table.note(format!(
            "{name}: {cases} cases a round; ours committed {:.1} writing transactions per life cycle, the raw program {:.1} \
             (recorded {:.1}; consumers' transactions are joined until there are no more than ours). Behind the last closure \
             it took ours {:.0} ms until the citizens' side had heard of all (part of the time). With its papers rendered \
             behind the run, ours spent {:.0} µs of its own processor time per life cycle.",
            ratio(ours.commits, ours.cases),
            ratio(self.limit_commits, ours.cases),
            ratio(self.planner.recording().transactions.len(), RECORDED),
            1000.0 * ours.tail / ratio(measure.rounds, 1),
            ours.with_papers / ratio(ours.cases, 1),
        ));
        table.add(figure);
        Ok(())
    }

    fn ours(&mut self, cases: usize) -> Fallible<Sample> {
        let drafts = self.clients.draft(cases)?;
        wait_until_quiet(self.city.pid());
        let mut sample = beside(self.city.folder.path())?;
        let wanted = self.probe.closed()? + i64::try_from(cases)?;
        let commits = self.probe.commits()?;
        let (program, database, begin) = (
            machine::cpu(self.city.pid()),
            self.probe.cpu()?,
            Instant::now(),
        );
        self.clients.run(drafts)?;
        let closed = begin.elapsed();
        self.probe.wait_for_closed(wanted)?;
        let (all, number) = (begin.elapsed(), ratio(cases, 1));
        sample.value = number / all.as_secs_f64();
        sample.program = micros(
            machine::cpu(self.city.pid()).saturating_sub(program),
            number,
        );
        sample.database = micros(self.probe.cpu()?.saturating_sub(database), number);
        self.ours.cases += cases;
        self.ours.commits += usize::try_from(self.probe.commits()? - commits)?;
        self.ours.tail += all.saturating_sub(closed).as_secs_f64();
        wait_until_quiet(self.city.pid());
        self.ours.with_papers += micros(machine::cpu(self.city.pid()).saturating_sub(program), 1.0);
        Ok(sample)
    }

    fn limit(&mut self, blocks: u32) -> Fallible<Sample> {
        let numbers = self.next_block..self.next_block + blocks;
        self.next_block = numbers.end;
        let planned: Fallible<Vec<Block>> = numbers.map(|n| self.planner.block(n)).collect();
        let (mut planned, cases) = (planned?, usize::try_from(blocks)? * RECORDED);
        // In as many transactions as ours needed up to now.
        join(
            &mut planned,
            cases * self.ours.commits / self.ours.cases.max(1),
        );
        self.limit_commits += planned
            .iter()
            .map(|block| block.transactions.len())
            .sum::<usize>();
        self.raw.seed(&planned)?;
        let prepared = self.raw.prepare(planned);
        let mut sample = beside(self.city.folder.path())?;
        let number = f64::from(blocks) * ratio(RECORDED, 1);
        let own = std::process::id();
        let (program, database, begin) = (machine::cpu(own), self.probe.cpu()?, Instant::now());
        self.raw.run(&prepared)?;
        sample.value = number / begin.elapsed().as_secs_f64();
        sample.program = micros(machine::cpu(own).saturating_sub(program), number);
        sample.database = micros(self.probe.cpu()?.saturating_sub(database), number);
        Ok(sample)
    }
}

/// What the machine does meanwhile.
fn beside(folder: &Path) -> Fallible<Sample> {
    Ok(Sample {
        load: machine::load(),
        fsync: machine::fsync_micros(folder)?,
        ..Sample::default()
    })
}

fn micros(time: Duration, number: f64) -> f64 {
    time.as_secs_f64() * 1e6 / number
}

/// Numbers here are far below the 2^53 that a float holds exactly.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn ratio(number: usize, of: usize) -> f64 {
    number as f64 / of as f64
}

fn note_recording(recording: &Recording, table: &mut Table) {
    let rows = recording.rows().into_iter().map(|(table, rows)| {
        let [inserted, updated, deleted] = rows.map(|rows| ratio(rows, RECORDED));
        format!("{table} {inserted:.1}/{updated:.1}/{deleted:.1}")
    });
    table.note(format!(
        "The raw program writes what the product wrote for {RECORDED} life cycles under the same load, recorded by triggers on \
         PostgreSQL: the same rows (values of the same sizes, new names), the same columns, in the same transactions, into a \
         copy of the same migrated and filled database; prepared statements, 16 connections on PostgreSQL and one writer on \
         SQLite, fsync on. Rows that the product made before submission (drafts) are there before. It reads nothing, seals \
         nothing, decides nothing. Rows inserted/updated/deleted per life cycle: {}.",
        rows.collect::<Vec<_>>().join(", "),
    ));
}
