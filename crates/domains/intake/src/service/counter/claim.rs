//! What a counter took in, or somebody handed in by a paper, for somebody who had no account then is his as soon as he has one: found
//! by the numbers that were verified on both sides.

use tb_http::Ctx;
use tb_kernel::{AccountKind, Fault};

use crate::app::App;
use crate::model::counter::owner;
use crate::sealed::{COUNTER_OWNER, applicant_index};
use crate::store;

/// Gives the caller what counters took in for him, with the messages about it. His own list does not
/// wait for it: what could not be given now is given the next time.
pub(crate) async fn claim<P>(app: &App, ctx: &Ctx<P>) {
    if let Err(fault) = give(app, ctx).await {
        tracing::warn!(code = fault.code, cause = ?fault.cause, "what a counter took in was not given to its owner");
    }
}

async fn give<P>(app: &App, ctx: &Ctx<P>) -> Result<(), Fault> {
    let actor = ctx.actor();
    if !matches!(
        actor.kind,
        AccountKind::Person | AccountKind::EnterpriseAgent
    ) {
        return Ok(());
    }
    let Some(profile) = app.applicants().profile(actor.id).await? else {
        return Ok(());
    };
    let code = (actor.kind == AccountKind::EnterpriseAgent).then_some(profile.credit_code);
    let Some(words) = owner(&profile.citizen_id, code.as_deref()) else {
        return Ok(());
    };
    let sealer = ctx.store().sealer();
    let index = sealer.blind_index(COUNTER_OWNER, &words);
    // What somebody handed in for him by a paper waits under his own number.
    let number = match actor.kind {
        AccountKind::Person => applicant_index(sealer, &profile.citizen_id),
        _ => Vec::new(),
    };
    let conn = ctx.read();
    let by_paper = store::application::unclaimed(&conn, &number).await?;
    if by_paper.is_empty() && store::counter::unclaimed(&conn, &index).await?.is_empty() {
        return Ok(());
    }
    // Its own transaction: the request that found it only reads, and has an answer of its own.
    let mut tx = ctx.store().begin(ctx.origin()).await?;
    let mut found = store::counter::unclaimed(tx.conn(), &index).await?;
    store::counter::claim(tx.conn(), found.clone()).await?;
    found.extend(store::application::unclaimed(tx.conn(), &number).await?);
    found.sort();
    found.dedup();
    store::application::give(tx.conn(), found.clone(), actor.id.0).await?;
    store::message::give(tx.conn(), found.clone(), actor.id.0).await?;
    for id in found {
        tx.done("intake.application.claimed", "application", id);
    }
    tx.commit(&()).await?;
    Ok(())
}
