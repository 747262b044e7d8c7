//! Creates and changes base items.

use tb_contract::access::BaseItemWrite;
use tb_http::Ctx;
use tb_kernel::Fault;

use crate::api::base_items::{BaseSaved, NewBaseItem, SaveBaseItem};
use crate::error::{Error, field};
use crate::model::base_item::{BaseStatus, check_draft, tidy};
use crate::model::publish_check::fault;
use crate::service::base_items::{describe, finish, invalid, new_row, read};
use crate::service::taken;
use crate::store;

/// Creates a draft.
pub(crate) async fn create(
    ctx: &Ctx<BaseItemWrite>,
    body: NewBaseItem,
) -> Result<BaseSaved, Fault> {
    let item = tidy(body.item);
    let faults = check_draft(&item);
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    let mut tx = ctx.begin().await?;
    if store::base_item::by_code(tx.conn(), &item.code)
        .await?
        .is_some()
    {
        return Err(Error::CodeTaken { code: item.code }.into());
    }
    let row = new_row(&tx, &item)?;
    let view = BaseSaved::of(&row);
    store::base_item::insert(tx.conn(), row)
        .await
        .map_err(|error| taken(error, &item.code))?;
    tx.done("catalogue.base_item.created", "base_item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Changes the working copy; items are measured against what is published.
pub(crate) async fn save(
    ctx: &Ctx<BaseItemWrite>,
    code: &str,
    body: SaveBaseItem,
) -> Result<BaseSaved, Fault> {
    let item = tidy(body.item);
    let tx = ctx.begin().await?;
    let mut row = read(&tx, code, body.version).await?;
    if BaseStatus::from_word(&row.status) == BaseStatus::Abolished {
        return Err(Error::BaseItemAbolished.into());
    }
    let mut faults = check_draft(&item);
    if item.code != row.code {
        faults.push(fault("/code", field::CODE_FIXED));
    }
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    describe(&tx, &mut row, &item)?;
    finish(tx, row, "catalogue.base_item.saved").await
}
