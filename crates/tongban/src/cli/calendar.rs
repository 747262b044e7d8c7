//! `tongban clock due …`: a due date on the first line, its derivation below.

use chrono::NaiveDate;
use clap::{ArgGroup, Subcommand};
use tb_calendar::{Calendar, Pause, Request, Term, Unit};

use super::{Failure, Outcome, say};

/// What to compute.
#[derive(Debug, Subcommand)]
pub enum Clock {
    /// A due date.
    #[command(group(ArgGroup::new("term").required(true).args(["working_days", "natural_days"])))]
    Due {
        /// The day on which the clock starts; it is not counted itself.
        #[arg(long)]
        start: NaiveDate,
        /// Length in working days.
        #[arg(long)]
        working_days: Option<u32>,
        /// Length in natural days.
        #[arg(long)]
        natural_days: Option<u32>,
        /// A pause, both ends included: 2026-03-02..2026-03-06; may be given again.
        #[arg(long, value_parser = parse_pause)]
        pause: Vec<(NaiveDate, NaiveDate)>,
        /// Days added by an extension.
        #[arg(long)]
        extend: Option<u32>,
        /// Move a start on a rest day to the next working day.
        #[arg(long)]
        roll_start: bool,
    },
}

fn parse_pause(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let (from, to) = text.split_once("..").ok_or("a pause is FROM..TO")?;
    let day = |text: &str| {
        text.parse::<NaiveDate>()
            .map_err(|error| format!("{text}: {error}"))
    };
    let (from, to) = (day(from)?, day(to)?);
    if to < from {
        return Err("a pause ends before it begins".to_owned());
    }
    Ok((from, to))
}

/// Runs the command.
pub fn run(clock: &Clock) -> Outcome {
    let Clock::Due {
        start,
        working_days,
        natural_days,
        pause,
        extend,
        roll_start,
    } = clock;
    let term = match (working_days, natural_days) {
        (Some(length), _) => Term {
            length: *length,
            unit: Unit::WorkingDays,
        },
        (None, length) => Term {
            length: length.unwrap_or_default(),
            unit: Unit::NaturalDays,
        },
    };
    let mut request = Request::new(*start, term);
    for (from, to) in pause {
        request = request.pause(Pause::closed(*from, *to));
    }
    if let Some(days) = extend {
        request = request.extend(*days);
    }
    if *roll_start {
        request = request.start_roll();
    }
    let due = Calendar::embedded()
        .map_err(Failure::from_error)?
        .due(&request)
        .map_err(Failure::from_error)?;
    let provisional = if due.provisional {
        " (provisional)"
    } else {
        ""
    };
    say(&format!("{}{provisional}", due.date))?;
    for line in due.derivation.to_text(tb_calendar::Locale::Zh) {
        say(&line)?;
    }
    Ok(std::process::ExitCode::SUCCESS)
}
