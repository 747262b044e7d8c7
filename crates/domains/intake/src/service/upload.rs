//! Files of an application: taken one by one, bounded in number and size.

use axum::http::{HeaderMap, header};
use tb_contract::item::SituationAnswers;
use tb_forms::FormDocument;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, MaterialId};
use tb_storage::Spooled;

use super::assist::trace::files_filled;
use super::content::keep;
use super::counter::rows;
use super::edit::document;
use super::write::{expect_thawed, held, save};
use crate::app::App;
use crate::error::Error;
use crate::model::document::takes_material;
use crate::model::{Editing, covers, form_field};
use crate::places::Place;
use crate::sealed;
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::view::{ApplicationFile, file};

/// The largest file.
pub(crate) const MAX_FILE: usize = 50 * 1024 * 1024;
/// Room for the multipart frame around a file.
pub(crate) const FRAME: usize = 64 * 1024;
/// Files of one requirement.
const MAX_FILES: usize = 20;
/// Files of one application.
pub(super) const MAX_ALL: usize = 100;

/// A file as received.
pub(crate) struct Upload {
    /// What it answers.
    pub requirement_id: String,
    /// Its name as given.
    pub file_name: String,
    /// Content.
    pub content: Spooled,
}

/// The error of a file over the bound.
pub(crate) fn too_large() -> Error {
    Error::MaterialTooLarge { max: "50 MiB" }
}

/// Lets an upload in before a byte of it is read: the application must take files now, the
/// declared length be within the bound, and a place be free.
pub(crate) async fn admit<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    fits(headers)?;
    let row = store::application::find(&ctx.read(), &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    expect_thawed(&row)?;
    if sealed::editing(ctx.store().sealer(), &row)? == Editing::Nothing {
        return Err(Error::NotEditable.into());
    }
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Whether a declared length is within the bound.
pub(super) fn fits(headers: &HeaderMap) -> Result<(), Error> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > (MAX_FILE + FRAME) as u64) {
        return Err(too_large());
    }
    Ok(())
}

/// Keeps a file.
pub(crate) async fn upload<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    upload: Upload,
) -> Result<ApplicationFile, Fault> {
    let Upload {
        requirement_id,
        file_name,
        content,
    } = upload;
    let row = store::application::find(&ctx.read(), &rows(ctx), id.0).await?;
    may_change(
        app,
        ctx,
        &row.ok_or(Error::ApplicationNotFound)?,
        &requirement_id,
    )
    .await?;
    let content = keep(app, ctx, &file_name, &content).await?;

    let mut tx = ctx.begin().await?;
    // Held, so that files cannot slip in beside a submission.
    let mut row = held(&tx, ctx, id).await?;
    expect_thawed(&row)?;
    if !sealed::editing(tx.sealer(), &row)?.allows_material(&requirement_id) {
        return Err(Error::NotEditable.into());
    }
    let others = store::material::all(tx.conn(), row.id).await?;
    room(&others, &requirement_id)?;
    let material = content.material(&tx, row.id, &requirement_id)?;
    store::material::insert(tx.conn(), material.clone()).await?;
    files_filled(&tx, ctx, &mut row, &material.requirement_id, &others).await?;
    save(&tx, &row).await?;
    tx.done("intake.material.uploaded", "material", material.id);
    let answer = file(tx.sealer(), material)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Whether files of a requirement may be added or removed now.
async fn may_change<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
    requirement_id: &str,
) -> Result<(), Fault> {
    let editing = sealed::editing(ctx.store().sealer(), row)?;
    if editing == Editing::Nothing {
        return Err(Error::NotEditable.into());
    }
    let item = app.item_of(&ctx.read(), row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    if !takes_material(&item, &answers, requirement_id) || !editing.allows_material(requirement_id)
    {
        return Err(Error::MaterialNotAsked.into());
    }
    Ok(())
}

/// Whether one more file may come.
pub(super) fn room(others: &[Material], requirement_id: &str) -> Result<(), Error> {
    let same = others
        .iter()
        .filter(|row| !row.removed && row.requirement_id == requirement_id)
        .count();
    match () {
        () if same >= MAX_FILES => Err(Error::MaterialCount {
            max: MAX_FILES as u64,
        }),
        () if others.len() >= MAX_ALL => Err(Error::MaterialCount {
            max: MAX_ALL as u64,
        }),
        () => Ok(()),
    }
}

/// Whether a file stands at a place of the form that a correction does not list: files of all rows
/// of a group come under one key.
fn is_elsewhere(
    document: &FormDocument,
    form: &serde_json::Value,
    listed: &[String],
    material: MaterialId,
) -> bool {
    let id = material.to_string();
    tb_forms::attachments(document, form)
        .iter()
        .filter(|usage| usage.ids.contains(&id))
        .any(|usage| !listed.iter().any(|path| covers(path, &usage.path)))
}

/// Takes a file away.
pub(crate) async fn remove<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    material: MaterialId,
) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    let found = store::material::find(tx.conn(), row.id, material.0).await?;
    let found = found.ok_or(Error::MaterialNotFound)?;
    expect_thawed(&row)?;
    let editing = sealed::editing(tx.sealer(), &row)?;
    if !editing.allows_material(&found.requirement_id) {
        return Err(Error::NotEditable.into());
    }
    if let (Editing::Listed(correction), Some(_)) = (&editing, form_field(&found.requirement_id)) {
        let item = app.item_of(tx.conn(), &row).await?;
        let form = sealed::form(tx.sealer(), &row)?;
        if is_elsewhere(document(&item)?, &form, &correction.fields, material) {
            return Err(Error::NotEditable.into());
        }
    }
    let before = store::material::all(tx.conn(), row.id).await?;
    store::material::remove(tx.conn(), &found).await?;
    files_filled(&tx, ctx, &mut row, &found.requirement_id, &before).await?;
    save(&tx, &row).await?;
    tx.done("intake.material.removed", "material", material);
    tx.commit(&()).await?;
    Ok(())
}
