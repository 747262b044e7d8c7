//! Packages on their way out: one, or all of a list in one package of packages. They are unmasked, so
//! that each case leaves an audit row with the reason before it goes out.

use futures::{StreamExt, TryStreamExt, stream};
use tb_contract::access::{ArchiveTake, Permission};
use tb_http::{Ctx, FileAnswer};
use tb_kernel::Fault;
use tb_storage::{AuditEntry, Content, Store};
use uuid::Uuid;

use super::stored_package;
use crate::app::App;
use crate::archive::{FileHead, Packer};
use crate::entity::{archive_entry, archive_list};
use crate::error::Error;
use crate::model::archive::{EntryState, is_plain};
use crate::service::export::reason;
use crate::store::archive as stored;

fn entry(case: Uuid, reason: &str) -> AuditEntry {
    AuditEntry {
        action: ArchiveTake::KEY,
        object_kind: "case",
        object_id: case.to_string(),
        result: "read",
        reason: Some(reason.to_owned()),
    }
}

/// A package's name outside: its archive number.
fn file_name(entry: &archive_entry::Model) -> String {
    let plain = entry.archive_number.chars().filter(|c| is_plain(*c));
    format!("{}.zip", plain.collect::<String>())
}

async fn opened(storage: &Store, entry: &archive_entry::Model) -> Result<Content, Fault> {
    let found = stored_package(storage, entry).await?;
    Ok(found.ok_or(Error::ArchivePackageMissing)?)
}

/// The package of one case.
pub(crate) async fn take_one(
    app: &App,
    ctx: &Ctx<ArchiveTake>,
    id: Uuid,
    why: &str,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let row = stored::entry(&conn, id).await?;
    let row = row.ok_or(Error::ArchiveListNotFound)?;
    stored::find(&conn, ctx.scope(), row.list_id)
        .await?
        .ok_or(Error::ArchiveListNotFound)?;
    let why = reason(why)?;
    // Of a case that has left the list there is none.
    if !row.live || row.state != EntryState::Packed.as_str() {
        return Err(Error::ArchivePackageMissing.into());
    }
    let content = opened(app.store(), &row).await?;
    let entry = entry(row.case_id, &why);
    ctx.store().record_reads(ctx.origin(), vec![entry]).await?;
    Ok(FileAnswer {
        name: file_name(&row),
        media_type: "application/zip".to_owned(),
        content,
    })
}

/// A file on its way out, piece by piece.
pub(crate) type Pieces = stream::BoxStream<'static, Result<Vec<u8>, Fault>>;

/// A package of packages under way.
struct Outgoing {
    storage: Store,
    packer: Packer,
    list: archive_list::Model,
    left: std::vec::IntoIter<archive_entry::Model>,
    now: Option<Content>,
}

/// All packages of a list as they are in it now. What is in memory is a piece of one of them.
pub(crate) async fn take_all(
    app: &App,
    ctx: &Ctx<ArchiveTake>,
    id: Uuid,
    why: &str,
) -> Result<Pieces, Fault> {
    let conn = ctx.read();
    let list = stored::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::ArchiveListNotFound)?;
    let why = reason(why)?;
    let mut entries = stored::entries(&conn, &[id]).await?;
    entries.retain(|entry| entry.live && entry.state == EntryState::Packed.as_str());
    if entries.is_empty() {
        return Err(Error::ArchivePackageMissing.into());
    }
    let read = entries.iter().map(|row| entry(row.case_id, &why)).collect();
    ctx.store().record_reads(ctx.origin(), read).await?;
    let outgoing = Outgoing {
        storage: app.store().clone(),
        packer: Packer::default(),
        list,
        left: entries.into_iter(),
        now: None,
    };
    let pieces = stream::unfold(Some(outgoing), async |outgoing| {
        let mut outgoing = outgoing?;
        match outgoing.next().await {
            Ok(true) => {
                let piece = outgoing.packer.take();
                Some((Ok(piece), Some(outgoing)))
            }
            Ok(false) => Some((outgoing.end(), None)),
            // The status is out by then: the file breaks off without its end, and says so by it.
            Err(fault) => {
                tracing::error!(?fault, "packages of a list break off");
                Some((Err(fault), None))
            }
        }
    });
    Ok(pieces.fuse().boxed())
}

impl Outgoing {
    /// Writes the next piece; `false` where all are out.
    async fn next(&mut self) -> Result<bool, Fault> {
        if let Some(content) = &mut self.now {
            match content.pieces.try_next().await? {
                Some(piece) => self.packer.write(&piece).map_err(Fault::internal)?,
                None => self.now = None,
            }
            return Ok(true);
        }
        let Some(entry) = self.left.next() else {
            return Ok(false);
        };
        let head = FileHead {
            path: file_name(&entry),
            kind: "归档信息包",
            title: entry.case_number.clone(),
            original: String::new(),
            media_type: "application/zip".to_owned(),
        };
        self.packer.begin(head).map_err(Fault::internal)?;
        self.now = Some(opened(&self.storage, &entry).await?);
        Ok(true)
    }

    fn end(self) -> Result<Vec<u8>, Fault> {
        let facts = [
            ("移交清单", &self.list.number),
            ("全宗号", &self.list.fonds),
            ("移交单位", &self.list.office),
        ];
        let facts = facts.map(|(name, value)| (name.to_owned(), value.clone()));
        let end = self.packer.finish(facts.into());
        Ok(end.map_err(Fault::internal)?.rest)
    }
}
