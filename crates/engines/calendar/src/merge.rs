//! Import of further years into a calendar document, and the rule for its version.

use crate::document::{CalendarDocument, YearDays, YearStatus};
use crate::error::CalendarError;

impl CalendarDocument {
    /// The document that results from importing `import` into this one.
    ///
    /// A year of the import replaces the same year here as a whole, an overlay
    /// the row of the same region and year. An official year never becomes
    /// provisional again. The version of the import does not count: if nothing
    /// changes, the version stays; if the last official year grows, it becomes
    /// `<year>.1`; otherwise its revision is raised by one. The source text is
    /// kept unless the import names its own.
    pub fn merge(&self, import: &Self) -> Result<Self, CalendarError> {
        let mut merged = self.clone();
        for (&year, days) in &import.years {
            if self.is_official(year) && days.status == YearStatus::Provisional {
                return Err(CalendarError::Downgrade { year });
            }
            merged.years.insert(year, sorted(days));
        }
        for overlay in &import.overlays {
            merged
                .overlays
                .retain(|o| (&o.region, o.year) != (&overlay.region, overlay.year));
            let mut overlay = overlay.clone();
            overlay.holidays.sort_by_key(|h| h.date);
            overlay.workdays.sort();
            merged.overlays.push(overlay);
        }
        merged
            .overlays
            .sort_by(|a, b| (&a.region, a.year).cmp(&(&b.region, b.year)));
        merged.check()?;
        if merged != *self {
            merged.version = self.version_after(&merged);
            if import.source.is_some() {
                merged.source.clone_from(&import.source);
            }
        }
        Ok(merged)
    }

    /// The last year whose status is official.
    pub fn last_official_year(&self) -> Option<i32> {
        self.years
            .iter()
            .rev()
            .find(|(_, days)| days.status == YearStatus::Official)
            .map(|(&year, _)| year)
    }

    fn is_official(&self, year: i32) -> bool {
        self.years
            .get(&year)
            .is_some_and(|days| days.status == YearStatus::Official)
    }

    fn version_after(&self, merged: &Self) -> String {
        let last = merged
            .last_official_year()
            .or_else(|| merged.years.keys().next_back().copied())
            .unwrap_or_default();
        let revision = match self.version.split_once('.') {
            Some((year, revision)) if year.parse() == Ok(last) => {
                revision.parse().unwrap_or(0_u32).saturating_add(1)
            }
            _ => 1,
        };
        format!("{last}.{revision}")
    }
}

fn sorted(days: &YearDays) -> YearDays {
    let mut days = days.clone();
    days.holidays.sort_by_key(|h| h.date);
    days.workdays.sort();
    days
}
