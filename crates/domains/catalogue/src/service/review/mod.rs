//! Review before publishing, one file a verb: submitted by an editor, decided by a second person,
//! taken back, published when its day comes.

pub(crate) mod browse;
pub(crate) mod decide;
pub(crate) mod due;
pub(crate) mod submit;
pub(crate) mod take_back;

use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, Scope};
use tb_storage::Tx;
use uuid::Uuid;

use crate::entity::{item, item_review};
use crate::error::Error;
use crate::model::review::{Editor, ReviewState, add_editor, stated_day};
use crate::service::publish_item::publish;
use crate::service::{own_json, stale, to_json};
use crate::store;
use crate::store::revision::{self, List};

/// A submitted version with its item, which this transaction has taken. The row is read again after
/// the item was taken: whoever was faster has been waited for.
async fn taken(
    tx: &Tx,
    scope: &Scope,
    id: Uuid,
    version: Option<i64>,
) -> Result<(item::Model, item_review::Model), Fault> {
    let found = store::item_review::find(tx.conn(), scope, id).await?;
    let code = found.ok_or(Error::ReviewNotFound)?.code;
    let item = store::item::take(tx.conn(), &Scope::Everything, &code)
        .await?
        .ok_or(Error::ReviewNotFound)?;
    let review = store::item_review::find(tx.conn(), scope, id)
        .await?
        .ok_or(Error::ReviewNotFound)?;
    if version.is_some_and(|read| read != review.version) {
        let by = review.decider.as_ref().unwrap_or(&review.submitter);
        return Err(stale(by, review.decided_at.unwrap_or(review.submitted_at)).into());
    }
    Ok((item, review))
}

/// Demands that nothing has been submitted: while something has, the working copy stays as it is.
pub(crate) async fn require_none(tx: &Tx, item: &item::Model) -> Result<(), Fault> {
    let Some(id) = item.open_review else {
        return Ok(());
    };
    let review = store::item_review::find(tx.conn(), &Scope::Everything, id).await?;
    let by = review.map(|review| review.submitter).unwrap_or_default();
    Err(Error::UnderReview { by }.into())
}

/// Notes that the caller has changed the working copy.
pub(crate) fn note_editor(tx: &Tx, item: &mut item::Model) -> Result<(), Fault> {
    let mut editors: Vec<Editor> = own_json(&item.editors)?;
    add_editor(&mut editors, tx.actor().id, &tx.actor().name);
    item.editors = to_json(&editors)?;
    Ok(())
}

/// Notes who has decided, when and why.
fn decided(tx: &Tx, review: &mut item_review::Model, state: ReviewState, reason: &str) {
    state.as_str().clone_into(&mut review.state);
    review.version += 1;
    review.decider_id = Some(tx.actor().id.0);
    review.decider = Some(tx.actor().name.clone());
    review.decided_at = Some(tx.now());
    reason.clone_into(&mut review.reason);
    review.due_at = None;
}

/// Lets go of the item; the public is told no longer of a version to come.
async fn let_go(tx: &Tx, item: &mut item::Model) -> Result<(), Fault> {
    item.open_review = None;
    if item.coming_on.take().is_some() {
        item.revision = revision::raise(tx.conn(), List::Items).await?;
    }
    Ok(())
}

/// Ends what is open with its item.
pub(crate) async fn end_with_item(
    tx: &mut Tx,
    item: &mut item::Model,
    reason: &str,
) -> Result<(), Fault> {
    let Some(id) = item.open_review else {
        return Ok(());
    };
    if let Some(mut review) = store::item_review::find(tx.conn(), &Scope::Everything, id).await? {
        decided(tx, &mut review, ReviewState::TakenBack, reason);
        store::item_review::update(tx.conn(), review).await?;
    }
    tx.done("catalogue.item_review.ended", "item_review", id);
    let_go(tx, item).await
}

/// Makes a version of what was approved. `approver` stands with it as its publisher.
async fn carry_out(
    tx: &mut Tx,
    mut item: item::Model,
    review: &mut item_review::Model,
    mut document: ItemDocument,
    approver: &str,
) -> Result<item::Model, Fault> {
    let in_force = store::item::version(tx.conn(), item.id, item.published_version).await?;
    let in_force = in_force
        .map(|version| own_json::<ItemDocument>(&version.document))
        .transpose()?
        .and_then(|document| document.effective_from);
    let written = document.effective_from;
    document.effective_from = stated_day(review.effective_on, written, in_force, tx.now());
    item.open_review = None;
    item.coming_on = None;
    item.editors = to_json::<[Editor; 0]>(&[])?;
    let revision = revision::raise(tx.conn(), List::Items).await?;
    let item = publish(tx, item, &document, revision, approver).await?;
    ReviewState::Published
        .as_str()
        .clone_into(&mut review.state);
    review.published_version = Some(item.published_version);
    review.due_at = None;
    store::item::update(tx.conn(), item.clone()).await?;
    Ok(item)
}
