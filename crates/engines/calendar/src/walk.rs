//! Walks from start to due date and groups the days into the steps of a derivation.

use crate::derivation::{DerivationStep, StepKind};
use crate::index::{DayKind, Index, Offset};
use crate::pauses::Timeline;

/// Which days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    /// Working days.
    Working,
    /// Every day.
    Natural,
}

/// Collects steps and keeps the running count.
pub(crate) struct Walk<'a> {
    timeline: &'a Timeline<'a>,
    pub steps: Vec<DerivationStep>,
    pub running: u32,
}

impl<'a> Walk<'a> {
    pub fn new(timeline: &'a Timeline<'a>) -> Self {
        Self {
            timeline,
            steps: Vec::with_capacity(16),
            running: 0,
        }
    }

    /// A step that is not a run of days: `days` as its kind defines it, nothing counted.
    pub fn note(
        &mut self,
        kind: StepKind,
        from: Offset,
        to: Offset,
        days: u32,
        name: Option<String>,
    ) {
        let index = self.timeline.index;
        let (from, to) = (index.date(from), index.date(to));
        self.steps.push(DerivationStep {
            kind,
            from,
            to,
            days,
            counted: 0,
            lost: 0,
            running: self.running,
            name,
        });
    }

    /// Office minutes of one day.
    pub fn minutes(&mut self, day: Offset, counted: u32, span: String) {
        self.running += counted;
        self.note(StepKind::OfficeTime, day, day, 1, Some(span));
        if let Some(step) = self.steps.last_mut() {
            step.counted = counted;
        }
    }

    /// All days of `from..=to`, neighbours of one kind in one step.
    pub fn days(&mut self, from: Offset, to: Offset, counting: Counting) {
        let index = self.timeline.index;
        let mut run: Option<(StepKind, Option<&str>, Offset)> = None;
        for day in from..=to {
            let (kind, name) = self.classify(day, counting);
            match run {
                Some((last, same, _)) if last == kind && same == name => {}
                Some((last, same, since)) => {
                    self.push_run(index, (last, same, since), day - 1, counting);
                    run = Some((kind, name, day));
                }
                None => run = Some((kind, name, day)),
            }
        }
        if let Some(run) = run {
            self.push_run(index, run, to, counting);
        }
    }

    fn classify(&self, day: Offset, counting: Counting) -> (StepKind, Option<&'a str>) {
        let timeline = self.timeline;
        if let Some(span) = timeline.span_at(day) {
            return (StepKind::Paused, span.name.as_deref());
        }
        let Some(entry) = timeline
            .index
            .day(day)
            .filter(|_| counting == Counting::Working)
        else {
            return (StepKind::NaturalDays, None);
        };
        let kind = match entry.kind {
            DayKind::WorkingDay => StepKind::WorkingDays,
            DayKind::WorkedRestDay => StepKind::WorkedRestDay,
            DayKind::Weekend => StepKind::Weekend,
            DayKind::Holiday => StepKind::Holiday,
            DayKind::RegionalHoliday => StepKind::RegionalHoliday,
        };
        (kind, timeline.index.name(entry))
    }

    fn push_run(
        &mut self,
        index: &Index,
        (kind, name, from): (StepKind, Option<&str>, Offset),
        to: Offset,
        counting: Counting,
    ) {
        let days = to - from + 1;
        let (counted, lost) = match kind {
            StepKind::WorkingDays | StepKind::WorkedRestDay | StepKind::NaturalDays => (days, 0),
            StepKind::Paused if counting == Counting::Natural => (0, days),
            StepKind::Paused => (0, index.working_in(from, to)),
            _ => (0, 0),
        };
        self.running += counted;
        self.note(kind, from, to, days, name.map(str::to_owned));
        if let Some(step) = self.steps.last_mut() {
            (step.counted, step.lost) = (counted, lost);
        }
    }
}
