//! Read copies of what the catalogue publishes.

use tb_contract::events::{
    CalendarPublished, ItemPublished, ItemWithdrawn, JointItemPublished, JointItemWithdrawn,
};
use tb_contract::item::{FrontDesk, ItemDocument};
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::store;
use crate::store::counter::{CounterItemRow, CounterPlace};
use crate::store::item::{Calendars, ItemCopy};
use crate::store::joint::JointCopy;

/// Keeps a version of an item.
pub(super) async fn item_published(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let ItemPublished {
        code,
        version,
        item,
    } = payload(event)?;
    let document = serde_json::to_string(&item)?;
    // A counter takes in what can be filled in; any newer version says anew whether that is so.
    if item.is_online() {
        let places = item.taken_in_by().into_iter().map(|division| CounterPlace {
            id: tx.new_id(),
            code: code.clone(),
            version,
            division,
        });
        let places = places.collect();
        store::counter::keep_item(tx.conn(), at_counter(&code, version, &item), places).await?;
    } else {
        store::counter::forget_item(tx.conn(), &code, version).await?;
    }
    let row = ItemCopy {
        code,
        version,
        document,
        withdrawn: false,
        published_at: event.time,
    };
    Ok(store::item::keep(tx.conn(), row).await?)
}

fn at_counter(code: &str, version: i64, item: &ItemDocument) -> CounterItemRow {
    CounterItemRow {
        code: code.to_owned(),
        version,
        name: item.name.clone(),
        department_code: item.department_code.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
        comprehensive: item.handling.front_desk == FrontDesk::Comprehensive,
    }
}

/// Marks an item as withdrawn.
pub(super) async fn item_withdrawn(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let ItemWithdrawn { code, version } = payload(event)?;
    if store::item::version(tx.conn(), &code, version)
        .await?
        .is_none()
    {
        return Err(HandleError::early("the publication of the item"));
    }
    store::counter::forget_item(tx.conn(), &code, version).await?;
    Ok(store::item::withdraw(tx.conn(), &code, version).await?)
}

/// Keeps a version of a joint matter.
pub(super) async fn joint_published(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let JointItemPublished {
        code,
        version,
        item,
    } = payload(event)?;
    let row = JointCopy {
        code,
        version,
        document: serde_json::to_string(&item)?,
        withdrawn: false,
        published_at: event.time,
    };
    Ok(store::joint::keep(tx.conn(), row).await?)
}

/// Marks a joint matter as withdrawn.
pub(super) async fn joint_withdrawn(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let JointItemWithdrawn { code, version } = payload(event)?;
    if store::joint::version(tx.conn(), &code, version)
        .await?
        .is_none()
    {
        return Err(HandleError::early("the publication of the joint matter"));
    }
    Ok(store::joint::withdraw(tx.conn(), &code, version).await?)
}

/// Keeps a version of the calendar.
pub(super) async fn calendar_published(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let CalendarPublished { calendar } = payload(event)?;
    Ok(Calendars::keep(tx.conn(), &calendar, event.time).await?)
}
