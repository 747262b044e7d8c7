//! When a message is tried again.

use std::time::Duration;

/// What is to become of a message after a try that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is tried again after so long.
    Again(Duration),
    /// It was the last try.
    Dead,
}

/// After the failed try number `tries` (from 1). `chance` (0 to 255) spreads the tries of many
/// messages by a tenth, so that a system that comes back is not met by all of them at once.
pub(crate) fn after(tries: i32, pauses: &[u32], chance: u8) -> Outcome {
    let pause = usize::try_from(tries - 1).ok().and_then(|n| pauses.get(n));
    match pause {
        Some(seconds) => {
            let millis = u64::from(*seconds) * 1_000;
            let spread = millis / 10 * u64::from(chance) / 255;
            Outcome::Again(Duration::from_millis(millis + spread))
        }
        None => Outcome::Dead,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, after};
    use crate::Settings;

    #[test]
    fn eight_tries_over_more_than_a_day() {
        let pauses = Settings::default().retry_seconds;
        let mut whole = Duration::ZERO;
        for tries in 1..=7 {
            let Outcome::Again(pause) = after(tries, &pauses, 0) else {
                panic!("dead after {tries}");
            };
            whole += pause;
        }
        assert_eq!(after(8, &pauses, 0), Outcome::Dead);
        assert!(whole > Duration::from_hours(27) && whole < Duration::from_hours(28));
    }

    #[test]
    fn chance_adds_at_most_a_tenth() {
        let pause = |chance| after(1, &[100], chance);
        assert_eq!(pause(0), Outcome::Again(Duration::from_secs(100)));
        assert_eq!(pause(255), Outcome::Again(Duration::from_secs(110)));
    }
}
