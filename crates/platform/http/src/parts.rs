//! Parts of a multipart form, each read up to its bound and no further.

use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::{Spool, StorageError};

/// Why a part could not be taken.
#[derive(Debug)]
pub enum PartError {
    /// It is not what a form is made of, or broke off.
    Broken,
    /// It is over its bound, or the whole form is.
    TooLarge,
    /// It could not be written down.
    Storage(StorageError),
}

impl From<&MultipartError> for PartError {
    fn from(error: &MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::Broken
        }
    }
}

impl PartError {
    /// The fault of it, where `max` names the bound for people.
    pub fn into_fault(self, max: &str) -> Fault {
        match self {
            Self::Broken => {
                Fault::new(ErrorKind::Invalid, "http.malformed").arg("reason", "multipart")
            }
            Self::TooLarge => Fault::new(ErrorKind::TooLarge, "http.too_large").arg("max", max),
            Self::Storage(error) => error.into(),
        }
    }
}

/// A text of at most `max` bytes.
pub async fn text_part(mut field: Field<'_>, max: usize) -> Result<String, PartError> {
    let mut text = Vec::new();
    while let Some(chunk) = field
        .chunk()
        .await
        .map_err(|error| PartError::from(&error))?
    {
        text.extend_from_slice(&chunk);
        if text.len() > max {
            return Err(PartError::TooLarge);
        }
    }
    String::from_utf8(text).map_err(|_| PartError::Broken)
}

/// The content of a file, refused as soon as it is over `max` bytes.
pub async fn file_part(
    mut field: Field<'_>,
    spool: &mut Spool,
    max: usize,
) -> Result<(), PartError> {
    while let Some(chunk) = field
        .chunk()
        .await
        .map_err(|error| PartError::from(&error))?
    {
        if spool.length() + chunk.len() as u64 > max as u64 {
            return Err(PartError::TooLarge);
        }
        spool
            .push(&chunk)
            .await
            .map_err(|error| PartError::Storage(error.into()))?;
    }
    Ok(())
}
