//! Takes the items of another installation in as working copies: nothing is published by it.
//! The whole file is one transaction, so that it is in or is not.

use std::collections::BTreeSet;

use tb_contract::access::ItemImport;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault};
use tb_storage::Tx;

use crate::api::transfer::PackageRequest;
use crate::entity::item;
use crate::error::{Error, field};
use crate::model::code::{CodeKind, normal};
use crate::model::code_table::CodeTables;
use crate::model::package::{self, ReadItem};
use crate::model::publish_check::check;
use crate::model::row::RowNote;
use crate::service::code_tables;
use crate::service::derived_items;
use crate::service::form_files;
use crate::service::import_items::ImportReport;
use crate::service::own_json;
use crate::service::review::note_editor;
use crate::service::save_item::{descend, describe, is_joint_code, new_item, place};
use crate::service::transfer::files;
use crate::store;

/// Most items of one file.
const MOST: usize = 5_000;

/// Takes a package in, or says what would happen.
pub(crate) async fn take_package(
    ctx: &Ctx<ItemImport>,
    request: PackageRequest,
) -> Result<ImportReport, Fault> {
    let package =
        package::read(&request.file).map_err(|reason| Error::PackageUnreadable { reason })?;
    if package.items.len() > MOST {
        return Err(Error::ExportTooLarge { max: MOST as u64 }.into());
    }
    let mut report = ImportReport {
        dry_run: request.dry_run,
        ..ImportReport::default()
    };
    let blobs = ctx.edge().store().blobs();
    let files = files::unpack(blobs, package.files, request.dry_run).await?;
    let mut seen = BTreeSet::new();
    let mut tx = ctx.begin().await?;
    let tables = code_tables::load(tx.conn()).await?;
    for (file, blob) in &files {
        form_files::keep(&mut tx, file, blob.clone()).await?;
    }
    for (at, item) in (1_u64..).zip(package.items) {
        match item {
            Err(reason) => {
                let note = RowNote::new(at, field::PACKAGE_ITEM, &[("reason", &reason)]);
                report.rejected.push(note);
            }
            Ok(read) if !seen.insert(normal(&read.item.code)) => {
                let code = [("code", read.item.code.as_str())];
                let note = RowNote::new(at, field::ROW_DUPLICATE, &code);
                report.rejected.push(note);
            }
            Ok(read) => {
                report
                    .warnings
                    .extend(unknown_words(at, &read.item, &tables));
                one(ctx, &mut tx, at, read, request.overwrite, &mut report).await?;
            }
        }
    }
    report.fill(ctx.edge().texts(), ctx.locale());
    if !request.dry_run {
        tx.done("catalogue.items.taken", "package", seen.len());
        tx.commit(&report).await?;
    }
    Ok(report)
}

async fn one(
    ctx: &Ctx<ItemImport>,
    tx: &mut Tx,
    at: u64,
    read: ReadItem,
    overwrite: bool,
    report: &mut ImportReport,
) -> Result<(), Fault> {
    let mut document = read.item;
    let department = match place(tx, ctx.scope(), &mut document).await {
        Ok(department) => department,
        Err(fault) if !fault.fields.is_empty() => {
            report.rejected.extend(notes(at, &document, &fault.fields));
            return Ok(());
        }
        Err(fault) => return Err(fault),
    };
    let known = store::item::take(tx.conn(), ctx.scope(), &document.code).await?;
    let parent = read.parent.as_deref();
    let descent = derived_items::found(tx.conn(), parent, &document, known.as_ref()).await?;
    let was_derived = known.as_ref().is_some_and(|row| row.parent_id.is_some());
    match known {
        None => {
            let id = tx.new_id();
            if is_joint_code(tx.conn(), &document.code).await? {
                let place = [("place", document.name.as_str())];
                report.rejected.push(RowNote::new(at, field::TAKEN, &place));
                return Ok(());
            }
            let mut row = new_item(id, department, &document, tx.now(), &tx.actor().name)?;
            descend(&mut row, descent);
            note_editor(tx, &mut row)?;
            store::item::insert(tx.conn(), vec![row]).await?;
            let code = (normal(&document.code), id, CodeKind::Implementation);
            store::item::add_codes(tx.conn(), std::iter::once(code)).await?;
            form_files::note_uses(tx.conn(), id, 0, &document).await?;
            tx.done("catalogue.item.created", "item", &document.code);
            report.imported += 1;
        }
        Some(row) if row.code != document.code => {
            let place = [("place", document.name.as_str())];
            report.rejected.push(RowNote::new(at, field::TAKEN, &place));
            return Ok(());
        }
        Some(mut row) => {
            let draft: ItemDocument = own_json(&row.draft)?;
            if draft == document && row.parent_id == descent.map(|from| from.parent) {
                report.unchanged += 1;
                return Ok(());
            }
            if row.open_review.is_some() {
                let name = [("name", document.name.as_str())];
                let note = RowNote::new(at, field::ROW_REVIEW, &name);
                report.rejected.push(note);
                return Ok(());
            }
            if row.changed && !overwrite {
                let name = [("name", document.name.as_str())];
                report
                    .rejected
                    .push(RowNote::new(at, field::ROW_DRAFT, &name));
                return Ok(());
            }
            descend(&mut row, descent);
            update(tx, row, department, &document).await?;
            report.updated += 1;
        }
    }
    if descent.is_none() && (read.parent.is_some() || was_derived) {
        let name = [("name", document.name.as_str())];
        let note = RowNote::new(at, field::PACKAGE_PARENT, &name);
        report.warnings.push(note);
    }
    let faults = check(&document, ctx.locale()).len().to_string();
    if faults != "0" {
        let args = [("name", document.name.as_str()), ("n", faults.as_str())];
        report
            .warnings
            .push(RowNote::new(at, field::PACKAGE_UNFIT, &args));
    }
    Ok(())
}

async fn update(
    tx: &mut Tx,
    mut row: item::Model,
    department: uuid::Uuid,
    document: &ItemDocument,
) -> Result<(), Fault> {
    let published = match row.published_version {
        0 => None,
        version => store::item::version(tx.conn(), row.id, version).await?,
    };
    row.changed = match published {
        None => true,
        Some(version) => own_json::<ItemDocument>(&version.document)? != *document,
    };
    describe(&mut row, document)?;
    row.department_id = department;
    note_editor(tx, &mut row)?;
    row.imported = false;
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
    form_files::note_uses(tx.conn(), row.id, 0, document).await?;
    store::item::update(tx.conn(), row).await?;
    tx.done("catalogue.item.saved", "item", &document.code);
    Ok(())
}

/// Words of its navigation that the tables of its division do not have.
fn unknown_words(at: u64, item: &ItemDocument, tables: &CodeTables) -> Option<RowNote> {
    let words = tables.unknown(&item.links, &item.region);
    let said = words.join("、");
    let args = [("name", item.name.as_str()), ("words", said.as_str())];
    (!words.is_empty()).then(|| RowNote::new(at, field::CODE_UNKNOWN, &args))
}

/// What stands against an item, with its name and place.
fn notes(at: u64, document: &ItemDocument, faults: &[FieldFault]) -> Vec<RowNote> {
    let note = |fault: &FieldFault| {
        let place = format!("{} {}", document.name, fault.path);
        let mut note = RowNote::new(at, &fault.code, &[("place", &place)]);
        note.args.extend(fault.args.clone());
        note
    };
    faults.iter().map(note).collect()
}
