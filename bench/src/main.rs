//! Measures the built binary beside its limits and writes one table. Called by `scripts/bench`;
//! what each number means stands in `bench/README.md`.
#![cfg_attr(
    not(feature = "raw"),
    expect(dead_code, reason = "the life cycles need the raw programs")
)]

mod bare;
#[cfg(feature = "raw")]
mod batch;
mod city;
#[cfg(feature = "raw")]
mod crowd;
mod figure;
mod guide;
mod journey;
#[cfg(feature = "raw")]
mod life_cycles;
mod machine;
mod page;
#[cfg(feature = "raw")]
mod postgres;
#[cfg(feature = "raw")]
mod probe;
#[cfg(feature = "raw")]
mod raw;
mod search;
#[cfg(feature = "raw")]
mod sqlite;
mod start;
mod table;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Anything may go wrong in a measurement; the words are for the person who started it.
pub(crate) type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(about = "Measurements of the built binary beside their limits")]
struct Bench {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures.
    Measure(Measure),
    /// Answers every request with one recorded answer: the limit of a cached read.
    Bare {
        /// Port of the loopback interface.
        #[arg(long)]
        port: u16,
        /// The recorded answer.
        #[arg(long)]
        answer: PathBuf,
    },
}

/// What can be measured alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    LifeCycles,
    Guide,
    Start,
    Web,
    Search,
    Crowd,
    Batch,
}

/// What `scripts/bench` knows.
#[derive(Args)]
pub(crate) struct Measure {
    /// Parts; all without.
    parts: Vec<Part>,
    /// The binary under test.
    #[arg(long)]
    tongban: PathBuf,
    /// The root of the checkout.
    #[arg(long)]
    root: PathBuf,
    /// URL of the PostgreSQL cluster made for this run.
    #[arg(long)]
    postgres: String,
    /// The date to write above the table.
    #[arg(long)]
    date: String,
    /// Rounds of every cell.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Life cycles in a round.
    #[arg(long, default_value_t = 384)]
    cases: usize,
    /// Cases of the large city.
    #[arg(long, default_value_t = 1_000_000)]
    crowd: u64,
    /// Where the whole table goes; a part alone is only printed.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Bench::parse().command {
        Command::Bare { port, answer } => bare::serve(port, &answer),
        Command::Measure(measure) => run(&measure),
    };
    if let Err(error) = done {
        eprintln!("bench: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[cfg(feature = "raw")]
use batch::measure as measure_batch;
#[cfg(feature = "raw")]
use crowd::measure as measure_crowd;
#[cfg(feature = "raw")]
use life_cycles::measure as measure_life_cycles;

#[cfg(not(feature = "raw"))]
fn measure_life_cycles(_: &Measure, _: &mut table::Table) -> Fallible<()> {
    Err("this build has no raw programs: cargo build -p tb-bench --features raw".into())
}

#[cfg(not(feature = "raw"))]
use {measure_life_cycles as measure_batch, measure_life_cycles as measure_crowd};

fn run(measure: &Measure) -> Fallible<()> {
    let wanted = |part| measure.parts.is_empty() || measure.parts.contains(&part);
    let mut table = table::Table::new(&measure.date);
    if wanted(Part::LifeCycles) {
        measure_life_cycles(measure, &mut table)?;
    }
    if wanted(Part::Guide) {
        guide::measure(measure, &mut table)?;
    }
    if wanted(Part::Start) {
        start::measure(measure, &mut table)?;
    }
    if wanted(Part::Web) {
        page::measure(measure, &mut table)?;
    }
    if wanted(Part::Search) {
        search::measure(measure, &mut table)?;
    }
    if wanted(Part::Crowd) {
        measure_crowd(measure, &mut table)?;
    }
    if wanted(Part::Batch) {
        measure_batch(measure, &mut table)?;
    }
    table.publish(measure.out.as_deref())
}
