//! One piece of a list: what becomes of each row, decided first and written then, so that a dry run
//! decides the same.

use std::collections::{BTreeSet, HashMap};

use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, Region};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use crate::entity::item;
use crate::error::field;
use crate::model::row::{ListRow, RowNote};
use crate::model::{ItemStatus, code};
use crate::service::import_items::ImportOptions;
use crate::service::import_items::offices::{Office, Offices};
use crate::service::own_json;
use crate::service::publish_item::{announce, next_version, publish};
use crate::service::save_item::new_item;
use crate::store;
use crate::store::revision::{self, List};

/// What becomes of a row.
pub(super) enum Fate {
    /// A new item.
    New { item: Box<ItemDocument> },
    /// The item of this code says something new.
    Update {
        row: Box<item::Model>,
        item: Box<ItemDocument>,
    },
    /// Nothing.
    Stay,
    /// A described item replaces it; `item` where that one does not know its code yet.
    Merge {
        row: Box<item::Model>,
        item: Option<Box<ItemDocument>>,
    },
}

/// What becomes of a piece.
pub(super) struct Plan {
    /// Each row's department, as the list names it, and its fate.
    pub rows: Vec<(String, Fate)>,
    pub warnings: Vec<RowNote>,
    pub new_offices: u64,
    sample: bool,
}

/// Decides. Nothing is written.
pub(super) async fn plan(
    conn: &Conn,
    rows: &[ListRow],
    offices: &mut Offices,
    options: &ImportOptions,
) -> Result<Plan, Fault> {
    let known = known_items(conn, rows).await?;
    let described = described_items(conn, rows, &options.region).await?;
    let mut plan = Plan {
        rows: Vec::new(),
        warnings: Vec::new(),
        new_offices: 0,
        sample: options.sample,
    };
    for row in rows {
        let (office, is_new) = offices.of(row)?;
        plan.new_offices += u64::from(is_new);
        let fate = match (
            known.get(&code::normal(&row.code)),
            described.get(&row.name),
        ) {
            (Some(item), _) => plan.known(row, item, &office)?,
            (None, Some(item)) => plan.merge(row, item)?,
            (None, None) => {
                let mut item = row
                    .document(&options.region, options.sample)
                    .map_err(Fault::internal)?;
                row.apply(&mut item, &office.code, &office.name);
                Fate::New {
                    item: Box::new(item),
                }
            }
        };
        plan.rows.push((row.department.clone(), fate));
    }
    Ok(plan)
}

impl Plan {
    /// A row whose code is known.
    fn known(&mut self, row: &ListRow, item: &item::Model, office: &Office) -> Result<Fate, Fault> {
        if !item.imported {
            return self.merge(row, item);
        }
        let mut document: ItemDocument = own_json(&item.draft)?;
        let before = document.clone();
        row.apply(&mut document, &office.code, &office.name);
        if document == before {
            return Ok(Fate::Stay);
        }
        // What somebody is working on, or has taken down, is his to publish.
        let left_alone = [
            (
                item.status == ItemStatus::Withdrawn.as_str(),
                field::ROW_WITHDRAWN,
            ),
            (item.changed, field::ROW_DRAFT),
        ];
        if let Some((_, code)) = left_alone.iter().find(|(holds, _)| *holds) {
            self.warnings
                .push(RowNote::new(row.line, code, &[("name", &item.name)]));
            return Ok(Fate::Stay);
        }
        Ok(Fate::Update {
            row: Box::new(item.clone()),
            item: Box::new(document),
        })
    }

    /// A row that a described item replaces.
    fn merge(&mut self, row: &ListRow, item: &item::Model) -> Result<Fate, Fault> {
        self.warnings.push(RowNote::new(
            row.line,
            field::ROW_MERGED,
            &[("name", &item.name), ("code", &item.code)],
        ));
        let mut document: ItemDocument = own_json(&item.draft)?;
        let is_published = item.status == ItemStatus::Published.as_str() && !item.changed;
        let learns = row.name_in(&mut document) && is_published;
        Ok(Fate::Merge {
            row: Box::new(item.clone()),
            item: learns.then(|| Box::new(document)),
        })
    }
}

/// The items that the rows' codes name, by looked-up code.
async fn known_items(conn: &Conn, rows: &[ListRow]) -> Result<HashMap<String, item::Model>, Fault> {
    let codes: Vec<String> = rows.iter().map(|row| code::normal(&row.code)).collect();
    let known = store::item::known_codes(conn, &codes).await?;
    let ids: BTreeSet<Uuid> = known.iter().map(|row| row.item_id).collect();
    let items = store::item::by_ids(conn, ids.into_iter().collect()).await?;
    let of = |id: Uuid| items.iter().find(|item| item.id == id).cloned();
    Ok(known
        .into_iter()
        .filter_map(|row| Some((row.code, of(row.item_id)?)))
        .collect())
}

/// Described items of the region, or of one that it lies in, by name.
async fn described_items(
    conn: &Conn,
    rows: &[ListRow],
    region: &Region,
) -> Result<HashMap<String, item::Model>, Fault> {
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let items = store::item::described(conn, &names).await?;
    let is_near = |item: &item::Model| {
        Region::parse(&item.region).is_some_and(|outer| outer.contains(region))
    };
    let mut near: Vec<item::Model> = items.into_iter().filter(is_near).collect();
    // A derived item bears the name of its parent: the one of the nearest division counts.
    near.sort_by_key(|item| item.region.len());
    Ok(near
        .into_iter()
        .map(|item| (item.name.clone(), item))
        .collect())
}

/// Writes what was decided.
pub(super) async fn write(tx: &mut Tx, plan: Plan, offices: &mut Offices) -> Result<(), Fault> {
    let names: BTreeSet<String> = plan.rows.iter().map(|(name, _)| name.clone()).collect();
    offices.write(tx, &names, plan.sample).await?;
    let changes = plan
        .rows
        .iter()
        .any(|(_, fate)| !matches!(fate, Fate::Stay | Fate::Merge { item: None, .. }));
    if !changes {
        return Ok(());
    }
    let revision = revision::raise(tx.conn(), List::Items).await?;
    let mut fresh = Fresh::default();
    // One described item may take in several rows of the piece; each goes on from the last.
    let mut merged: HashMap<Uuid, item::Model> = HashMap::new();
    for (office, fate) in plan.rows {
        match fate {
            Fate::Stay | Fate::Merge { item: None, .. } => {}
            Fate::New { item } => fresh.add(tx, &item, offices.id(&office)?, revision)?,
            Fate::Update { row, item } => {
                let mut row = *row;
                row.department_id = offices.id(&office)?;
                save(tx, row, &item, revision).await?;
            }
            Fate::Merge {
                row,
                item: Some(item),
            } => {
                let (row, item) = match merged.remove(&row.id) {
                    None => (*row, *item),
                    Some(last) => (last.clone(), together(&last, &item)?),
                };
                let row = save(tx, row, &item, revision).await?;
                merged.insert(row.id, row);
            }
        }
    }
    fresh.write(tx).await
}

/// The codes of both.
fn together(last: &item::Model, item: &ItemDocument) -> Result<ItemDocument, Fault> {
    let mut document: ItemDocument = own_json(&last.draft)?;
    for code in &item.external_codes {
        if !document.external_codes.contains(code) {
            document.external_codes.push(code.clone());
        }
    }
    Ok(document)
}

async fn save(
    tx: &mut Tx,
    row: item::Model,
    item: &ItemDocument,
    revision: i64,
) -> Result<item::Model, Fault> {
    let by = tx.actor().name.clone();
    let row = publish(tx, row, item, revision, &by).await?;
    store::item::update(tx.conn(), row.clone()).await?;
    Ok(row)
}

/// New items, gathered so that a piece is written in three statements.
#[derive(Default)]
struct Fresh {
    items: Vec<item::Model>,
    versions: Vec<crate::entity::item_version::Model>,
    codes: Vec<(String, Uuid, code::CodeKind)>,
}

impl Fresh {
    fn add(
        &mut self,
        tx: &mut Tx,
        document: &ItemDocument,
        department: Uuid,
        revision: i64,
    ) -> Result<(), Fault> {
        let mut row = new_item(
            tx.new_id(),
            department,
            document,
            tx.now(),
            &tx.actor().name,
        )?;
        row.imported = true;
        row.version = 0;
        let by = tx.actor().name.clone();
        self.versions
            .push(next_version(&mut row, document, revision, tx, &by)?);
        self.codes.extend(
            code::all_of(document)
                .into_iter()
                .map(|(code, kind, _)| (code, row.id, kind)),
        );
        announce(tx, &row, document)?;
        self.items.push(row);
        Ok(())
    }

    async fn write(self, tx: &Tx) -> Result<(), Fault> {
        store::item::insert(tx.conn(), self.items).await?;
        store::item::add_versions(tx.conn(), self.versions).await?;
        store::item::add_codes(tx.conn(), self.codes.into_iter()).await?;
        Ok(())
    }
}
