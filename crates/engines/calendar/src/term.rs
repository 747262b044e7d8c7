//! A term: so many of a unit, as the items state it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::derivation::Locale;
use crate::error::CalendarError;

/// What a term counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 即办: on the same office day.
    OnTheSpot,
    /// Minutes within office hours.
    Minutes,
    /// Hours within office hours.
    Hours,
    /// 工作日.
    WorkingDays,
    /// 自然日.
    NaturalDays,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

impl Unit {
    /// Whether the clock runs in minutes rather than days.
    pub const fn is_by_clock(self) -> bool {
        matches!(self, Self::Minutes | Self::Hours)
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::OnTheSpot => "即办",
            Self::Minutes => "分钟",
            Self::Hours => "小时",
            Self::WorkingDays => "个工作日",
            Self::NaturalDays => "个自然日",
            Self::Months => "个月",
            Self::Years => "年",
        }
    }

    const fn en(self, one: bool) -> &'static str {
        match (self, one) {
            (Self::OnTheSpot, _) => "on the spot",
            (Self::Minutes, true) => "minute",
            (Self::Minutes, false) => "minutes",
            (Self::Hours, true) => "hour",
            (Self::Hours, false) => "hours",
            (Self::WorkingDays, true) => "working day",
            (Self::WorkingDays, false) => "working days",
            (Self::NaturalDays, true) => "natural day",
            (Self::NaturalDays, false) => "natural days",
            (Self::Months, true) => "month",
            (Self::Months, false) => "months",
            (Self::Years, true) => "year",
            (Self::Years, false) => "years",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Some(match text.strip_prefix('个').unwrap_or(text) {
            "分钟" | "minute" | "minutes" => Self::Minutes,
            "小时" | "工作小时" | "hour" | "hours" => Self::Hours,
            "工作日" | "working day" | "working days" | "working_days" => Self::WorkingDays,
            "自然日" | "日历日" | "natural day" | "natural days" | "natural_days"
            | "calendar days" => Self::NaturalDays,
            "月" | "month" | "months" => Self::Months,
            "年" | "year" | "years" => Self::Years,
            _ => return None,
        })
    }
}

/// A length and its unit. The length of a term on the spot has no meaning and is kept 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// How many; may be absent for a term on the spot.
    #[serde(default)]
    pub length: u32,
    /// Of what.
    pub unit: Unit,
}

impl Term {
    /// 即办.
    pub const ON_THE_SPOT: Self = Self {
        length: 0,
        unit: Unit::OnTheSpot,
    };

    /// So many of a unit.
    pub const fn new(length: u32, unit: Unit) -> Self {
        Self { length, unit }
    }

    /// So many working days.
    pub const fn working_days(length: u32) -> Self {
        Self::new(length, Unit::WorkingDays)
    }

    /// So many natural days.
    pub const fn natural_days(length: u32) -> Self {
        Self::new(length, Unit::NaturalDays)
    }

    /// As a clerk writes it: `20个工作日`, or `20 working days`.
    pub fn to_text(self, locale: Locale) -> String {
        let Self { length, unit } = self;
        match (unit, locale) {
            (Unit::OnTheSpot, Locale::Zh) => unit.zh().to_owned(),
            (Unit::OnTheSpot, Locale::En) => unit.en(false).to_owned(),
            (_, Locale::Zh) => format!("{length}{}", unit.zh()),
            (_, Locale::En) => format!("{length} {}", unit.en(length == 1)),
        }
    }
}

/// Chinese, the language of the items.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(Locale::Zh))
    }
}

/// Reads what [`Term::to_text`] writes, with or without spaces.
///
/// A bare 日, 天 or "days" is refused: it leaves open which days count.
impl FromStr for Term {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        if matches!(
            lower.as_str(),
            "即办" | "即时办结" | "当场办结" | "当场" | "on the spot" | "on_the_spot"
        ) {
            return Ok(Self::ON_THE_SPOT);
        }
        let digits = lower
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(lower.len());
        let (length, unit) = lower.split_at(digits);
        match (length.parse(), Unit::parse(unit.trim())) {
            (Ok(length), Some(unit)) => Ok(Self { length, unit }),
            _ => Err(CalendarError::InvalidTerm {
                text: text.to_owned(),
            }),
        }
    }
}
