//! Fills an installation: divisions, departments, items, themes, hot items. Every function can be
//! run again: what is there already stays as people have changed it since.

mod calendar;
mod divisions;

use std::collections::BTreeMap;

use serde::Deserialize;
use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, Locale, Region, Scope};
use tb_storage::{Origin, Store};

pub use crate::model::base_item::BaseItem;
pub use calendar::seed_calendar;
pub use divisions::{CityDivisions, divisions_from_csv, seed_divisions};

use crate::entity::theme;
use crate::error::Error;
use crate::model::publish_check::check;
use crate::model::{DepartmentKind, ThemeAudience};
use crate::service::publish_item::publish;
use crate::service::save_department::{insert, new_department};
use crate::service::save_item::{new_item, place};
use crate::service::to_json;
use crate::store;
use crate::store::revision::{self, List};

/// A department as a file describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct DepartmentSeed {
    /// Credit code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in short.
    pub short_name: String,
    /// Region of responsibility.
    pub region: Region,
    /// Organ or centre.
    #[serde(default)]
    pub kind: DepartmentKind,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Sample data.
    #[serde(default)]
    pub sample: bool,
    /// Names under which lists know it.
    #[serde(default)]
    pub import_names: Vec<String>,
}

/// A theme as a file describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct ThemeSeed {
    /// Name.
    pub name: String,
    /// The glyph of its tile.
    pub icon: String,
    /// Side of the portal.
    pub audience: ThemeAudience,
    /// Place, from 1.
    pub order: i32,
}

/// Adds the departments that are not there yet, enabled; returns how many.
pub async fn seed_departments(
    store: &Store,
    by: &Origin,
    seeds: &[DepartmentSeed],
) -> Result<usize, Fault> {
    let mut tx = store.begin(by.clone()).await?;
    let mut added = 0;
    for seed in seeds {
        if store::department::by_code(tx.conn(), &seed.code)
            .await?
            .is_some()
        {
            continue;
        }
        let mut row = new_department(&tx, seed.code.clone(), &seed.name, seed.region.clone());
        row.short_name.clone_from(&seed.short_name);
        seed.kind.as_str().clone_into(&mut row.kind);
        row.phone.clone_from(&seed.phone);
        row.address.clone_from(&seed.address);
        row.enabled = true;
        row.sample = seed.sample;
        row.import_names = to_json(&seed.import_names)?;
        insert(&mut tx, row).await?;
        added += 1;
    }
    tx.commit(&()).await?;
    Ok(added)
}

/// Adds and publishes the base items whose code nobody knows yet; returns how many. One that is not
/// fit to be published fails with its faults.
pub async fn seed_base_items(
    store: &Store,
    by: &Origin,
    items: Vec<BaseItem>,
) -> Result<usize, Fault> {
    crate::service::base_items::take::seed(store, by, items).await
}

/// Adds and publishes the items whose code nobody knows yet; returns how many. An item that is not
/// fit to be published fails with its faults.
pub async fn seed_items(
    store: &Store,
    by: &Origin,
    items: Vec<ItemDocument>,
) -> Result<usize, Fault> {
    let mut tx = store.begin(by.clone()).await?;
    let mut added = 0;
    for mut document in items {
        if store::item::id_of(tx.conn(), &document.code)
            .await?
            .is_some()
        {
            continue;
        }
        let department_id = place(&tx, &Scope::Everything, &mut document).await?;
        let faults = check(&document, Locale::Chinese);
        if !faults.is_empty() {
            let because = format!("{}: {faults:?}", document.name);
            return Err(
                Fault::fields(Fault::from(Error::NotPublishable).code, faults).because(because),
            );
        }
        let mut row = new_item(
            tx.new_id(),
            department_id,
            &document,
            tx.now(),
            &tx.actor().name,
        )?;
        row.version = 0;
        let revision = revision::raise(tx.conn(), List::Items).await?;
        let by = tx.actor().name.clone();
        let row = publish(&mut tx, row, &document, revision, &by).await?;
        store::item::insert(tx.conn(), vec![row]).await?;
        added += 1;
    }
    tx.commit(&()).await?;
    Ok(added)
}

/// Writes the themes, over those of the same name.
pub async fn seed_themes(store: &Store, by: &Origin, seeds: &[ThemeSeed]) -> Result<(), Fault> {
    let row = |seed: &ThemeSeed| theme::Model {
        audience: seed.audience.as_str().to_owned(),
        name: seed.name.clone(),
        icon: seed.icon.clone(),
        sort: seed.order,
    };
    if seeds.is_empty() {
        return Ok(());
    }
    let tx = store.begin(by.clone()).await?;
    store::theme::put(tx.conn(), seeds.iter().map(row).collect()).await?;
    Ok(tx.commit(&()).await?)
}

/// Adds the common words that count as the same, as far as no group has them; returns how many.
pub async fn seed_synonyms(store: &Store, by: &Origin) -> Result<u64, Fault> {
    crate::service::synonyms::seed(store, by).await
}

/// Pins these items as hot, in this order, where nothing is pinned yet. A code that nobody knows is
/// passed over.
pub async fn seed_hot(store: &Store, by: &Origin, codes: &[String]) -> Result<(), Fault> {
    let mut tx = store.begin(by.clone()).await?;
    let before = store::item::wanted(tx.conn()).await?;
    if before.iter().any(|one| one.hot_pin.is_some()) {
        return Ok(());
    }
    let mut pins = BTreeMap::new();
    for (place, code) in (1..).zip(codes) {
        if let Some(id) = store::item::id_of(tx.conn(), code).await? {
            pins.insert(id, place);
        }
    }
    crate::service::hot::write_pins(&mut tx, &pins).await?;
    tx.done("catalogue.hot_items.pinned", "hot_items", pins.len());
    Ok(tx.commit(&()).await?)
}

/// Adds and publishes the joint matters whose code nobody knows yet, after their items; returns
/// how many.
pub async fn seed_joint_items(
    store: &Store,
    by: &Origin,
    items: Vec<tb_contract::joint::JointItem>,
) -> Result<usize, Fault> {
    crate::service::joint_items::seed(store, by, items).await
}
