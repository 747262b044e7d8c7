//! What is counted, and the sums of a department, item, district or day.

use tb_contract::rating::GOOD_FROM;
use tb_kernel::per_mille;

use super::spread::Spread;

/// Came in (收件).
pub(crate) const SUBMITTED: &str = "submitted";
/// Accepted (受理).
pub(crate) const ACCEPTED: &str = "accepted";
/// Ended (办结): closed after a decision, or turned down (不受理, 不予受理). What the applicant took
/// back, and what was voided, returned or handed on, is no work that was done.
pub(crate) const ENDED: &str = "ended";
/// Ended by a grant.
pub(crate) const GRANTED: &str = "granted";
/// Ended after the promised term.
pub(crate) const LATE: &str = "late";
/// Office minutes from submission to decision, per bucket.
pub(crate) const GROSS: &str = "gross";
/// The same without pauses.
pub(crate) const NET: &str = "net";
/// Rated; the bucket is the level.
pub(crate) const RATED: &str = "rated";

/// Sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub submitted: i64,
    pub accepted: i64,
    pub ended: i64,
    pub granted: i64,
    pub late: i64,
    pub gross: Spread,
    pub net: Spread,
    /// Ratings of level 1 to 5.
    pub levels: [i64; 5],
}

impl Tally {
    /// Adds a row of the rollup.
    pub(crate) fn add(&mut self, what: &str, bucket: i32, amount: i64, minutes: i64) {
        match what {
            SUBMITTED => self.submitted += amount,
            ACCEPTED => self.accepted += amount,
            ENDED => self.ended += amount,
            GRANTED => self.granted += amount,
            LATE => self.late += amount,
            GROSS => self.gross.add(bucket, amount, minutes),
            NET => self.net.add(bucket, amount, minutes),
            RATED => {
                let level = usize::try_from(bucket - 1).ok();
                if let Some(level) = level.and_then(|level| self.levels.get_mut(level)) {
                    *level += amount;
                }
            }
            _ => {}
        }
    }

    /// Adds another's sums.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.submitted += other.submitted;
        self.accepted += other.accepted;
        self.ended += other.ended;
        self.granted += other.granted;
        self.late += other.late;
        self.gross.merge(&other.gross);
        self.net.merge(&other.net);
        for (level, more) in self.levels.iter_mut().zip(other.levels) {
            *level += more;
        }
    }

    /// How often something was counted.
    pub(crate) fn count_of(&self, what: &str) -> i64 {
        match what {
            SUBMITTED => self.submitted,
            ACCEPTED => self.accepted,
            ENDED => self.ended,
            _ => 0,
        }
    }

    /// Ratings given.
    pub(crate) fn rated(&self) -> i64 {
        self.levels.iter().sum()
    }

    /// 好评率, per mille.
    pub(crate) fn good(&self) -> Option<i64> {
        let good = self.levels.iter().skip(usize::from(GOOD_FROM) - 1).sum();
        per_mille(good, self.rated())
    }

    /// 按承诺时限办结率, per mille.
    pub(crate) fn in_time(&self) -> Option<i64> {
        per_mille(self.ended - self.late, self.ended)
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDED, LATE, RATED, Tally};

    #[test]
    fn shares_are_of_what_was_counted() {
        let mut tally = Tally::default();
        assert_eq!((tally.good(), tally.in_time()), (None, None));
        tally.add(ENDED, 0, 4, 0);
        tally.add(LATE, 0, 1, 0);
        tally.add(RATED, 5, 2, 0);
        tally.add(RATED, 2, 1, 0);
        assert_eq!(
            (tally.in_time(), tally.good(), tally.rated()),
            (Some(750), Some(667), 3)
        );
        let mut both = tally.clone();
        both.merge(&tally);
        assert_eq!((both.ended, both.rated()), (8, 6));
    }
}
