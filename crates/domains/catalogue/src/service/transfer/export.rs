//! Writes the items within reach into one file.

use bytes::Bytes;
use tb_contract::access::ItemManage;
use tb_http::Ctx;
use tb_kernel::Fault;

use crate::api::transfer::{ExportFormat, ExportQuery};
use crate::entity::item;
use crate::error::Error;
use crate::model::ItemStatus;
use crate::model::columns::ITEMS;
use crate::model::package::{self, ItemPackage, PackedItem};
use crate::service::transfer::files;
use crate::service::{list_files, own_json};
use crate::store;
use crate::store::item::ItemFilter;

/// Most items of one file: more are exported department by department.
const MOST: u64 = 5_000;
/// Items read at a time.
const PIECE: u64 = 200;

/// The file with the working copies of the items that the filters leave.
pub(crate) async fn export_items(
    ctx: &Ctx<ItemManage>,
    query: ExportQuery,
) -> Result<Bytes, Fault> {
    let filter = ItemFilter {
        words: query.q.unwrap_or_default(),
        status: query.status,
        department_code: query.department.filter(|code| !code.is_empty()),
        code: query.code.filter(|code| !code.is_empty()),
    };
    let mut items: Vec<PackedItem> = Vec::new();
    let mut after = None;
    loop {
        let mut rows = store::item::list(&ctx.read(), ctx.scope(), &filter, after, PIECE).await?;
        let more = rows.len() as u64 > PIECE;
        rows.truncate(usize::try_from(PIECE).unwrap_or(usize::MAX));
        after = rows.last().map(|row| row.id);
        for row in rows {
            items.push(packed(&row)?);
        }
        if items.len() as u64 > MOST {
            return Err(Error::ExportTooLarge { max: MOST }.into());
        }
        if !more {
            break;
        }
    }
    match query.format {
        ExportFormat::Csv => list_files::csv(&ITEMS, &package::rows(&items)),
        ExportFormat::Xlsx => {
            list_files::workbook("事项清单", &ITEMS, package::rows(&items), ctx.now()).await
        }
        ExportFormat::Json => {
            let files = files::pack(&ctx.read(), ctx.edge().store().blobs(), &items).await?;
            let package = ItemPackage::new(ctx.now(), items, files);
            Ok(serde_json::to_vec(&package)
                .map_err(Fault::internal)?
                .into())
        }
    }
}

fn packed(row: &item::Model) -> Result<PackedItem, Fault> {
    Ok(PackedItem {
        status: ItemStatus::from_word(&row.status),
        published_version: row.published_version,
        item: own_json(&row.draft)?,
    })
}
