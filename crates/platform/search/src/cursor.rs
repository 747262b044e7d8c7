//! Where a page ended: the rank and id of its last hit, as opaque text.

use crate::SearchError;

/// Length of the rank's bits in hexadecimal.
const RANK_DIGITS: usize = 16;

/// The last hit of the page before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cursor {
    pub(crate) rank: f64,
    pub(crate) id: String,
}

impl Cursor {
    /// The text for a client. The exact bits travel, so that no rounding can
    /// repeat or skip a hit.
    pub(crate) fn encode(&self) -> String {
        format!("{:016x}{}", self.rank.to_bits(), self.id)
    }

    /// Reads a cursor back; anything may come from a client.
    pub(crate) fn decode(text: &str) -> Result<Self, SearchError> {
        let (rank, id) = text
            .split_at_checked(RANK_DIGITS)
            .ok_or(SearchError::BadCursor)?;
        if !rank.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(SearchError::BadCursor);
        }
        let bits = u64::from_str_radix(rank, 16).map_err(|_| SearchError::BadCursor)?;
        let rank = f64::from_bits(bits);
        if rank.is_nan() {
            return Err(SearchError::BadCursor);
        }
        Ok(Self {
            rank,
            id: id.to_owned(),
        })
    }
}
