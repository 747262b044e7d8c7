//! Words with files enclosed: a form of one text and a few files, bounded and told by their content
//! before anybody keeps them.

use std::time::Duration;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartRejection};
use serde::de::DeserializeOwned;
use tb_contract::events::LetterFile;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::{Blobs, Spooled, StorageError, Store};
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use utoipa_axum::router::UtoipaMethodRouter;

use crate::parts::{PartError, file_part, text_part};
use crate::patience::takes_files;
use crate::sniff::{ALLOWED, clean_name, sniff};

/// Files that may be enclosed.
const MOST_FILES: usize = 5;
/// Bytes of all of them.
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// The same for people.
const MOST: &str = "50 MiB";
/// Room for words and for the multipart frame.
const FRAME: usize = 64 * 1024;
/// Bytes of the words: the caller bounds their characters.
const MOST_WORDS: usize = 32 * 1024;

/// Bytes of a file that comes alone.
const MOST_ALONE: usize = 10 * 1024 * 1024;
/// The same for people.
const MOST_ALONE_WORDS: &str = "10 MiB";

/// Files that are looked into at the same time: it is work for the machine.
static LOOKING: Semaphore = Semaphore::const_new(4);

/// The form, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the parts are read one by one"
)]
pub struct WordsForm {
    /// What is written, at most 2,000 characters.
    words: String,
    /// Files, each a part of this name: pdf, jpg, png, docx, xlsx or ofd; at most five, 50 MiB together.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// The form of data with files, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the parts are read one by one"
)]
pub struct DataForm {
    /// What is asked for, as JSON.
    data: String,
    /// Files, each a part of this name: pdf, jpg, png, docx, xlsx or ofd; at most five, 50 MiB together.
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// The form of one file, for the API document.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its schema is used: the part is read by itself"
)]
pub struct FileForm {
    /// The file: pdf, jpg, png, docx, xlsx or ofd, at most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file as it was received.
#[derive(Debug)]
pub struct Enclosed {
    /// Its name without path and tricks.
    pub file_name: String,
    /// Media type, by its content.
    pub media_type: &'static str,
    /// Content; not kept yet.
    pub content: Spooled,
}

/// Keeps enclosed files as those of a letter while the letter is written: where that fails they go
/// again.
pub async fn keep_for_letter<T>(
    store: &Store,
    files: &[Enclosed],
    write: impl AsyncFnOnce(Vec<LetterFile>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let name = |file: &Enclosed| {
        let (name, size) = (file.file_name.clone(), file.content.length());
        LetterFile::new(store.new_id(), name, file.media_type, size)
    };
    let kept: Vec<LetterFile> = files.iter().map(name).collect();
    let contents = files.iter().map(|file| &file.content);
    let named: Vec<_> = kept.iter().map(LetterFile::blob).zip(contents).collect();
    store.blobs().put_for(&named, Box::pin(write(kept))).await
}

/// What a form brought.
#[derive(Debug, Default)]
pub struct WordsWithFiles {
    /// The words, without blanks around them.
    pub words: String,
    /// The files, in their order.
    pub files: Vec<Enclosed>,
}

/// Lets a route take words with files.
pub fn takes_enclosures<S: Clone + Send + Sync + 'static>(
    route: UtoipaMethodRouter<S>,
) -> UtoipaMethodRouter<S> {
    takes_files(MOST_BYTES + FRAME, Duration::ZERO, route)
}

/// Lets a route take one file.
pub fn takes_one_file<S: Clone + Send + Sync + 'static>(
    route: UtoipaMethodRouter<S>,
) -> UtoipaMethodRouter<S> {
    takes_files(MOST_ALONE + FRAME, Duration::ZERO, route)
}

/// Reads the form of one file: the part `file`, at most 10 MiB.
///
/// # Errors
/// `http.malformed`, `http.too_large`, `http.file_empty`, `http.file_kind`.
pub async fn one_file(
    multipart: Result<Multipart, MultipartRejection>,
    blobs: &Blobs,
) -> Result<Enclosed, Fault> {
    let broken = |error: PartError| error.into_fault(MOST_ALONE_WORDS);
    let mut multipart = multipart.map_err(|_| broken(PartError::Broken))?;
    let field = multipart
        .next_field()
        .await
        .map_err(|error| broken(PartError::from(&error)))?;
    match field {
        Some(field) if field.name() == Some("file") => {
            received(field, blobs, MOST_ALONE, MOST_ALONE_WORDS).await
        }
        _ => Err(broken(PartError::Broken)),
    }
}

/// Reads the form: the text `words`, and up to five parts `file`, 50 MiB together.
///
/// # Errors
/// `http.malformed`, `http.too_large`, `http.too_many_files`, `http.file_empty`, `http.file_kind`.
pub async fn words_with_files(
    multipart: Result<Multipart, MultipartRejection>,
    blobs: &Blobs,
) -> Result<WordsWithFiles, Fault> {
    text_with_files("words", multipart, blobs).await
}

/// Reads the form: the part `data`, which is JSON, and up to five parts `file`, 50 MiB together.
///
/// # Errors
/// As [`words_with_files`].
pub async fn data_with_files<T: DeserializeOwned>(
    multipart: Result<Multipart, MultipartRejection>,
    blobs: &Blobs,
) -> Result<(T, Vec<Enclosed>), Fault> {
    let brought = text_with_files("data", multipart, blobs).await?;
    let data = serde_json::from_str(&brought.words)
        .map_err(|error| PartError::Broken.into_fault(MOST).because(error))?;
    Ok((data, brought.files))
}

async fn text_with_files(
    part: &str,
    multipart: Result<Multipart, MultipartRejection>,
    blobs: &Blobs,
) -> Result<WordsWithFiles, Fault> {
    let broken = |error: PartError| error.into_fault(MOST);
    let mut multipart = multipart.map_err(|_| broken(PartError::Broken))?;
    let mut brought = WordsWithFiles::default();
    let mut room = MOST_BYTES;
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| broken(PartError::from(&error)))?
    {
        match field.name() {
            Some(name) if name == part => {
                let words = text_part(field, MOST_WORDS).await.map_err(broken)?;
                words.trim().clone_into(&mut brought.words);
            }
            Some("file") if brought.files.len() < MOST_FILES => {
                let file = received(field, blobs, room, MOST).await?;
                let length = usize::try_from(file.content.length()).unwrap_or(room);
                room -= length.min(room);
                brought.files.push(file);
            }
            Some("file") => {
                return Err(
                    Fault::new(ErrorKind::Invalid, "http.too_many_files").arg("max", MOST_FILES)
                );
            }
            _ => return Err(broken(PartError::Broken)),
        }
    }
    Ok(brought)
}

/// A file of at most `room` bytes; `most` is the bound for people.
async fn received(
    field: Field<'_>,
    blobs: &Blobs,
    room: usize,
    most: &str,
) -> Result<Enclosed, Fault> {
    let file_name = clean_name(field.file_name().unwrap_or_default());
    let mut spool = blobs.spool();
    file_part(field, &mut spool, room)
        .await
        .map_err(|error| error.into_fault(most))?;
    let content = spool.finish().await.map_err(StorageError::from)?;
    told(file_name, content).await
}

/// A file told by its content; looking into it takes a thread that may block.
async fn told(file_name: String, content: Spooled) -> Result<Enclosed, Fault> {
    if content.length() == 0 {
        return Err(Fault::new(ErrorKind::Invalid, "http.file_empty").arg("name", file_name));
    }
    let _place = LOOKING.acquire().await.map_err(Fault::internal)?;
    let (looked_at, name) = (content.clone(), file_name.clone());
    let looking = tokio::task::spawn_blocking(move || sniff(looked_at.reader(), &name));
    let kind = looking
        .await
        .map_err(Fault::internal)?
        .map_err(Fault::internal)?;
    let Some(kind) = kind else {
        let fault = Fault::new(ErrorKind::Invalid, "http.file_kind");
        return Err(fault.arg("name", file_name).arg("allowed", ALLOWED));
    };
    Ok(Enclosed {
        file_name,
        media_type: kind.media_type,
        content,
    })
}
