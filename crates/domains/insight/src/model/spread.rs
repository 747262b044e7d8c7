//! How times spread: minutes of the office in buckets, fine where cases are short, so that sums of
//! days give percentiles of any period. A percentile is the upper end of its bucket, at most half an
//! hour (from 20 working days on, a working day) above the true one.

use std::collections::BTreeMap;

/// Office minutes of a working day: 09:00–12:00 and 13:30–17:00.
pub(crate) const DAY: i64 = 390;
const FINE: i64 = 30;
const FINE_BUCKETS: i64 = 20 * DAY / FINE;

/// The bucket of so many minutes.
pub(crate) fn bucket(minutes: i64) -> i32 {
    let minutes = minutes.max(0);
    let fine = minutes.div_euclid(FINE) + i64::from(minutes % FINE > 0);
    let number = if fine <= FINE_BUCKETS {
        fine
    } else {
        let beyond = minutes - 20 * DAY;
        FINE_BUCKETS + beyond.div_euclid(DAY) + i64::from(beyond % DAY > 0)
    };
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The longest time in a bucket.
fn upper(bucket: i32) -> i64 {
    let bucket = i64::from(bucket);
    if bucket <= FINE_BUCKETS {
        bucket * FINE
    } else {
        20 * DAY + (bucket - FINE_BUCKETS) * DAY
    }
}

/// Times that were counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spread {
    buckets: BTreeMap<i32, i64>,
    minutes: i64,
}

impl Spread {
    /// So many more in a bucket, `minutes` together.
    pub(crate) fn add(&mut self, bucket: i32, amount: i64, minutes: i64) {
        *self.buckets.entry(bucket).or_default() += amount;
        self.minutes += minutes;
    }

    /// Those of another, too.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (bucket, amount) in &other.buckets {
            *self.buckets.entry(*bucket).or_default() += amount;
        }
        self.minutes += other.minutes;
    }

    fn amount(&self) -> i64 {
        self.buckets.values().sum()
    }

    /// The mean in minutes.
    pub(crate) fn mean(&self) -> Option<i64> {
        let amount = self.amount();
        (amount > 0).then(|| self.minutes / amount)
    }

    /// The time that `percent` of all stay within, in minutes.
    pub(crate) fn percentile(&self, percent: i64) -> Option<i64> {
        let amount = self.amount();
        let wanted = (amount * percent + 99) / 100;
        let mut seen = 0;
        self.buckets.iter().find_map(|(bucket, many)| {
            seen += many;
            (amount > 0 && seen >= wanted.max(1)).then(|| upper(*bucket))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Spread, bucket, upper};

    fn of(minutes: &[i64]) -> Spread {
        let mut spread = Spread::default();
        for one in minutes {
            spread.add(bucket(*one), 1, *one);
        }
        spread
    }

    #[test]
    fn a_bucket_holds_what_it_says() {
        for minutes in [
            0, 1, 29, 30, 31, 390, 7_799, 7_800, 7_801, 8_190, 8_191, 40_000,
        ] {
            let upper = upper(bucket(minutes));
            let width = if minutes <= 20 * DAY { 30 } else { DAY };
            assert!(
                upper >= minutes && upper < minutes + width,
                "{minutes}: {upper}"
            );
        }
        assert_eq!(bucket(-5), 0);
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_times() {
        let spread = of(&[30, 60, 90, 120, 150, 180, 210, 240, 270, 3_900]);
        assert_eq!(spread.percentile(50), Some(150));
        assert_eq!(spread.percentile(90), Some(270));
        assert_eq!(spread.percentile(100), Some(3_900));
        assert_eq!(spread.mean(), Some(525));
        assert_eq!(
            of(&[45]).percentile(50),
            Some(60),
            "the end of its half hour"
        );
        assert_eq!((of(&[]).percentile(50), of(&[]).mean()), (None, None));
    }

    #[test]
    fn days_add_up() {
        let (mut one, two) = (of(&[30, 60]), of(&[90, 7_900]));
        one.merge(&two);
        assert_eq!(one, of(&[30, 60, 90, 7_900]));
    }
}
