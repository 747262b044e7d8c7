//! Bytes of materials and papers. Both show personal data, so that the read is recorded first.

use tb_contract::access::CaseUnmask;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{CaseId, Fault};
use uuid::Uuid;

use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::{sealed, store};

async fn case(ctx: &Ctx<CaseUnmask>, id: CaseId) -> Result<case::Model, Fault> {
    Ok(store::case::find(&ctx.read(), ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?)
}

/// A file on its way out of the house.
pub(super) struct Leaving {
    /// What the audit trail calls it, and its id.
    pub what: (&'static str, Uuid),
    /// Name to save it under.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Where its bytes lie.
    pub blob: String,
}

/// Opens a file; that it was read is recorded first.
pub(super) async fn open<P>(
    app: &App,
    ctx: &Ctx<P>,
    leaving: Leaving,
) -> Result<FileAnswer, Fault> {
    let blobs = app.store().blobs();
    let content = blobs.open_file(&leaving.blob).await?;
    let content = content.ok_or(Error::MaterialNotFound)?;
    ctx.record_read(leaving.what.0, leaving.what.1).await?;
    Ok(FileAnswer {
        name: leaving.name,
        media_type: leaving.media_type,
        content,
    })
}

/// A file that the applicant handed in.
pub(crate) async fn material(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: CaseId,
    material_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let row = case(ctx, id).await?;
    let files = sealed::materials(app.store().sealer(), &row)?;
    let file = files
        .into_iter()
        .find(|file| file.id.0 == material_id)
        .ok_or(Error::MaterialNotFound)?;
    let leaving = Leaving {
        what: ("material", material_id),
        name: file.file_name,
        media_type: file.media_type,
        blob: file.blob,
    };
    open(app, ctx, leaving).await
}

/// A paper as PDF.
pub(crate) async fn paper(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: CaseId,
    paper_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let row = case(ctx, id).await?;
    let found = store::paper::of_case_by_id(&ctx.read(), row.id, paper_id)
        .await?
        .ok_or(Error::PaperNotFound)?;
    let name = format!("{}.pdf", found.number);
    let content = app
        .press()
        .pdf(found.id)
        .await?
        .ok_or(Error::PaperNotFound)?;
    ctx.record_read("paper", paper_id).await?;
    Ok(FileAnswer {
        name,
        media_type: "application/pdf".to_owned(),
        content,
    })
}
