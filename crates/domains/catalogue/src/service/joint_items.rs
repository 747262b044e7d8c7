//! Joint matters for their makers: working copies, publishing, withdrawal, where an item is used.

use std::sync::Arc;

use tb_contract::access::{ItemManage, ItemPublish, ItemWrite};
use tb_contract::events::{JointItemPublished, JointItemWithdrawn};
use tb_contract::item::ItemDocument;
use tb_contract::joint::{JointItem, MemberItems};
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::{ErrorKind, Fault, Locale, Page, PageRequest, Region, Scope};
use tb_storage::{Conn, NewEvent, Origin, Store, Tx};
use uuid::Uuid;

use crate::api::manage_items::{VersionRow, WithdrawItem};
use crate::api::manage_joint_items::{JointDraft, JointListQuery, JointRow, SaveJoint};
use crate::entity::{joint_item, joint_item_version};
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::code::normal;
use crate::model::joint_check::{check, check_draft};
use crate::model::publish_check::fault;
use crate::service::{own_json, stale, taken, to_json};
use crate::store;

/// Matters looked through for where an item is used.
const MOST: u64 = 1_000;

/// The newest published descriptions of the members, by key; those not on offer are left out.
pub(crate) async fn member_items(conn: &Conn, item: &JointItem) -> Result<MemberItems, Fault> {
    let mut items = MemberItems::new();
    for member in &item.members {
        let Some(id) = store::item::id_of(conn, &member.item_code).await? else {
            continue;
        };
        let Some(found) = store::public_item::find(conn, id).await? else {
            continue;
        };
        if found.status == ItemStatus::Published.as_str() {
            let document: ItemDocument = own_json(&found.document)?;
            items.insert(member.key.clone(), Arc::new(document));
        }
    }
    Ok(items)
}

/// A page of those within reach.
pub(crate) async fn list(
    ctx: &Ctx<ItemManage>,
    query: JointListQuery,
) -> Result<Page<JointRow>, Fault> {
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
    let rows = store::joint_item::list(&ctx.read(), ctx.scope(), after, page.limit()).await?;
    Ok(
        Page::from_surplus(rows, page.limit(), |row| row.id.to_string())
            .map(|row| JointRow::of(&row)),
    )
}

/// The joint matters within reach that an item belongs to, under any of its codes.
pub(crate) async fn used_in(
    ctx: &Ctx<ItemManage>,
    codes: &[String],
) -> Result<Vec<JointItem>, Fault> {
    let rows = store::joint_item::list(&ctx.read(), ctx.scope(), None, MOST).await?;
    let mut found = Vec::new();
    for row in rows {
        let item: JointItem = own_json(&row.draft)?;
        let mut members = item.members.iter();
        if members.any(|one| codes.contains(&normal(&one.item_code))) {
            found.push(item);
        }
    }
    Ok(found)
}

/// One with its working copy and versions.
pub(crate) async fn read(ctx: &Ctx<ItemManage>, code: &str) -> Result<JointDraft, Fault> {
    let conn = ctx.read();
    let row = store::joint_item::find(&conn, ctx.scope(), code)
        .await?
        .ok_or(Error::JointItemNotFound)?;
    let versions = store::joint_item::versions(&conn, row.id).await?;
    Ok(JointDraft {
        item: own_json(&row.draft)?,
        row: JointRow::of(&row),
        versions: versions
            .into_iter()
            .map(|one| VersionRow {
                version: one.version,
                published_at: one.published_at,
                published_by: one.published_by,
                withdrawn_at: one.withdrawn_at,
                withdrawn_reason: one.withdrawn_reason,
            })
            .collect(),
    })
}

/// Makes a draft.
pub(crate) async fn create(ctx: &Ctx<ItemWrite>, mut item: JointItem) -> Result<JointRow, Fault> {
    let mut tx = ctx.begin().await?;
    let department = place(tx.conn(), ctx.scope(), &mut item).await?;
    if store::joint_item::find(tx.conn(), &Scope::Everything, &item.code)
        .await?
        .is_some()
        || store::item::id_of(tx.conn(), &item.code).await?.is_some()
    {
        return Err(Error::CodeTaken { code: item.code }.into());
    }
    let row = new_row(&tx, department, &item)?;
    let view = JointRow::of(&row);
    store::joint_item::insert(tx.conn(), row)
        .await
        .map_err(|error| taken(error, &item.code))?;
    tx.done("catalogue.joint_item.created", "joint_item", &item.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Changes the working copy.
pub(crate) async fn save(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: SaveJoint,
) -> Result<JointRow, Fault> {
    let mut item = body.item;
    let mut tx = ctx.begin().await?;
    let mut row = taken_row(&tx, ctx.scope(), code, body.version).await?;
    if item.code != row.code {
        return Err(Fault::fields(
            Fault::from(Error::DraftInvalid).code,
            vec![fault("/code", field::CODE_FIXED)],
        ));
    }
    row.department_id = place(tx.conn(), ctx.scope(), &mut item).await?;
    describe(&mut row, &item)?;
    let published = match row.published_version {
        0 => None,
        number => store::joint_item::version(tx.conn(), row.id, number).await?,
    };
    row.changed = published.is_none_or(|one| one.document != row.draft);
    touch(&mut row, &tx);
    let view = JointRow::of(&row);
    store::joint_item::update(tx.conn(), row).await?;
    tx.done("catalogue.joint_item.saved", "joint_item", code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Publishes the working copy as the next version.
pub(crate) async fn publish(
    ctx: &Ctx<ItemPublish>,
    code: &str,
    version: i64,
) -> Result<JointRow, Fault> {
    let mut tx = ctx.begin().await?;
    let row = taken_row(&tx, ctx.scope(), code, version).await?;
    if row.status == ItemStatus::Published.as_str() && !row.changed {
        return Err(Error::Unchanged.into());
    }
    let item: JointItem = own_json(&row.draft)?;
    let row = next_version(&mut tx, row, &item, ctx.locale()).await?;
    let view = JointRow::of(&row);
    store::joint_item::update(tx.conn(), row).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Withdraws: no new applications; running ones go on by their version.
pub(crate) async fn withdraw(
    ctx: &Ctx<ItemPublish>,
    code: &str,
    body: WithdrawItem,
) -> Result<JointRow, Fault> {
    let reason = body.reason.trim();
    if reason.is_empty() {
        return Err(Fault::fields(
            Fault::from(Error::DraftInvalid).code,
            vec![fault("/reason", field::REQUIRED)],
        ));
    }
    let mut tx = ctx.begin().await?;
    let mut row = taken_row(&tx, ctx.scope(), code, body.version).await?;
    if row.status != ItemStatus::Published.as_str() {
        return Err(Error::NotPublished.into());
    }
    let number = row.published_version;
    let published = store::joint_item::version(tx.conn(), row.id, number)
        .await?
        .ok_or(Error::VersionNotFound { version: number })?;
    store::joint_item::withdraw_version(tx.conn(), published, tx.now(), reason).await?;
    ItemStatus::Withdrawn.as_str().clone_into(&mut row.status);
    touch(&mut row, &tx);
    tx.done("catalogue.joint_item.withdrawn", "joint_item", code);
    let payload = JointItemWithdrawn {
        code: row.code.clone(),
        version: number,
    };
    emit(&mut tx, &row, "catalogue.joint_item.withdrawn", &payload)?;
    let view = JointRow::of(&row);
    store::joint_item::update(tx.conn(), row).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Adds and publishes what nobody knows yet; returns how many.
pub(crate) async fn seed(
    store: &Store,
    by: &Origin,
    items: Vec<JointItem>,
) -> Result<usize, Fault> {
    let mut tx = store.begin(by.clone()).await?;
    let mut added = 0;
    for mut item in items {
        if store::joint_item::find(tx.conn(), &Scope::Everything, &item.code)
            .await?
            .is_some()
        {
            continue;
        }
        let department = place(tx.conn(), &Scope::Everything, &mut item).await?;
        let row = new_row(&tx, department, &item)?;
        store::joint_item::insert(tx.conn(), row.clone()).await?;
        let row = next_version(&mut tx, row, &item, Locale::Chinese).await?;
        store::joint_item::update(tx.conn(), row).await?;
        added += 1;
    }
    tx.commit(&()).await?;
    Ok(added)
}

async fn next_version(
    tx: &mut Tx,
    mut row: joint_item::Model,
    item: &JointItem,
    locale: Locale,
) -> Result<joint_item::Model, Fault> {
    let items = member_items(tx.conn(), item).await?;
    let faults = check(item, &items, locale);
    if !faults.is_empty() {
        let because = format!("{}: {faults:?}", item.name);
        return Err(
            Fault::fields(Fault::from(Error::NotPublishable).code, faults).because(because),
        );
    }
    ItemStatus::Published.as_str().clone_into(&mut row.status);
    row.changed = false;
    row.published_version += 1;
    touch(&mut row, tx);
    let version = joint_item_version::Model {
        joint_item_id: row.id,
        version: row.published_version,
        document: row.draft.clone(),
        published_at: tx.now(),
        published_by: row.updated_by.clone(),
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    };
    store::joint_item::add_version(tx.conn(), version).await?;
    tx.done("catalogue.joint_item.published", "joint_item", &row.code);
    let payload = JointItemPublished {
        code: row.code.clone(),
        version: row.published_version,
        item: item.clone(),
    };
    emit(tx, &row, "catalogue.joint_item.published", &payload)?;
    Ok(row)
}

fn emit<T: serde::Serialize>(
    tx: &mut Tx,
    row: &joint_item::Model,
    kind: &str,
    payload: &T,
) -> Result<(), Fault> {
    tx.emit(NewEvent {
        topic: topics::CATALOGUE,
        key: &row.code,
        kind,
        version: row.version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload,
    })?;
    Ok(())
}

async fn taken_row(
    tx: &Tx,
    scope: &Scope,
    code: &str,
    version: i64,
) -> Result<joint_item::Model, Fault> {
    let row = store::joint_item::take(tx.conn(), scope, code)
        .await?
        .ok_or(Error::JointItemNotFound)?;
    if row.version == version {
        Ok(row)
    } else {
        Err(stale(&row.updated_by, row.updated_at).into())
    }
}

/// Checks what every draft must have and finds its lead office, whose name the document takes.
async fn place(conn: &Conn, scope: &Scope, item: &mut JointItem) -> Result<Uuid, Fault> {
    let mut faults = check_draft(item);
    let found = store::department::by_code(conn, &item.lead_department_code).await?;
    let invalid = |faults| Fault::fields(Fault::from(Error::DraftInvalid).code, faults);
    let Some(department) = found else {
        faults.push(fault("/lead_department_code", field::DEPARTMENT));
        return Err(invalid(faults));
    };
    if !scope.covers(Some(department.id.into()), Some(&item.region), None) {
        faults.push(fault("/lead_department_code", field::OUT_OF_REACH));
    }
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    item.lead_department_name = department.name;
    Ok(department.id)
}

fn new_row(tx: &Tx, department_id: Uuid, item: &JointItem) -> Result<joint_item::Model, Fault> {
    let mut row = joint_item::Model {
        id: tx.new_id(),
        code: item.code.clone(),
        name: String::new(),
        department_code: String::new(),
        department_id,
        region: String::new(),
        status: ItemStatus::Draft.as_str().to_owned(),
        draft: String::new(),
        changed: true,
        published_version: 0,
        version: 1,
        sample: false,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    };
    describe(&mut row, item)?;
    Ok(row)
}

fn describe(row: &mut joint_item::Model, item: &JointItem) -> Result<(), Fault> {
    row.draft = to_json(item)?;
    row.name.clone_from(&item.name);
    row.department_code.clone_from(&item.lead_department_code);
    item.region.as_str().clone_into(&mut row.region);
    row.sample = item.sample;
    Ok(())
}

fn touch(row: &mut joint_item::Model, tx: &Tx) {
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
}
