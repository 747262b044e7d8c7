//! Deleting a draft: by whose it is, or by the clock where nobody can reach it any more.

use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Origin, StorageError, Store, Tracked, Tx};

use super::assist::over::draft_gone;
use super::signing::release;
use super::write::{expect_himself, held};
use crate::error::Error;
use crate::model::State;
use crate::model::signing::SigningState;
use crate::sealed;
use crate::store;
use crate::store::application::Application;

/// Deletes a draft with its rows. Whoever acts for somebody else who can reach it deletes nothing: he
/// can only end that he acts.
pub(crate) async fn delete<P>(ctx: &Ctx<P>, id: ApplicationId) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    if sealed::state(&row)? != State::Draft {
        return Err(Error::NotDraft.into());
    }
    if !row.account_id.is_nil() {
        expect_himself(&row, ctx.actor().id)?;
    }
    take_away(&mut tx, &mut row).await?;
    tx.commit(&()).await?;
    Ok(())
}

/// Deletes the rows of a draft; whoever was asked to sign it hears that there is nothing left to sign.
/// Its files, which other rows may share, are left to the sweep.
pub(crate) async fn take_away(
    tx: &mut Tx,
    row: &mut Tracked<Application>,
) -> Result<(), StorageError> {
    if row.signing_until.is_some() {
        let who = sealed::applicant(tx.sealer(), row)?;
        let ended = SigningState::TakenBack;
        release(tx, row, ended, "co_taken_back", &who.name).await?;
    }
    let id = row.id;
    store::counter::delete(tx.conn(), id).await?;
    draft_gone(tx, id).await?;
    store::signing::delete(tx.conn(), id).await?;
    store::material::delete_all(tx.conn(), id).await?;
    store::application::delete(tx.conn(), id).await?;
    tx.done("intake.application.deleted", "application", id);
    Ok(())
}

/// Deletes the drafts that were begun by a paper which counts no more: neither of the two can reach
/// them, and they name a third person. How many.
pub(crate) async fn delete_lapsed(store: &Store, origin: Origin) -> Result<usize, StorageError> {
    let mut tx = store.begin(origin).await?;
    let today = office_time::day(tx.now());
    let lapsed = store::application::lapsed_drafts(tx.conn(), today).await?;
    for id in &lapsed {
        if let Some(mut row) = store::application::any_locked(tx.conn(), *id).await? {
            take_away(&mut tx, &mut row).await?;
        }
    }
    tx.commit(&()).await?;
    Ok(lapsed.len())
}
