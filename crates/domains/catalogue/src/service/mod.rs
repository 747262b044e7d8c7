//! Use-cases, one file a verb. A function that changes something is one transaction (an import is
//! one per piece); what it changed is shown by this process before it answers.

pub(crate) mod base_items;
pub(crate) mod browse_items;
pub(crate) mod browse_joint_items;
pub(crate) mod code_tables;
pub(crate) mod copy_item;
pub(crate) mod derived_items;
pub(crate) mod form_files;
pub(crate) mod hot;
pub(crate) mod import_calendar;
pub(crate) mod import_items;
pub(crate) mod item_uses;
pub(crate) mod joint_items;
pub(crate) mod list_files;
pub(crate) mod manage_items;
pub(crate) mod publish_item;
pub(crate) mod related_items;
pub(crate) mod review;
pub(crate) mod save_department;
pub(crate) mod save_item;
pub mod seed;
pub(crate) mod synonyms;
pub(crate) mod transfer;
pub(crate) mod withdraw_item;

use chrono::SecondsFormat;
use tb_kernel::Fault;
use tb_storage::{StorageError, is_unique_violation};

use crate::entity::item;
use crate::error::Error;

/// The row has moved on since it was read: by whom, and when.
fn stale(by: &str, at: chrono::DateTime<chrono::Utc>) -> Error {
    Error::StaleVersion {
        by: by.to_owned(),
        at: at.to_rfc3339_opts(SecondsFormat::Micros, true),
    }
}

/// Demands that a row still has the version that was read.
fn require_version(item: &item::Model, read: i64) -> Result<(), Error> {
    if item.version == read {
        Ok(())
    } else {
        Err(stale(&item.updated_by, item.updated_at))
    }
}

/// A unique violation means that somebody took the code in the same moment.
fn taken(error: StorageError, code: &str) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::CodeTaken {
            code: code.to_owned(),
        }
        .into(),
        _ => error.into(),
    }
}

/// JSON that this domain wrote itself: unreadable, it is our own fault.
pub(crate) fn own_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(Fault::internal)
}

/// The JSON of a value for a text column.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(Fault::internal)
}
