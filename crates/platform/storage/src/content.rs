//! The content of a stored file on its way out: opened piece by piece as its reader takes it, so
//! that a slow reader of a large file holds one piece in memory and nothing else.

use bytes::{Bytes, BytesMut};
use futures::stream::{BoxStream, StreamExt, TryStreamExt};

use crate::error::StorageError;
use crate::pieces::{Division, PieceCipher};

/// Sealed bytes as they come from the store.
pub(crate) type Source = BoxStream<'static, Result<Bytes, StorageError>>;

/// The content of a file.
pub struct Content {
    /// Bytes in all.
    pub length: u64,
    /// The bytes. An error says that the rest cannot be opened: what came before it was right, but
    /// is not the file.
    pub pieces: BoxStream<'static, Result<Bytes, StorageError>>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({})", self.length)
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            length: bytes.len() as u64,
            pieces: futures::stream::once(async { Ok(Bytes::from(bytes)) }).boxed(),
        }
    }
}

impl Content {
    /// All of it at once, for what is known to be small.
    pub async fn bytes(self) -> Result<Vec<u8>, StorageError> {
        let whole = Vec::with_capacity(usize::try_from(self.length).unwrap_or_default());
        self.pieces
            .try_fold(whole, async |mut whole, piece| {
                whole.extend_from_slice(&piece);
                Ok(whole)
            })
            .await
    }
}

/// Opens piece after piece of a source. One piece costs a fraction of a millisecond, so that it is
/// opened where it is read.
pub(crate) struct Opening {
    pub source: Source,
    /// What has been read and not yet opened.
    pub read: BytesMut,
    pub cipher: PieceCipher,
    pub division: Division,
    /// The next piece.
    pub n: u32,
    /// What the error of a wrong piece says.
    pub wrong: fn() -> StorageError,
}

impl Opening {
    /// The content. Its first piece is opened at once, so that a wrong file is refused before an
    /// answer has begun.
    pub async fn content(mut self) -> Result<Content, StorageError> {
        let length = self.division.length;
        let first = self.next().await?.unwrap_or_default();
        let rest = futures::stream::try_unfold(self, async |mut opening| {
            Ok(opening.next().await?.map(|piece| (piece, opening)))
        });
        let first = futures::stream::once(async { Ok(first) });
        Ok(Content {
            length,
            pieces: first.chain(rest).boxed(),
        })
    }

    async fn next(&mut self) -> Result<Option<Bytes>, StorageError> {
        if self.n > self.division.last {
            return Ok(None);
        }
        let wanted = self.division.sealed(self.n);
        while self.read.len() < wanted {
            let more = self.source.next().await.ok_or_else(self.wrong)??;
            self.read.extend_from_slice(&more);
        }
        let sealed = self.read.split_to(wanted);
        let plain = self
            .cipher
            .open(self.n, self.n == self.division.last, &sealed)
            .ok_or_else(self.wrong)?;
        self.n += 1;
        Ok(Some(plain.into()))
    }
}
