//! The job of a list: packs its cases one by one, and reads every package back. Once the list is
//! handed over it reads them back again. What is done is done: a run that is cut short goes on behind
//! it, and a package that was stored without a note of it is made anew, with the same bytes. Packages of
//! cases that have left the list go.

use futures::TryStreamExt;
use tb_kernel::{DepartmentId, ErrorKind, Fault, RequestId, Scope};
use tb_storage::{Content, Origin, Spooled, StorageError, Store};
use uuid::Uuid;

use super::contents::{Bytes, Contents, collect};
use super::{blob, remove_former, stored_package};
use crate::app::App;
use crate::archive::{FileHead, Packer, Report, verify};
use crate::entity::{archive_entry, archive_list};
use crate::error::Error;
use crate::model::archive::{EntryState, ListState};
use crate::model::words::Word;
use crate::service::said::Said;
use crate::store::archive as stored;

/// Kind of the job.
pub(crate) const RUN: &str = "approval.pack_archive";

/// Runs the job of a list to its end, from wherever it is.
pub(crate) async fn run(app: &App, storage: &Store, run: Uuid, id: Uuid) -> Result<(), Fault> {
    let origin = Origin::system(RUN, RequestId(run));
    for left in stored::left(&storage.read(), id).await? {
        let gone = storage.blobs().remove(&blob(&left)).await;
        gone.map_err(store_away)?;
        // The former name is the case's: what lies there may be of the list that has it now.
        if !stored::is_listed(&storage.read(), left.case_id).await? {
            remove_former(storage, &left).await.map_err(store_away)?;
        }
    }
    loop {
        let conn = storage.read();
        let Some(list) = stored::find(&conn, &Scope::Everything, id).await? else {
            return Ok(());
        };
        let work = match ListState::parse(&list.state) {
            Some(ListState::Building) => EntryState::Waiting,
            Some(ListState::HandedOver) => EntryState::Packed,
            _ => return Ok(()),
        };
        let Some(entry) = stored::next(&conn, id, work).await? else {
            return finish(app, storage, origin, &list).await;
        };
        drop(conn);
        let done = match work {
            EntryState::Waiting => pack(app, storage, &list, &entry).await,
            _ => check(storage, &entry).await,
        };
        let settled = settled(storage, entry, done)?;
        let tx = storage.begin(origin.clone()).await?;
        stored::settle(tx.conn(), work, settled).await?;
        tx.commit(&()).await?;
        app.tell_archive(id, DepartmentId(list.department_id));
    }
}

/// The entry as its work leaves it. Where the database is away the job is tried again later.
fn settled(
    storage: &Store,
    mut entry: archive_entry::Model,
    done: Result<Option<Made>, Fault>,
) -> Result<archive_entry::Model, Fault> {
    match done {
        Ok(made) => {
            entry.state = EntryState::Packed.to_string();
            entry.checked_at = Some(storage.clock().now());
            (entry.code, entry.args) = (None, String::new());
            if let Some(made) = made {
                entry.case_version = made.version;
                entry.files = i32::try_from(made.files).unwrap_or(i32::MAX);
                entry.size = i64::try_from(made.size).unwrap_or(i64::MAX);
                entry.sum = made.seal;
            }
        }
        Err(fault) if fault.kind == ErrorKind::Unavailable => return Err(fault),
        Err(fault) => {
            let (case, code) = (entry.case_id, fault.code);
            tracing::warn!(%case, code, cause = ?fault.cause, "a case is not packed");
            let said = Said::of(&fault);
            entry.state = EntryState::Failed.to_string();
            entry.args = said.args();
            entry.code = Some(said.code);
        }
    }
    Ok(entry)
}

/// All are packed, or it is known why not.
async fn finish(
    app: &App,
    storage: &Store,
    origin: Origin,
    list: &archive_list::Model,
) -> Result<(), Fault> {
    if list.state == ListState::Building.as_str() {
        let mut tx = storage.begin(origin).await?;
        let taken = stored::take(tx.conn(), &Scope::Everything, list.id).await?;
        let Some(mut row) = taken.filter(|row| row.state == list.state) else {
            return Ok(());
        };
        if stored::next(tx.conn(), row.id, EntryState::Waiting)
            .await?
            .is_none()
        {
            row.state = ListState::Built.to_string();
            row.version += 1;
            stored::update(tx.conn(), row).await?;
            tx.done("approval.archive.packed", "archive_list", list.id);
        }
        tx.commit(&()).await?;
    }
    app.tell_archive(list.id, DepartmentId(list.department_id));
    Ok(())
}

/// A package as it was made.
struct Made {
    version: i64,
    files: usize,
    size: u64,
    seal: String,
}

async fn pack(
    app: &App,
    storage: &Store,
    list: &archive_list::Model,
    entry: &archive_entry::Model,
) -> Result<Option<Made>, Fault> {
    let contents = Box::pin(collect(app, &storage.read(), entry, &list.fonds)).await?;
    let version = contents.version;
    let file = Box::pin(packed(app, contents)).await?;
    remove_former(storage, entry).await.map_err(store_away)?;
    let stored = storage.blobs().put_received(&blob(entry), &file).await;
    stored.map_err(store_away)?;
    drop(file);
    let report = read_back(storage, entry).await?;
    Ok(Some(Made {
        version,
        files: report.manifest.files.len(),
        size: report.manifest.size(),
        seal: report.seal,
    }))
}

async fn packed(app: &App, contents: Contents) -> Result<Spooled, Fault> {
    let blobs = app.store().blobs();
    let mut spool = blobs.spool();
    let mut packer = Packer::default();
    for (head, bytes) in contents.files {
        let path = head.path.clone();
        match bytes {
            Bytes::Made(bytes) => packer.whole(head, &bytes).map_err(Fault::internal)?,
            Bytes::Stored { blob, size } => {
                let content = opened(blobs.open_file(&blob).await, &path)?;
                if size.is_some_and(|size| size != content.length) {
                    return Err(Error::ArchiveFileDamaged { name: path }.into());
                }
                add(&mut packer, &mut spool, head, content).await?;
            }
            Bytes::Paper(id) => {
                let content = app.press().pdf(id).await?;
                let content = content.ok_or(Error::ArchiveFileMissing { name: path })?;
                add(&mut packer, &mut spool, head, content).await?;
            }
        }
        spool.push(&packer.take()).await.map_err(Fault::internal)?;
    }
    let end = packer.finish(contents.facts).map_err(Fault::internal)?;
    spool.push(&end.rest).await.map_err(Fault::internal)?;
    spool.finish().await.map_err(Fault::internal)
}

/// A file of the store, or why it cannot be packed.
fn opened(found: Result<Option<Content>, StorageError>, name: &str) -> Result<Content, Fault> {
    let name = name.to_owned();
    match found {
        Ok(Some(content)) => Ok(content),
        Ok(None) => Err(Error::ArchiveFileMissing { name }.into()),
        Err(error) => Err(damaged(error, name)),
    }
}

/// What cannot be opened was tampered with or cut off; anything else is trouble of the store.
fn damaged(error: StorageError, name: String) -> Fault {
    match error {
        StorageError::Sealed { .. } => {
            Fault::from(Error::ArchiveFileDamaged { name }).because(error)
        }
        other => store_away(other),
    }
}

/// The store is out of reach: the job is tried again.
pub(super) fn store_away(error: StorageError) -> Fault {
    match error {
        StorageError::Blob(_) | StorageError::BlobsRefused | StorageError::Io(_) => {
            Fault::new(ErrorKind::Unavailable, "http.busy").because(error)
        }
        other => other.into(),
    }
}

async fn add(
    packer: &mut Packer,
    spool: &mut tb_storage::Spool,
    head: FileHead,
    mut content: Content,
) -> Result<(), Fault> {
    let path = head.path.clone();
    packer.begin(head).map_err(Fault::internal)?;
    while let Some(piece) = content
        .pieces
        .try_next()
        .await
        .map_err(|error| damaged(error, path.clone()))?
    {
        packer.write(&piece).map_err(Fault::internal)?;
        spool.push(&packer.take()).await.map_err(Fault::internal)?;
    }
    Ok(())
}

/// Reads a package once more after the list was handed over: it has to be the very one that was made.
async fn check(storage: &Store, entry: &archive_entry::Model) -> Result<Option<Made>, Fault> {
    let report = read_back(storage, entry).await?;
    if report.seal != entry.sum {
        let about = "manifest.xml".to_owned();
        return Err(Error::ArchivePackageDamaged { about }.into());
    }
    Ok(None)
}

/// Reads a package back from the store and checks it.
async fn read_back(storage: &Store, entry: &archive_entry::Model) -> Result<Report, Fault> {
    let broken = |about: String| Fault::from(Error::ArchivePackageDamaged { about });
    let cannot = |error: StorageError| match error {
        StorageError::Sealed { .. } => broken(blob(entry)).because(error),
        other => store_away(other),
    };
    let content = stored_package(storage, entry).await.map_err(cannot)?;
    let mut content = content.ok_or(Error::ArchivePackageMissing)?;
    let mut spool = storage.blobs().spool();
    while let Some(piece) = content.pieces.try_next().await.map_err(cannot)? {
        spool.push(&piece).await.map_err(Fault::internal)?;
    }
    let file = spool.finish().await.map_err(Fault::internal)?;
    let checking = tokio::task::spawn_blocking(move || verify(file.reader()));
    let checked = checking.await.map_err(Fault::internal)?;
    checked.map_err(|flaw| broken(flaw.about().to_owned()).because(flaw))
}
