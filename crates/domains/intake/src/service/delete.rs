//! Deleting a draft.

use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};

use super::write::held;
use crate::error::Error;
use crate::model::State;
use crate::sealed;
use crate::store;

/// Deletes a draft with its rows. Its files, which other rows may share, are left to the sweep.
pub(crate) async fn delete<P>(ctx: &Ctx<P>, id: ApplicationId) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let row = held(&tx, ctx, id).await?;
    if sealed::state(&row)? != State::Draft {
        return Err(Error::NotDraft.into());
    }
    store::counter::delete(tx.conn(), row.id).await?;
    store::material::delete_all(tx.conn(), row.id).await?;
    store::application::delete(tx.conn(), row.id).await?;
    tx.done("intake.application.deleted", "application", id);
    tx.commit(&()).await?;
    Ok(())
}
