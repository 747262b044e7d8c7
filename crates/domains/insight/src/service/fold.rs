//! Adds differences up, in one process at a time: sums are never fought for by those who write
//! cases, and an open transaction never holds anybody up.

use std::collections::BTreeMap;

use tb_kernel::{Fault, RequestId};
use tb_storage::{Origin, Store};

use crate::store;
use crate::store::day::{Day, month_of};
use crate::store::delta::Delta;

/// Differences in one transaction.
const BATCH: u64 = 2_000;

/// Adds up what waits; returns how many differences there were.
pub(crate) async fn fold(storage: &Store) -> Result<usize, Fault> {
    let mut done = 0;
    // A look without a transaction: mostly there is nothing.
    while !store::delta::some(&storage.read(), 1).await?.is_empty() {
        let origin = Origin::system("insight.fold", RequestId(storage.new_id()));
        let tx = storage.begin(origin).await?;
        let waiting = store::delta::some(tx.conn(), BATCH).await?;
        for sum in added_up(&waiting) {
            store::day::add(tx.conn(), sum).await?;
        }
        done += waiting.len();
        let ids = waiting.iter().map(|delta| delta.id).collect();
        let gone = store::delta::remove(tx.conn(), ids).await?;
        if usize::try_from(gone) != Ok(waiting.len()) {
            // Somebody else has added them up meanwhile: his sums stand, these are rolled back.
            return Err(Fault::internal(
                "differences were added up by two processes",
            ));
        }
        tx.commit(&()).await?;
    }
    Ok(done)
}

/// The sums that differences make.
pub(crate) fn added_up(differences: &[Delta]) -> Vec<Day> {
    let mut sums = BTreeMap::new();
    for one in differences {
        let key = (
            one.day,
            &one.department_code,
            &one.item_code,
            &one.region,
            &one.what,
            one.bucket,
        );
        let sum: &mut (i32, i32) = sums.entry(key).or_default();
        sum.0 += 1;
        sum.1 += one.minutes;
    }
    let rows = sums.into_iter().map(|(key, (amount, minutes))| {
        let (day, department_code, item_code, region, what, bucket) = key;
        Day {
            day,
            department_code: department_code.clone(),
            item_code: item_code.clone(),
            region: region.clone(),
            what: what.clone(),
            bucket,
            month: month_of(day),
            amount,
            minutes,
        }
    });
    rows.collect()
}
