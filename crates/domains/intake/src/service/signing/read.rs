//! What co-applicants read: what waits for their signature, and the application that they are asked to
//! sign or have signed. To everybody else it does not exist.

use std::collections::BTreeSet;

use tb_contract::access::ApplicationRead;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{ApplicationId, Fault, MaterialId, Page, PageRequest};
use tb_storage::Conn;
use uuid::Uuid;

use super::party;
use crate::app::App;
use crate::error::Error;
use crate::model::signing::SignerState;
use crate::service::read::{cursor, file_of, opened};
use crate::store;
use crate::store::application::Application;
use crate::store::signing::CoApplicant;
use crate::view::signature::{SignatureRow, SignatureView, papers, signature, waiting};

/// What waits for the caller's signature, or has it and waits for the applicant; newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    page: PageRequest,
) -> Result<Page<SignatureRow>, Fault> {
    let before = cursor(&page)?;
    let Some(party) = party(app, ctx).await? else {
        return Ok(Page {
            items: Vec::new(),
            next_cursor: None,
        });
    };
    let (conn, limit) = (ctx.read(), page.limit());
    let mine = store::signing::waiting(&conn, &party.number, before, limit).await?;
    let Page { items, next_cursor } =
        Page::from_surplus(mine, limit, |one| one.application_id.to_string());
    let signed: BTreeSet<Uuid> = items
        .iter()
        .filter(|one| SignerState::parse(&one.state) == SignerState::Signed)
        .map(|one| one.application_id)
        .collect();
    let ids = items.into_iter().map(|one| one.application_id).collect();
    let mut rows = store::application::of_ids(&conn, ids).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    let sealer = ctx.store().sealer();
    Ok(Page {
        items: rows
            .iter()
            .map(|row| waiting(sealer, row, signed.contains(&row.id)))
            .collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One application that the caller is asked to sign, or has signed.
pub(crate) async fn one(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
) -> Result<SignatureView, Fault> {
    let conn = ctx.read();
    let (row, mine) = shown(app, ctx, &conn, id).await?;
    let answer = signature(app, ctx, &conn, &row, &mine).await?;
    ctx.record_read("application", id).await?;
    Ok(answer)
}

/// A file of it.
pub(crate) async fn material(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
    material: MaterialId,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let (row, _) = shown(app, ctx, &conn, id).await?;
    let file = store::material::find(&conn, row.id, material.0).await?;
    if row.submitted_at.is_some() && !file.is_some_and(|file| file.handed_in) {
        return Err(Error::MaterialNotFound.into());
    }
    file_of(ctx, &conn, &row, material).await
}

/// A paper of it.
pub(crate) async fn paper(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
    paper: Uuid,
) -> Result<FileAnswer, Fault> {
    let (row, _) = shown(app, ctx, &ctx.read(), id).await?;
    let found = papers(ctx.store().sealer(), &row)?.into_iter();
    let found = found.into_iter().find(|known| known.id == paper);
    opened(app, ctx, found.ok_or(Error::PaperNotFound)?).await
}

/// The application with the caller's own row.
async fn shown(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    conn: &Conn,
    id: ApplicationId,
) -> Result<(Application, CoApplicant), Fault> {
    let party = party(app, ctx).await?.ok_or(Error::ApplicationNotFound)?;
    let mine = store::signing::of_number(conn, id.0, &party.number).await?;
    let mine = mine.ok_or(Error::ApplicationNotFound)?;
    let row = store::application::of_ids(conn, vec![id.0]).await?.pop();
    Ok((row.ok_or(Error::ApplicationNotFound)?, mine))
}
