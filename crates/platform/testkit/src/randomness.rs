//! Randomness of a test: a fast generator, seeded anew for each app so that ids never meet.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use tb_kernel::Entropy;

/// A seeded generator (`SplitMix64`); fit for tests only.
#[derive(Debug)]
pub struct SeededEntropy(AtomicU64);

impl Default for SeededEntropy {
    fn default() -> Self {
        Self::new(RandomState::new().hash_one("seed"))
    }
}

impl SeededEntropy {
    /// A generator with this seed.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (z ^ (z >> 31)).to_le_bytes();
            chunk
                .iter_mut()
                .zip(bytes)
                .for_each(|(to, from)| *to = from);
        }
    }
}
