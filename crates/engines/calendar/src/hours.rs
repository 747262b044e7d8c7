//! Terms in minutes and hours: they run only while the office is open.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::derivation::StepKind;
use crate::due::Clock;
use crate::error::CalendarError;
use crate::index::Offset;
use crate::pauses::Timeline;
use crate::request::{Pause, office_time};
use crate::term::Unit;
use crate::walk::{Counting, Walk};

const MINUTES_PER_HOUR: u32 = 60;

/// One opening of the office, to the minute: `from` is the first open minute, `to` the first closed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Opens.
    pub from: NaiveTime,
    /// Closes.
    pub to: NaiveTime,
}

/// When an office is open on a working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Session>", into = "Vec<Session>")]
pub struct OfficeHours(Vec<Session>);

impl OfficeHours {
    /// Checks that there is a session, and that sessions are in order, full minutes and apart.
    pub fn new(sessions: Vec<Session>) -> Result<Self, CalendarError> {
        let mut closed_at = None;
        for session in &sessions {
            let is_full_minute = session.from.second() == 0 && session.to.second() == 0;
            if session.to <= session.from || closed_at > Some(session.from) || !is_full_minute {
                return Err(CalendarError::InvalidOfficeHours);
            }
            closed_at = Some(session.to);
        }
        closed_at
            .map(|_| Self(sessions))
            .ok_or(CalendarError::InvalidOfficeHours)
    }

    /// The sessions in order.
    pub fn sessions(&self) -> &[Session] {
        &self.0
    }

    /// Open minutes of a working day from `from` to `to`.
    fn minutes(&self, from: NaiveTime, to: NaiveTime) -> u32 {
        self.0
            .iter()
            .map(|s| minutes_from_to(s.from.max(from), s.to.min(to)))
            .sum()
    }
}

/// 09:00–12:00 and 13:30–17:00.
impl Default for OfficeHours {
    fn default() -> Self {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
        Self(vec![
            Session {
                from: at(9, 0),
                to: at(12, 0),
            },
            Session {
                from: at(13, 30),
                to: at(17, 0),
            },
        ])
    }
}

impl TryFrom<Vec<Session>> for OfficeHours {
    type Error = CalendarError;

    fn try_from(sessions: Vec<Session>) -> Result<Self, Self::Error> {
        Self::new(sessions)
    }
}

impl From<OfficeHours> for Vec<Session> {
    fn from(hours: OfficeHours) -> Self {
        hours.0
    }
}

impl Calendar {
    /// Open office minutes from `now` to `due`, outside the pauses; negative once `due` is past.
    ///
    /// An open pause counts up to the day of `now`.
    pub fn remaining_minutes(
        &self,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
        pauses: &[Pause],
        region: Option<&str>,
        hours: &OfficeHours,
    ) -> Result<i32, CalendarError> {
        let (now, due) = (office_time(now), office_time(due));
        let timeline = Timeline::new(self.index(region), pauses, Some(now.date()))?;
        let between = |a: NaiveDateTime, b: NaiveDateTime| -> Result<i32, CalendarError> {
            let (first, last) = (
                timeline.index.offset(a.date())?,
                timeline.index.offset(b.date())?,
            );
            let mut sum = 0_u32;
            for day in first..=last {
                if timeline.first_open(day)? == day {
                    let from = if day == first {
                        a.time()
                    } else {
                        NaiveTime::MIN
                    };
                    let to = if day == last { b.time() } else { LAST_MINUTE };
                    sum = sum.saturating_add(hours.minutes(from, to));
                }
            }
            Ok(i32::try_from(sum).unwrap_or(i32::MAX))
        };
        if now <= due {
            between(now, due)
        } else {
            between(due, now).map(|m| -m)
        }
    }
}

impl Clock<'_> {
    /// Term and extensions in minutes.
    pub fn minutes(&self, total: u32) -> Result<u32, CalendarError> {
        match self.request.term.unit {
            Unit::Hours => total
                .checked_mul(MINUTES_PER_HOUR)
                .ok_or(CalendarError::TermTooLong),
            _ => Ok(total),
        }
    }

    /// The end of a term in minutes or hours, with its derivation.
    pub fn run_minutes(
        &self,
        total: u32,
        walk: &mut Walk<'_>,
    ) -> Result<(Offset, NaiveDateTime), CalendarError> {
        let start = self.start_minute();
        let day = self.timeline.index.offset(start.date())?;
        walk.note(
            StepKind::StartMoment,
            day,
            day,
            1,
            Some(clock_face(start.time())),
        );
        self.note_extensions(walk, |total| Ok(self.minute_end(total, None)?.0))?;
        let end = self.minute_end(total, Some(walk))?;
        walk.note(
            StepKind::Due,
            end.0,
            end.0,
            1,
            Some(clock_face(end.1.time())),
        );
        Ok(end)
    }

    /// The end of a term in minutes or hours: its day, and day and time.
    pub fn minute_end(
        &self,
        total: u32,
        walk: Option<&mut Walk<'_>>,
    ) -> Result<(Offset, NaiveDateTime), CalendarError> {
        self.after_minutes(self.minutes(total)?, walk)
    }

    /// The moment at which so many office minutes have run.
    pub fn after_minutes(
        &self,
        minutes: u32,
        mut walk: Option<&mut Walk<'_>>,
    ) -> Result<(Offset, NaiveDateTime), CalendarError> {
        let usual = OfficeHours::default();
        let hours = self.request.office_hours.as_ref().unwrap_or(&usual);
        let start = self.start_minute();
        let first = self.timeline.index.offset(start.date())?;
        let (mut left, mut next) = (minutes, first);
        loop {
            let day = self.timeline.first_open(next)?;
            if let Some(walk) = walk.as_deref_mut().filter(|_| next < day) {
                walk.days(next, day - 1, Counting::Working);
            }
            let opens = if day == first {
                start.time()
            } else {
                NaiveTime::MIN
            };
            if let Some(time) = run_day(hours, day, opens, &mut left, walk.as_deref_mut()) {
                return Ok((day, self.timeline.index.date(day).and_time(time)));
            }
            next = day + 1;
        }
    }

    /// The start on the office's clock; a begun minute does not count. A rolled start begins the day anew.
    fn start_minute(&self) -> NaiveDateTime {
        let rolled = self.timeline.index.date(self.start);
        let given = self.request.start.wall_clock();
        if rolled > given.date() {
            NaiveDateTime::from(rolled)
        } else {
            full_minute(given)
        }
    }
}

/// Runs the minutes that are left through one working day, from `opens` on; the time at which none is left.
fn run_day(
    hours: &OfficeHours,
    day: Offset,
    opens: NaiveTime,
    left: &mut u32,
    mut walk: Option<&mut Walk<'_>>,
) -> Option<NaiveTime> {
    let mut is_open = false;
    for session in hours.sessions() {
        let from = session.from.max(opens);
        let free = minutes_from_to(from, session.to);
        if free == 0 {
            continue;
        }
        is_open = true;
        let used = free.min(*left);
        let until = from
            .overflowing_add_signed(TimeDelta::minutes(used.into()))
            .0;
        if let Some(walk) = walk.as_deref_mut() {
            walk.minutes(
                day,
                used,
                format!("{}–{}", clock_face(from), clock_face(until)),
            );
        }
        *left -= used;
        if *left == 0 {
            return Some(until);
        }
    }
    if let Some(walk) = walk.filter(|_| !is_open) {
        walk.note(StepKind::AfterHours, day, day, 1, None);
    }
    None
}

const LAST_MINUTE: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Rounds up to the full minute.
fn full_minute(wall: NaiveDateTime) -> NaiveDateTime {
    let begun = i64::from(wall.second() > 0 || wall.nanosecond() > 0);
    let day = wall.date();
    let of_day = i64::from(wall.hour() * MINUTES_PER_HOUR + wall.minute()) + begun;
    let (time, overflow) = NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(of_day));
    let date = if overflow > 0 {
        day.checked_add_days(Days::new(1)).unwrap_or(day)
    } else {
        day
    };
    date.and_time(time)
}

fn minutes_from_to(from: NaiveTime, to: NaiveTime) -> u32 {
    u32::try_from((to - from).num_minutes()).unwrap_or(0)
}

fn clock_face(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
