//! Brings base items into force and takes them out of it.

use tb_contract::access::BaseItemWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Tx;

use crate::api::base_items::{AbolishBaseItem, BaseSaved, PublishBaseItem};
use crate::entity::{base_item, base_item_version};
use crate::error::{Error, field};
use crate::model::base_item::{BaseItem, BaseStatus, check};
use crate::model::publish_check::fault;
use crate::model::word;
use crate::service::base_items::{finish, invalid, read, touch};
use crate::service::own_json;
use crate::store;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// Makes the working copy the version in force.
pub(crate) async fn publish(
    ctx: &Ctx<BaseItemWrite>,
    code: &str,
    body: PublishBaseItem,
) -> Result<BaseSaved, Fault> {
    let tx = ctx.begin().await?;
    let mut row = read(&tx, code, body.version).await?;
    match BaseStatus::from_word(&row.status) {
        BaseStatus::Abolished => return Err(Error::BaseItemAbolished.into()),
        BaseStatus::Published if !row.changed => return Err(Error::Unchanged.into()),
        _ => {}
    }
    let faults = check(&own_json(&row.draft)?);
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    put_in_force(&tx, &mut row).await?;
    finish(tx, row, "catalogue.base_item.published").await
}

/// Writes the next version and brings the row to it; the row is saved by the caller.
pub(super) async fn put_in_force(tx: &Tx, row: &mut base_item::Model) -> Result<(), Fault> {
    let item: BaseItem = own_json(&row.draft)?;
    touch(tx, row);
    row.name.clone_from(&item.name);
    row.item_type = word(&item.item_type);
    row.effective_from = item.effective_from;
    BaseStatus::Published.as_str().clone_into(&mut row.status);
    row.published = Some(row.draft.clone());
    row.published_version += 1;
    row.changed = false;
    let version = base_item_version::Model {
        base_item_id: row.id,
        version: row.published_version,
        document: row.draft.clone(),
        published_at: tx.now(),
        published_by: row.updated_by.clone(),
    };
    Ok(store::base_item::add_version(tx.conn(), version).await?)
}

/// Takes it out of the catalogue from a day on; its items are to follow.
pub(crate) async fn abolish(
    ctx: &Ctx<BaseItemWrite>,
    code: &str,
    body: AbolishBaseItem,
) -> Result<BaseSaved, Fault> {
    let reason = body.reason.trim().to_owned();
    let tx = ctx.begin().await?;
    let mut row = read(&tx, code, body.version).await?;
    if BaseStatus::from_word(&row.status) != BaseStatus::Published {
        return Err(Error::BaseItemNotPublished.into());
    }
    let today = office_time::day(tx.now());
    let day = body.abolished_on.unwrap_or(today);
    let mut faults = Vec::new();
    if reason.is_empty() {
        faults.push(fault("/reason", field::REQUIRED));
    }
    if reason.chars().count() > LONGEST_REASON {
        let mut long = fault("/reason", field::TOO_LONG);
        long.args
            .insert("max".to_owned(), LONGEST_REASON.to_string());
        faults.push(long);
    }
    if day < today {
        faults.push(fault("/abolished_on", field::DAY_PAST));
    }
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    BaseStatus::Abolished.as_str().clone_into(&mut row.status);
    row.abolished_on = Some(day);
    row.abolished_reason = reason;
    touch(&tx, &mut row);
    finish(tx, row, "catalogue.base_item.abolished").await
}
