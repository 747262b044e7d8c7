//! Counts of a department's cases, shared by all who look at them: a change is told to every desk at
//! once, and each of them asks anew.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use tb_kernel::{DepartmentId, Fault, Scope};
use tb_storage::{Conn, StorageError};

use crate::store::list::{Shared, shared};

/// How old counts may be: what other processes change is seen by then, and lights move on.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// Counts kept; beyond it they are forgotten.
const MOST: usize = 1_000;

/// Counts that were made, and how often cases have changed.
#[derive(Default)]
pub(crate) struct Figures {
    changes: RwLock<HashMap<DepartmentId, u64>>,
    all_changes: AtomicU64,
    kept: RwLock<HashMap<Key, Kept>>,
    /// One who counts at a time, for each: the others take what he has found.
    counting: std::sync::Mutex<HashMap<Key, Arc<tokio::sync::Mutex<()>>>>,
}

/// Whose cases, and for which posts they wait.
type Key = (String, Option<Vec<String>>);

struct Kept {
    changes: u64,
    at: DateTime<Utc>,
    counts: Arc<Shared>,
}

impl Figures {
    /// A case of this department has changed in this process.
    pub(crate) fn changed(&self, department: DepartmentId) {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        *changes.entry(department).or_default() += 1;
        self.all_changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Cases of any department have changed.
    pub(crate) fn all_changed(&self) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.clear();
        self.all_changes.fetch_add(1, Ordering::SeqCst);
    }

    fn changes(&self, scope: &Scope) -> u64 {
        let Scope::Department(department) = scope else {
            return self.all_changes.load(Ordering::SeqCst);
        };
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        changes.get(department).copied().unwrap_or_default()
    }

    /// Counts within reach: as they were made before, where nothing has changed since.
    pub(crate) async fn counts(
        &self,
        conn: &Conn,
        scope: &Scope,
        now: DateTime<Utc>,
        posts: Option<&[String]>,
    ) -> Result<Arc<Shared>, Fault> {
        let key: Key = (format!("{scope:?}"), posts.map(<[String]>::to_vec));
        if let Some(counts) = self.fresh(&key, self.changes(scope), now) {
            return Ok(counts);
        }
        let turn = self.turn(&key);
        let _counting = turn.lock().await;
        // Looked at before the cases are: what changes meanwhile makes them old.
        let changes = self.changes(scope);
        if let Some(counts) = self.fresh(&key, changes, now) {
            return Ok(counts);
        }
        let counts: Result<Shared, StorageError> = shared(conn, scope, now, posts).await;
        let counts = Arc::new(counts?);
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        let made = Kept {
            changes,
            at: now,
            counts: counts.clone(),
        };
        kept.insert(key, made);
        Ok(counts)
    }

    fn turn(&self, key: &Key) -> Arc<tokio::sync::Mutex<()>> {
        let mut counting = self.counting.lock().unwrap_or_else(PoisonError::into_inner);
        if counting.len() >= MOST {
            counting.clear();
        }
        counting.entry(key.clone()).or_default().clone()
    }

    fn fresh(&self, key: &Key, changes: u64, now: DateTime<Utc>) -> Option<Arc<Shared>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let made = kept.get(key)?;
        let age = now - made.at;
        // Whoever asked a little earlier and waited takes them too.
        let is_fresh = made.changes == changes && age.abs() < FRESH;
        is_fresh.then(|| made.counts.clone())
    }
}
