//! The base catalogue as a file: written, and taken in. A file is one transaction: it is in or is not.

use std::collections::BTreeSet;

use bytes::Bytes;
use tb_contract::access::{BaseItemWrite, ItemManage};
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Origin, Store, Tx};

use crate::api::base_transfer::{BaseExportQuery, BaseImportRequest};
use crate::api::transfer::ExportFormat;
use crate::error::{Error, field};
use crate::model::base_item::{BaseItem, BaseStatus, check, check_draft};
use crate::model::base_list::{self, BasePackage};
use crate::model::columns::BASE_ITEMS;
use crate::model::row::RowNote;
use crate::service::base_items::publish::put_in_force;
use crate::service::base_items::{describe, new_row};
use crate::service::import_items::ImportReport;
use crate::service::{list_files, own_json};
use crate::store;
use crate::store::base_item::BaseFilter;

/// Most base items of one file.
const MOST: u64 = 20_000;
/// Read at a time.
const PIECE: u64 = 500;

/// The file with the working copies that the filters leave.
pub(crate) async fn export(ctx: &Ctx<ItemManage>, query: BaseExportQuery) -> Result<Bytes, Fault> {
    let filter = BaseFilter {
        words: query.q.unwrap_or_default(),
        status: query.status,
        item_type: query.item_type.map(|one| crate::model::word(&one)),
    };
    let mut items: Vec<BaseItem> = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let rows = store::base_item::list(&ctx.read(), &filter, after.as_deref(), PIECE).await?;
        let more = rows.len() as u64 > PIECE;
        let kept = usize::try_from(PIECE).unwrap_or(usize::MAX);
        for row in rows.into_iter().take(kept) {
            items.push(own_json(&row.draft)?);
            after = Some(row.code);
        }
        if items.len() as u64 > MOST {
            return Err(Error::ExportTooLarge { max: MOST }.into());
        }
        if !more {
            break;
        }
    }
    match query.format {
        ExportFormat::Csv => list_files::csv(&BASE_ITEMS, &base_list::rows(&items)),
        ExportFormat::Xlsx => {
            let rows = base_list::rows(&items);
            list_files::workbook("基本目录", &BASE_ITEMS, rows, ctx.now()).await
        }
        ExportFormat::Json => {
            let package = BasePackage::new(ctx.now(), items);
            Ok(serde_json::to_vec(&package)
                .map_err(Fault::internal)?
                .into())
        }
    }
}

/// Takes a list in, or says what would happen.
pub(crate) async fn import(
    ctx: &Ctx<BaseItemWrite>,
    request: BaseImportRequest,
) -> Result<ImportReport, Fault> {
    let list = list_files::read(request.file, base_list::read)
        .await
        .map_err(|why| Error::of_file(why, |reason| Error::BaseListUnreadable { reason }))?;
    if list.rows.len() as u64 > MOST {
        return Err(Error::ExportTooLarge { max: MOST }.into());
    }
    let mut report = ImportReport {
        dry_run: request.dry_run,
        warnings: list.warnings,
        rejected: list.rejected,
        ..ImportReport::default()
    };
    let mut seen = BTreeSet::new();
    let mut tx = ctx.begin().await?;
    for (line, item) in list.rows {
        if seen.insert(item.code.clone()) {
            let row = Row {
                line,
                item,
                columns: list.columns.as_ref(),
            };
            one(&mut tx, row, request.publish, &mut report).await?;
        } else {
            let args = [("code", item.code.as_str())];
            let note = RowNote::new(line, field::ROW_DUPLICATE, &args);
            report.rejected.push(note);
        }
    }
    report.rejected.sort_by_key(|note| note.row);
    report.fill(ctx.edge().texts(), ctx.locale());
    if !request.dry_run {
        tx.done("catalogue.base_items.taken", "base_items", seen.len());
        tx.commit(&report).await?;
    }
    Ok(report)
}

/// Adds and publishes what nobody knows yet; returns how many. For an installation being filled.
pub(crate) async fn seed(store: &Store, by: &Origin, items: Vec<BaseItem>) -> Result<usize, Fault> {
    let tx = store.begin(by.clone()).await?;
    let mut added = 0;
    for item in items {
        let item = crate::model::base_item::tidy(item);
        if store::base_item::by_code(tx.conn(), &item.code)
            .await?
            .is_some()
        {
            continue;
        }
        let faults = check(&item);
        if !faults.is_empty() {
            let because = format!("{}: {faults:?}", item.name);
            return Err(super::invalid(faults).because(because));
        }
        let mut row = new_row(&tx, &item)?;
        put_in_force(&tx, &mut row).await?;
        store::base_item::insert(tx.conn(), row).await?;
        added += 1;
    }
    tx.commit(&()).await?;
    Ok(added)
}

/// A row of a list.
struct Row<'a> {
    line: u64,
    item: BaseItem,
    /// The columns of the list; none where it says everything.
    columns: Option<&'a BTreeSet<String>>,
}

async fn one(
    tx: &mut Tx,
    row: Row<'_>,
    publish: bool,
    report: &mut ImportReport,
) -> Result<(), Fault> {
    let Row {
        line,
        item,
        columns,
    } = row;
    let named = [("name", item.name.as_str())];
    let faults = if publish {
        check(&item)
    } else {
        check_draft(&item)
    };
    if !faults.is_empty() {
        report.rejected.extend(faults.iter().map(|fault| {
            let place = format!("{} {}", item.name, fault.path);
            let mut note = RowNote::new(line, &fault.code, &[("place", &place)]);
            note.args.extend(fault.args.clone());
            note
        }));
        return Ok(());
    }
    let Some(mut row) = store::base_item::take(tx.conn(), &item.code).await? else {
        let mut row = new_row(tx, &item)?;
        if publish {
            put_in_force(tx, &mut row).await?;
        }
        store::base_item::insert(tx.conn(), row).await?;
        tx.done("catalogue.base_item.created", "base_item", &item.code);
        report.imported += 1;
        return Ok(());
    };
    let status = BaseStatus::from_word(&row.status);
    if status == BaseStatus::Abolished {
        let note = RowNote::new(line, field::ROW_ABOLISHED, &named);
        report.rejected.push(note);
        return Ok(());
    }
    let draft: BaseItem = own_json(&row.draft)?;
    let item = base_list::over(&draft, item, columns);
    let to_publish = publish && row.published.is_none();
    if draft == item && !to_publish {
        report.unchanged += 1;
        return Ok(());
    }
    if row.changed && row.published.is_some() {
        report.rejected.push(RowNote::new(
            line,
            field::ROW_DRAFT,
            &[("name", &item.name)],
        ));
        return Ok(());
    }
    describe(tx, &mut row, &item)?;
    if publish {
        put_in_force(tx, &mut row).await?;
    }
    store::base_item::update(tx.conn(), row).await?;
    tx.done("catalogue.base_item.saved", "base_item", &item.code);
    report.updated += 1;
    Ok(())
}
