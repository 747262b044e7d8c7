//! The clock itself: from a request to a due date.

use chrono::{Datelike, Months, NaiveDate};

use crate::calendar::Calendar;
use crate::derivation::{Derivation, Due, StepKind};
use crate::error::CalendarError;
use crate::index::Offset;
use crate::pauses::Timeline;
use crate::request::{Moment, Request, from_office_time};
use crate::term::Unit;
use crate::walk::{Counting, Walk};

/// A request laid over the calendar.
pub(crate) struct Clock<'a> {
    pub request: &'a Request,
    pub timeline: Timeline<'a>,
    /// The start day as given.
    given: Offset,
    /// The start day after rolling.
    pub start: Offset,
}

/// Where a term in days ends.
#[derive(Debug, Clone, Copy)]
struct End {
    /// Before rolling.
    raw: Offset,
    due: Offset,
}

impl Calendar {
    /// When the term ends, and why.
    ///
    /// ```
    /// # use tb_calendar::{Calendar, Request, Term};
    /// # let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    /// let calendar = Calendar::embedded().unwrap();
    /// let due = calendar.due(&Request::new(day("2026-02-10"), Term::working_days(20))).unwrap();
    /// assert_eq!(due.date, day("2026-03-16"));
    /// ```
    pub fn due(&self, request: &Request) -> Result<Due, CalendarError> {
        let clock = Clock::new(self, request)?;
        let total = clock.total()?;
        let mut walk = Walk::new(&clock.timeline);
        let (due, at) = if request.term.unit.is_by_clock() {
            let (last, time) = clock.run_minutes(total, &mut walk)?;
            (last, Some(from_office_time(time)))
        } else {
            (clock.run_days(total, &mut walk)?, None)
        };
        let date = clock.timeline.index.date(due);
        let alarm = self.alarm(clock.timeline.index.date(clock.given), date);
        let open_pause = clock.open_pause(due);
        if let Some(since) = open_pause {
            walk.note(
                StepKind::OpenPause,
                clock.timeline.index.clamped(since),
                due,
                0,
                None,
            );
        }
        if let Some(alarm) = &alarm {
            walk.note(
                StepKind::Provisional,
                due,
                due,
                0,
                Some(alarm.missing_year.to_string()),
            );
        }
        let derivation = Derivation {
            start: request.start,
            term: request.term,
            total,
            steps: walk.steps,
        };
        Ok(Due {
            date,
            at,
            provisional: alarm.is_some(),
            alarm,
            open_pause,
            calendar_version: self.version().to_owned(),
            derivation,
        })
    }

    /// When the term ends, without the derivation: for recomputing many.
    pub fn due_moment(&self, request: &Request) -> Result<Moment, CalendarError> {
        let clock = Clock::new(self, request)?;
        let total = clock.total()?;
        if request.term.unit.is_by_clock() {
            return Ok(Moment::Instant(from_office_time(
                clock.minute_end(total, None)?.1,
            )));
        }
        Ok(Moment::Day(
            clock.timeline.index.date(clock.end(total)?.due),
        ))
    }
}

impl<'a> Clock<'a> {
    pub fn new(calendar: &'a Calendar, request: &'a Request) -> Result<Self, CalendarError> {
        let index = calendar.index(request.region.as_deref());
        let timeline = Timeline::new(index, &request.pauses, request.as_of)?;
        let given = index.offset(request.start.day())?;
        let start = if request.start_roll {
            timeline.first_working(given)?
        } else {
            given
        };
        Ok(Self {
            request,
            timeline,
            given,
            start,
        })
    }

    /// Term and extensions together.
    pub fn total(&self) -> Result<u32, CalendarError> {
        let mut extensions = self.request.extensions.iter().map(|e| e.length);
        extensions
            .try_fold(self.length(), u32::checked_add)
            .ok_or(CalendarError::TermTooLong)
    }

    /// The term's own length; on the spot it is nothing, whatever stands there.
    pub const fn length(&self) -> u32 {
        match self.request.term.unit {
            Unit::OnTheSpot => 0,
            _ => self.request.term.length,
        }
    }

    /// The number of natural days in a term of natural days, months or years, pauses aside.
    pub fn natural_length(&self, total: u32) -> Result<u32, CalendarError> {
        match self.request.term.unit {
            Unit::Months | Unit::Years => {
                let index = self.timeline.index;
                Ok(index.offset(self.same_day(total)?)? - self.start)
            }
            _ => Ok(total),
        }
    }

    /// The corresponding day of a later month, or that month's end.
    fn same_day(&self, total: u32) -> Result<NaiveDate, CalendarError> {
        let factor = if self.request.term.unit == Unit::Years {
            12
        } else {
            1
        };
        let months = total
            .checked_mul(factor)
            .ok_or(CalendarError::TermTooLong)?;
        let index = self.timeline.index;
        index
            .date(self.start)
            .checked_add_months(Months::new(months))
            .ok_or_else(|| index.beyond())
    }

    fn end(&self, total: u32) -> Result<End, CalendarError> {
        if self.counting() == Counting::Working {
            let due = self.timeline.nth_working(self.start, total)?;
            return Ok(End { raw: due, due });
        }
        let raw = self
            .timeline
            .nth_day(self.start, self.natural_length(total)?)?;
        Ok(End {
            raw,
            due: self.timeline.first_open(raw)?,
        })
    }

    const fn counting(&self) -> Counting {
        match self.request.term.unit {
            Unit::NaturalDays | Unit::Months | Unit::Years => Counting::Natural,
            _ => Counting::Working,
        }
    }

    fn run_days(&self, total: u32, walk: &mut Walk<'_>) -> Result<Offset, CalendarError> {
        let end = self.end(total)?;
        self.note_start(walk);
        self.note_extensions(walk, |total| Ok(self.end(total)?.due))?;
        if matches!(self.request.term.unit, Unit::Months | Unit::Years) {
            self.note_same_day(total, walk)?;
        }
        if total == 0 && self.counting() == Counting::Working {
            if self.start < end.due {
                walk.days(self.start, end.due - 1, Counting::Working);
            }
            walk.note(StepKind::OnTheSpot, end.due, end.due, 1, None);
        } else {
            walk.days(self.start + 1, end.raw, self.counting());
        }
        if end.due > end.raw {
            walk.note(
                StepKind::EndRolled,
                end.raw,
                end.due,
                end.due - end.raw,
                self.rest_name(end.raw),
            );
        }
        walk.note(StepKind::Due, end.due, end.due, 1, None);
        Ok(end.due)
    }

    fn note_start(&self, walk: &mut Walk<'_>) {
        if self.start > self.given {
            let distance = self.start - self.given;
            walk.note(
                StepKind::StartRolled,
                self.given,
                self.start,
                distance,
                self.rest_name(self.given),
            );
        }
        if self.request.term.unit != Unit::OnTheSpot {
            walk.note(StepKind::StartExcluded, self.start, self.start, 1, None);
        }
    }

    /// One step per extension: from the due date without it to the one with it.
    pub fn note_extensions(
        &self,
        walk: &mut Walk<'_>,
        due: impl Fn(u32) -> Result<Offset, CalendarError>,
    ) -> Result<(), CalendarError> {
        let mut total = self.length();
        for extension in &self.request.extensions {
            let before = due(total)?;
            total = total.saturating_add(extension.length);
            walk.note(
                StepKind::Extension,
                before,
                due(total)?,
                extension.length,
                extension.name.clone(),
            );
        }
        Ok(())
    }

    fn note_same_day(&self, total: u32, walk: &mut Walk<'_>) -> Result<(), CalendarError> {
        let index = self.timeline.index;
        let day = self.same_day(total)?;
        let kind = if day.day() == index.date(self.start).day() {
            StepKind::SameDay
        } else {
            StepKind::MonthEnd
        };
        walk.note(
            kind,
            self.start,
            index.offset(day)?,
            self.natural_length(total)?,
            None,
        );
        Ok(())
    }

    fn rest_name(&self, day: Offset) -> Option<String> {
        let index = self.timeline.index;
        index
            .day(day)
            .and_then(|entry| index.name(entry))
            .map(str::to_owned)
    }

    /// The open pause that lies between start and due date.
    fn open_pause(&self, due: Offset) -> Option<NaiveDate> {
        let touching = self
            .timeline
            .spans
            .iter()
            .filter(|span| span.to >= self.start && span.from <= due);
        touching.filter_map(|span| span.open_since).min()
    }
}
