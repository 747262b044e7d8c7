//! Bytes of materials and papers. Both show personal data, so that the read is recorded first.

use tb_contract::access::CaseUnmask;
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault, RequestId};
use tb_storage::{Origin, StorageError, Store};
use uuid::Uuid;

use crate::app::App;
use crate::entity::{case, paper};
use crate::error::Error;
use crate::model::paper::FrozenPaper;
use crate::{sealed, store};

/// A file on its way out.
pub(crate) struct FileBytes {
    /// Content.
    pub bytes: Vec<u8>,
    /// Media type.
    pub media_type: String,
    /// Name to save it under.
    pub name: String,
}

async fn case(ctx: &Ctx<CaseUnmask>, id: CaseId) -> Result<case::Model, Fault> {
    Ok(store::case::find(&ctx.read(), ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?)
}

/// A file that the applicant handed in.
pub(crate) async fn material(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: CaseId,
    material_id: Uuid,
) -> Result<FileBytes, Fault> {
    let row = case(ctx, id).await?;
    let files = sealed::materials(app.store().sealer(), &row)?;
    let file = files
        .into_iter()
        .find(|file| file.id.0 == material_id)
        .ok_or(Error::MaterialNotFound)?;
    let bytes = app
        .store()
        .blobs()
        .get(&file.blob)
        .await?
        .ok_or(Error::MaterialNotFound)?;
    ctx.record_read("material", material_id).await?;
    Ok(FileBytes {
        bytes,
        media_type: file.media_type,
        name: file.file_name,
    })
}

/// A paper as PDF.
pub(crate) async fn paper(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: CaseId,
    paper_id: Uuid,
) -> Result<FileBytes, Fault> {
    let row = case(ctx, id).await?;
    let found = store::paper::of_case_by_id(&ctx.read(), row.id, paper_id)
        .await?
        .ok_or(Error::PaperNotFound)?;
    let name = format!("{}.pdf", found.number);
    let bytes = rendered(app, app.store(), found).await?;
    ctx.record_read("paper", paper_id).await?;
    Ok(FileBytes {
        bytes,
        media_type: "application/pdf".to_owned(),
        name,
    })
}

/// Where the PDF of a paper lies.
pub(crate) fn blob(paper_id: Uuid) -> String {
    format!("paper/{paper_id}")
}

/// The PDF of a paper: as it lies, else rendered now and kept. Two that render at once write the
/// same bytes.
pub(crate) async fn rendered(
    app: &App,
    storage: &Store,
    row: paper::Model,
) -> Result<Vec<u8>, Fault> {
    if let Some(bytes) = storage.blobs().get(&blob(row.id)).await? {
        return Ok(bytes);
    }
    let frozen: FrozenPaper = storage
        .sealer()
        .open_json(sealed::PAPER, row.id, &row.content)?;
    let app = app.clone();
    let rendering = tokio::task::spawn_blocking(move || app.render(&frozen.to_paper()));
    let bytes = rendering.await.map_err(Fault::internal)??;
    storage.blobs().put_named(&blob(row.id), &bytes).await?;
    note(storage, row.id).await?;
    Ok(bytes)
}

async fn note(storage: &Store, paper_id: Uuid) -> Result<(), StorageError> {
    let tx = storage
        .begin(Origin::system(
            "approval.render_paper",
            RequestId(storage.new_id()),
        ))
        .await?;
    store::paper::rendered(tx.conn(), paper_id, tx.now()).await?;
    tx.commit(&()).await
}
