//! Submitted versions as staff see them.

use tb_contract::access::ItemManage;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{ErrorKind, Fault, FieldFault, PageRequest, office_time};
use uuid::Uuid;

use crate::api::item_reviews::{ReviewDetail, ReviewList, ReviewQuery, ReviewRow};
use crate::catalogue::Catalogue;
use crate::entity::item_review;
use crate::error::Error;
use crate::model::compare::compare;
use crate::model::review::ReviewState;
use crate::service::own_json;
use crate::service::publish_item::{Known, faults_of};
use crate::store;

/// A page of those within reach, the newest first, with the number that wait.
pub(crate) async fn list(ctx: &Ctx<ItemManage>, query: ReviewQuery) -> Result<ReviewList, Fault> {
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
    let states: Vec<ReviewState> = query.state.into_iter().collect();
    let conn = ctx.read();
    let mut rows =
        store::item_review::list(&conn, ctx.scope(), &states, after, page.limit()).await?;
    let limit = usize::try_from(page.limit()).unwrap_or(usize::MAX);
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = rows
        .last()
        .filter(|_| is_more)
        .map(|row| row.id.to_string());
    let me = ctx.actor().id;
    Ok(ReviewList {
        waiting: store::item_review::count_waiting(&conn, ctx.scope()).await?,
        items: rows
            .iter()
            .map(|row| ReviewRow::of(row, me))
            .collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One with what it changes against the version that was in force when it was submitted, and what
/// stands against publishing it now (what stood against it on its day, where it failed).
pub(crate) async fn read(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemManage>,
    id: Uuid,
) -> Result<ReviewDetail, Fault> {
    let conn = ctx.read();
    let row = store::item_review::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::ReviewNotFound)?;
    let mut document: ItemDocument = own_json(&row.document)?;
    let new = serde_json::to_value(&document).map_err(Fault::internal)?;
    let changes = compare(&before(ctx, &row).await?, &new);
    let mut faults: Vec<FieldFault> = match &row.faults {
        Some(faults) => own_json(faults)?,
        None if ReviewState::from_word(&row.state).is_open() => {
            let types = catalogue.licence_types().types().await?;
            let known = Known {
                types: &types,
                day: row.effective_on.unwrap_or(office_time::day(ctx.now())),
            };
            faults_of(&conn, row.item_id, &mut document, known, ctx.locale()).await?
        }
        None => Vec::new(),
    };
    for fault in faults.iter_mut().filter(|fault| fault.message.is_empty()) {
        fault.message = ctx
            .edge()
            .texts()
            .text(ctx.locale(), &fault.code, &fault.args);
    }
    Ok(ReviewDetail {
        review: ReviewRow::of(&row, ctx.actor().id)?,
        changes,
        faults,
    })
}

/// What was in force when it was submitted; nothing where the item is new.
async fn before(
    ctx: &Ctx<ItemManage>,
    row: &item_review::Model,
) -> Result<serde_json::Value, Fault> {
    if row.base_version == 0 {
        return Ok(serde_json::Value::Object(serde_json::Map::new()));
    }
    let version = row.base_version;
    let found = store::item::version(&ctx.read(), row.item_id, version).await?;
    let found = found.ok_or(Error::VersionNotFound { version })?;
    // Through the type, so that fields a later program knows are compared by their defaults.
    let document: ItemDocument = own_json(&found.document)?;
    serde_json::to_value(document).map_err(Fault::internal)
}
