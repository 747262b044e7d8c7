//! The shipped calendar, announced once: cases cannot be dated before their department has one.

use tb_calendar::Calendar;
use tb_kernel::Fault;
use tb_storage::{Origin, Store};

use crate::service::import_calendar::publish;
use crate::store;
use crate::store::revision::{self, List};

/// Publishes the calendar that ships with the program where none has been published.
pub async fn seed_calendar(store: &Store, by: &Origin) -> Result<bool, Fault> {
    if store::calendar::newest(&store.read()).await?.is_some() {
        return Ok(false);
    }
    let shipped = Calendar::embedded().map_err(Fault::internal)?;
    let mut tx = store.begin(by.clone()).await?;
    // Two processes that start together follow one another: this row is theirs until the commit.
    revision::raise(tx.conn(), List::Calendar).await?;
    let first = store::calendar::newest(tx.conn()).await?.is_none();
    if first {
        publish(&mut tx, 1, shipped.document()).await?;
    }
    tx.commit(&()).await?;
    Ok(first)
}
