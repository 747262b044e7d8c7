//! How many cases are at an end: differences are added up in one process at a time, and compared with
//! the cases once a day.

use tb_kernel::{Fault, RequestId};
use tb_storage::{Origin, Store};

use crate::store;

/// Differences in one transaction.
const BATCH: u64 = 2_000;

/// Adds up what waits; returns how many differences there were.
pub(crate) async fn fold(storage: &Store) -> Result<usize, Fault> {
    let mut done = 0;
    // A look without a transaction: mostly there is nothing.
    while !store::tally::waiting(&storage.read(), 1).await?.is_empty() {
        let origin = Origin::system("approval.fold_tally", RequestId(storage.new_id()));
        let tx = storage.begin(origin).await?;
        let waiting = store::tally::waiting(tx.conn(), BATCH).await?;
        done += waiting.len();
        if !store::tally::add_up(tx.conn(), waiting).await? {
            // Somebody else has added them up meanwhile: his sums stand, these are rolled back.
            return Err(Fault::internal(
                "differences were added up by two processes",
            ));
        }
        tx.commit(&()).await?;
    }
    Ok(done)
}

/// Counts what is at an end once more, by scanning. Nobody waits for it: what is wrong is mended by
/// further differences.
pub(crate) async fn count_again(storage: &Store) -> Result<(), Fault> {
    let wrong = store::tally::differences(&storage.read()).await?;
    if wrong.is_empty() {
        return Ok(());
    }
    tracing::warn!(wrong = wrong.len(), "counts of ended cases were put right");
    let origin = Origin::system("approval.count_ended", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    store::tally::leave(&tx, wrong).await?;
    tx.commit(&()).await?;
    fold(storage).await?;
    Ok(())
}
