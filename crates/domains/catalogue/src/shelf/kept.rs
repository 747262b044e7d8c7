//! A value made of a whole list, kept until the list's revision moves on: the division tree, the
//! calendar.

use std::future::Future;
use std::sync::Arc;

use parking_lot::RwLock;
use tb_kernel::Fault;
use tb_storage::{Conn, Store};
use tokio::sync::Mutex;

use crate::shelf::pace::Pace;
use crate::store::revision::{self, List};

/// A value with the revision it was made at.
pub(crate) struct Kept<T> {
    list: List,
    value: RwLock<Option<(i64, Arc<T>)>>,
    making: Mutex<()>,
    pace: Pace,
}

impl<T> Kept<T> {
    pub(crate) fn new(list: List) -> Self {
        Self {
            list,
            value: RwLock::new(None),
            making: Mutex::new(()),
            pace: Pace::default(),
        }
    }

    /// The value as it was last made, without looking.
    fn latest(&self) -> Option<Arc<T>> {
        self.value.read().as_ref().map(|(_, value)| value.clone())
    }

    /// The value, made anew where it is not of the present revision. One request looks, the others
    /// go on meanwhile with what there is; so does everybody where the look fails.
    pub(crate) async fn get<F, E>(
        &self,
        store: &Store,
        make: impl FnOnce(Conn) -> F,
    ) -> Result<Arc<T>, Fault>
    where
        F: Future<Output = Result<T, E>>,
        Fault: From<E>,
    {
        let Some(value) = self.latest() else {
            return self.now(store, make).await;
        };
        if !self.pace.is_due() {
            return Ok(value);
        }
        let Ok(_one_at_a_time) = self.making.try_lock() else {
            return Ok(value);
        };
        match self.look(store, make).await {
            Ok(value) => Ok(value),
            Err(fault) => {
                tracing::warn!(list = ?self.list, error = %fault, "changes could not be looked up");
                self.pace.done();
                Ok(value)
            }
        }
    }

    /// The same, but looks now.
    pub(crate) async fn now<F, E>(
        &self,
        store: &Store,
        make: impl FnOnce(Conn) -> F,
    ) -> Result<Arc<T>, Fault>
    where
        F: Future<Output = Result<T, E>>,
        Fault: From<E>,
    {
        let _one_at_a_time = self.making.lock().await;
        self.look(store, make).await
    }

    async fn look<F, E>(&self, store: &Store, make: impl FnOnce(Conn) -> F) -> Result<Arc<T>, Fault>
    where
        F: Future<Output = Result<T, E>>,
        Fault: From<E>,
    {
        let present = revision::current(&store.read(), self.list).await?;
        let known = self.value.read().clone();
        let value = match known {
            Some((revision, value)) if revision == present => value,
            _ => Arc::new(make(store.read()).await?),
        };
        *self.value.write() = Some((present, value.clone()));
        self.pace.done();
        Ok(value)
    }
}
