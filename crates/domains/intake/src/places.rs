//! Places for files on their way in. While a file arrives it costs a little memory and some disk, so
//! that many may arrive at once, however slowly, but only a few of one account. Looking into a file
//! and sealing it is work for the machine: few at once, and never waiting for a client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tb_kernel::AccountId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

/// Files that may arrive at the same time: the disk they take is at most so many times their bound.
const ARRIVING: usize = 400;
/// Files of one account that may arrive at the same time.
const OF_ONE: usize = 4;
/// Files that are looked into and sealed at the same time.
const SEALING: usize = 4;
/// How long a file waits for its turn.
const WAIT: Duration = Duration::from_secs(10);

/// The places of this process.
pub(crate) struct Places {
    arriving: Arc<Semaphore>,
    by_account: Mutex<HashMap<AccountId, Weak<Semaphore>>>,
    sealing: Arc<Semaphore>,
}

/// A place for a file that arrives; free again when dropped.
pub(crate) struct Place {
    _of_all: OwnedSemaphorePermit,
    _of_one: OwnedSemaphorePermit,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            arriving: Arc::new(Semaphore::new(ARRIVING)),
            by_account: Mutex::default(),
            sealing: Arc::new(Semaphore::new(SEALING)),
        }
    }
}

impl Places {
    /// A place to arrive at.
    pub async fn arrive(&self, account: AccountId) -> Result<Place, Error> {
        let own = self.of(account);
        // One's own first: who waits for his own files takes no place from others.
        let of_one = wait(&own).await?;
        let of_all = wait(&self.arriving).await?;
        Ok(Place {
            _of_all: of_all,
            _of_one: of_one,
        })
    }

    /// A place to be sealed at.
    pub async fn seal(&self) -> Result<OwnedSemaphorePermit, Error> {
        wait(&self.sealing).await
    }

    fn of(&self, account: AccountId) -> Arc<Semaphore> {
        let mut all = self
            .by_account
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = all.get(&account).and_then(Weak::upgrade) {
            return own;
        }
        // A permit keeps its semaphore: what nobody holds any more is forgotten.
        all.retain(|_, own| own.strong_count() > 0);
        let own = Arc::new(Semaphore::new(OF_ONE));
        all.insert(account, Arc::downgrade(&own));
        own
    }
}

async fn wait(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Error> {
    match tokio::time::timeout(WAIT, places.clone().acquire_owned()).await {
        Ok(Ok(place)) => Ok(place),
        _ => Err(Error::UploadsBusy),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tb_kernel::AccountId;
    use uuid::Uuid;

    use super::{OF_ONE, Places};

    #[tokio::test]
    async fn one_account_takes_no_place_from_others() {
        let places = Places::default();
        let [greedy, other] = [1, 2].map(|n| AccountId(Uuid::from_u128(n)));
        let mut held = Vec::new();
        for _ in 0..OF_ONE {
            held.push(places.arrive(greedy).await.ok().unwrap());
        }
        let at_once = Duration::from_millis(20);
        let fifth = tokio::time::timeout(at_once, places.arrive(greedy)).await;
        assert!(fifth.is_err(), "a fifth file waits");
        assert!(places.arrive(other).await.is_ok());
        held.pop();
        assert!(places.arrive(greedy).await.is_ok());
        drop(held);
        drop(places.arrive(other).await);
        assert_eq!(places.by_account.lock().unwrap().len(), 1, "and forgotten");
    }
}
