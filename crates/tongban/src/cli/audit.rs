//! `tongban audit verify`.

use clap::Subcommand;
use tb_storage::{Store, verify_audit};

use super::{Outcome, say};

/// What to do with the audit trail.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Check chain, gaps and the unsealed tail; exit status 1 if anything is wrong.
    Verify,
}

/// Runs the command.
pub async fn run(audit: &Audit, store: &Store) -> Outcome {
    match audit {
        Audit::Verify => {
            let report = verify_audit(store).await?;
            say(&format!(
                "{} rows in {} segments, {} not yet sealed, {} faults",
                report.sealed_rows,
                report.segments,
                report.tail_rows,
                report.faults.len()
            ))?;
            for fault in &report.faults {
                say(fault)?;
            }
            Ok(if report.faults.is_empty() {
                std::process::ExitCode::SUCCESS
            } else {
                std::process::ExitCode::FAILURE
            })
        }
    }
}
