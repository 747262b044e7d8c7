//! Files as they lie in the store, sealed: out into a folder and in from there, with their sums.

use std::io::Read;
use std::path::Path as FilePath;

use bytes::BytesMut;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::blob::{Blobs, failed, path};
use crate::error::StorageError;

/// Bytes of a request to the store: more than the five mebibytes that S3 demands of a part.
const PART: usize = 8 * 1024 * 1024;
/// Where swept files wait for their end.
const TRASH: &str = "trash";

/// What tells one file from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// SHA-256 in hex.
    pub sha256: String,
    /// Bytes.
    pub length: u64,
}

/// A file in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its place: `ab/ab…` for content, `papers/…` for what has a name.
    pub place: String,
    /// Bytes.
    pub length: u64,
}

impl Blobs {
    /// Everything in the store.
    pub fn stored(&self) -> BoxStream<'_, Result<StoredFile, StorageError>> {
        let all = self.store.list(None).map_err(failed);
        all.map_ok(|meta| StoredFile {
            place: meta.location.to_string(),
            length: meta.size,
        })
        .boxed()
    }

    /// The place of a file that is addressed by its content.
    pub fn place_of(address: &str) -> String {
        path(address).to_string()
    }

    /// Copies a file out as it lies there; `None` where there is none.
    pub async fn copy_out(
        &self,
        place: &str,
        to: &FilePath,
    ) -> Result<Option<FileSum>, StorageError> {
        let found = match self.store.get(&Path::from(place)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        if let Some(folder) = to.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let mut file = tokio::fs::File::create(to).await?;
        let (mut hash, mut length) = (Sha256::new(), 0);
        let mut stream = found.into_stream();
        while let Some(bytes) = stream.try_next().await.map_err(failed)? {
            hash.update(&bytes);
            length += bytes.len() as u64;
            file.write_all(&bytes).await?;
        }
        file.flush().await?;
        file.sync_all().await?;
        Ok(Some(FileSum {
            sha256: hex::encode(hash.finalize()),
            length,
        }))
    }

    /// Where a file waits that was swept, though a row of an earlier moment names it.
    pub async fn place_in_trash(&self, address: &str) -> Result<Option<String>, StorageError> {
        let trash = Path::from(TRASH);
        let mut all = self.store.list(Some(&trash));
        while let Some(meta) = all.try_next().await.map_err(failed)? {
            if meta.location.filename() == Some(address) {
                return Ok(Some(meta.location.to_string()));
            }
        }
        Ok(None)
    }

    /// Copies a file in as it is, over what was there.
    pub async fn copy_in(&self, place: &str, from: &FilePath) -> Result<(), StorageError> {
        let place = Path::from(place);
        let mut file = tokio::fs::File::open(from).await?;
        let (first, last) = next_part(&mut file).await?;
        if last {
            self.store.put(&place, first.into()).await.map_err(failed)?;
            return Ok(());
        }
        let mut upload = self.store.put_multipart(&place).await.map_err(failed)?;
        let written = async {
            upload.put_part(first.into()).await.map_err(failed)?;
            loop {
                let (part, last) = next_part(&mut file).await?;
                upload.put_part(part.into()).await.map_err(failed)?;
                if last {
                    return upload.complete().await.map_err(failed);
                }
            }
        }
        .await;
        if let Err(error) = written {
            // The first error is the one to tell.
            drop(upload.abort().await);
            return Err(error);
        }
        Ok(())
    }

    /// Keeps what lies at a place under another one, if anything does.
    pub async fn keep_aside(&self, place: &str, aside: &str) -> Result<(), StorageError> {
        let (from, to) = (Path::from(place), Path::from(aside));
        match self.store.copy(&from, &to).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

/// The next bytes, and whether they are the last.
async fn next_part(file: &mut tokio::fs::File) -> Result<(bytes::Bytes, bool), StorageError> {
    let mut part = BytesMut::with_capacity(PART);
    while part.len() < PART {
        if file.read_buf(&mut part).await? == 0 {
            return Ok((part.freeze(), true));
        }
    }
    Ok((part.freeze(), false))
}

/// The sum of a file on disk.
pub fn sum_of_file(file: &FilePath) -> std::io::Result<FileSum> {
    let mut file = std::fs::File::open(file)?;
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; 128 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        hash.update(bytes);
        length += read as u64;
    }
    Ok(FileSum {
        sha256: hex::encode(hash.finalize()),
        length,
    })
}
