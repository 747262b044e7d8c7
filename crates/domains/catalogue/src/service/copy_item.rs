//! A new draft after the description of another item: for a neighbouring office, or as a variant.

use tb_contract::access::ItemWrite;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, Region};
use tb_storage::Conn;

use crate::api::manage_items::{ItemSaved, NewItem};
use crate::api::transfer::CopyItem;
use crate::error::Error;
use crate::model::base_item::{base_of, part_of};
use crate::service::own_json;
use crate::service::save_item::create_item;
use crate::store;

/// Creates a draft that says what the working copy of `code` says, under a code of its own.
pub(crate) async fn copy_item(
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: CopyItem,
) -> Result<ItemSaved, Fault> {
    let source = store::item::find(&ctx.read(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    let mut item: ItemDocument = own_json(&source.draft)?;
    if let Some(name) = body.name.filter(|name| !name.trim().is_empty()) {
        name.trim().clone_into(&mut item.name);
    }
    let office = body.department_code.filter(|office| !office.is_empty());
    under(&ctx.read(), &mut item, &body.code, office.as_deref()).await?;
    create_item(ctx, NewItem { item }).await
}

/// Puts a description under another code, and into the hands of another office if need be.
pub(super) async fn under(
    conn: &Conn,
    item: &mut ItemDocument,
    code: &str,
    office: Option<&str>,
) -> Result<(), Fault> {
    let base = base_of(item);
    code.trim().clone_into(&mut item.code);
    // It goes on implementing the same base item, also under a code that does not say so.
    item.base_code = base.filter(|_| part_of(&item.code).is_none());
    // Codes name one item; a day of effect belongs to the version that it was set for.
    item.business_code = None;
    item.external_codes = Vec::new();
    item.effective_from = None;
    if let Some(office) = office {
        let found = store::department::by_code(conn, office).await?;
        if let Some(region) = found.and_then(|found| Region::parse(&found.region)) {
            item.region = region;
        }
        office.clone_into(&mut item.department_code);
        item.places = Vec::new();
    }
    item.authority.level = crate::model::code::level(&item.code).or(item.authority.level);
    Ok(())
}
