//! One's own personal data: masked by itself, unmasked on demand and then on record.

use tb_contract::access::ProfileRead;
use tb_http::Ctx;
use tb_kernel::Fault;

use crate::api::profile::ProfileView;
use crate::error::Error;
use crate::{sealing, store};

/// The profile of whoever asks.
pub(crate) async fn profile(ctx: &Ctx<ProfileRead>, unmasked: bool) -> Result<ProfileView, Fault> {
    let id = ctx.actor().id;
    let row = store::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let account = sealing::open(row, ctx.store().sealer())?;
    if !unmasked {
        return Ok(ProfileView::masked(account));
    }
    ctx.record_read("account", id).await?;
    Ok(ProfileView::unmasked(account))
}
