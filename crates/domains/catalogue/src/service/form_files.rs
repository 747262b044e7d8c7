//! Blank forms and samples: brought by an editor or with a package, named by descriptions, handed out
//! to anybody once they are published.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use tb_contract::access::{ItemBrowse, ItemManage, ItemWrite};
use tb_contract::item::{FormFile, ItemDocument};
use tb_http::{Ctx, Enclosed, FileAnswer};
use tb_kernel::{Fault, FieldFault};
use tb_storage::{Blobs, Conn, Origin, Store, Tx};
use uuid::Uuid;

use crate::api::form_files::FormUse;
use crate::entity::form_file;
use crate::error::{Error, field};
use crate::model::form_file as model;
use crate::model::publish_check::fault;
use crate::store;

/// Items that are told as users of a file.
const MOST_USERS: u64 = 20;
/// Bytes that are summed at a time.
const PIECE: usize = 64 * 1024;
/// A file that was brought waits so long to be named.
const UNNAMED: chrono::Duration = chrono::Duration::days(1);

/// Keeps a file that an editor has brought.
pub(crate) async fn bring(ctx: &Ctx<ItemWrite>, file: Enclosed) -> Result<FormFile, Fault> {
    let (content, name) = (file.content.clone(), file.file_name.clone());
    let sum = tokio::task::spawn_blocking(move || sum_of(&name, content.reader()))
        .await
        .map_err(Fault::internal)?
        .map_err(Fault::internal)?;
    let view = FormFile {
        sum,
        name: file.file_name,
        media_type: file.media_type.to_owned(),
        size: file.content.length(),
    };
    let blob = ctx
        .edge()
        .store()
        .blobs()
        .put_spooled(&file.content)
        .await?;
    let mut tx = ctx.begin().await?;
    keep(&mut tx, &view, blob).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Keeps a file, whose content lies in the store.
pub(super) async fn keep(tx: &mut Tx, file: &FormFile, blob: String) -> Result<(), Fault> {
    let row = form_file::Model {
        sum: file.sum.clone(),
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: i64::try_from(file.size).map_err(Fault::internal)?,
        blob,
        kept_at: tx.now(),
        kept_by: tx.actor().name.clone(),
    };
    store::form_file::keep(tx.conn(), row).await?;
    tx.done("catalogue.form_file.kept", "form_file", &file.sum);
    Ok(())
}

/// By what a file is known: the same name and content are the same file everywhere.
pub(super) fn sum_of(name: &str, mut content: impl std::io::Read) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    let mut piece = vec![0; PIECE];
    loop {
        match content.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            length => hash.update(piece.get(..length).unwrap_or_default()),
        }
    }
}

/// Makes the files of a description say what is known of them; the faults name those that are not.
pub(super) async fn place(tx: &Tx, document: &mut ItemDocument) -> Result<Vec<FieldFault>, Fault> {
    let sums = model::sums(document);
    if sums.is_empty() {
        return Ok(Vec::new());
    }
    let known = store::form_file::take(tx.conn(), &sums, tx.now()).await?;
    let known: HashMap<&str, FormFile> = known
        .iter()
        .map(|row| (row.sum.as_str(), view(row)))
        .collect();
    let mut faults = Vec::new();
    for (path, file) in model::of(document) {
        match known.get(file.sum.as_str()) {
            Some(kept) => file.clone_from(kept),
            None => faults.push(fault(path, field::FORM_FILE)),
        }
    }
    Ok(faults)
}

/// Writes down which files a version of an item names; 0 is the working copy.
pub(super) async fn note_uses(
    conn: &Conn,
    item: Uuid,
    version: i64,
    document: &ItemDocument,
) -> Result<(), Fault> {
    Ok(store::form_file::note_uses(conn, item, version, &model::sums(document)).await?)
}

/// A file that a published version names, for anybody.
pub(crate) async fn read_public(ctx: &Ctx<ItemBrowse>, sum: &str) -> Result<FileAnswer, Fault> {
    let row = store::form_file::find_published(&ctx.read(), sum).await?;
    answer(ctx.edge().store().blobs(), row).await
}

/// A file, named or not yet, for those who write descriptions.
pub(crate) async fn read(ctx: &Ctx<ItemManage>, sum: &str) -> Result<FileAnswer, Fault> {
    let row = store::form_file::find(&ctx.read(), sum).await?;
    answer(ctx.edge().store().blobs(), row).await
}

async fn answer(blobs: &Blobs, row: Option<form_file::Model>) -> Result<FileAnswer, Fault> {
    let row = row.ok_or(Error::FormFileNotFound)?;
    let content = blobs.open_file(&row.blob).await?;
    Ok(FileAnswer {
        content: content.ok_or_else(|| Fault::internal(format!("no file {}", row.blob)))?,
        name: row.name,
        media_type: row.media_type,
    })
}

/// The items within reach that use a file.
pub(crate) async fn users(ctx: &Ctx<ItemManage>, sum: &str) -> Result<Vec<FormUse>, Fault> {
    let items = store::form_file::users(&ctx.read(), ctx.scope(), sum, MOST_USERS).await?;
    let used = items.into_iter().map(|item| FormUse {
        code: item.code,
        name: item.name,
    });
    Ok(used.collect())
}

/// Forgets files that were brought and never named, or are named no longer; their content goes with
/// the next sweep of the file store. What a version names stays as long as that version.
pub(crate) async fn forget(storage: &Store) -> Result<(), Fault> {
    let by = Origin::system(
        "catalogue.forget_form_files",
        tb_kernel::RequestId(storage.new_id()),
    );
    let tx = storage.begin(by).await?;
    let gone = store::form_file::forget(tx.conn(), tx.now() - UNNAMED).await?;
    tx.commit(&()).await?;
    if gone > 0 {
        tracing::info!(
            gone,
            "blank forms and samples that no item names are forgotten"
        );
    }
    Ok(())
}

/// What a description says of a file.
pub(super) fn view(row: &form_file::Model) -> FormFile {
    FormFile {
        sum: row.sum.clone(),
        name: row.name.clone(),
        media_type: row.media_type.clone(),
        size: u64::try_from(row.size).unwrap_or_default(),
    }
}
