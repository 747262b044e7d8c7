//! The English lines.

use chrono::{Datelike, NaiveDate};

use super::Counted;
use crate::derivation::{Derivation, DerivationStep, Locale, StepKind};

pub(super) fn line(derivation: &Derivation, step: &DerivationStep) -> String {
    let span = if step.from == step.to {
        day(step.from)
    } else {
        format!("{}..{}", step.from, step.to)
    };
    match run(step, derivation.counted()) {
        Some(words) => format!("{span}: {words}"),
        None => point(derivation, step),
    }
}

/// The words for a run of days.
fn run(step: &DerivationStep, unit: Counted) -> Option<String> {
    let name = step.name.as_deref();
    let days = Counted::Days.many(step.days);
    let count = format!(
        "{} counted, {} so far",
        unit.many(step.counted),
        step.running
    );
    Some(match step.kind {
        StepKind::WorkingDays | StepKind::NaturalDays | StepKind::OfficeTime => match name {
            Some(time) => format!("{time}, {count}"),
            None => count,
        },
        StepKind::WorkedRestDay => format!("worked weekend, {count}"),
        StepKind::AfterHours => "after office hours, not counted".to_owned(),
        StepKind::Weekend => format!("weekend, {days} not counted"),
        StepKind::Holiday => format!("{}, {days} not counted", rest(name)),
        StepKind::RegionalHoliday => format!("{} (regional), {days} not counted", rest(name)),
        StepKind::Paused if step.lost == 0 => {
            format!("paused{}, no working day in it", in_brackets(name))
        }
        StepKind::Paused => format!(
            "paused{}, {} not counted",
            in_brackets(name),
            unit.by_pause().many(step.lost)
        ),
        StepKind::OnTheSpot => "on the spot, the same office day".to_owned(),
        _ => return None,
    })
}

/// The words for a single day or a move.
fn point(derivation: &Derivation, step: &DerivationStep) -> String {
    let name = step.name.as_deref();
    let (first, last) = (day(step.from), day(step.to));
    let total = derivation.term_of(derivation.total, Locale::En);
    let time = name.map(|time| format!(" {time}")).unwrap_or_default();
    match step.kind {
        StepKind::StartRolled => format!(
            "{first} is a rest day ({}), start moved to {last}",
            rest(name)
        ),
        StepKind::StartExcluded => format!("{first}: start, not counted"),
        StepKind::StartMoment => format!("{first}{time}: start"),
        StepKind::Extension => {
            let length = derivation.term_of(step.days, Locale::En);
            format!(
                "extended by {length}{}: due date moved from {first} to {last}",
                in_brackets(name)
            )
        }
        StepKind::SameDay => format!("same day after {total}: {last}"),
        StepKind::MonthEnd => {
            format!("no such day after {total}, end of the month instead: {last}")
        }
        StepKind::EndRolled => format!("{first} is a rest day ({}), moved to {last}", rest(name)),
        StepKind::OpenPause => {
            format!("paused since {first} and not resumed: {last} is the earliest due date")
        }
        StepKind::Provisional => {
            let year = name.unwrap_or_default();
            format!("the holiday notice for {year} is not out yet: the due date is provisional")
        }
        _ => format!("{first}{time}: due ({total})"),
    }
}

impl Counted {
    fn many(self, n: u32) -> String {
        let noun = match self {
            Self::WorkingDays => "working day",
            Self::Days => "day",
            Self::Minutes => "minute",
        };
        format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
    }
}

fn day(date: NaiveDate) -> String {
    format!("{date} ({})", date.weekday())
}

/// National holidays have an English name; a region's own keep theirs.
fn rest(name: Option<&str>) -> &str {
    match name {
        None => "weekend",
        Some("元旦") => "New Year's Day",
        Some("春节") => "Spring Festival",
        Some("清明节") => "Tomb-Sweeping Day",
        Some("劳动节") => "Labour Day",
        Some("端午节") => "Dragon Boat Festival",
        Some("中秋节") => "Mid-Autumn Festival",
        Some("国庆节") => "National Day",
        Some("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日") => {
            "70th Victory Day"
        }
        Some(other) => other,
    }
}

fn in_brackets(name: Option<&str>) -> String {
    name.map(|name| format!(" ({name})")).unwrap_or_default()
}
