//! Files: sealed one by one and addressed by an HMAC of their content, in a local folder or an
//! S3-compatible store. Papers that are rendered once lie under a name of their own.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::BytesMut;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use serde::{Deserialize, Serialize};

use crate::content::{Content, Opening, Source};
use crate::error::StorageError;
use crate::pieces::{Division, PIECE, PieceCipher};
use crate::sealed::{Column, MAX_HEAD, Sealer, unopened};
use crate::spool::{Spool, Spooled};

const COLUMN: Column = Column::new("blob", "content");
/// Pieces that go to the store in one request: more than the five mebibytes that S3 demands of all
/// parts but the last.
const PART: u32 = 96;

/// Where files are kept. `Debug` shows no secret.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct BlobConfig {
    /// A folder, or `s3://bucket/prefix` (with the feature `s3`).
    pub url: String,
    /// Endpoint of an S3-compatible store; empty for the provider's own.
    #[serde(default)]
    pub endpoint: String,
    /// Region of the store.
    #[serde(default)]
    pub region: String,
    /// Access key of the store; empty: from the environment, as usual for S3 clients.
    #[serde(default)]
    pub access_key_id: String,
    /// Its secret.
    #[serde(default)]
    pub secret_access_key: String,
}

impl std::fmt::Debug for BlobConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "BlobConfig({} {} {})",
            self.url, self.endpoint, self.region
        )
    }
}

/// The file store.
#[derive(Clone, Debug)]
pub struct Blobs {
    pub(crate) store: Arc<dyn ObjectStore>,
    sealer: Arc<Sealer>,
    /// Where files on their way in lie.
    spool: PathBuf,
}

impl Blobs {
    /// Opens the store; a local folder is created where it is missing.
    pub fn open(config: &BlobConfig, sealer: Arc<Sealer>) -> Result<Self, StorageError> {
        let (store, spool): (Arc<dyn ObjectStore>, _) = if config.url.starts_with("s3://") {
            (open_s3(config)?, std::env::temp_dir())
        } else {
            std::fs::create_dir_all(&config.url)?;
            let folder = object_store::local::LocalFileSystem::new_with_prefix(&config.url)?;
            (
                Arc::new(folder.with_fsync(true)),
                PathBuf::from(&config.url),
            )
        };
        Ok(Self {
            store,
            sealer,
            spool,
        })
    }

    /// Begins to receive a file.
    pub fn spool(&self) -> Spool {
        Spool::new(
            self.spool.clone(),
            self.sealer.passing_pieces(),
            self.sealer.blob_hasher(),
        )
    }

    /// Stores a file and returns its address; the same content is stored once.
    pub async fn put(&self, content: &[u8]) -> Result<String, StorageError> {
        let mut spool = self.spool();
        spool.push(content).await?;
        self.put_spooled(&spool.finish().await?).await
    }

    /// Stores a received file and returns its address; the same content is stored once.
    pub async fn put_spooled(&self, file: &Spooled) -> Result<String, StorageError> {
        let address = file.address().to_owned();
        if !self.exists(&address).await? {
            self.write(&address, file).await?;
        }
        Ok(address)
    }

    /// Stores a file under a name, over what was there.
    pub async fn put_named(&self, name: &str, content: &[u8]) -> Result<(), StorageError> {
        let mut spool = self.spool();
        spool.push(content).await?;
        self.write(name, &spool.finish().await?).await
    }

    /// Stores a received file under a name, over what was there.
    pub async fn put_received(&self, name: &str, file: &Spooled) -> Result<(), StorageError> {
        self.write(name, file).await
    }

    /// Stores received files under names of their own, then does what names them in a row: where that
    /// fails the files go again, since such files are not swept.
    pub async fn put_for<T, E: From<StorageError>>(
        &self,
        files: &[(String, &Spooled)],
        naming: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.put_all_named(files).await?;
        let named = naming.await;
        if named.is_err() {
            self.remove_named(files.iter().map(|(name, _)| name.as_str()))
                .await;
        }
        named
    }

    /// Takes away a file that has a name of its own; one that is not there is gone already.
    pub async fn remove(&self, name: &str) -> Result<(), StorageError> {
        match self.store.delete(&path(name)).await {
            Ok(()) => Ok(()),
            Err(error) if is_absent(&error) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// All of them, or none.
    async fn put_all_named(&self, files: &[(String, &Spooled)]) -> Result<(), StorageError> {
        for (done, (name, file)) in files.iter().enumerate() {
            if let Err(error) = self.write(name, file).await {
                self.remove_named(files.iter().take(done).map(|(name, _)| name.as_str()))
                    .await;
                return Err(error);
            }
        }
        Ok(())
    }

    async fn remove_named(&self, names: impl Iterator<Item = &str>) {
        for name in names {
            if let Err(error) = self.store.delete(&path(name)).await {
                tracing::warn!(name, %error, "a file that nobody names stays");
            }
        }
    }

    /// Seals and writes part by part. What is there already stays until all is written.
    async fn write(&self, name: &str, file: &Spooled) -> Result<(), StorageError> {
        let mut sealing = Sealing::new(&self.sealer, name, file.clone())?;
        let path = path(name);
        let (back, part) = sealing.part().await?;
        sealing = back;
        if sealing.is_done() {
            self.store.put(&path, part.into()).await.map_err(failed)?;
            return Ok(());
        }
        let mut upload = self.store.put_multipart(&path).await.map_err(failed)?;
        let written = async {
            upload.put_part(part.into()).await.map_err(failed)?;
            while !sealing.is_done() {
                let (back, part) = sealing.part().await?;
                sealing = back;
                upload.put_part(part.into()).await.map_err(failed)?;
            }
            upload.complete().await.map_err(failed)
        }
        .await;
        if let Err(error) = written {
            // The first error is the one to tell.
            drop(upload.abort().await);
            return Err(error);
        }
        Ok(())
    }

    /// The content of a file as a stream; `None` where there is none.
    pub async fn open_file(&self, name: &str) -> Result<Option<Content>, StorageError> {
        let found = match self.store.get(&path(name)).await {
            Ok(found) => found,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let size = found.meta.size;
        let mut source: Source = Box::pin(found.into_stream().map_err(failed));
        let mut read = BytesMut::new();
        while read.len() < MAX_HEAD
            && let Some(more) = source.try_next().await?
        {
            read.extend_from_slice(&more);
        }
        let (cipher, head) = self.sealer.open_pieces(COLUMN, name.as_bytes(), &read)?;
        drop(read.split_to(head));
        let division = Division::of_sealed(size.saturating_sub(head as u64)).ok_or_else(wrong)?;
        let opening = Opening {
            source,
            read,
            cipher,
            division,
            n: 0,
            wrong,
        };
        opening.content().await.map(Some)
    }

    /// The content of a small file; `None` where there is none.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.open_file(name).await? {
            Some(content) => content.bytes().await.map(Some),
            None => Ok(None),
        }
    }

    /// Whether a file is there.
    pub async fn exists(&self, name: &str) -> Result<bool, StorageError> {
        match self.store.head(&path(name)).await {
            Ok(_) => Ok(true),
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }
}

fn wrong() -> StorageError {
    unopened(COLUMN, "wrong place, cut off or tampered with")
}

/// A received file while it is sealed for its place in the store.
struct Sealing {
    head: Vec<u8>,
    cipher: PieceCipher,
    file: Spooled,
    division: Division,
    /// The next piece; none after the last.
    next: Option<u32>,
}

impl Sealing {
    fn new(sealer: &Sealer, name: &str, file: Spooled) -> Result<Self, StorageError> {
        let (head, cipher) = sealer.seal_pieces(COLUMN, name.as_bytes())?;
        let division = Division::of_plain(file.length()).ok_or_else(wrong)?;
        Ok(Self {
            head,
            cipher,
            file,
            division,
            next: Some(0),
        })
    }

    fn is_done(&self) -> bool {
        self.next.is_none()
    }

    /// The next part, made on a thread that may block.
    async fn part(mut self) -> Result<(Self, Vec<u8>), StorageError> {
        tokio::task::spawn_blocking(move || {
            let mut part = std::mem::take(&mut self.head);
            part.reserve(PART as usize * PIECE);
            for _ in 0..PART {
                let Some(n) = self.next else { break };
                let is_last = n == self.division.last;
                let sealed = self.cipher.seal(n, is_last, &self.file.piece(n)?);
                part.extend_from_slice(&sealed.ok_or_else(wrong)?);
                self.next = (!is_last).then_some(n + 1);
            }
            Ok((self, part))
        })
        .await
        .map_err(std::io::Error::other)?
    }
}

/// Two levels of folders keep any one of them small.
pub(crate) fn path(name: &str) -> Path {
    match name.split_once('/') {
        Some(_) => Path::from(name),
        None => Path::from(format!("{}/{name}", name.get(..2).unwrap_or("00"))),
    }
}

/// Whether there is no such file. A folder has none either where a file lies in the place of a part of
/// its path.
fn is_absent(error: &object_store::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::NotADirectory) {
            return true;
        }
        cause = error.source();
    }
    matches!(error, object_store::Error::NotFound { .. })
}

/// Wrong credentials are told apart: the store's own answer does not say what to mend.
pub(crate) fn failed(error: object_store::Error) -> StorageError {
    use object_store::Error::{PermissionDenied, Unauthenticated};
    match error {
        PermissionDenied { .. } | Unauthenticated { .. } => StorageError::BlobsRefused,
        other => other.into(),
    }
}

/// A store that is down is said to be down after seconds, not after minutes.
#[cfg(feature = "s3")]
fn patience() -> object_store::RetryConfig {
    object_store::RetryConfig {
        max_retries: 3,
        retry_timeout: std::time::Duration::from_secs(10),
        ..object_store::RetryConfig::default()
    }
}

#[cfg(feature = "s3")]
fn open_s3(config: &BlobConfig) -> Result<Arc<dyn ObjectStore>, StorageError> {
    let mut builder = object_store::aws::AmazonS3Builder::from_env()
        .with_url(&config.url)
        .with_retry(patience());
    if !config.access_key_id.is_empty() {
        builder = builder
            .with_access_key_id(&config.access_key_id)
            .with_secret_access_key(&config.secret_access_key);
    }
    if !config.endpoint.is_empty() {
        builder = builder
            .with_endpoint(&config.endpoint)
            .with_allow_http(config.endpoint.starts_with("http://"));
    }
    if !config.region.is_empty() {
        builder = builder.with_region(&config.region);
    }
    let store = builder.build()?;
    let prefix = config
        .url
        .trim_start_matches("s3://")
        .split_once('/')
        .map_or("", |(_, prefix)| prefix);
    Ok(Arc::new(object_store::prefix::PrefixStore::new(
        store, prefix,
    )))
}

#[cfg(not(feature = "s3"))]
fn open_s3(config: &BlobConfig) -> Result<Arc<dyn ObjectStore>, StorageError> {
    Err(StorageError::Keys(format!(
        "{}: this build has no S3 client",
        config.url
    )))
}
