//! Writes the items within reach into one file.

use std::collections::HashMap;

use bytes::Bytes;
use tb_contract::access::ItemManage;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Conn;
use uuid::Uuid;

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
        behind: query.behind.unwrap_or_default(),
    };
    let mut items: Vec<PackedItem> = Vec::new();
    let mut after = None;
    loop {
        let mut rows = store::item::list(&ctx.read(), ctx.scope(), &filter, after, PIECE).await?;
        let more = rows.len() as u64 > PIECE;
        rows.truncate(usize::try_from(PIECE).unwrap_or(usize::MAX));
        after = rows.last().map(|row| row.id);
        let parents = parents(&ctx.read(), &rows).await?;
        for row in rows {
            items.push(packed(&row, &parents)?);
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

/// The codes of what the items are derived from.
async fn parents(conn: &Conn, rows: &[item::Model]) -> Result<HashMap<Uuid, String>, Fault> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.parent_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let parents = store::item::by_ids(conn, ids).await?;
    Ok(parents.into_iter().map(|row| (row.id, row.code)).collect())
}

fn packed(row: &item::Model, parents: &HashMap<Uuid, String>) -> Result<PackedItem, Fault> {
    Ok(PackedItem {
        status: ItemStatus::from_word(&row.status),
        published_version: row.published_version,
        parent: row.parent_id.and_then(|id| parents.get(&id).cloned()),
        item: own_json(&row.draft)?,
    })
}
