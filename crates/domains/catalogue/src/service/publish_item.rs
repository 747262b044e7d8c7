//! How a description becomes the next version of an item, for reviews, seeding and imports.

use chrono::NaiveDate;
use tb_contract::events::ItemPublished;
use tb_contract::item::ItemDocument;
use tb_contract::licences::KnownLicenceType;
use tb_contract::topics;
use tb_kernel::{Fault, FieldFault, Locale};
use tb_storage::{Conn, NewEvent, Tx};
use uuid::Uuid;

use crate::entity::{item, item_version};
use crate::error::field;
use crate::model::publish_check::{check, fault};
use crate::model::{ItemStatus, code};
use crate::service::base_items::follow;
use crate::service::form_files;
use crate::service::save_item::describe;
use crate::service::taken;
use crate::store;

/// What publishing goes by besides the description itself.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Types of licences; asked of their register before the transaction.
    pub types: &'a [KnownLicenceType],
    /// First day on which the version is to be in force.
    pub day: NaiveDate,
}

/// What stands against publishing a description, with its place; the present names of the department and
/// of the licences that replace materials are written into it.
pub(super) async fn faults_of(
    conn: &Conn,
    id: Uuid,
    document: &mut ItemDocument,
    known: Known<'_>,
    locale: Locale,
) -> Result<Vec<FieldFault>, Fault> {
    let mut faults = check(document, locale);
    match store::department::by_code(conn, &document.department_code).await? {
        Some(department) => {
            if document.is_online() && !department.enabled {
                faults.push(fault("/department_code", field::DEPARTMENT_DISABLED));
            }
            document.department_name = department.name;
        }
        None => faults.push(fault("/department_code", field::DEPARTMENT)),
    }
    faults.extend(codes_of_others(conn, id, document).await?);
    faults.extend(unknown_neighbours(conn, document).await?);
    faults.extend(unknown_licences(document, known.types));
    faults.extend(follow::faults_of(conn, document, known.day).await?);
    Ok(faults)
}

/// Writes the next version of an item with its codes, event and audit row, and returns the row as
/// it has to be saved. `by` is who answers for it.
pub(super) async fn publish(
    tx: &mut Tx,
    mut item: item::Model,
    document: &ItemDocument,
    revision: i64,
    by: &str,
) -> Result<item::Model, Fault> {
    let version = next_version(&mut item, document, revision, tx, by)?;
    store::item::add_versions(tx.conn(), vec![version]).await?;
    for of in [0, item.published_version] {
        form_files::note_uses(tx.conn(), item.id, of, document).await?;
    }
    let codes: Vec<_> = code::all_of(document)
        .into_iter()
        .map(|(code, kind, _)| (code, kind))
        .collect();
    store::item::name(tx.conn(), item.id, &codes)
        .await
        .map_err(|error| taken(error, &document.code))?;
    announce(tx, &item, document)?;
    Ok(item)
}

/// Brings a row to its next version; returns the version's own row.
pub(super) fn next_version(
    item: &mut item::Model,
    document: &ItemDocument,
    revision: i64,
    tx: &Tx,
    by: &str,
) -> Result<item_version::Model, Fault> {
    describe(item, document)?;
    ItemStatus::Published.as_str().clone_into(&mut item.status);
    item.changed = false;
    item.published_version += 1;
    item.published_derived_at = item.derived_at;
    item.online = document.is_online();
    item.revision = revision;
    item.version += 1;
    item.updated_at = tx.now();
    by.clone_into(&mut item.updated_by);
    Ok(item_version::Model {
        item_id: item.id,
        version: item.published_version,
        document: item.draft.clone(),
        published_at: tx.now(),
        published_by: item.updated_by.clone(),
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    })
}

/// Tells the other domains, and the audit trail.
pub(super) fn announce(
    tx: &mut Tx,
    item: &item::Model,
    document: &ItemDocument,
) -> Result<(), Fault> {
    let payload = ItemPublished {
        code: item.code.clone(),
        version: item.published_version,
        item: document.clone(),
    };
    tx.done("catalogue.item.published", "item", &item.code);
    tx.emit(NewEvent {
        topic: topics::CATALOGUE,
        key: &item.code,
        kind: "catalogue.item.published",
        version: item.version,
        causation_id: None,
        department_code: Some(&document.department_code),
        region_path: Some(document.region.path()),
        payload: &payload,
    })?;
    Ok(())
}

/// Codes of the document that other items are known by.
async fn codes_of_others(
    conn: &Conn,
    id: Uuid,
    document: &ItemDocument,
) -> Result<Vec<FieldFault>, Fault> {
    let codes = code::all_of(document);
    let wanted: Vec<String> = codes.iter().map(|(code, _, _)| code.clone()).collect();
    let known = store::item::known_codes(conn, &wanted).await?;
    let others = known.iter().filter(|row| row.item_id != id);
    let faults = others.filter_map(|row| {
        let (_, _, path) = codes.iter().find(|(code, _, _)| *code == row.code)?;
        Some(fault(path.clone(), field::TAKEN))
    });
    Ok(faults.collect())
}

/// Types of licences that the register does not have: no licence could ever replace the material.
fn unknown_licences(document: &mut ItemDocument, known: &[KnownLicenceType]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (at, material) in document.materials.iter_mut().enumerate() {
        for named in &mut material.licence_types {
            if let Some(found) = known.iter().find(|one| one.code == named.code) {
                named.name.clone_from(&found.name);
                continue;
            }
            let path = format!("/materials/{at}/licence_types");
            let mut fault = fault(path, field::LICENCE_TYPE);
            fault.args.insert("code".to_owned(), named.code.clone());
            faults.push(fault);
        }
    }
    faults
}

/// Neighbours that nobody knows: their codes lead nowhere.
async fn unknown_neighbours(
    conn: &Conn,
    document: &ItemDocument,
) -> Result<Vec<FieldFault>, Fault> {
    let links = &document.links;
    let named = |list: &'static str, codes: &[String]| -> Vec<(String, String, String)> {
        codes
            .iter()
            .enumerate()
            .map(|(at, code)| {
                let path = format!("/links/{list}/{at}");
                (path, code.clone(), code::normal(code))
            })
            .collect()
    };
    let mut all = named("preceding", &links.preceding);
    all.extend(named("following", &links.following));
    let wanted: Vec<String> = all.iter().map(|(_, _, code)| code.clone()).collect();
    let known = store::item::known_codes(conn, &wanted).await?;
    let unknown = all
        .into_iter()
        .filter(|(_, _, code)| known.iter().all(|row| row.code != *code));
    Ok(unknown
        .map(|(path, written, _)| {
            let mut fault = fault(path, field::ITEM);
            fault.args.insert("code".to_owned(), written);
            fault
        })
        .collect())
}
