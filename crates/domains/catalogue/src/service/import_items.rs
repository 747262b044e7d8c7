//! Imports a list of items as offices hand it out. Each piece of the list is one transaction, so
//! that a long list does not keep everybody else from writing; an import that was cut off is simply
//! repeated, since a row that is there already changes nothing.

mod offices;
mod piece;
mod report;

use tb_contract::access::ItemImport;
use tb_http::Ctx;
use tb_kernel::{Fault, Region};
use tb_storage::{Origin, Store};

pub use report::ImportReport;

use crate::api::import::ImportRequest;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::model::row;
use crate::service::import_items::offices::Offices;
use crate::service::import_items::piece::{plan, write};
use crate::service::list_files;

/// Rows of one transaction.
const PIECE: usize = 100;

/// How a list is imported.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Region whose offices handle the items.
    pub region: Region,
    /// Whether the items are marked as sample data.
    pub sample: bool,
    /// Only report what would happen.
    pub dry_run: bool,
    /// Who imports.
    pub by: Origin,
}

/// Imports a list (CSV or workbook) with the columns `department, category, name, item_code,
/// item_type, office_code`. Fails without effect on a file that cannot be read; what single rows lack
/// stands in the report.
pub async fn import_items(
    store: &Store,
    file: &[u8],
    options: &ImportOptions,
) -> Result<ImportReport, Fault> {
    let list = list_files::read(file.to_vec(), row::read)
        .await
        .map_err(|why| Error::of_file(why, |reason| Error::FileUnreadable { reason }))?;
    let mut report = ImportReport {
        dry_run: options.dry_run,
        warnings: list.warnings,
        rejected: list.rejected,
        ..ImportReport::default()
    };
    let mut offices = Offices::load(&store.read(), options.region.clone()).await?;
    for rows in list.rows.chunks(PIECE) {
        if options.dry_run {
            let plan = plan(&store.read(), rows, &mut offices, options).await?;
            report.take(&plan);
            continue;
        }
        let mut tx = store.begin(options.by.clone()).await?;
        let plan = plan(tx.conn(), rows, &mut offices, options).await?;
        report.take(&plan);
        write(&mut tx, plan, &mut offices).await?;
        tx.commit(&()).await?;
    }
    report.sort();
    Ok(report)
}

/// The import over the interface: the same, with the texts of the notes in the caller's language.
pub(crate) async fn import_list(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemImport>,
    request: ImportRequest,
) -> Result<ImportReport, Fault> {
    let options = ImportOptions {
        region: request.region,
        sample: request.sample,
        dry_run: request.dry_run,
        by: ctx.origin(),
    };
    let mut report = import_items(catalogue.store(), &request.file, &options).await?;
    report.fill(ctx.edge().texts(), ctx.locale());
    if !options.dry_run {
        // The pieces are committed; this keeps the answer for a repeat of the request.
        let mut tx = ctx.begin().await?;
        tx.done("catalogue.items.imported", "region", &options.region);
        tx.commit(&report).await?;
        catalogue.show_changes().await;
    }
    Ok(report)
}
