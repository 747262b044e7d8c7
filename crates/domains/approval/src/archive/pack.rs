//! Writes a package as a stream: what is in memory at once is a piece of one file. Times in it are
//! fixed, so that the same content gives the same bytes.

use std::io::{Error, Result, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::manifest::{line, listing};
use super::{FILES, FileEntry, MANIFEST, Manifest, SEAL};

/// Bytes that are compressed at once.
const PIECE: usize = 64 * 1024;

/// A file about to be written.
#[derive(Clone, Debug, Default)]
pub struct FileHead {
    /// Where it is to lie.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// Name under which it was handed in.
    pub original: String,
    /// Media type.
    pub media_type: String,
}

/// What was packed.
#[derive(Clone, Debug)]
pub struct Packed {
    /// The last bytes of the package.
    pub rest: Vec<u8>,
    /// The manifest.
    pub manifest: Manifest,
}

/// Bytes that were written and not taken yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A package under way.
pub struct Packer {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
    under_way: Option<(FileEntry, Sha256)>,
    /// What is not compressed yet: less than a piece.
    waiting: Vec<u8>,
    files: Vec<FileEntry>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packer({} files)", self.files.len())
    }
}

impl Default for Packer {
    fn default() -> Self {
        let written = Written::default();
        Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
            under_way: None,
            waiting: Vec::new(),
            files: Vec::new(),
        }
    }
}

impl Packer {
    /// Begins a file; the one before it is at its end.
    ///
    /// # Errors
    /// Where the path is there already.
    pub fn begin(&mut self, head: FileHead) -> Result<()> {
        self.end()?;
        self.start(&head.path)?;
        let entry = FileEntry {
            path: head.path,
            kind: head.kind.to_owned(),
            title: head.title,
            original: head.original,
            media_type: head.media_type,
            ..FileEntry::default()
        };
        self.under_way = Some((entry, Sha256::new()));
        Ok(())
    }

    /// Writes a piece of the file that was begun.
    ///
    /// # Errors
    /// Where none was begun.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let (entry, sum) = self.under_way.as_mut().ok_or_else(nothing_begun)?;
        entry.size += bytes.len() as u64;
        sum.update(bytes);
        // What comes out of the compressor depends on how it was fed.
        let mut rest = bytes;
        while self.waiting.len() + rest.len() >= PIECE {
            let (now, later) = rest
                .split_at_checked(PIECE - self.waiting.len())
                .unwrap_or((rest, &[]));
            self.waiting.extend_from_slice(now);
            self.zip.write_all(&self.waiting)?;
            self.waiting.clear();
            rest = later;
        }
        self.waiting.extend_from_slice(rest);
        Ok(())
    }

    /// A whole file at once.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn whole(&mut self, head: FileHead, bytes: &[u8]) -> Result<()> {
        self.begin(head)?;
        self.write(bytes)
    }

    /// What has been written since it was last taken.
    pub fn take(&self) -> Vec<u8> {
        self.written.take()
    }

    /// Ends the package with its manifest.
    ///
    /// # Errors
    /// Where the archive cannot be closed.
    pub fn finish(mut self, facts: Vec<(String, String)>) -> Result<Packed> {
        self.end()?;
        let files = std::mem::take(&mut self.files);
        let sums = listing(&files);
        let manifest = Manifest {
            facts,
            files,
            listing: sum_of(sums.as_bytes()),
        };
        let xml = manifest.to_xml();
        let seal = line(&sum_of(xml.as_bytes()), MANIFEST) + &line(&manifest.listing, FILES);
        for (path, text) in [(FILES, &sums), (MANIFEST, &xml), (SEAL, &seal)] {
            self.start(path)?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish().map_err(Error::other)?;
        Ok(Packed {
            rest: self.written.take(),
            manifest,
        })
    }

    fn start(&mut self, path: &str) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(path, options).map_err(Error::other)
    }

    fn end(&mut self) -> Result<()> {
        if let Some((entry, sum)) = self.under_way.take() {
            self.zip.write_all(&self.waiting)?;
            self.waiting.clear();
            self.files.push(FileEntry {
                sha256: hex::encode(sum.finalize()),
                ..entry
            });
        }
        Ok(())
    }
}

fn nothing_begun() -> Error {
    Error::other("no file was begun")
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sum_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
