//! Materials of a batch: handed in once, they go with every application.

use axum::http::HeaderMap;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, MaterialId};
use uuid::Uuid;

use super::{answers_of, item_of, open, open_held, touch};
use crate::app::App;
use crate::error::Error;
use crate::places::Place;
use crate::service::content::keep;
use crate::service::upload::{Upload, fits, room};
use crate::store;
use crate::view::batch::{BatchView, view};

/// Lets an upload in before a byte of it is read.
pub(crate) async fn admit(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    fits(headers)?;
    open(&ctx.read(), ctx, id).await?;
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Keeps a file for one of the item's materials.
pub(crate) async fn upload(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    upload: Upload,
) -> Result<BatchView, Fault> {
    let Upload {
        requirement_id,
        file_name,
        content,
    } = upload;
    let conn = ctx.read();
    let batch = open(&conn, ctx, id).await?;
    let item = item_of(app, &conn, &batch).await?;
    let asked = answers_of(&batch)?;
    if !item
        .materials_for(&asked)
        .iter()
        .any(|one| one.id == requirement_id)
    {
        return Err(Error::MaterialNotAsked.into());
    }
    let content = keep(app, ctx, &file_name, &content).await?;

    let mut tx = ctx.begin().await?;
    // Held, so that files cannot slip in beside a submission.
    let mut batch = open_held(&tx, ctx, id).await?;
    let others = store::material::all(tx.conn(), batch.id).await?;
    room(&others, &requirement_id)?;
    let material = content.material(&tx, batch.id, &requirement_id)?;
    store::material::insert(tx.conn(), material).await?;
    touch(&tx, &mut batch);
    store::batch::save(tx.conn(), &batch).await?;
    tx.done("intake.batch.material_uploaded", "batch", id);
    let answer = view(app, ctx, tx.conn(), &batch).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Takes a file away.
pub(crate) async fn remove(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    material: MaterialId,
) -> Result<BatchView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut batch = open_held(&tx, ctx, id).await?;
    let found = store::material::find(tx.conn(), batch.id, material.0).await?;
    let found = found.ok_or(Error::MaterialNotFound)?;
    store::material::remove(tx.conn(), &found).await?;
    touch(&tx, &mut batch);
    store::batch::save(tx.conn(), &batch).await?;
    tx.done("intake.batch.material_removed", "batch", id);
    let answer = view(app, ctx, tx.conn(), &batch).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
