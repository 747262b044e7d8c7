//! The vault of materials (材料库): what was given once is offered again.

pub(crate) mod attach;
pub(crate) mod change;
pub(crate) mod gather;
pub(crate) mod keep;
pub(crate) mod read;

use tb_contract::events::Applicant;
use tb_http::Ctx;
use tb_kernel::{AccountId, AccountKind, Fault};
use tb_storage::Sealer;

use super::counter::behind_counter;
use super::create::applicant;
use crate::app::App;
use crate::error::Error;
use crate::model;
use crate::sealed::{self, VAULT_KIND, VAULT_OWNER};
use crate::store::application::Application;
use crate::store::vault::Owner;

/// The vault of whom an application names.
pub(crate) fn owner_of(sealer: &Sealer, who: &Applicant) -> Owner {
    Owner(sealer.blind_index(VAULT_OWNER, &model::vault::owner(who)))
}

/// The vault that the caller may reach: of whom he applies for now. Asked of identity each time,
/// so that an agent who left an enterprise has left its vault; never inside a transaction.
pub(crate) async fn owner<P>(app: &App, ctx: &Ctx<P>) -> Result<Owner, Fault> {
    let profile = app
        .applicants()
        .profile(ctx.actor().id)
        .await?
        .ok_or(Error::ProfileMissing)?;
    let who = applicant(&profile, ctx.actor().kind);
    Ok(owner_of(ctx.store().sealer(), &who))
}

/// The vault that an application is filled in from. At a counter nobody looks into the vault of whom he
/// serves.
pub(crate) async fn vault_for<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Option<Owner>, Fault> {
    if behind_counter(ctx) {
        return Ok(None);
    }
    let who = applicant_for(app, ctx, row).await?;
    Ok(who.map(|who| owner_of(ctx.store().sealer(), &who)))
}

/// Of whom an application may be filled in with what is kept of him: of whom it is for, where the caller is
/// he, was authorised by him online, or has him before his counter. By a paper that the office has yet to
/// look at nobody learns what there is.
pub(crate) async fn applicant_for<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Option<Applicant>, Fault> {
    if row.proxy_proof.is_some() {
        return Ok(None);
    }
    if behind_counter(ctx) {
        return Ok(Some(sealed::applicant(ctx.store().sealer(), row)?));
    }
    let is_own = row.account_id == ctx.actor().id.0;
    if !is_own && row.proxy_mandate_id.is_none() {
        return Ok(None);
    }
    let kind = if is_own {
        ctx.actor().kind
    } else {
        AccountKind::Person
    };
    let profile = app.applicants().profile(AccountId(row.account_id)).await?;
    Ok(Some(applicant(
        &profile.ok_or(Error::ProfileMissing)?,
        kind,
    )))
}

/// The index of a kind of paper.
pub(crate) fn kind_of(sealer: &Sealer, name: &str) -> Vec<u8> {
    sealer.blind_index(VAULT_KIND, &model::vault::kind(name))
}
