//! Archiving (归档): cases that nothing can change any more are put on a hand-over list, packed by a
//! job, handed over by a clerk and received by the archivist.

mod build;
mod contents;
mod go;
mod make;
mod pages;
mod read;
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
