//! How often a process asks whether something has changed. Measured by the machine's steady clock:
//! it is a matter of load, not of any date.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Between two looks.
const EVERY: Duration = Duration::from_millis(500);

/// The time of the last look.
#[derive(Debug)]
pub(crate) struct Pace {
    origin: Instant,
    /// Milliseconds from the origin to the last look, plus one; 0: there was none.
    last: AtomicU64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            origin: Instant::now(),
            last: AtomicU64::new(0),
        }
    }
}

impl Pace {
    /// Whether the next look is due.
    pub(crate) fn is_due(&self) -> bool {
        let last = self.last.load(Ordering::Acquire);
        last == 0 || self.elapsed().saturating_sub(last) >= millis(EVERY)
    }

    /// Whether there was a look at all.
    pub(crate) fn has_begun(&self) -> bool {
        self.last.load(Ordering::Acquire) != 0
    }

    /// A look has been taken.
    pub(crate) fn done(&self) {
        self.last.store(self.elapsed(), Ordering::Release);
    }

    fn elapsed(&self) -> u64 {
        millis(self.origin.elapsed()).saturating_add(1)
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
