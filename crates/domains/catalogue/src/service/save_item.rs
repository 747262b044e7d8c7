//! Creates and changes the working copy of an item.

use tb_contract::access::ItemWrite;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault, Scope};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use crate::api::manage_items::{ItemSaved, NewItem, SaveItem};
use crate::entity::{item, item_version};
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::base_item::base_of;
use crate::model::code::{CodeKind, normal};
use crate::model::publish_check::{check_draft, fault};
use crate::service::derived_items::{self, Descent};
use crate::service::review::{note_editor, require_none};
use crate::service::{form_files, own_json, require_version, taken, to_json};
use crate::store;

/// Creates a draft.
pub(crate) async fn create_item(ctx: &Ctx<ItemWrite>, body: NewItem) -> Result<ItemSaved, Fault> {
    create(ctx, body.item, None).await
}

/// The same, derived from another item where it is.
pub(super) async fn create(
    ctx: &Ctx<ItemWrite>,
    mut document: ItemDocument,
    descent: Option<Descent>,
) -> Result<ItemSaved, Fault> {
    let mut tx = ctx.begin().await?;
    if let Some(from) = descent {
        derived_items::hold(tx.conn(), from.parent).await?;
    }
    let department_id = place(&tx, ctx.scope(), &mut document).await?;
    if store::item::id_of(tx.conn(), &document.code)
        .await?
        .is_some()
        || is_joint_code(tx.conn(), &document.code).await?
    {
        return Err(Error::CodeTaken {
            code: document.code,
        }
        .into());
    }
    let id = tx.new_id();
    let mut item = new_item(id, department_id, &document, tx.now(), &tx.actor().name)?;
    descend(&mut item, descent);
    note_editor(&tx, &mut item)?;
    let view = ItemSaved::of(&item);
    store::item::insert(tx.conn(), vec![item])
        .await
        .map_err(|error| taken(error, &document.code))?;
    let code = (normal(&document.code), id, CodeKind::Implementation);
    store::item::add_codes(tx.conn(), std::iter::once(code))
        .await
        .map_err(|error| taken(error, &document.code))?;
    form_files::note_uses(tx.conn(), id, 0, &document).await?;
    tx.done("catalogue.item.created", "item", &document.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Changes the working copy; what is published stays as it is.
pub(crate) async fn save_item(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: SaveItem,
) -> Result<ItemSaved, Fault> {
    let mut document = body.item;
    let mut tx = ctx.begin().await?;
    let mut item = store::item::take(tx.conn(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    require_none(&tx, &item).await?;
    require_version(&item, body.version)?;
    if document.code != item.code {
        return Err(Fault::fields(
            invalid_draft().code,
            vec![fault("/code", field::CODE_FIXED)],
        ));
    }
    item.department_id = place(&tx, ctx.scope(), &mut document).await?;
    let faults = derived_items::faults_of(tx.conn(), &item, &document).await?;
    if !faults.is_empty() {
        return Err(Fault::fields(invalid_draft().code, faults));
    }
    let view = rewrite(&tx, item, &document).await?;
    tx.done("catalogue.item.saved", "item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// Writes another working copy over that of an item which this transaction has taken.
pub(super) async fn rewrite(
    tx: &Tx,
    mut item: item::Model,
    document: &ItemDocument,
) -> Result<ItemSaved, Fault> {
    let published = match item.published_version {
        0 => None,
        version => store::item::version(tx.conn(), item.id, version).await?,
    };
    item.changed = differs(published.as_ref(), document)?;
    if !item.changed {
        // What is in force says already what follows this version of the parent.
        item.published_derived_at = item.derived_at;
    }
    describe(&mut item, document)?;
    note_editor(tx, &mut item)?;
    item.imported = false;
    item.version += 1;
    item.updated_at = tx.now();
    item.updated_by.clone_from(&tx.actor().name);
    let view = ItemSaved::of(&item);
    form_files::note_uses(tx.conn(), item.id, 0, document).await?;
    store::item::update(tx.conn(), item).await?;
    Ok(view)
}

/// Whether a joint matter has this code: items and joint matters share the addresses of guides.
pub(super) async fn is_joint_code(conn: &Conn, code: &str) -> Result<bool, Fault> {
    let found = store::joint_item::find(conn, &Scope::Everything, code).await?;
    Ok(found.is_some())
}

/// Checks what every draft must have and finds its department, whose name the document takes, and its
/// files.
pub(super) async fn place(
    tx: &Tx,
    scope: &Scope,
    document: &mut ItemDocument,
) -> Result<Uuid, Fault> {
    let mut faults = check_draft(document);
    faults.extend(form_files::place(tx, document).await?);
    let found = store::department::by_code(tx.conn(), &document.department_code).await?;
    let Some(department) = found else {
        faults.push(fault("/department_code", field::DEPARTMENT));
        return Err(Fault::fields(invalid_draft().code, faults));
    };
    if !scope.covers(Some(department.id.into()), Some(&document.region), None) {
        faults.push(out_of_reach(scope));
    }
    if !faults.is_empty() {
        return Err(Fault::fields(invalid_draft().code, faults));
    }
    document.department_name = department.name;
    Ok(department.id)
}

fn out_of_reach(scope: &Scope) -> FieldFault {
    let path = if matches!(scope, Scope::Region(_)) {
        "/region"
    } else {
        "/department_code"
    };
    fault(path, field::OUT_OF_REACH)
}

fn invalid_draft() -> Fault {
    Error::DraftInvalid.into()
}

/// The row of a new item.
pub(super) fn new_item(
    id: Uuid,
    department_id: Uuid,
    document: &ItemDocument,
    now: chrono::DateTime<chrono::Utc>,
    by: &str,
) -> Result<item::Model, Fault> {
    let mut item = item::Model {
        id,
        code: document.code.clone(),
        business_code: None,
        base_code: None,
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
        online: false,
        imported: false,
        hot_rank: None,
        hot_pin: None,
        hot_count: 0,
        revision: 0,
        updated_at: now,
        updated_by: by.to_owned(),
        editors: "[]".to_owned(),
        open_review: None,
        coming_on: None,
        parent_id: None,
        derived_at: 0,
        published_derived_at: 0,
    };
    describe(&mut item, document)?;
    Ok(item)
}

/// Writes down what an item is derived from; nothing: it is an item of its own.
pub(super) fn descend(item: &mut item::Model, descent: Option<Descent>) {
    let parent = descent.map(|from| from.parent);
    if item.parent_id != parent {
        // What is in force was not made from a version of this one.
        item.published_derived_at = 0;
    }
    item.parent_id = parent;
    item.derived_at = descent.map_or(0, |from| from.version);
}

/// Writes a document into the row and the columns that lists are made of.
pub(super) fn describe(item: &mut item::Model, document: &ItemDocument) -> Result<(), Fault> {
    item.draft = to_json(document)?;
    item.name.clone_from(&document.name);
    item.business_code.clone_from(&document.business_code);
    item.base_code = base_of(document);
    item.department_code.clone_from(&document.department_code);
    document.region.as_str().clone_into(&mut item.region);
    item.sample = document.sample;
    Ok(())
}

fn differs(
    published: Option<&item_version::Model>,
    document: &ItemDocument,
) -> Result<bool, Fault> {
    let Some(published) = published else {
        return Ok(true);
    };
    let published: ItemDocument = own_json(&published.document)?;
    Ok(&published != document)
}
