//! Items beside their base items: what stands against publishing them, where they deviate, which
//! offices have none. Reckoned when it is asked for, so that it can never be out of date.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tb_contract::access::ItemManage;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{ErrorKind, Fault, FieldFault, Page, PageRequest, Region};
use tb_storage::Conn;
use uuid::Uuid;

use crate::api::base_items::{BaseStanding, FollowQuery, FollowRow, MissingOffice};
use crate::entity::{base_item, item};
use crate::error::field;
use crate::model::base_item::{BaseItem, BaseStatus, base_of, deviations, level_at, part_of};
use crate::model::code::normal;
use crate::model::publish_check::fault;
use crate::model::{DepartmentKind, word};
use crate::service::own_json;
use crate::store;

/// Items that one request looks at: a page may come out short, and says where to go on.
const LOOK_AT: u64 = 500;
/// Most items shown with their base item.
const MOST: u64 = 1_000;

/// What stands against publishing an item for its base item's sake, on a day.
pub(crate) async fn faults_of(
    conn: &Conn,
    document: &ItemDocument,
    day: NaiveDate,
) -> Result<Vec<FieldFault>, Fault> {
    let own = part_of(&document.code);
    let named = document.base_code.as_deref().map(normal);
    let with = |path: &str, code: &str, args: &[(&str, String)]| {
        let mut fault = fault(path, code);
        let args = args
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()));
        fault.args.extend(args);
        vec![fault]
    };
    if let (Some(own), Some(named)) = (&own, &named)
        && own != named
    {
        let args = [("code", own.clone())];
        return Ok(with("/base_code", field::BASE_MISMATCH, &args));
    }
    let path = if own.is_some() { "/code" } else { "/base_code" };
    let Some(code) = base_of(document) else {
        return Ok(Vec::new());
    };
    let row = store::base_item::by_code(conn, &code).await?;
    let Some(row) = row.filter(|row| row.published.is_some()) else {
        // A city that has not filled its base catalogue goes on without.
        let filled = store::base_item::has_type(conn, &word(&document.item_type)).await?;
        return Ok(if filled {
            with(path, field::BASE_UNKNOWN, &[("code", code)])
        } else {
            Vec::new()
        });
    };
    let told = |day: NaiveDate| {
        [
            ("code", code.clone()),
            ("name", row.name.clone()),
            ("day", day.to_string()),
        ]
    };
    let begun = has_begun(conn, &row, day).await?;
    Ok(match (row.abolished_on, row.effective_from) {
        (Some(end), _) if end <= day => with(path, field::BASE_ABOLISHED, &told(end)),
        (_, Some(start)) if start > day && !begun => with(path, field::BASE_NOT_YET, &told(start)),
        _ => Vec::new(),
    })
}

/// Whether any version is in force on a day: one that is still to come takes nothing away from it.
async fn has_begun(conn: &Conn, row: &base_item::Model, day: NaiveDate) -> Result<bool, Fault> {
    if row.effective_from.is_none_or(|start| start <= day) {
        return Ok(true);
    }
    for version in store::base_item::versions(conn, row.id).await? {
        let item: BaseItem = own_json(&version.document)?;
        if item.effective_from.is_none_or(|start| start <= day) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The base item of a description as its writer sees it beside the working copy.
pub(crate) async fn standing(
    conn: &Conn,
    document: &ItemDocument,
) -> Result<Option<BaseStanding>, Fault> {
    let Some(code) = base_of(document) else {
        return Ok(None);
    };
    let Some(row) = store::base_item::by_code(conn, &code).await? else {
        return Ok(None);
    };
    let Some(base) = in_force(&row)? else {
        return Ok(None);
    };
    Ok(Some(BaseStanding {
        deviations: deviations(&base, document),
        status: BaseStatus::from_word(&row.status),
        abolished_on: row.abolished_on,
        item: base,
    }))
}

/// The items within reach that implement a base item, with their deviations.
pub(super) async fn implementers(
    ctx: &Ctx<ItemManage>,
    row: &base_item::Model,
) -> Result<Vec<FollowRow>, Fault> {
    let conn = ctx.read();
    let base = in_force(row)?;
    let items = store::item::based(&conn, ctx.scope(), Some(&row.code), None, MOST).await?;
    let names = department_names(&conn).await?;
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        rows.push(beside(&conn, &item, row, base.as_ref(), &names).await?);
    }
    Ok(rows)
}

/// The offices within reach that are expected to implement a base item and do not.
pub(super) async fn missing(
    ctx: &Ctx<ItemManage>,
    base: &BaseItem,
    there: &[FollowRow],
) -> Result<Vec<MissingOffice>, Fault> {
    if base.organ.is_empty() {
        return Ok(Vec::new());
    }
    let there: BTreeSet<&str> = there
        .iter()
        .map(|row| row.department_code.as_str())
        .collect();
    let all = store::department::all(&ctx.read()).await?;
    Ok(all
        .into_iter()
        .filter(|one| DepartmentKind::from_word(&one.kind) == DepartmentKind::Department)
        .filter(|one| one.name.contains(&base.organ) && !there.contains(one.code.as_str()))
        .filter_map(|one| {
            let region = Region::parse(&one.region)?;
            let expected = base.levels.contains(&level_at(region.level()));
            let within = ctx.scope().covers(Some(one.id.into()), Some(&region), None);
            (expected && within).then_some(MissingOffice {
                code: one.code,
                name: one.name,
                region: one.region,
            })
        })
        .collect())
}

/// Items within reach that say something else than their base item, or whose base item is
/// abolished, in the order of base codes.
pub(crate) async fn to_follow(
    ctx: &Ctx<ItemManage>,
    query: FollowQuery,
) -> Result<Page<FollowRow>, Fault> {
    let conn = ctx.read();
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let after = page.cursor.as_deref().map(place).transpose()?;
    let behind = after.as_ref().map(|(code, id)| (code.as_str(), *id));
    let items = store::item::based(&conn, ctx.scope(), None, behind, LOOK_AT).await?;
    let was_full = items.len() as u64 == LOOK_AT;
    let codes: BTreeSet<String> = items
        .iter()
        .filter_map(|item| item.base_code.clone())
        .collect();
    let bases = store::base_item::by_codes(&conn, codes.into_iter().collect()).await?;
    let names = department_names(&conn).await?;
    let limit = usize::try_from(page.limit()).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let mut next_cursor = None;
    for item in &items {
        let code = item.base_code.clone().unwrap_or_default();
        next_cursor = Some(format!("{code}.{}", item.id));
        if let Some(base) = bases.get(&code)
            && let Some(says) = in_force(base)?
        {
            let row = beside(&conn, item, base, Some(&says), &names).await?;
            found.extend(row.to_follow.then_some(row));
        }
        if found.len() == limit {
            break;
        }
    }
    let is_last = !was_full && found.len() < limit;
    Ok(Page {
        items: found,
        next_cursor: next_cursor.filter(|_| !is_last),
    })
}

/// What a base item says in force; none: it was never published.
fn in_force(row: &base_item::Model) -> Result<Option<BaseItem>, Fault> {
    row.published.as_deref().map(own_json).transpose()
}

/// An item beside its base item. What is published is measured; of what never was, the draft.
async fn beside(
    conn: &Conn,
    item: &item::Model,
    row: &base_item::Model,
    base: Option<&BaseItem>,
    names: &BTreeMap<Uuid, String>,
) -> Result<FollowRow, Fault> {
    let published = if item.changed && item.published_version > 0 {
        store::item::version(conn, item.id, item.published_version).await?
    } else {
        None
    };
    let json = published.map_or_else(|| item.draft.clone(), |version| version.document);
    let document: ItemDocument = own_json(&json)?;
    let deviations = base.map_or_else(Vec::new, |base| deviations(base, &document));
    let name = names.get(&item.department_id).cloned();
    let base_status = BaseStatus::from_word(&row.status);
    Ok(FollowRow {
        to_follow: base_status == BaseStatus::Abolished || !deviations.is_empty(),
        deviations,
        base_code: row.code.clone(),
        base_name: row.name.clone(),
        base_status,
        abolished_on: row.abolished_on,
        code: item.code.clone(),
        name: item.name.clone(),
        department_name: name.unwrap_or_else(|| document.department_name.clone()),
        department_code: item.department_code.clone(),
        region: item.region.clone(),
        status: crate::model::ItemStatus::from_word(&item.status),
        changed: item.changed,
    })
}

async fn department_names(conn: &Conn) -> Result<BTreeMap<Uuid, String>, Fault> {
    let all = store::department::all(conn).await?;
    Ok(all.into_iter().map(|one| (one.id, one.name)).collect())
}

fn place(cursor: &str) -> Result<(String, Uuid), Fault> {
    let parts = cursor.split_once('.');
    parts
        .and_then(|(code, id)| Some((code.to_owned(), Uuid::parse_str(id).ok()?)))
        .ok_or_else(|| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))
}
