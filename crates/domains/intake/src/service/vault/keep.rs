//! Putting a paper into the vault oneself.

use axum::http::HeaderMap;
use chrono::NaiveDate;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Spooled;

use super::change::plausible;
use super::gather::{add, claim};
use super::owner;
use super::read::{Reader, VaultDetail};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::vault::{MAX_DOCUMENTS, MAX_NAME};
use crate::places::Place;
use crate::service::content;
use crate::service::upload::fits;
use crate::store;

/// A paper as received.
pub(crate) struct Paper {
    /// What it is: 居民身份证.
    pub name: String,
    /// Last day on which it is good.
    pub valid_until: Option<NaiveDate>,
    /// Name of the file as given.
    pub file_name: String,
    /// Content.
    pub content: Spooled,
}

/// Lets an upload in before a byte of it is read.
pub(crate) async fn admit(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    fits(headers)?;
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Keeps a paper; one of a name that is there already becomes its next edition.
pub(crate) async fn keep(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    paper: Paper,
) -> Result<VaultDetail, Fault> {
    let Paper {
        name,
        valid_until,
        file_name,
        content,
    } = paper;
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        let args = [("max", MAX_NAME.to_string())];
        let args = args.each_ref().map(|(key, max)| (*key, max.as_str()));
        let fault = fault_at("/name".to_owned(), field::VAULT_NAME, &args);
        return Err(with_fields(Error::VaultInvalid, vec![fault]));
    }
    let valid_until = plausible(valid_until)?;
    let owner = owner(app, ctx).await?;
    let content = content::keep(app, ctx, &file_name, &content).await?;

    let mut tx = ctx.begin().await?;
    let mut document = claim(&tx, &owner, &name).await?;
    if document.edition == 0 && store::vault::count(tx.conn(), &owner).await? > MAX_DOCUMENTS {
        return Err(Error::VaultFull { max: MAX_DOCUMENTS }.into());
    }
    add(&tx, &document, None, valid_until, vec![content]).await?;
    document.edition += 1;
    document.version += 1;
    document.updated_at = tx.now();
    tx.done("intake.vault.kept", "vault_document", document.id);
    let answer = Reader::of(ctx).detail(tx.conn(), document).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
