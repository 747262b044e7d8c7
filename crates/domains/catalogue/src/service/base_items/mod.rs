//! The base catalogue: kept by an administrator, implemented by offices, followed by their items.

pub(crate) mod browse;
pub(crate) mod follow;
pub(crate) mod publish;
pub(crate) mod save;
pub(crate) mod take;

use tb_kernel::{Fault, FieldFault};
use tb_storage::Tx;

use crate::api::base_items::BaseSaved;
use crate::entity::base_item;
use crate::error::Error;
use crate::model::base_item::{BaseItem, BaseStatus};
use crate::model::code::normal;
use crate::model::word;
use crate::service::{stale, to_json};
use crate::store;

/// A base item as this transaction has taken it, as it was read.
async fn read(tx: &Tx, code: &str, version: i64) -> Result<base_item::Model, Fault> {
    let found = store::base_item::take(tx.conn(), &normal(code)).await?;
    let row = found.ok_or(Error::BaseItemNotFound)?;
    if row.version == version {
        Ok(row)
    } else {
        Err(stale(&row.updated_by, row.updated_at).into())
    }
}

/// What stands against it.
fn invalid(faults: Vec<FieldFault>) -> Fault {
    Fault::fields(Fault::from(Error::BaseItemInvalid).code, faults)
}

/// The row of a new base item.
fn new_row(tx: &Tx, item: &BaseItem) -> Result<base_item::Model, Fault> {
    Ok(base_item::Model {
        id: tx.new_id(),
        code: item.code.clone(),
        name: item.name.clone(),
        item_type: word(&item.item_type),
        status: BaseStatus::Draft.as_str().to_owned(),
        draft: to_json(item)?,
        published: None,
        changed: true,
        published_version: 0,
        version: 1,
        sample: item.sample,
        effective_from: item.effective_from,
        abolished_on: None,
        abolished_reason: String::new(),
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    })
}

/// Writes a changed working copy into its row; what is published stays as it is.
fn describe(tx: &Tx, row: &mut base_item::Model, item: &BaseItem) -> Result<(), Fault> {
    row.draft = to_json(item)?;
    row.changed = row.published.as_deref() != Some(row.draft.as_str());
    if row.published.is_none() {
        row.name.clone_from(&item.name);
        row.item_type = word(&item.item_type);
        row.effective_from = item.effective_from;
    }
    row.sample = item.sample;
    touch(tx, row);
    Ok(())
}

fn touch(tx: &Tx, row: &mut base_item::Model) {
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
}

/// Saves a row with its audit entry and answers with where it stands.
async fn finish(mut tx: Tx, row: base_item::Model, done: &'static str) -> Result<BaseSaved, Fault> {
    let view = BaseSaved::of(&row);
    store::base_item::update(tx.conn(), row).await?;
    tx.done(done, "base_item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}
