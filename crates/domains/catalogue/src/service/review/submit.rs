//! Hands a working copy to a second person.

use tb_contract::access::ItemWrite;
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};

use crate::api::item_reviews::{ReviewRow, SubmitItem};
use crate::catalogue::Catalogue;
use crate::entity::item_review;
use crate::error::{Error, field};
use crate::model::ItemStatus;
use crate::model::publish_check::fault;
use crate::model::review::{ReviewState, effective_day};
use crate::service::publish_item::{Known, faults_of};
use crate::service::review::require_none;
use crate::service::{derived_items, own_json, require_version, to_json};
use crate::store;

/// Longest note or reason, in characters.
pub(crate) const LONGEST: usize = 500;

/// Submits, or says with their places what stands against publishing it.
pub(crate) async fn submit_item(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemWrite>,
    code: &str,
    body: SubmitItem,
) -> Result<ReviewRow, Fault> {
    let types = catalogue.licence_types().types().await?;
    let mut tx = ctx.begin().await?;
    let mut item = store::item::take(tx.conn(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    require_none(&tx, &item).await?;
    require_version(&item, body.version)?;
    if item.status == ItemStatus::Published.as_str() && !item.changed {
        return Err(Error::Unchanged.into());
    }
    let mut document: ItemDocument = own_json(&item.draft)?;
    let effective_on = effective_day(body.effective_on, tx.now()).map_err(invalid)?;
    let known = Known {
        types: &types,
        day: effective_on.unwrap_or(office_time::day(tx.now())),
    };
    let mut faults = faults_of(tx.conn(), item.id, &mut document, known, ctx.locale()).await?;
    faults.extend(derived_items::faults_of(tx.conn(), &item, &document).await?);
    if !faults.is_empty() {
        return Err(Fault::fields(
            Fault::from(Error::NotPublishable).code,
            faults,
        ));
    }
    let note = words(&body.note, "/note")?;
    let review = item_review::Model {
        id: tx.new_id(),
        item_id: item.id,
        code: item.code.clone(),
        name: item.name.clone(),
        department_code: item.department_code.clone(),
        department_id: item.department_id,
        region: item.region.clone(),
        state: ReviewState::Waiting.as_str().to_owned(),
        version: 1,
        document: to_json(&document)?,
        editors: item.editors.clone(),
        base_version: item.published_version,
        note,
        effective_on,
        submitter_id: tx.actor().id.0,
        submitter: tx.actor().name.clone(),
        submitted_at: tx.now(),
        decider_id: None,
        decider: None,
        decided_at: None,
        reason: String::new(),
        due_at: None,
        published_version: None,
        faults: None,
    };
    let view = ReviewRow::of(&review, ctx.actor().id)?;
    item.open_review = Some(review.id);
    store::item_review::insert(tx.conn(), review).await?;
    store::item::update(tx.conn(), item).await?;
    tx.done("catalogue.item.submitted", "item", &view.code);
    tx.commit(&view).await?;
    Ok(view)
}

/// A note or reason, without blanks around it.
pub(super) fn words(text: &str, path: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        let mut long = fault(path, field::TOO_LONG);
        long.args.insert("max".to_owned(), LONGEST.to_string());
        return Err(invalid(long));
    }
    Ok(text.to_owned())
}

pub(super) fn invalid(field: tb_kernel::FieldFault) -> Fault {
    Fault::fields(Fault::from(Error::ReviewInvalid).code, vec![field])
}
