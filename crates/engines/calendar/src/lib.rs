//! The working-day clock: due dates as a pure function over a case's events.
//!
//! A [`Calendar`] knows which days are worked (a versioned document of years and
//! regional overlays, spread out into tables when it is built). A [`Request`]
//! holds what moves one due date: start, [`Term`], pauses, extensions. The
//! answer, [`Due`], carries the date, whether a coming holiday notice may still
//! move it, the calendar version, and its derivation as data. Due dates are
//! recomputed from the events, never incremented; beyond the covered years there
//! is an error, never a guess.
//!
//! No input or output, no system clock, no asynchrony: also fit for WebAssembly.
//!
//! ```
//! use tb_calendar::{Calendar, CalendarError, Locale, Pause, Request, Term};
//!
//! let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
//! let calendar = Calendar::embedded()?;
//! let request = Request::new(day("2026-02-10"), Term::working_days(20))
//!     .pause(Pause::closed(day("2026-03-02"), day("2026-03-06")).named("听证"));
//! let due = calendar.due(&request)?;
//! assert_eq!(due.date, day("2026-03-23"));
//! assert!(!due.provisional);
//! let lines = due.derivation.to_text(Locale::Zh);
//! assert!(lines.contains(&"2026-03-02至2026-03-06：计时暂停（听证），5个工作日不计".to_owned()));
//!
//! // Far away there is no answer, rather than a wrong one.
//! let far = Request::new(day("2027-12-01"), Term::working_days(60));
//! assert_eq!(calendar.due(&far), Err(CalendarError::BeyondCoverage { last_covered: day("2027-12-31") }));
//! # Ok::<(), CalendarError>(())
//! ```

mod calendar;
mod coverage;
mod derivation;
mod document;
mod due;
mod error;
mod hours;
mod index;
mod light;
mod merge;
mod pauses;
mod request;
mod term;
mod text;
mod walk;

pub use calendar::{Calendar, Day};
pub use coverage::{AlarmKind, Coverage, CoverageAlarm};
pub use derivation::{Derivation, DerivationStep, Due, Locale, StepKind};
pub use document::{CalendarDocument, Holiday, Overlay, YearDays, YearStatus};
pub use error::CalendarError;
pub use hours::{OfficeHours, Session};
pub use index::DayKind;
pub use light::{Light, LightInput, LightRules, light};
pub use request::{Extension, Moment, Pause, Request};
pub use term::{Term, Unit};
