//! Takes the items of another installation in as working copies: nothing is published by it.
//! The whole file is one transaction, so that it is in or is not.

use std::collections::BTreeSet;

use tb_contract::access::ItemImport;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault};
use tb_storage::Tx;
use uuid::Uuid;

use crate::api::transfer::PackageRequest;
use crate::error::{Error, field};
use crate::model::code::{CodeKind, normal};
use crate::model::code_table::CodeTables;
use crate::model::package::{self, ReadItem};
use crate::model::publish_check::check;
use crate::model::row::RowNote;
use crate::service::code_tables;
use crate::service::derived_items::Descent;
use crate::service::form_files;
use crate::service::import_items::ImportReport;
use crate::service::own_json;
use crate::service::review::note_editor;
use crate::service::save_item::{descend, is_joint_code, new_item, place, rewrite};
use crate::service::transfer::files;
use crate::service::transfer::parents::{Lineage, Parents};
use crate::store;

/// Most items of one file.
const MOST: usize = 5_000;
/// Most places that are told of one item.
const TOLD: usize = 10;

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
    let mut parents = Parents::default();
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
                let over = request.overwrite;
                let taking = one(ctx, &mut tx, at, read, over, &mut parents, &mut report);
                Box::pin(taking).await?;
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
    parents: &mut Parents,
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
    let is_taken = match &known {
        None => is_joint_code(tx.conn(), &document.code).await?,
        Some(row) => row.code != document.code,
    };
    if is_taken {
        let place = [("place", document.name.as_str())];
        report.rejected.push(RowNote::new(at, field::TAKEN, &place));
        return Ok(());
    }
    let parent = read.parent.as_deref();
    let lineage = parents.of(tx.conn(), parent, &document, known.as_ref());
    let descent = match lineage.await? {
        Lineage::Child(from) => Some(from),
        Lineage::Own => None,
        Lineage::Strange(places) => {
            report.rejected.push(strange(at, &document, &places));
            return Ok(());
        }
    };
    match known {
        None => {
            add(tx, department, &document, descent).await?;
            report.imported += 1;
        }
        Some(mut row) => {
            let draft: ItemDocument = own_json(&row.draft)?;
            if draft == document && row.parent_id == descent.map(|from| from.parent) {
                report.unchanged += 1;
                return Ok(());
            }
            let left_alone = [
                (row.open_review.is_some(), field::ROW_REVIEW),
                (row.changed && !overwrite, field::ROW_DRAFT),
            ];
            if let Some((_, code)) = left_alone.iter().find(|(holds, _)| *holds) {
                let name = [("name", document.name.as_str())];
                report.rejected.push(RowNote::new(at, code, &name));
                return Ok(());
            }
            descend(&mut row, descent);
            row.department_id = department;
            rewrite(tx, row, &document).await?;
            tx.done("catalogue.item.saved", "item", &document.code);
            report.updated += 1;
        }
    }
    if descent.is_none() && read.parent.is_some() {
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

async fn add(
    tx: &mut Tx,
    department: Uuid,
    document: &ItemDocument,
    descent: Option<Descent>,
) -> Result<(), Fault> {
    let id = tx.new_id();
    let mut row = new_item(id, department, document, tx.now(), &tx.actor().name)?;
    descend(&mut row, descent);
    note_editor(tx, &mut row)?;
    store::item::insert(tx.conn(), vec![row]).await?;
    let code = (normal(&document.code), id, CodeKind::Implementation);
    store::item::add_codes(tx.conn(), std::iter::once(code)).await?;
    form_files::note_uses(tx.conn(), id, 0, document).await?;
    tx.done("catalogue.item.created", "item", &document.code);
    Ok(())
}

/// Places in which an item says what would not be its own.
fn strange(at: u64, document: &ItemDocument, faults: &[FieldFault]) -> RowNote {
    let paths = faults.iter().map(|fault| fault.path.as_str());
    let mut places: Vec<&str> = paths.take(TOLD).collect();
    if faults.len() > TOLD {
        places.push("……");
    }
    let places = places.join("、");
    let args = [
        ("name", document.name.as_str()),
        ("places", places.as_str()),
    ];
    RowNote::new(at, field::PACKAGE_STRANGE, &args)
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
