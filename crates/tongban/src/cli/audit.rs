//! `tongban audit verify`.

use clap::Subcommand;
use tb_storage::{Store, verify_audit};

use super::{Outcome, both, say};

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
                "{}: {} rows in {} segments, {} not yet sealed, {} faults",
                if report.faults.is_empty() {
                    both("审计记录完好", "the audit trail is sound")
                } else {
                    both("审计记录有问题", "the audit trail is damaged")
                },
                report.sealed_rows,
                report.segments,
                report.tail_rows,
                report.faults.len()
            ))?;
            for fault in &report.faults {
                say(&format!("FAULT {fault}"))?;
            }
            Ok(if report.faults.is_empty() {
                std::process::ExitCode::SUCCESS
            } else {
                std::process::ExitCode::FAILURE
            })
        }
    }
}
