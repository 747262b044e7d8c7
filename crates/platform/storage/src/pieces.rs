//! Long content sealed piece by piece, so that it can pass through without ever being in memory as
//! a whole: `XChaCha20-Poly1305` with a nonce of a random prefix, the number of the piece and a mark
//! on the last one. Pieces cannot be moved, left out, repeated or cut off unnoticed.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Plain bytes of every piece but the last.
pub(crate) const PIECE: usize = 64 * 1024;
/// A piece as it is kept.
pub(crate) const SEALED_PIECE: usize = PIECE + TAG;
/// Random bytes of the nonce.
pub(crate) const PREFIX: usize = 19;
const TAG: usize = 16;

/// Seals and opens the pieces of one content.
pub(crate) struct PieceCipher {
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX],
    bound: Vec<u8>,
}

impl PieceCipher {
    /// A cipher whose pieces belong to what `bound` names. A prefix is used for one content only.
    pub fn new(cipher: XChaCha20Poly1305, prefix: [u8; PREFIX], bound: Vec<u8>) -> Self {
        Self {
            cipher,
            prefix,
            bound,
        }
    }

    /// Seals piece `n`; `None` where the cipher refuses.
    pub fn seal(&self, n: u32, is_last: bool, plain: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: plain,
            aad: &self.bound,
        };
        self.cipher.encrypt(&self.nonce(n, is_last), payload).ok()
    }

    /// Opens piece `n`; `None` where it is not what was sealed there.
    pub fn open(&self, n: u32, is_last: bool, sealed: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: sealed,
            aad: &self.bound,
        };
        self.cipher.decrypt(&self.nonce(n, is_last), payload).ok()
    }

    fn nonce(&self, n: u32, is_last: bool) -> XNonce {
        let mut nonce = [0; PREFIX + 5];
        let tail = n.to_be_bytes().into_iter().chain([u8::from(is_last)]);
        let bytes = self.prefix.into_iter().chain(tail);
        nonce
            .iter_mut()
            .zip(bytes)
            .for_each(|(to, from)| *to = from);
        XNonce::from(nonce)
    }
}

/// How a content of known length is divided. Even an empty one has one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Division {
    /// Bytes in all.
    pub length: u64,
    /// Number of the last piece.
    pub last: u32,
}

impl Division {
    /// Of `length` plain bytes; `None` where that is more than pieces can be numbered.
    pub fn of_plain(length: u64) -> Option<Self> {
        let last = length.saturating_sub(1) / PIECE as u64;
        Some(Self {
            length,
            last: u32::try_from(last).ok()?,
        })
    }

    /// Of what lies in `sealed` bytes; `None` where no content has that size.
    pub fn of_sealed(sealed: u64) -> Option<Self> {
        let pieces = sealed.div_ceil(SEALED_PIECE as u64).max(1);
        let division = Self::of_plain(sealed.checked_sub(pieces.checked_mul(TAG as u64)?)?)?;
        (u64::from(division.last) + 1 == pieces).then_some(division)
    }

    /// Plain bytes of piece `n`.
    pub fn plain(self, n: u32) -> usize {
        let before = u64::from(n) * PIECE as u64;
        usize::try_from(self.length.saturating_sub(before).min(PIECE as u64)).unwrap_or(PIECE)
    }

    /// Sealed bytes of piece `n`.
    pub fn sealed(self, n: u32) -> usize {
        self.plain(n) + TAG
    }
}

#[cfg(test)]
mod tests {
    use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

    use super::{Division, PIECE, PieceCipher, SEALED_PIECE, TAG};

    #[test]
    fn every_length_is_found_again_from_its_sealed_size() {
        let piece = PIECE as u64;
        for length in [
            0,
            1,
            piece - 1,
            piece,
            piece + 1,
            3 * piece,
            800 * piece + 7,
        ] {
            let division = Division::of_plain(length).unwrap();
            let sealed: u64 = (0..=division.last).map(|n| division.sealed(n) as u64).sum();
            assert_eq!(Division::of_sealed(sealed), Some(division), "{length}");
        }
        // No content is so short, or leaves a last piece without a byte.
        for sealed in [0, TAG - 1, SEALED_PIECE + 3, SEALED_PIECE + TAG] {
            assert_eq!(Division::of_sealed(sealed as u64), None, "{sealed}");
        }
    }

    #[test]
    fn a_piece_opens_in_its_place_only() {
        let cipher = |bound: &[u8], prefix| {
            let key = XChaCha20Poly1305::new(&[7; 32].into());
            PieceCipher::new(key, [prefix; 19], bound.to_vec())
        };
        let mine = cipher(b"a", 1);
        let sealed = mine.seal(1, false, b"text").unwrap();
        assert_eq!(mine.open(1, false, &sealed).unwrap(), b"text");
        assert!(mine.open(2, false, &sealed).is_none(), "moved");
        assert!(mine.open(1, true, &sealed).is_none(), "cut off behind it");
        assert!(cipher(b"b", 1).open(1, false, &sealed).is_none());
        assert!(cipher(b"a", 2).open(1, false, &sealed).is_none());
    }
}
