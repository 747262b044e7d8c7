//! Items that are derived (沿用) from another one: made, derived anew when the parent has a new
//! version, let go. A child's working copy is whole; nothing of it is published by its parent.

use tb_contract::access::{ItemManage, ItemWrite};
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault, Scope};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use crate::api::derived_items::{DerivedVersion, NewDerived, ParentStanding};
use crate::api::manage_items::ItemSaved;
use crate::api::transfer::{ItemUse, UseKind};
use crate::entity::item;
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::compare::{Change, compare};
use crate::model::derived::{IDENTITY, OWN, faults, renew};
use crate::model::publish_check::fault;
use crate::service::copy_item::under;
use crate::service::own_json;
use crate::service::require_version;
use crate::service::review::require_none;
use crate::service::save_item::{create, descend, rewrite};
use crate::store;

/// Children that are told as users of an item.
const MOST: u64 = 100;

/// Where an item comes from: the item, and its version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Descent {
    pub parent: Uuid,
    pub version: i64,
}

/// Creates a draft for another office that says what an item says in force.
pub(crate) async fn derive_item(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: NewDerived,
) -> Result<ItemSaved, Fault> {
    let conn = ctx.read();
    // What is in force is public: the parent may belong to an office above.
    let row = store::item::find(&conn, &Scope::Everything, code).await?;
    let parent = as_parent(&row.ok_or(Error::ItemNotFound)?)?;
    let mut document = of_version(&conn, parent).await?;
    if document.department_code == body.department_code {
        let own = fault("/department_code", field::DERIVED_OFFICE);
        return Err(invalid(vec![own]));
    }
    let office = Some(body.department_code.as_str());
    under(&conn, &mut document, &body.code, office).await?;
    create(ctx, document, Some(parent)).await
}

/// An item as one that others may be derived from: in force, and derived from none itself.
pub(super) fn as_parent(row: &item::Model) -> Result<Descent, Error> {
    if row.status != ItemStatus::Published.as_str() {
        return Err(Error::ParentUnpublished);
    }
    if row.parent_id.is_some() {
        return Err(Error::ParentDerived);
    }
    Ok(newest(row))
}

fn newest(row: &item::Model) -> Descent {
    Descent {
        parent: row.id,
        version: row.published_version,
    }
}

/// Holds a parent until the transaction ends: meanwhile it is neither withdrawn nor derived itself.
pub(super) async fn hold(conn: &Conn, parent: Uuid) -> Result<(), Fault> {
    let row = store::item::hold(conn, parent).await?;
    as_parent(&row.ok_or(Error::ItemNotFound)?)?;
    Ok(())
}

/// What a parent says in a version.
pub(super) async fn of_version(conn: &Conn, descent: Descent) -> Result<ItemDocument, Fault> {
    let row = store::item::version(conn, descent.parent, descent.version).await?;
    let row = row.ok_or(Error::VersionNotFound {
        version: descent.version,
    })?;
    own_json(&row.document)
}

/// What stands against a description of an item because it is derived: places that are not its own.
pub(super) async fn faults_of(
    conn: &Conn,
    item: &item::Model,
    document: &ItemDocument,
) -> Result<Vec<FieldFault>, Fault> {
    match descent(item) {
        None => Ok(Vec::new()),
        Some(descent) => {
            let parent = of_version(conn, descent).await?;
            faults(&parent, document).map_err(Fault::internal)
        }
    }
}

/// What an item is derived from, where it is.
pub(super) fn descent(item: &item::Model) -> Option<Descent> {
    item.parent_id.map(|parent| Descent {
        parent,
        version: item.derived_at,
    })
}

fn invalid(fields: Vec<FieldFault>) -> Fault {
    Fault::fields(Fault::from(Error::DraftInvalid).code, fields)
}

/// Brings what the parent says in its newest version into the working copy.
pub(crate) async fn renew_item(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: DerivedVersion,
) -> Result<ItemSaved, Fault> {
    let mut tx = ctx.begin().await?;
    let (mut item, known) = taken(&tx, ctx, code, &body).await?;
    let next = as_parent(&parent_of(tx.conn(), known).await?)?;
    if next.version == known.version {
        return Err(Error::NotBehind.into());
    }
    let parent = of_version(tx.conn(), next).await?;
    let last = of_version(tx.conn(), known).await?;
    let document = renew(&last, &parent, &own_json(&item.draft)?).map_err(Fault::internal)?;
    let against = faults(&parent, &document).map_err(Fault::internal)?;
    if !against.is_empty() {
        return Err(invalid(against));
    }
    item.derived_at = next.version;
    let view = rewrite(&tx, item, &document).await?;
    tx.done("catalogue.item.renewed", "item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Makes it an item of its own: what it says stays.
pub(crate) async fn let_go(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: DerivedVersion,
) -> Result<ItemSaved, Fault> {
    let mut tx = ctx.begin().await?;
    let (mut item, _) = taken(&tx, ctx, code, &body).await?;
    descend(&mut item, None);
    let document = own_json(&item.draft)?;
    let view = rewrite(&tx, item, &document).await?;
    tx.done("catalogue.item.let_go", "item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}

async fn taken(
    tx: &Tx,
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: &DerivedVersion,
) -> Result<(item::Model, Descent), Fault> {
    let item = store::item::take(tx.conn(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    require_none(tx, &item).await?;
    require_version(&item, body.version)?;
    let known = descent(&item).ok_or(Error::NotDerived)?;
    Ok((item, known))
}

async fn parent_of(conn: &Conn, known: Descent) -> Result<item::Model, Fault> {
    let rows = store::item::by_ids(conn, vec![known.parent]).await?;
    let row = rows.into_iter().next().ok_or(Error::ItemNotFound)?;
    Ok(row)
}

/// The parent of an item as its writer sees it beside the working copy.
pub(crate) async fn standing(
    ctx: &Ctx<ItemManage>,
    item: &item::Model,
    draft: &ItemDocument,
) -> Result<Option<ParentStanding>, Fault> {
    let Some(known) = descent(item) else {
        return Ok(None);
    };
    let conn = ctx.read();
    let parent = parent_of(&conn, known).await?;
    let reached = store::item::find(&conn, ctx.scope(), &parent.code).await?;
    let last = of_version(&conn, known).await?;
    let news = news(&conn, &parent, known, &last, draft).await?;
    let is_in_force = ItemStatus::from_word(&item.status) == ItemStatus::Published;
    let in_force = Some(item.published_derived_at).filter(|at| is_in_force && *at > 0);
    let words = |places: &[&str]| places.iter().map(ToString::to_string).collect();
    Ok(Some(ParentStanding {
        within_reach: reached.is_some(),
        status: ItemStatus::from_word(&parent.status),
        code: parent.code,
        name: parent.name,
        published_version: parent.published_version,
        derived_at: known.version,
        published_derived_at: in_force,
        item: last,
        identity: words(&IDENTITY),
        own: words(&OWN),
        news,
    }))
}

/// What the parent's newest version would change in a working copy.
async fn news(
    conn: &Conn,
    parent: &item::Model,
    known: Descent,
    last: &ItemDocument,
    draft: &ItemDocument,
) -> Result<Vec<Change>, Fault> {
    if parent.published_version == known.version {
        return Ok(Vec::new());
    }
    let next = of_version(conn, newest(parent)).await?;
    let renewed = renew(last, &next, draft).map_err(Fault::internal)?;
    let [from, to] =
        [draft, &renewed].map(|one| serde_json::to_value(one).map_err(Fault::internal));
    Ok(compare(&from?, &to?))
}

/// The first of the items within reach that are derived from an item, and how many they are.
pub(super) async fn children(
    ctx: &Ctx<ItemManage>,
    parent: Uuid,
) -> Result<(Vec<ItemUse>, u64), Fault> {
    let conn = ctx.read();
    let all = store::item::count_children(&conn, ctx.scope(), parent).await?;
    let rows = store::item::children(&conn, ctx.scope(), parent, MOST).await?;
    let uses = rows.into_iter().map(|row| {
        let document: ItemDocument = own_json(&row.draft)?;
        Ok(ItemUse {
            kind: UseKind::Derived,
            code: row.code,
            name: row.name,
            department_name: document.department_name,
        })
    });
    Ok((uses.collect::<Result<_, Fault>>()?, all))
}
