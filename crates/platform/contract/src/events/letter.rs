//! What applicant and office write to each other about a case.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file that came with a letter: its bytes lie in the blob store under [`Self::blob`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFile {
    /// Id.
    pub id: Uuid,
    /// File name as given.
    pub file_name: String,
    /// Media type as sniffed.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
}

impl LetterFile {
    /// A file about to be kept, under a new id.
    pub fn new(id: Uuid, file_name: String, media_type: &str, size: u64) -> Self {
        Self {
            id,
            file_name,
            media_type: media_type.to_owned(),
            size: i64::try_from(size).unwrap_or(i64::MAX),
        }
    }

    /// Where the bytes lie: under a name of their own, since the writer and the reader of a letter
    /// may have a database each, and neither may sweep the other's files away.
    pub fn blob(&self) -> String {
        format!("letter/{}", self.id)
    }
}

/// A letter. Personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Id.
    pub id: Uuid,
    /// What it says.
    pub words: String,
    /// Files with it.
    #[serde(default)]
    pub files: Vec<LetterFile>,
}

/// `intake.application.message_sent`: the applicant writes to the office.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MessageSent {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// What he writes.
    pub letter: Letter,
}
