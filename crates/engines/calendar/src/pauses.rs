//! The union of the pauses laid over an index: counting and finding days that are not paused.

use chrono::NaiveDate;

use crate::error::CalendarError;
use crate::index::{Index, Offset};
use crate::request::Pause;

/// A closed run of paused days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub from: Offset,
    pub to: Offset,
    pub name: Option<String>,
    /// First day of the open pause in it, if one is.
    pub open_since: Option<NaiveDate>,
}

/// An index with the pauses of one case.
pub(crate) struct Timeline<'a> {
    pub index: &'a Index,
    /// Disjoint, ascending.
    pub spans: Vec<Span>,
    /// First day of a pause whose end nobody knows, not even `as_of`.
    endless: Option<NaiveDate>,
}

impl<'a> Timeline<'a> {
    /// Checks, clips, sorts and unites the pauses. An open pause lasts until `as_of`.
    pub fn new(
        index: &'a Index,
        pauses: &[Pause],
        as_of: Option<NaiveDate>,
    ) -> Result<Self, CalendarError> {
        let mut spans = Vec::with_capacity(pauses.len());
        let mut endless: Option<NaiveDate> = None;
        for pause in pauses {
            let to = match (pause.to, as_of) {
                (Some(to), _) if to < pause.from => {
                    return Err(CalendarError::InvalidPause {
                        from: pause.from,
                        to,
                    });
                }
                (Some(to), _) => to,
                (None, Some(today)) => today.max(pause.from),
                (None, None) => {
                    endless = Some(endless.map_or(pause.from, |since| since.min(pause.from)));
                    NaiveDate::MAX
                }
            };
            let (first, last) = (index.date(0), index.date(index.end()));
            if to >= first && pause.from <= last {
                let open_since = if pause.to.is_none() {
                    Some(pause.from)
                } else {
                    None
                };
                let (from, to) = (index.clamped(pause.from), index.clamped(to));
                spans.push(Span {
                    from,
                    to,
                    name: pause.name.clone(),
                    open_since,
                });
            }
        }
        // By name too, so that the order of the events never shows in the answer.
        spans.sort_by(|a, b| (a.from, a.to, &a.name).cmp(&(b.from, b.to, &b.name)));
        Ok(Self {
            index,
            spans: unite(spans),
            endless,
        })
    }

    /// The day number `n` after `after`, counting working days outside the pauses; for 0 the first one from `after` on.
    pub fn nth_working(&self, after: Offset, n: u32) -> Result<Offset, CalendarError> {
        if n == 0 {
            return self.first_open(after);
        }
        let (mut cursor, mut left) = (after, n);
        for span in self.spans.iter().filter(|span| span.to > after) {
            let free = self.index.count(cursor, span.from.saturating_sub(1));
            if free >= left {
                break;
            }
            left -= free;
            cursor = span.to;
        }
        let rank = self.index.rank(cursor).saturating_add(left);
        self.index.select(rank).map_err(|e| self.explain(e))
    }

    /// The day number `n` after `after`, counting every day outside the pauses.
    pub fn nth_day(&self, after: Offset, n: u32) -> Result<Offset, CalendarError> {
        let (mut cursor, mut left) = (after, n);
        for span in self.spans.iter().filter(|span| span.to > after) {
            let free = span.from.saturating_sub(1).saturating_sub(cursor);
            if free >= left {
                break;
            }
            left -= free;
            cursor = span.to;
        }
        let found = cursor
            .checked_add(left)
            .filter(|day| *day <= self.index.end());
        found.ok_or_else(|| self.explain(self.index.beyond()))
    }

    /// The first working day outside the pauses, from `from` on.
    pub fn first_open(&self, from: Offset) -> Result<Offset, CalendarError> {
        let mut from = from;
        loop {
            let day = self.first_working(from)?;
            let Some(span) = self.span_at(day) else {
                return Ok(day);
            };
            from = span.to + 1;
        }
    }

    /// The first working day from `from` on, paused or not.
    pub fn first_working(&self, from: Offset) -> Result<Offset, CalendarError> {
        let before = if from == 0 {
            0
        } else {
            self.index.rank(from - 1)
        };
        self.index.select(before + 1).map_err(|e| self.explain(e))
    }

    /// The pause in which a day lies.
    pub fn span_at(&self, day: Offset) -> Option<&Span> {
        self.spans
            .iter()
            .find(|span| span.from <= day && day <= span.to)
    }

    /// Working days d with `after < d <= upto` outside the pauses.
    pub fn working_days(&self, after: Offset, upto: Offset) -> u32 {
        let paused: u32 = self
            .paused(after, upto)
            .map(|(from, to)| self.index.count(from, to))
            .sum();
        self.index.count(after, upto) - paused
    }

    /// All days d with `after < d <= upto` outside the pauses.
    pub fn days(&self, after: Offset, upto: Offset) -> u32 {
        let paused: u32 = self.paused(after, upto).map(|(from, to)| to - from).sum();
        upto.saturating_sub(after) - paused
    }

    /// The pauses clipped to `(after, upto]`, as half-open pairs (last day before, last day).
    fn paused(&self, after: Offset, upto: Offset) -> impl Iterator<Item = (Offset, Offset)> {
        self.spans.iter().filter_map(move |span| {
            // A pause on the very first covered day loses that day only, which no count after it includes.
            let (from, to) = (span.from.saturating_sub(1).max(after), span.to.min(upto));
            (from < to).then_some((from, to))
        })
    }

    /// Running off the end because of an endless pause is that pause's fault, not the calendar's.
    fn explain(&self, error: CalendarError) -> CalendarError {
        match (error, self.endless) {
            (CalendarError::BeyondCoverage { .. }, Some(since)) => {
                CalendarError::OpenPause { since }
            }
            (error, _) => error,
        }
    }
}

fn unite(sorted: Vec<Span>) -> Vec<Span> {
    let mut united: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match united.last_mut() {
            Some(last) if span.from <= last.to => {
                last.to = last.to.max(span.to);
                last.open_since = [last.open_since, span.open_since]
                    .into_iter()
                    .flatten()
                    .min();
                join(&mut last.name, span.name);
            }
            _ => united.push(span),
        }
    }
    united
}

/// Names of overlapping pauses, each once.
fn join(name: &mut Option<String>, further: Option<String>) {
    match (name.as_mut(), further) {
        (Some(all), Some(one)) if !all.split('、').any(|known| known == one) => {
            all.push('、');
            all.push_str(&one);
        }
        (None, one) => *name = one,
        _ => {}
    }
}
