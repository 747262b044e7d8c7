//! The order of hits: the level first, then closeness, words and boost, then id.

use std::cmp::Ordering;

/// The distance between two levels; boosts and the worth of words stay below it.
const STEP: f64 = 4_096.0;

/// How well an entry fits; nothing is better than a lower level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Level(u8);

impl Level {
    /// It does not.
    pub(crate) const NONE: Self = Self(0);
    /// It holds at least half of what was typed.
    pub(crate) const SOME: Self = Self(20);
    /// What may have been meant, by its words. Below everything that holds all the words that were
    /// typed, above what holds some of them.
    pub(crate) const MEANT_WORDS: Self = Self(30);
    /// What may have been meant, as one piece.
    pub(crate) const MEANT_PIECE: Self = Self(32);
    /// It holds all words.
    pub(crate) const ALL: Self = Self(40);
    /// The title holds all words of what counts as the same.
    pub(crate) const SAME_WORDS: Self = Self(50);
    /// The title holds all words.
    pub(crate) const ALL_IN_TITLE: Self = Self(60);
    /// A name holds what counts as the same.
    pub(crate) const SAME_PIECE: Self = Self(70);
    /// A name holds the text, or a code begins with it.
    pub(crate) const PIECE: Self = Self(80);
    /// The title begins with it, or a keyword is it.
    pub(crate) const BEGINNING: Self = Self(100);
    /// The title is it.
    pub(crate) const EXACT: Self = Self(120);

    /// Whether the name alone decides: the shorter it is, the closer.
    pub(crate) fn is_of_name(self) -> bool {
        self >= Self::SAME_WORDS || (Self::MEANT_WORDS..Self::ALL).contains(&self)
    }
}

/// The final rank. Where the name fits, the shorter one is the closer one; elsewhere words decide.
pub(crate) fn rank(level: Level, length: u16, worth: f32, boost: f32) -> f64 {
    let length = f64::from(length).max(1.0);
    let within = if level.is_of_name() {
        100.0 / length
    } else {
        f64::from(worth) + 1.0 / length
    };
    f64::from(level.0) * STEP + (within + f64::from(boost)).min(STEP - 1.0)
}

/// A hit while it competes; the greatest is the worst, so that a heap drops it.
#[derive(Debug, PartialEq)]
pub(crate) struct Candidate {
    pub rank: f64,
    /// Ordinal of the id in its segment.
    pub id: u64,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .rank
            .total_cmp(&self.rank)
            .then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
