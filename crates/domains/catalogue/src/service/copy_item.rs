//! A new draft after the description of another item: for a neighbouring office, or as a variant.

use tb_contract::access::ItemWrite;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, Region};

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
    let base = base_of(&item);
    body.code.trim().clone_into(&mut item.code);
    // It goes on implementing the same base item, also under a code that does not say so.
    item.base_code = base.filter(|_| part_of(&item.code).is_none());
    // Codes name one item; a day of effect belongs to the version that it was set for.
    item.business_code = None;
    item.external_codes = Vec::new();
    item.effective_from = None;
    if let Some(name) = body.name.filter(|name| !name.trim().is_empty()) {
        name.trim().clone_into(&mut item.name);
    }
    if let Some(office) = body.department_code.filter(|office| !office.is_empty()) {
        let found = store::department::by_code(&ctx.read(), &office).await?;
        if let Some(region) = found.and_then(|found| Region::parse(&found.region)) {
            item.region = region;
        }
        item.department_code = office;
        item.places = Vec::new();
    }
    item.authority.level = crate::model::code::level(&item.code).or(item.authority.level);
    create_item(ctx, NewItem { item }).await
}
