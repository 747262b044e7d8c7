//! The real clock and the real randomness: the one place that asks the system for them.

use chrono::{DateTime, Utc};
use tb_kernel::{Clock, Entropy};

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one home of the system clock"
        )]
        Utc::now()
    }
}

/// The system's random generator.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness there are no keys and no ids: nothing can go on safely.
        #[expect(
            clippy::disallowed_methods,
            reason = "the one home of the system's randomness"
        )]
        if getrandom::fill(buffer).is_err() {
            std::process::abort();
        }
    }
}
