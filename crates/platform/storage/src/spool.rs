//! A file on its way in: taken piece by piece as it arrives, however slowly, in a quarter of a
//! megabyte of memory. What is more lies in a nameless file, sealed under a key that only this
//! process knows, so that neither a crash nor a copied disk gives anything away.

use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use hmac::Mac;

use crate::keyring::Hasher;
use crate::pieces::{PIECE, PieceCipher, SEALED_PIECE};

/// What is kept in memory before it goes to disk: whole pieces.
const BATCH: usize = 4 * PIECE;

/// A file that is being received.
pub struct Spool {
    // Away while a thread that may block works on it, and for good where that thread failed.
    filed: Option<Filed>,
    waiting: Vec<u8>,
    length: u64,
}

/// What has gone to disk, and the hash of it.
struct Filed {
    folder: PathBuf,
    file: Option<File>,
    cipher: PieceCipher,
    hasher: Hasher,
    pieces: u32,
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spool({})", self.length)
    }
}

impl Spool {
    pub(crate) fn new(folder: PathBuf, cipher: PieceCipher, hasher: Hasher) -> Self {
        let filed = Filed {
            folder,
            file: None,
            cipher,
            hasher,
            pieces: 0,
        };
        Self {
            filed: Some(filed),
            waiting: Vec::new(),
            length: 0,
        }
    }

    /// Bytes received so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Takes what has arrived.
    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            if self.waiting.len() == BATCH {
                let batch = std::mem::take(&mut self.waiting);
                self.work(move |filed| filed.write(&batch)).await?;
            }
            let (now, later) = bytes
                .split_at_checked(BATCH - self.waiting.len())
                .unwrap_or((bytes, &[]));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// The file as it was received.
    pub async fn finish(mut self) -> Result<Spooled> {
        let tail = std::mem::take(&mut self.waiting);
        let tail = self
            .work(move |filed| {
                filed.hasher.update(&tail);
                Ok(tail)
            })
            .await?;
        let Filed {
            file,
            cipher,
            hasher,
            pieces,
            ..
        } = self.filed.ok_or_else(broken)?;
        Ok(Spooled(Arc::new(Inner {
            address: hex::encode(hasher.finalize().into_bytes()),
            length: self.length,
            file,
            pieces,
            cipher,
            tail,
        })))
    }

    /// Hashing, sealing and writing take a thread that may block.
    async fn work<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Filed) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let mut filed = self.filed.take().ok_or_else(broken)?;
        let (filed, done) = tokio::task::spawn_blocking(move || {
            let done = work(&mut filed);
            (filed, done)
        })
        .await
        .map_err(Error::other)?;
        self.filed = Some(filed);
        done
    }
}

impl Filed {
    fn write(&mut self, batch: &[u8]) -> Result<()> {
        self.hasher.update(batch);
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(&self.folder)?);
        }
        let mut file = self.file.as_ref().ok_or_else(broken)?;
        for piece in batch.chunks(PIECE) {
            let sealed = self.cipher.seal(self.pieces, false, piece);
            file.write_all(&sealed.ok_or_else(broken)?)?;
            self.pieces += 1;
        }
        Ok(())
    }
}

fn broken() -> Error {
    Error::other("a file on its way in cannot be kept")
}

/// A file that has been received, before it is stored. Cheap to clone; gone with its last clone.
#[derive(Clone)]
pub struct Spooled(Arc<Inner>);

struct Inner {
    address: String,
    length: u64,
    file: Option<File>,
    pieces: u32,
    cipher: PieceCipher,
    tail: Vec<u8>,
}

impl std::fmt::Debug for Spooled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spooled({})", self.0.length)
    }
}

impl Spooled {
    /// Its length.
    pub fn length(&self) -> u64 {
        self.0.length
    }

    /// Reads it. Blocks.
    pub fn reader(&self) -> SpoolReader {
        SpoolReader {
            spooled: self.clone(),
            position: 0,
            kept: None,
        }
    }

    /// The address of its content.
    pub(crate) fn address(&self) -> &str {
        &self.0.address
    }

    /// Piece `n` of it. Blocks.
    pub(crate) fn piece(&self, n: u32) -> Result<Vec<u8>> {
        let inner = &*self.0;
        if let Some(in_tail) = n.checked_sub(inner.pieces) {
            let rest = inner.tail.chunks(PIECE).nth(in_tail as usize);
            return Ok(rest.unwrap_or_default().to_vec());
        }
        let mut sealed = vec![0; SEALED_PIECE];
        let file = inner.file.as_ref().ok_or_else(broken)?;
        file.read_exact_at(&mut sealed, u64::from(n) * SEALED_PIECE as u64)?;
        inner.cipher.open(n, false, &sealed).ok_or_else(broken)
    }
}

/// Reads a received file in any order, one piece in memory.
#[derive(Debug)]
pub struct SpoolReader {
    spooled: Spooled,
    position: u64,
    kept: Option<(u32, Vec<u8>)>,
}

impl Read for SpoolReader {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        if self.position >= self.spooled.length() {
            return Ok(0);
        }
        let n = u32::try_from(self.position / PIECE as u64).map_err(Error::other)?;
        if self.kept.as_ref().is_none_or(|(kept, _)| *kept != n) {
            self.kept = Some((n, self.spooled.piece(n)?));
        }
        let within = usize::try_from(self.position % PIECE as u64).map_err(Error::other)?;
        let piece = self.kept.as_ref().map_or(&[][..], |(_, piece)| piece);
        let taken = piece.get(within..).unwrap_or_default().read(to)?;
        self.position += taken as u64;
        Ok(taken)
    }
}

impl Seek for SpoolReader {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.spooled.length().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position
            .ok_or_else(|| Error::new(std::io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.position)
    }
}
