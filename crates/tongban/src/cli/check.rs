//! `tongban check citizen-id|credit-code VALUE`: exit status and reason.

use clap::Subcommand;
use tb_kernel::identity_number::{CitizenId, CreditCode, IdentityNumberError};
use tb_kernel::{Clock, Locale, office_time};

use super::{Outcome, both, say};
use crate::system::SystemClock;

/// What to check.
#[derive(Debug, Subcommand)]
pub enum Check {
    /// A citizen id (GB 11643).
    CitizenId {
        /// The number.
        value: String,
    },
    /// A unified social credit code (GB 32100).
    CreditCode {
        /// The code.
        value: String,
    },
}

/// Runs the command.
pub fn run(check: &Check) -> Outcome {
    let today = office_time::day(SystemClock::default().now());
    let found = match check {
        Check::CitizenId { value } => {
            CitizenId::parse(value, today).map(|id| id.as_str().to_owned())
        }
        Check::CreditCode { value } => {
            CreditCode::parse(value).map(|code| code.as_str().to_owned())
        }
    };
    match found {
        Ok(normalised) => say(&format!("ok {normalised}")),
        Err(error) => refuse(error),
    }
}

fn refuse(error: IdentityNumberError) -> Outcome {
    say(&format!(
        "{}: {}",
        error.code(),
        both(error.text(Locale::Chinese), error.text(Locale::English))
    ))?;
    Ok(std::process::ExitCode::FAILURE)
}
