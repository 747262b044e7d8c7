//! Files: sealed one by one and addressed by an HMAC of their content, in a local folder or an
//! S3-compatible store. Papers that are rendered once lie under a name of their own.

use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use serde::{Deserialize, Serialize};

use crate::error::StorageError;
use crate::sealed::{Column, Sealer};

const COLUMN: Column = Column::new("blob", "content");

/// Where files are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BlobConfig {
    /// A folder, or `s3://bucket/prefix` (with the feature `s3`; credentials come from the
    /// environment as usual for S3 clients).
    pub url: String,
    /// Endpoint of an S3-compatible store; empty for the provider's own.
    #[serde(default)]
    pub endpoint: String,
    /// Region of the store.
    #[serde(default)]
    pub region: String,
}

/// The file store.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    sealer: Arc<Sealer>,
}

impl Blobs {
    /// Opens the store; a local folder is created where it is missing.
    pub fn open(config: &BlobConfig, sealer: Arc<Sealer>) -> Result<Self, StorageError> {
        let store: Arc<dyn ObjectStore> = if config.url.starts_with("s3://") {
            open_s3(config)?
        } else {
            std::fs::create_dir_all(&config.url)?;
            Arc::new(
                object_store::local::LocalFileSystem::new_with_prefix(&config.url)?
                    .with_fsync(true),
            )
        };
        Ok(Self { store, sealer })
    }

    /// Stores a file and returns its address; the same content is stored once.
    pub async fn put(&self, content: &[u8]) -> Result<String, StorageError> {
        let address = self.sealer.blob_address(content);
        if !self.exists(&address).await? {
            self.put_named(&address, content).await?;
        }
        Ok(address)
    }

    /// Stores a file under a name, over what was there.
    pub async fn put_named(&self, name: &str, content: &[u8]) -> Result<(), StorageError> {
        let sealed = self.sealer.seal_at(COLUMN, name.as_bytes(), content)?;
        self.store
            .put(&path(name), PutPayload::from(sealed))
            .await?;
        Ok(())
    }

    /// The content of a file; `None` where there is none.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.store.get(&path(name)).await {
            Ok(found) => self
                .sealer
                .open_at(COLUMN, name.as_bytes(), &found.bytes().await?)
                .map(Some),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a file is there.
    pub async fn exists(&self, name: &str) -> Result<bool, StorageError> {
        match self.store.head(&path(name)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Two levels of folders keep any one of them small.
fn path(name: &str) -> Path {
    match name.split_once('/') {
        Some(_) => Path::from(name),
        None => Path::from(format!("{}/{name}", name.get(..2).unwrap_or("00"))),
    }
}

#[cfg(feature = "s3")]
fn open_s3(config: &BlobConfig) -> Result<Arc<dyn ObjectStore>, StorageError> {
    let mut builder = object_store::aws::AmazonS3Builder::from_env().with_url(&config.url);
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
