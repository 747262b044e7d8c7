//! Reads the base catalogue.

use std::collections::BTreeMap;

use tb_contract::access::ItemManage;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest};

use crate::api::base_items::{BaseItemList, BaseItemRow, BaseItemView, BaseQuery, BaseVersionRow};
use crate::api::items::{FacetValue, FacetView};
use crate::entity::base_item::{self, Column};
use crate::error::Error;
use crate::model::base_item::{BaseItem, BaseStatus};
use crate::model::code::normal;
use crate::service::base_items::follow::{implementers, missing};
use crate::service::own_json;
use crate::store;
use crate::store::base_item::BaseFilter;

/// A page by code; with facets, how the hits spread over states and types.
pub(crate) async fn list(ctx: &Ctx<ItemManage>, query: BaseQuery) -> Result<BaseItemList, Fault> {
    let conn = ctx.read();
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let filter = BaseFilter {
        words: query.q.unwrap_or_default(),
        status: query.status,
        item_type: query.item_type.map(|one| crate::model::word(&one)),
    };
    let after = page.cursor.as_deref();
    let rows = store::base_item::list(&conn, &filter, after, page.limit()).await?;
    let Page { items, next_cursor } =
        Page::from_surplus(rows, page.limit(), |row| row.code.clone());
    let codes = items.iter().map(|row| row.code.clone()).collect();
    let counts: BTreeMap<String, i64> = store::item::count_based(&conn, ctx.scope(), codes)
        .await?
        .into_iter()
        .collect();
    let count = |code: &str| counts.get(code).copied().unwrap_or(0);
    let items = items
        .iter()
        .map(|row| BaseItemRow::of(row, count(&row.code)))
        .collect();
    let facets = if query.facets == Some(true) {
        Some(facets(ctx, &filter).await?)
    } else {
        None
    };
    Ok(BaseItemList {
        items,
        next_cursor,
        facets,
    })
}

/// Each filter is counted without itself.
async fn facets(ctx: &Ctx<ItemManage>, filter: &BaseFilter) -> Result<Vec<FacetView>, Fault> {
    let conn = ctx.read();
    let of_status = BaseFilter {
        status: None,
        ..filter.clone()
    };
    let of_type = BaseFilter {
        item_type: None,
        ..filter.clone()
    };
    let status = store::base_item::counts(&conn, &of_status, Column::Status).await?;
    let types = store::base_item::counts(&conn, &of_type, Column::ItemType).await?;
    let view = |name: &str, mut counts: Vec<(String, i64)>| {
        counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        let value = |(value, count): (String, i64)| FacetValue {
            label: value.clone(),
            value,
            count: u64::try_from(count).unwrap_or(0),
        };
        FacetView {
            name: name.to_owned(),
            values: counts.into_iter().map(value).collect(),
        }
    };
    Ok(vec![view("status", status), view("item_type", types)])
}

/// One with its versions, the offices that implement it, and those that do not.
pub(crate) async fn read(ctx: &Ctx<ItemManage>, code: &str) -> Result<BaseItemView, Fault> {
    let conn = ctx.read();
    let found = store::base_item::by_code(&conn, &normal(code)).await?;
    let row = found.ok_or(Error::BaseItemNotFound)?;
    let item: BaseItem = own_json(&row.draft)?;
    let published: Option<BaseItem> = row.published.as_deref().map(own_json).transpose()?;
    let versions = store::base_item::versions(&conn, row.id).await?;
    let implementers = implementers(ctx, &row).await?;
    let missing = match &published {
        Some(base) if is_wanted(&row) => missing(ctx, base, &implementers).await?,
        _ => Vec::new(),
    };
    let count = i64::try_from(implementers.len()).unwrap_or(i64::MAX);
    Ok(BaseItemView {
        row: BaseItemRow::of(&row, count),
        abolished_reason: row.abolished_reason.clone(),
        item,
        published,
        versions: versions.into_iter().map(BaseVersionRow::of).collect(),
        implementers,
        missing,
    })
}

/// Nobody is expected to take up what is on its way out.
fn is_wanted(row: &base_item::Model) -> bool {
    BaseStatus::from_word(&row.status) == BaseStatus::Published
}
