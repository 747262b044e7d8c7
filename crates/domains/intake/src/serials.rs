//! Serials of case numbers at hand in this process: the next one costs no statement.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tb_kernel::{Fault, RequestId};
use tb_storage::{Origin, Store};

use crate::error::Error;
use crate::model::number::MAX_SERIAL;
use crate::store;

/// Serials taken at a time: so many may be missing after the process ends.
const BLOCK: i64 = 20;
/// Series kept at a time; those of other days are dropped when there are more.
const MOST: usize = 4096;

/// What is left of the blocks taken, by division and day.
#[derive(Debug, Default)]
pub(crate) struct Serials {
    left: Mutex<HashMap<String, BTreeSet<i64>>>,
    /// Held while a block is on its way, so that those who wait share it.
    refill: tokio::sync::Mutex<()>,
}

/// A serial in hand: it goes back for the next submission unless it is used.
#[derive(Debug)]
pub(crate) struct Serial<'a> {
    home: &'a Serials,
    series: &'a str,
    number: i64,
    used: bool,
}

impl Serials {
    /// The next serial of a division and day. Not to be asked for inside a transaction: a block is
    /// taken in one of its own.
    pub(crate) async fn next<'a>(
        &'a self,
        storage: &Store,
        series: &'a str,
    ) -> Result<Serial<'a>, Fault> {
        let serial = match self.take(series) {
            Some(serial) => serial,
            None => self.refilled(storage, series).await?,
        };
        Ok(Serial {
            home: self,
            series,
            number: serial,
            used: false,
        })
    }

    async fn refilled(&self, storage: &Store, series: &str) -> Result<i64, Fault> {
        let _alone = self.refill.lock().await;
        if let Some(serial) = self.take(series) {
            return Ok(serial);
        }
        let origin = Origin::system("intake.serials", RequestId(storage.new_id()));
        let tx = storage.begin(origin).await?;
        let last = store::serial::take(tx.conn(), series, BLOCK).await?;
        tx.commit(&()).await?;
        let mut left = self.left();
        if left.len() >= MOST {
            let day = series
                .get(series.len().saturating_sub(8)..)
                .unwrap_or_default();
            left.retain(|series, _| series.ends_with(day));
        }
        let block = left.entry(series.to_owned()).or_default();
        block.extend(last - BLOCK + 1..=last.min(MAX_SERIAL));
        Ok(block.pop_first().ok_or(Error::SerialExhausted)?)
    }

    fn take(&self, series: &str) -> Option<i64> {
        self.left().get_mut(series)?.pop_first()
    }

    fn left(&self) -> MutexGuard<'_, HashMap<String, BTreeSet<i64>>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Serial<'_> {
    /// The serial, within its series.
    pub(crate) fn get(&self) -> i64 {
        self.number
    }

    /// Keeps it: its submission is about to be committed.
    pub(crate) fn keep(mut self) {
        self.used = true;
    }
}

impl Drop for Serial<'_> {
    fn drop(&mut self) {
        if !self.used
            && let Some(left) = self.home.left().get_mut(self.series)
        {
            left.insert(self.number);
        }
    }
}
