//! Changing one's own vault: the last day of a paper, and taking one out.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use utoipa::ToSchema;
use uuid::Uuid;

use super::owner;
use super::read::{Reader, VaultDetail};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::service::write::{SELF, stale};
use crate::store;

/// Years of a last day that can be meant.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2199;

/// A new last day.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChangeVaultDocument {
    /// Version that the page has.
    pub version: i64,
    /// Last day on which the edition in force is good; none: it does not end.
    pub valid_until: Option<NaiveDate>,
}

/// A day that can be meant.
pub(super) fn plausible(day: Option<NaiveDate>) -> Result<Option<NaiveDate>, Fault> {
    if day.is_none_or(|day| YEARS.contains(&day.year())) {
        return Ok(day);
    }
    let fault = fault_at("/valid_until".to_owned(), field::VAULT_DAY, &[]);
    Err(with_fields(Error::VaultInvalid, vec![fault]))
}

/// Sets or takes away the last day.
pub(crate) async fn change(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    body: ChangeVaultDocument,
) -> Result<VaultDetail, Fault> {
    let valid_until = plausible(body.valid_until)?;
    let owner = owner(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let found = store::vault::find_locked(tx.conn(), &owner, id).await?;
    let mut found = found.ok_or(Error::VaultDocumentNotFound)?;
    if found.version != body.version {
        return Err(stale(SELF, found.updated_at, ctx.locale()).into());
    }
    store::vault::set_validity(tx.conn(), &found, valid_until, tx.now()).await?;
    found.version += 1;
    found.updated_at = tx.now();
    tx.done("intake.vault.changed", "vault_document", id);
    let answer = Reader::of(ctx).detail(tx.conn(), found).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Takes a document out with all its editions. Applications keep the files they have.
pub(crate) async fn delete(app: &App, ctx: &Ctx<ApplicationWrite>, id: Uuid) -> Result<(), Fault> {
    let owner = owner(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let found = store::vault::find_locked(tx.conn(), &owner, id).await?;
    let found = found.ok_or(Error::VaultDocumentNotFound)?;
    store::vault::delete(tx.conn(), found.id).await?;
    tx.done("intake.vault.deleted", "vault_document", id);
    tx.commit(&()).await?;
    Ok(())
}
