//! The command line.

mod account;
mod archive;
mod audit;
mod backup;
mod calendar;
mod check;
mod doctor;
mod import;
mod jobs;
mod keys;
mod openapi;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::demo::Crowd;
use crate::roles::Role;

pub(crate) use openapi::openapi_json;
pub(crate) use run::{Failure, Outcome, both, refusal, say};

/// 一网通办，一个程序 / One-stop government services in one binary.
#[derive(Debug, Parser)]
#[command(name = "tongban", version)]
struct Cli {
    /// Settings file; the environment (`TONGBAN__SECTION__KEY`) overrides it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve.
    Serve {
        /// What this process runs.
        #[arg(long, value_enum, default_value = "all")]
        role: Role,
    },
    /// Bring the database up to date.
    Migrate,
    /// Fill a demo city once and serve it on loopback.
    Demo {
        /// Folder for everything.
        #[arg(long, default_value = "./data/demo")]
        data: PathBuf,
        /// Port.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Fill only, do not serve.
        #[arg(long)]
        fill_only: bool,
        /// Days by which the city's clock runs ahead: shows what time brings to its cases.
        #[arg(long, default_value_t = 0)]
        days_ahead: u16,
        #[command(flatten)]
        crowd: Crowd,
    },
    /// Copy database, files and (under a passphrase) keys into one folder, while the product runs.
    Backup(backup::Backup),
    /// Bring a backup back into an empty place, or check one.
    Restore(backup::Restore),
    /// Import from files.
    #[command(subcommand)]
    Import(import::Import),
    /// Check that everything needed is there.
    Doctor,
    /// Accounts.
    #[command(subcommand)]
    Account(account::Account),
    /// Archive packages.
    #[command(subcommand)]
    Archive(archive::Archive),
    /// The audit trail.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// The job queue.
    #[command(subcommand)]
    Jobs(jobs::Jobs),
    /// Keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Print the OpenAPI document.
    Openapi,
    /// Print the settings in force.
    Config {
        /// Print the defaults with their comments instead.
        #[arg(long)]
        defaults: bool,
    },
    /// The working-day clock.
    #[command(subcommand)]
    Clock(calendar::Clock),
    /// Check a number.
    #[command(subcommand)]
    Check(check::Check),
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("tongban: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> Outcome {
    match cli.command {
        Command::Archive(archive) => archive::run(&archive),
        Command::Check(check) => check::run(&check),
        Command::Clock(clock) => calendar::run(&clock),
        Command::Openapi => openapi::run(),
        Command::Config { defaults: true } => say(crate::config::DEFAULTS),
        command => {
            let config = crate::config::load(cli.config.as_deref()).map_err(|error| {
                Failure::new(format!(
                    "{}: {error}",
                    both("设置有误", "the settings are wrong")
                ))
            })?;
            run::with_runtime(config, command)
        }
    }
}
