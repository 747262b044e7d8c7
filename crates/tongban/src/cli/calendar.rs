//! `tongban clock due …`: a due date on the first line, its derivation below.

use chrono::NaiveDate;
use clap::{ArgGroup, Subcommand, ValueEnum};
use tb_calendar::{Calendar, CalendarError, Locale, Pause, Request, Term, Unit};

use super::{Failure, Outcome, both, say};

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
        /// Language of the derivation.
        #[arg(long, value_enum, default_value = "zh")]
        lang: Language,
    },
}

/// A language of the house.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

fn parse_pause(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let (from, to) = text.split_once("..").ok_or_else(|| {
        both(
            "暂停写作 起日..止日，例如 2026-03-02..2026-03-06",
            "a pause is FROM..TO, for instance 2026-03-02..2026-03-06",
        )
    })?;
    let day = |text: &str| {
        text.parse::<NaiveDate>()
            .map_err(|error| format!("{text}: {error}"))
    };
    let (from, to) = (day(from)?, day(to)?);
    if to < from {
        return Err(both(
            "暂停的止日早于起日",
            "the pause ends before it begins",
        ));
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
        lang,
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
    let calendar = Calendar::embedded().map_err(Failure::from_error)?;
    let due = calendar
        .due(&request)
        .map_err(|error| Failure::new(words(&error)))?;
    // The first line is for programs: nothing but the day. What is provisional about it stands below.
    say(&due.date.to_string())?;
    let locale = match lang {
        Language::Zh => Locale::Zh,
        Language::En => Locale::En,
    };
    for line in due.derivation.to_text(locale) {
        say(&line)?;
    }
    Ok(std::process::ExitCode::SUCCESS)
}

fn words(error: &CalendarError) -> String {
    let chinese = match error {
        CalendarError::BeyondCoverage { last_covered } => {
            format!("期限超出日历的范围，日历只到{last_covered}，请先导入以后年度的放假安排")
        }
        CalendarError::BeforeCoverage { day, first_covered } => {
            format!("{day}早于日历的第一天{first_covered}")
        }
        CalendarError::TermTooLong => "期限过长".to_owned(),
        other => return other.to_string(),
    };
    both(&chinese, &error.to_string())
}
