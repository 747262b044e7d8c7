//! Reads items as their makers see them.

use tb_contract::access::ItemManage;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use uuid::Uuid;

use crate::api::item_reviews::ReviewRow;
use crate::api::manage_items::{ItemDifference, ItemDraft, ItemRow, ManageQuery, VersionRow};
use crate::entity::item;
use crate::error::Error;
use crate::model::compare::compare;
use crate::service::base_items::follow;
use crate::service::{derived_items, own_json};
use crate::store;
use crate::store::item::ItemFilter;

/// A page of the items within reach, the newest first.
pub(crate) async fn list_items(
    ctx: &Ctx<ItemManage>,
    query: ManageQuery,
) -> Result<Page<ItemRow>, Fault> {
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let after = match page.cursor.as_deref() {
        Some(cursor) => Some(
            Uuid::parse_str(cursor)
                .map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?,
        ),
        None => None,
    };
    let filter = ItemFilter {
        words: query.q.unwrap_or_default(),
        status: query.status,
        department_code: query.department.filter(|code| !code.is_empty()),
        code: None,
        behind: query.behind.unwrap_or_default(),
    };
    let rows = store::item::list(&ctx.read(), ctx.scope(), &filter, after, page.limit()).await?;
    Ok(
        Page::from_surplus(rows, page.limit(), |row| row.id.to_string())
            .map(|row| ItemRow::of(&row)),
    )
}

/// One item with its working copy and versions.
pub(crate) async fn read_draft(ctx: &Ctx<ItemManage>, code: &str) -> Result<ItemDraft, Fault> {
    let item = find(ctx, code).await?;
    let versions = store::item::versions(&ctx.read(), item.id).await?;
    let review = store::item_review::newest_of(&ctx.read(), item.id).await?;
    let me = ctx.actor().id;
    let document: ItemDocument = own_json(&item.draft)?;
    let base = follow::standing(&ctx.read(), &document).await?;
    let parent = derived_items::standing(ctx, &item, &document).await?;
    Ok(ItemDraft {
        row: ItemRow::of(&item),
        imported: item.imported,
        hot_rank: item.hot_rank,
        item: document,
        base,
        parent,
        versions: versions.into_iter().map(VersionRow::of).collect(),
        review: review.map(|row| ReviewRow::of(&row, me)).transpose()?,
    })
}

/// The versions of an item, the newest first.
pub(crate) async fn list_versions(
    ctx: &Ctx<ItemManage>,
    code: &str,
) -> Result<Vec<VersionRow>, Fault> {
    let item = find(ctx, code).await?;
    let versions = store::item::versions(&ctx.read(), item.id).await?;
    Ok(versions.into_iter().map(VersionRow::of).collect())
}

/// What differs between two versions; without `to` the working copy, without `from` the newest
/// published version before it.
pub(crate) async fn compare_versions(
    ctx: &Ctx<ItemManage>,
    code: &str,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<ItemDifference, Fault> {
    let item = find(ctx, code).await?;
    let before = to.map_or(item.published_version, |to| to - 1);
    let from = from.unwrap_or(before);
    let old = match from {
        0 => serde_json::Value::Object(serde_json::Map::new()),
        version => document(ctx, &item, version).await?,
    };
    let new = match to {
        Some(version) => document(ctx, &item, version).await?,
        None => own_json(&item.draft)?,
    };
    Ok(ItemDifference {
        from,
        to,
        changes: compare(&old, &new),
    })
}

async fn find(ctx: &Ctx<ItemManage>, code: &str) -> Result<item::Model, Fault> {
    Ok(store::item::find(&ctx.read(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?)
}

async fn document(
    ctx: &Ctx<ItemManage>,
    item: &item::Model,
    version: i64,
) -> Result<serde_json::Value, Fault> {
    let found = store::item::version(&ctx.read(), item.id, version).await?;
    let row = found.ok_or(Error::VersionNotFound { version })?;
    // Through the type, so that fields a later program knows are compared by their defaults.
    let document: ItemDocument = own_json(&row.document)?;
    serde_json::to_value(document).map_err(Fault::internal)
}
