//! Hot items: counted by insight, pinned by an administrator. What changes its place is shown anew.

use std::collections::{BTreeMap, BTreeSet};

use tb_contract::access::ItemPublish;
use tb_contract::events::ItemsCounted;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use crate::api::hot::{HotItem, PinItems};
use crate::catalogue::Catalogue;
use crate::entity::item;
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::hot::{Candidate, MOST, order};
use crate::model::publish_check::fault;
use crate::store;
use crate::store::item::Wanted;
use crate::store::revision::{self, List};

/// The hot items in their order, then others that were counted.
pub(crate) async fn list(ctx: &Ctx<ItemPublish>) -> Result<Vec<HotItem>, Fault> {
    let found = store::item::wanted(&ctx.read()).await?;
    Ok(found.into_iter().map(HotItem::of).collect())
}

/// Pins these items, in this order, and no others.
pub(crate) async fn pin(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemPublish>,
    body: PinItems,
) -> Result<Vec<HotItem>, Fault> {
    let mut tx = ctx.begin().await?;
    // Two who change places wait for each other.
    revision::raise(tx.conn(), List::Items).await?;
    let mut pins: BTreeMap<Uuid, i32> = BTreeMap::new();
    let mut faults = Vec::new();
    if body.codes.len() > MOST {
        let mut many = fault("/codes", field::RANGE);
        many.args.insert("min".to_owned(), "0".to_owned());
        many.args.insert("max".to_owned(), MOST.to_string());
        faults.push(many);
    }
    for (at, code) in body.codes.iter().enumerate() {
        let found = store::item::find(tx.conn(), ctx.scope(), code).await?;
        if found.as_ref().is_some_and(is_gone) {
            continue;
        }
        let offered = found.filter(|item| item.status == ItemStatus::Published.as_str());
        let Some(item) = offered else {
            let mut unknown = fault(format!("/codes/{at}"), field::ITEM);
            unknown.args.insert("code".to_owned(), code.clone());
            faults.push(unknown);
            continue;
        };
        let place = i32::try_from(pins.len() + 1).unwrap_or(i32::MAX);
        pins.entry(item.id).or_insert(place);
    }
    if !faults.is_empty() {
        return Err(Fault::fields(Fault::from(Error::DraftInvalid).code, faults));
    }
    write_pins(&mut tx, &pins).await?;
    tx.done("catalogue.hot_items.pinned", "hot_items", pins.len());
    let found = store::item::wanted(tx.conn()).await?;
    let view: Vec<HotItem> = found.into_iter().map(HotItem::of).collect();
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

/// A pin whose item is not offered any more: it goes with the next change.
fn is_gone(item: &item::Model) -> bool {
    item.hot_pin.is_some() && item.status != ItemStatus::Published.as_str()
}

/// Takes what was counted; items that are not in it any more were applied for too seldom.
pub(crate) async fn counted(tx: &mut Tx, said: ItemsCounted) -> Result<(), Fault> {
    revision::raise(tx.conn(), List::Items).await?;
    let mut counts: BTreeMap<Uuid, i64> = BTreeMap::new();
    for one in said.items {
        if let Some(id) = store::item::id_of(tx.conn(), &one.code).await? {
            *counts.entry(id).or_default() += one.submitted;
        }
    }
    let before = store::item::wanted(tx.conn()).await?;
    let known: BTreeMap<Uuid, i64> = before.iter().map(|one| (one.id, one.hot_count)).collect();
    let ids: BTreeSet<Uuid> = known.keys().chain(counts.keys()).copied().collect();
    for id in ids {
        let count = counts.get(&id).copied().unwrap_or(0);
        if known.get(&id).copied().unwrap_or(0) != count {
            store::item::set_count(tx.conn(), id, count).await?;
        }
    }
    rank(tx).await
}

/// Pins these items and no others.
pub(crate) async fn write_pins(tx: &mut Tx, pins: &BTreeMap<Uuid, i32>) -> Result<(), Fault> {
    let before = store::item::wanted(tx.conn()).await?;
    for one in before.iter().filter(|one| one.hot_pin.is_some()) {
        if !pins.contains_key(&one.id) {
            store::item::set_pin(tx.conn(), one.id, None).await?;
        }
    }
    for (id, pin) in pins {
        store::item::set_pin(tx.conn(), *id, Some(*pin)).await?;
    }
    rank(tx).await
}

/// Gives every hot item its place; only what moves is written and shown anew.
async fn rank(tx: &mut Tx) -> Result<(), Fault> {
    let all = store::item::wanted(tx.conn()).await?;
    let offered = |one: &&Wanted| one.status == ItemStatus::Published.as_str();
    let candidates = all.iter().filter(offered).map(|one| Candidate {
        id: one.id,
        pin: one.hot_pin,
        count: one.hot_count,
    });
    let places: BTreeMap<Uuid, i32> = order(candidates.collect()).into_iter().zip(1..).collect();
    let moved: Vec<&Wanted> = all
        .iter()
        .filter(|one| one.hot_rank != places.get(&one.id).copied())
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    let revision = revision::raise(tx.conn(), List::Items).await?;
    for one in moved {
        let place = places.get(&one.id).copied();
        store::item::set_hot(tx.conn(), one.id, place, revision).await?;
    }
    Ok(())
}
