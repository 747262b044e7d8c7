//! A derivation in words, for the command line and for papers.

mod en;
mod zh;

use crate::derivation::{Derivation, Locale};
use crate::term::{Term, Unit};

impl Derivation {
    /// One line per step.
    pub fn to_text(&self, locale: Locale) -> Vec<String> {
        let line = |step| match locale {
            Locale::Zh => zh::line(self, step),
            Locale::En => en::line(self, step),
        };
        self.steps.iter().map(line).collect()
    }

    /// `length` of the term's unit; extensions of a term on the spot count working days.
    fn term_of(&self, length: u32, locale: Locale) -> String {
        let unit = match self.term.unit {
            Unit::OnTheSpot if length > 0 => Unit::WorkingDays,
            unit => unit,
        };
        Term::new(length, unit).to_text(locale)
    }

    const fn counted(&self) -> Counted {
        match self.term.unit {
            Unit::Minutes | Unit::Hours => Counted::Minutes,
            Unit::WorkingDays | Unit::OnTheSpot => Counted::WorkingDays,
            Unit::NaturalDays | Unit::Months | Unit::Years => Counted::Days,
        }
    }
}

/// What the counts of a derivation count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    WorkingDays,
    Days,
    Minutes,
}

impl Counted {
    /// What a pause takes away: whole days, even from a term in minutes.
    fn by_pause(self) -> Self {
        if self == Self::Days {
            Self::Days
        } else {
            Self::WorkingDays
        }
    }
}
