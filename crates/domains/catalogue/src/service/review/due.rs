//! Publishes what was approved for a day that has come. Each version is a transaction of its own
//! that takes the item first and looks again: a second run finds nothing left to do.

use tb_contract::item::ItemDocument;
use tb_contract::licences::KnownLicenceType;
use tb_kernel::{Fault, Locale, RequestId, Scope, office_time};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use crate::catalogue::Catalogue;
use crate::model::review::ReviewState;
use crate::service::publish_item::{Known, faults_of};
use crate::service::review::{carry_out, let_go, taken};
use crate::service::{own_json, to_json};
use crate::store;

/// Versions of one run; the next run takes the others.
const AT_ONCE: u64 = 200;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub published: usize,
    pub failed: usize,
}

/// Publishes what is due; what is no longer fit is kept from it, with its faults.
pub(crate) async fn publish_due(catalogue: &Catalogue, storage: &Store) -> Result<Run, Fault> {
    let now = storage.clock().now();
    let types = catalogue.licence_types().types().await?;
    let mut run = Run::default();
    for review in store::item_review::due(&storage.read(), now, AT_ONCE).await? {
        match one(&types, storage, review.id).await {
            Ok(Some(true)) => run.published += 1,
            Ok(Some(false)) => run.failed += 1,
            Ok(None) => {}
            // It is tried again with the next run, and does not hold up the others.
            Err(fault) => {
                tracing::error!(review = %review.id, code = fault.code, cause = ?fault.cause, "a version cannot be published on its day");
            }
        }
    }
    if run != Run::default() {
        catalogue.show_changes().await;
    }
    Ok(run)
}

/// Publishes one version: true if it is published, false if it is not fit; none where somebody else
/// was faster.
async fn one(types: &[KnownLicenceType], storage: &Store, id: Uuid) -> Result<Option<bool>, Fault> {
    let request = RequestId(storage.new_id());
    let origin = Origin::system("catalogue.publish_due", request);
    let mut tx = storage.begin(origin).await?;
    let (mut item, mut review) = taken(&tx, &Scope::Everything, id, None).await?;
    let is_due = review.due_at.is_some_and(|due| due <= tx.now());
    if ReviewState::from_word(&review.state) != ReviewState::Scheduled || !is_due {
        return Ok(None);
    }
    let mut document: ItemDocument = own_json(&review.document)?;
    let today = office_time::day(tx.now());
    let known = Known { types, day: today };
    let faults = faults_of(tx.conn(), item.id, &mut document, known, Locale::Chinese).await?;
    review.version += 1;
    let is_fit = faults.is_empty();
    if is_fit {
        let approver = review.decider.clone().unwrap_or_default();
        carry_out(&mut tx, item, &mut review, document, &approver).await?;
    } else {
        review.faults = Some(to_json(&faults)?);
        review.due_at = None;
        ReviewState::Failed.as_str().clone_into(&mut review.state);
        let_go(&tx, &mut item).await?;
        tx.done("catalogue.item_review.failed", "item_review", id);
        store::item::update(tx.conn(), item).await?;
    }
    store::item_review::update(tx.conn(), review).await?;
    tx.commit(&()).await?;
    Ok(Some(is_fit))
}
