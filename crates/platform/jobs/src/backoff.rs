//! Exponential back-off with jitter.

use std::time::Duration;

use tb_kernel::Entropy;

/// The wait after attempt number `attempts`: `first`, doubled each time up to `longest`, and drawn
/// from the upper half, so that what failed together does not come back together.
pub fn backoff(
    attempts: i32,
    first: Duration,
    longest: Duration,
    entropy: &dyn Entropy,
) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or_default()
        .min(20);
    let full = first.saturating_mul(1 << doublings).min(longest);
    let mut byte = [0_u8; 1];
    entropy.fill(&mut byte);
    let [random] = byte;
    full / 2 + full.mul_f64(f64::from(random) / 512.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Always(u8);

    impl Entropy for Always {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn doubles_up_to_the_bound_and_stays_in_the_upper_half() {
        let [first, longest] = [200, 60_000].map(Duration::from_millis);
        assert_eq!(backoff(1, first, longest, &Always(0)), first / 2);
        assert!(backoff(1, first, longest, &Always(255)) < first);
        assert_eq!(backoff(4, first, longest, &Always(0)), first * 4);
        assert_eq!(backoff(1000, first, longest, &Always(0)), longest / 2);
    }
}
