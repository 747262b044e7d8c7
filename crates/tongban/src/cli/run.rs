//! What commands share: their outcome, their output, and the runtime for those that need storage.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use tb_http::Texts;
use tb_kernel::{Fault, Locale};
use tb_module::Manifest;

use super::Command;
use crate::config::Config;
use crate::{demo, log_lines, serve, telemetry, wiring};

/// What a command ends with.
pub(crate) type Outcome = Result<ExitCode, Failure>;

/// Why a command failed, in words for the operator.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure with its words.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// A failure from an error that is not `std::error::Error`'s own conversion.
    pub(crate) fn from_error(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Prints one answer on standard output.
pub(crate) fn say(text: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.trim_end_matches('\n')) {
        // Who reads only the first lines (`| head`) has what he wants.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// A domain's refusal in both languages, with its fields, and the cause where it is our own fault.
pub(crate) fn refusal(fault: &Fault, domain: &Manifest) -> Failure {
    let texts = Texts::new(&domain.texts).unwrap_or_default();
    let say = |code: &str, args| {
        both(
            &texts.text(Locale::Chinese, code, args),
            &texts.text(Locale::English, code, args),
        )
    };
    let mut words = say(fault.code, &fault.args);
    for field in &fault.fields {
        words.push('\n');
        words.push_str(&say(&field.code, &field.args));
    }
    if let Some(cause) = &fault.cause {
        words.push_str(": ");
        words.push_str(&cause.to_string());
    }
    Failure::new(words)
}

/// The same in both languages of the house.
pub(crate) fn both(chinese: &str, english: &str) -> String {
    format!("{chinese} / {english}")
}

/// Runs a command that needs settings and perhaps storage.
pub(crate) fn with_runtime(config: Config, command: Command) -> Outcome {
    telemetry::start_log(&config.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(run(config, command));
    drop(runtime);
    log_lines::write_out();
    outcome
}

async fn run(config: Config, command: Command) -> Outcome {
    match command {
        Command::Serve { role } => serve::serve(config, role).await,
        Command::Demo {
            data,
            port,
            fill_only,
            days_ahead,
            crowd,
        } => demo::run(config.for_demo(&data, port, days_ahead), fill_only, crowd).await,
        Command::Config { .. } => say(&toml::to_string_pretty(&config.without_secrets())?),
        Command::Keys(keys) => super::keys::run(&keys, &config),
        Command::Backup(backup) => super::backup::run_backup(&backup, &config).await,
        Command::Restore(restore) => super::backup::run_restore(&restore, &config).await,
        Command::Doctor => super::doctor::run(&config).await,
        command => {
            let store = wiring::open_store(&config).await?;
            match command {
                Command::Migrate => say(&both("数据库结构已是最新", "the database is up to date")),
                Command::Audit(audit) => super::audit::run(&audit, &store).await,
                Command::Jobs(jobs) => super::jobs::run(&jobs, &store).await,
                Command::Account(account) => super::account::run(&account, &store).await,
                Command::Import(import) => super::import::run(&import, &store).await,
                _ => Err(Failure::new("this command needs no storage")),
            }
        }
    }
}
