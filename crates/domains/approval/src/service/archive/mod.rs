//! Archiving (归档): cases that nothing can change any more are put on a hand-over list, packed by a
//! job, handed over by a clerk and received by the archivist.

mod brought;
mod build;
mod contents;
mod go;
mod make;
mod pages;
mod parties;
mod read;
mod results;
mod setup;
mod take;
mod words;

pub(crate) use build::{RUN, run};
pub(crate) use go::{Step, go};
pub(crate) use make::{make, overview, waiting};
pub(crate) use read::{lists, mark, paper, show};
pub(crate) use setup::{keep_fonds, keep_rule, remove_rule, rules};
pub(crate) use take::{take_all, take_one};

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_kernel::{DepartmentId, Fault, Scope};
use tb_storage::{Content, StorageError, Store};

use crate::entity::archive_entry;
use crate::error::Error;

/// The department whose archive the caller is about: with another reach there is none.
fn own_department<P: Permission>(ctx: &Ctx<P>) -> Result<DepartmentId, Fault> {
    match ctx.scope() {
        Scope::Department(id) => Ok(*id),
        _ => Err(Error::NotYours.into()),
    }
}

/// Where the package of an entry lies in the blob store: under a name of its own, so that it is never
/// swept, and no run of another list reaches it. One that is made anew takes the place of the one before.
fn blob(entry: &archive_entry::Model) -> String {
    format!("archive/{}/{}", entry.case_id, entry.id)
}

/// Where packages lay before they were kept apart by entry. In a local folder it is that of the others.
fn former(entry: &archive_entry::Model) -> String {
    format!("archive/{}", entry.case_id)
}

/// The package of an entry, under the former name where it is older than the present one.
async fn stored_package(
    storage: &Store,
    entry: &archive_entry::Model,
) -> Result<Option<Content>, StorageError> {
    let blobs = storage.blobs();
    match blobs.open_file(&blob(entry)).await? {
        Some(content) => Ok(Some(content)),
        None => blobs.open_file(&former(entry)).await,
    }
}

/// Takes away what lies under the former name; a folder of that name stays.
async fn remove_former(storage: &Store, entry: &archive_entry::Model) -> Result<(), StorageError> {
    let (blobs, name) = (storage.blobs(), former(entry));
    if blobs.exists(&name).await? {
        blobs.remove(&name).await?;
    }
    Ok(())
}
