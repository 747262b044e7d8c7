//! Rate limits by key: a network address, an account, a case number.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use tb_kernel::{ErrorKind, Fault};

/// Keys that are kept without a thought.
const FEW: usize = 1024;

/// A limit; cheap to clone. It forgets keys that have been quiet by itself, so that it never holds
/// more than twice as many as are in use.
#[derive(Clone)]
pub struct Limiter(Option<Arc<Keyed>>);

struct Keyed {
    keys: DefaultKeyedRateLimiter<String>,
    /// Checks until the next tidying; each may have brought a new key.
    left: AtomicUsize,
}

impl Keyed {
    fn new(quota: Quota) -> Arc<Self> {
        Arc::new(Self {
            keys: DefaultKeyedRateLimiter::keyed(quota),
            left: AtomicUsize::new(FEW),
        })
    }

    /// Counts a check. Tidying costs a look at every key, and comes after as many checks.
    fn tidy_in_time(&self) {
        let one_less = |left: usize| left.checked_sub(1);
        let order = Ordering::Relaxed;
        if self.left.fetch_update(order, order, one_less) == Ok(1) {
            self.keys.retain_recent();
            self.keys.shrink_to_fit();
            self.left.store(self.keys.len().max(FEW), order);
        }
    }
}

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
            Keyed::new(Quota::per_second(rate).allow_burst(burst))
        }))
    }

    /// `n` within `period`, then evenly.
    pub fn within(n: u32, period: Duration) -> Self {
        let quota = NonZeroU32::new(n)
            .and_then(|n| Some(Quota::with_period(period / n.get())?.allow_burst(n)));
        Self(quota.map(Keyed::new))
    }

    /// Counts one; an error says how long to wait.
    pub fn check(&self, key: &str) -> Result<(), Fault> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        limiter.tidy_in_time();
        limiter
            .keys
            .check_key(&key.to_owned())
            .map_err(|not_until| {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Fault::new(ErrorKind::Limited, "http.limited").arg("seconds", wait.as_secs().max(1))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, Limiter};

    #[test]
    fn quiet_keys_are_forgotten() {
        // A key is as good as new after a millisecond.
        let limiter = Limiter::per_second(1000);
        for n in 0..100 * FEW {
            assert!(limiter.check(&n.to_string()).is_ok());
        }
        let kept = limiter.0.as_ref().map_or(0, |keyed| keyed.keys.len());
        assert!(kept < 20 * FEW, "{kept} keys are kept");
    }

    #[test]
    fn a_busy_key_stays_limited_over_a_tidying() {
        let limiter = Limiter::within(2, std::time::Duration::from_hours(1));
        assert!(limiter.check("busy").is_ok() && limiter.check("busy").is_ok());
        for n in 0..3 * FEW {
            assert!(limiter.check(&n.to_string()).is_ok());
        }
        assert!(limiter.check("busy").is_err());
    }
}
