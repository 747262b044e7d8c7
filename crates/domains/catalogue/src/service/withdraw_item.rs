//! Withdraws a published item: no new applications; running cases go on by their version.

use tb_contract::access::ItemPublish;
use tb_contract::events::ItemWithdrawn;
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::{Fault, Region};
use tb_storage::NewEvent;

use crate::api::manage_items::{ItemSaved, WithdrawItem};
use crate::catalogue::Catalogue;
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::publish_check::fault;
use crate::service::require_version;
use crate::service::review::end_with_item;
use crate::store;
use crate::store::revision::{self, List};

/// Withdraws, with a reason that is kept with the version.
pub(crate) async fn withdraw_item(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemPublish>,
    code: &str,
    body: WithdrawItem,
) -> Result<ItemSaved, Fault> {
    let reason = body.reason.trim();
    if reason.is_empty() {
        return Err(Fault::fields(
            Fault::from(Error::DraftInvalid).code,
            vec![fault("/reason", field::REQUIRED)],
        ));
    }
    let mut tx = ctx.begin().await?;
    let mut item = store::item::take(tx.conn(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    require_version(&item, body.version)?;
    if item.status != ItemStatus::Published.as_str() {
        return Err(Error::NotPublished.into());
    }
    end_with_item(&mut tx, &mut item, reason).await?;
    ItemStatus::Withdrawn.as_str().clone_into(&mut item.status);
    item.online = false;
    item.revision = revision::raise(tx.conn(), List::Items).await?;
    item.version += 1;
    item.updated_at = tx.now();
    item.updated_by.clone_from(&tx.actor().name);
    store::item::withdraw_version(tx.conn(), item.id, item.published_version, tx.now(), reason)
        .await?;
    let view = ItemSaved::of(&item);
    tx.done("catalogue.item.withdrawn", "item", &item.code);
    tx.emit(NewEvent {
        topic: topics::CATALOGUE,
        key: &item.code,
        kind: "catalogue.item.withdrawn",
        version: item.version,
        causation_id: None,
        department_code: Some(&item.department_code),
        region_path: Region::parse(&item.region).map(|region| region.path()),
        payload: &ItemWithdrawn {
            code: item.code.clone(),
            version: item.published_version,
        },
    })?;
    store::item::update(tx.conn(), item).await?;
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}
