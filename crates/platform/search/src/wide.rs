//! Entries found by the beginning of a word: many terms begin so, and finding them walks over a whole
//! segment. It is done once for each segment and question, whoever judges its stretches.

use std::ops::Range;
use std::sync::OnceLock;

use tantivy::DocId;

use crate::SearchError;

const BITS: u32 = 64;

/// One bit for each entry of a segment.
type Bits = Vec<u64>;

/// The sets of one question: for each segment, list, word and text a place of its own.
pub(crate) struct Wide {
    sets: Vec<OnceLock<Option<Bits>>>,
    words: usize,
    texts: usize,
}

/// Where a set belongs.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// Segment.
    pub segment: usize,
    /// Whether it is a piece and not a word.
    pub piece: bool,
    /// Word.
    pub word: usize,
    /// Text that it is looked for in.
    pub text: usize,
}

impl Wide {
    /// Room for so many; none is taken where no word asks for it.
    pub(crate) fn new(segments: usize, words: usize, texts: usize) -> Self {
        let mut sets = Vec::new();
        sets.resize_with(segments * 2 * words * texts, OnceLock::new);
        Self { sets, words, texts }
    }

    /// Every entry of a stretch that the set at a place holds, by its place in the stretch; `find`
    /// marks the entries of the whole segment.
    pub(crate) fn walk(
        &self,
        at: At,
        range: &Range<DocId>,
        find: impl FnOnce() -> Result<Bits, SearchError>,
        mut found: impl FnMut(usize),
    ) -> Result<(), SearchError> {
        let list = at.segment * 2 + usize::from(at.piece);
        let place = (list * self.words + at.word) * self.texts + at.text;
        let set = self.sets.get(place).ok_or(SearchError::Broken)?;
        let bits = set.get_or_init(|| find().ok());
        let bits = bits.as_ref().ok_or(SearchError::Broken)?;
        for block in range.start / BITS..range.end.div_ceil(BITS) {
            let mut left = bits.get(block as usize).copied().unwrap_or_default();
            while left != 0 {
                let doc = block * BITS + left.trailing_zeros();
                left &= left - 1;
                if range.contains(&doc) {
                    found((doc - range.start) as usize);
                }
            }
        }
        Ok(())
    }
}

/// No entry of a segment.
pub(crate) fn none(entries: DocId) -> Bits {
    vec![0; entries.div_ceil(BITS) as usize]
}

/// Marks an entry.
pub(crate) fn mark(bits: &mut Bits, doc: DocId) {
    if let Some(block) = bits.get_mut((doc / BITS) as usize) {
        *block |= 1 << (doc % BITS);
    }
}
