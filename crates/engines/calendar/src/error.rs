//! Everything that can go wrong, with a stable code that is the key of its translated text.

use chrono::NaiveDate;
use thiserror::Error;

/// Why a date could not be computed or a calendar not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The answer lies behind the last covered day. There is no guess.
    #[error("the term reaches past the covered years; the last covered day is {last_covered}")]
    BeyondCoverage {
        /// 31 December of the last covered year, official or provisional.
        last_covered: NaiveDate,
    },
    /// A day lies before the first covered one.
    #[error("{day} lies before the first covered day, {first_covered}")]
    BeforeCoverage {
        /// The day asked for.
        day: NaiveDate,
        /// 1 January of the first covered year.
        first_covered: NaiveDate,
    },
    /// The clock is paused without an end, and no `as_of` day was given.
    #[error("the clock is paused since {since} without an end: the due date is open")]
    OpenPause {
        /// First day of the open pause.
        since: NaiveDate,
    },
    /// A pause ends before it begins.
    #[error("the pause {from}..{to} ends before it begins")]
    InvalidPause {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// Term and extensions together are larger than any term can be.
    #[error("the term is too long")]
    TermTooLong,
    /// A text that is no term, or does not say which kind of day it counts.
    #[error("{text:?} is not a term; write for instance \"20个工作日\" or \"20 working days\"")]
    InvalidTerm {
        /// The text as given.
        text: String,
    },
    /// Office hours without a session, or with sessions that overlap.
    #[error("office hours need sessions in order, each ending after it begins")]
    InvalidOfficeHours,
    /// The document is not JSON of the expected shape.
    #[error("the calendar document cannot be read: {reason}")]
    Unreadable {
        /// The parser's words.
        reason: String,
    },
    /// The document has no year at all.
    #[error("the calendar document holds no year")]
    Empty,
    /// A year is missing between two covered ones.
    #[error("the calendar document lacks the year {year}")]
    MissingYear {
        /// The missing year.
        year: i32,
    },
    /// A day stands under a year to which it cannot belong.
    #[error("{day} does not belong to the year {year}")]
    ForeignDay {
        /// The day.
        day: NaiveDate,
        /// The year under which it stands.
        year: i32,
    },
    /// A day is listed twice, or both as a holiday and as a worked day.
    #[error("{day} is listed twice")]
    ListedTwice {
        /// The day.
        day: NaiveDate,
    },
    /// An overlay's region is not a division code prefix of 1 to 12 digits, or the row is doubled.
    #[error("the overlay of region {region:?} for {year} is not valid")]
    InvalidOverlay {
        /// The region as given.
        region: String,
        /// The overlay's year.
        year: i32,
    },
    /// An import would replace an official year by a provisional one.
    #[error("{year} is official and cannot become provisional again")]
    Downgrade {
        /// The year.
        year: i32,
    },
}

impl CalendarError {
    /// Stable code, for instance `calendar.beyond_coverage`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BeyondCoverage { .. } => "calendar.beyond_coverage",
            Self::BeforeCoverage { .. } => "calendar.before_coverage",
            Self::OpenPause { .. } => "calendar.open_pause",
            Self::InvalidPause { .. } => "calendar.invalid_pause",
            Self::TermTooLong => "calendar.term_too_long",
            Self::InvalidTerm { .. } => "calendar.invalid_term",
            Self::InvalidOfficeHours => "calendar.invalid_office_hours",
            Self::Unreadable { .. } => "calendar.unreadable",
            Self::Empty => "calendar.empty",
            Self::MissingYear { .. } => "calendar.missing_year",
            Self::ForeignDay { .. } => "calendar.foreign_day",
            Self::ListedTwice { .. } => "calendar.listed_twice",
            Self::InvalidOverlay { .. } => "calendar.invalid_overlay",
            Self::Downgrade { .. } => "calendar.downgrade",
        }
    }
}
