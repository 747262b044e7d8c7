//! Rate limits by key: a network address, an account, a case number.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use tb_kernel::{ErrorKind, Fault};

/// A limit; cheap to clone.
#[derive(Clone)]
pub struct Limiter(Option<Arc<DefaultKeyedRateLimiter<String>>>);

impl std::fmt::Debug for Limiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() {
            "Limiter(on)"
        } else {
            "Limiter(off)"
        })
    }
}

impl Limiter {
    /// So many a second, with bursts of four times as many; 0 turns the limit off.
    pub fn per_second(n: u32) -> Self {
        Self(NonZeroU32::new(n).map(|rate| {
            let burst = rate.saturating_mul(NonZeroU32::MIN.saturating_add(3));
            Arc::new(DefaultKeyedRateLimiter::keyed(
                Quota::per_second(rate).allow_burst(burst),
            ))
        }))
    }

    /// `n` within `period`, then evenly.
    pub fn within(n: u32, period: Duration) -> Self {
        let quota = NonZeroU32::new(n)
            .and_then(|n| Some(Quota::with_period(period / n.get())?.allow_burst(n)));
        Self(quota.map(|quota| Arc::new(DefaultKeyedRateLimiter::keyed(quota))))
    }

    /// Counts one; an error says how long to wait.
    pub fn check(&self, key: &str) -> Result<(), Fault> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        limiter.check_key(&key.to_owned()).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Fault::new(ErrorKind::Limited, "http.limited").arg("seconds", wait.as_secs().max(1))
        })
    }

    /// Forgets keys that have been quiet; called now and then by a job.
    pub fn tidy(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}
