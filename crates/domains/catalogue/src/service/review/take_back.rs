//! Editors take back what they submitted, as long as it is not in force.

use tb_contract::access::ItemWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use uuid::Uuid;

use crate::api::item_reviews::{ReviewRow, TakeBackReview};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::model::review::ReviewState;
use crate::service::review::decide::release;
use crate::service::review::submit::words;
use crate::service::review::taken;
use crate::store;

/// Takes it back; the working copy can be changed again. Who decided before stays on record where a
/// coming version is taken back.
pub(crate) async fn take_back(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemWrite>,
    id: Uuid,
    body: TakeBackReview,
) -> Result<ReviewRow, Fault> {
    let reason = words(&body.reason, "/reason")?;
    let mut tx = ctx.begin().await?;
    let (mut item, mut review) = taken(&tx, ctx.scope(), id, Some(body.version)).await?;
    if !ReviewState::from_word(&review.state).is_open() {
        return Err(Error::ReviewClosed.into());
    }
    ReviewState::TakenBack
        .as_str()
        .clone_into(&mut review.state);
    review.version += 1;
    review.due_at = None;
    review.reason = reason;
    release(&mut tx, &mut item).await?;
    let view = ReviewRow::of(&review, ctx.actor().id)?;
    tx.done("catalogue.item_review.taken_back", "item_review", id);
    store::item_review::update(tx.conn(), review).await?;
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}
