//! The second person decides: approves at once or for a day to come, or returns.

use tb_contract::access::ItemReview;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{AccountId, Fault, office_time};
use tb_storage::Tx;
use uuid::Uuid;

use crate::api::item_reviews::{ApproveReview, ReturnReview, ReviewRow};
use crate::catalogue::Catalogue;
use crate::entity::{item, item_review};
use crate::error::{Error, field};
use crate::model::publish_check::fault;
use crate::model::review::{Editor, ReviewState, effective_day, is_second_person};
use crate::service::own_json;
use crate::service::publish_item::{Known, faults_of};
use crate::service::review::submit::{invalid, words};
use crate::service::review::{carry_out, decided, let_go, taken};
use crate::store;
use crate::store::revision::{self, List};

/// Approves. What is not fit to be published any more is refused with its faults.
pub(crate) async fn approve(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemReview>,
    id: Uuid,
    body: ApproveReview,
) -> Result<ReviewRow, Fault> {
    let types = catalogue.licence_types().types().await?;
    let mut tx = ctx.begin().await?;
    let (mut item, mut review) = taken(&tx, ctx.scope(), id, Some(body.version)).await?;
    if ReviewState::from_word(&review.state) != ReviewState::Waiting {
        return Err(Error::ReviewClosed.into());
    }
    require_second_person(&tx, &review)?;
    let day = if body.at_once {
        None
    } else {
        effective_day(body.effective_on.or(review.effective_on), tx.now()).map_err(invalid)?
    };
    let mut document: ItemDocument = own_json(&review.document)?;
    let known = Known {
        types: &types,
        day: day.unwrap_or(office_time::day(tx.now())),
    };
    let faults = faults_of(tx.conn(), item.id, &mut document, known, ctx.locale()).await?;
    if !faults.is_empty() {
        return Err(Fault::fields(
            Fault::from(Error::NotPublishable).code,
            faults,
        ));
    }
    let remark = words(&body.remark, "/remark")?;
    decided(&tx, &mut review, ReviewState::Scheduled, &remark);
    review.effective_on = day;
    if let Some(day) = day {
        review.due_at = Some(office_time::start_of_day(day));
        item.coming_on = Some(day);
        item.revision = revision::raise(tx.conn(), List::Items).await?;
        store::item::update(tx.conn(), item).await?;
    } else {
        let approver = tx.actor().name.clone();
        carry_out(&mut tx, item, &mut review, document, &approver).await?;
    }
    finish(catalogue, ctx, tx, review, "catalogue.item_review.approved").await
}

/// Returns it to its editors with a reason: before it is approved, or before its day has come.
pub(crate) async fn send_back(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemReview>,
    id: Uuid,
    body: ReturnReview,
) -> Result<ReviewRow, Fault> {
    let reason = words(&body.reason, "/reason")?;
    if reason.is_empty() {
        return Err(invalid(fault("/reason", field::REQUIRED)));
    }
    let mut tx = ctx.begin().await?;
    let (mut item, mut review) = taken(&tx, ctx.scope(), id, Some(body.version)).await?;
    if !ReviewState::from_word(&review.state).is_open() {
        return Err(Error::ReviewClosed.into());
    }
    require_second_person(&tx, &review)?;
    decided(&tx, &mut review, ReviewState::Returned, &reason);
    release(&mut tx, &mut item).await?;
    finish(catalogue, ctx, tx, review, "catalogue.item_review.returned").await
}

pub(super) async fn release(tx: &mut Tx, item: &mut item::Model) -> Result<(), Fault> {
    let_go(tx, item).await?;
    Ok(store::item::update(tx.conn(), item.clone()).await?)
}

fn require_second_person(tx: &Tx, review: &item_review::Model) -> Result<(), Fault> {
    let editors: Vec<Editor> = own_json(&review.editors)?;
    if is_second_person(&editors, AccountId(review.submitter_id), tx.actor().id) {
        Ok(())
    } else {
        Err(Error::OwnReview.into())
    }
}

async fn finish(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemReview>,
    mut tx: Tx,
    review: item_review::Model,
    done: &'static str,
) -> Result<ReviewRow, Fault> {
    let view = ReviewRow::of(&review, ctx.actor().id)?;
    tx.done(done, "item_review", review.id);
    store::item_review::update(tx.conn(), review).await?;
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}
