//! What a process keeps in memory of the public side of the catalogue: the search index, a card
//! per item for lists, and the guides as bytes. It follows the database by revision: a change made
//! here is seen at once, one made by another process within half a second.

pub(crate) mod card;
pub(crate) mod guide;
pub(crate) mod kept;
mod pace;

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use tb_contract::item::ItemDocument;
use tb_kernel::{ErrorKind, Fault};
use tb_search::{Hits, Query, SearchError, SearchIndex};
use tb_storage::Store;
use tokio::sync::Mutex;

use crate::model::ItemStatus;
use crate::service;
use crate::shelf::card::{Card, entry};
use crate::shelf::guide::Guides;
use crate::shelf::pace::Pace;
use crate::store::public_item::{self, PublicItem};
use crate::store::revision::{self, List};

/// Items read from the database at a time.
const PIECE: u64 = 500;

/// The public side of the catalogue in memory.
pub(crate) struct Shelf {
    index: Arc<SearchIndex>,
    cards: RwLock<HashMap<String, Arc<Card>>>,
    pub(crate) guides: Guides,
    /// The revisions that all this shows; `None` until it is first loaded.
    seen: Mutex<Seen>,
    pace: Pace,
}

/// The revisions of what is shown.
#[derive(Debug, Default)]
struct Seen {
    items: Option<i64>,
    synonyms: Option<i64>,
}

impl Shelf {
    pub(crate) fn new() -> Result<Self, Fault> {
        Ok(Self {
            index: Arc::new(SearchIndex::in_memory().map_err(search_fault)?),
            cards: RwLock::default(),
            guides: Guides::default(),
            seen: Mutex::default(),
            pace: Pace::default(),
        })
    }

    /// Looks for changes if it is time to. One request does so, the others go on meanwhile.
    pub(crate) async fn follow(&self, store: &Store) -> Result<(), Fault> {
        if !self.pace.is_due() {
            return Ok(());
        }
        if !self.pace.has_begun() {
            return self.refresh(store).await;
        }
        let Ok(mut seen) = self.seen.try_lock() else {
            return Ok(());
        };
        if let Err(fault) = self.catch_up(store, &mut seen).await {
            // What is on the shelf is still better than no answer.
            tracing::warn!(error = %fault, "changes of items could not be looked up");
            self.pace.done();
        }
        Ok(())
    }

    /// Looks for changes now, and waits for them.
    pub(crate) async fn refresh(&self, store: &Store) -> Result<(), Fault> {
        let mut seen = self.seen.lock().await;
        self.catch_up(store, &mut seen).await
    }

    async fn catch_up(&self, store: &Store, seen: &mut Seen) -> Result<(), Fault> {
        let conn = store.read();
        let words = revision::current(&conn, List::Synonyms).await?;
        if seen.synonyms != Some(words) {
            self.index
                .set_synonyms(&service::synonyms::groups(&conn).await?);
            seen.synonyms = Some(words);
        }
        let present = revision::current(&conn, List::Items).await?;
        if seen.items != Some(present) {
            let mut after = None;
            loop {
                let items =
                    public_item::changed_since(&conn, seen.items.unwrap_or(-1), after, PIECE)
                        .await?;
                after = items.last().map(|item| item.id);
                if items.is_empty() {
                    break;
                }
                self.take(items).await?;
            }
            seen.items = Some(present);
        }
        self.pace.done();
        Ok(())
    }

    /// Puts changed items on the shelf and takes withdrawn ones down.
    async fn take(&self, items: Vec<PublicItem>) -> Result<(), Fault> {
        let mut entries = Vec::new();
        let mut cards = Vec::new();
        let mut gone = Vec::new();
        for item in items {
            self.guides.forget(item.id);
            let document: Result<ItemDocument, _> = serde_json::from_str(&item.document);
            match document {
                Ok(document) if item.status == ItemStatus::Published.as_str() => {
                    entries.push(entry(&document, item.hot_rank));
                    cards.push(Arc::new(Card::new(&item, document)));
                }
                Ok(_) => gone.push(item.code),
                Err(error) => {
                    tracing::error!(code = item.code, %error, "a published item cannot be read");
                }
            }
        }
        // A card is there before its entry and goes after it: what is found can be shown.
        self.cards
            .write()
            .extend(cards.into_iter().map(|card| (card.view.code.clone(), card)));
        let (index, removed) = (self.index.clone(), gone.clone());
        let change = move || {
            index.upsert(entries)?;
            index.remove(removed.iter().map(String::as_str))
        };
        tokio::task::spawn_blocking(change)
            .await
            .map_err(Fault::internal)?
            .map_err(search_fault)?;
        self.cards.write().retain(|code, _| !gone.contains(code));
        Ok(())
    }

    /// Searches, off the reactor: a search takes milliseconds of one core.
    pub(crate) async fn search(&self, query: Query) -> Result<Hits, Fault> {
        let index = self.index.clone();
        let search = move || index.search(&query);
        tokio::task::spawn_blocking(search)
            .await
            .map_err(Fault::internal)?
            .map_err(search_fault)
    }

    /// The card of a published item, by implementation code.
    pub(crate) fn card(&self, code: &str) -> Option<Arc<Card>> {
        self.cards.read().get(code).cloned()
    }

    /// The cards that score, the highest first; of equal ones by code.
    pub(crate) fn nearest(&self, score: impl Fn(&Card) -> usize, most: usize) -> Vec<Arc<Card>> {
        let mut scored: Vec<(usize, Arc<Card>)> = self
            .cards
            .read()
            .values()
            .map(|card| (score(card), card.clone()))
            .filter(|(score, _)| *score > 0)
            .collect();
        scored.sort_by(|(a, one), (b, other)| (b, &one.view.code).cmp(&(a, &other.view.code)));
        scored.truncate(most);
        scored.into_iter().map(|(_, card)| card).collect()
    }

    /// Counts cards.
    pub(crate) fn count(&self, wanted: impl Fn(&Card) -> bool) -> u64 {
        self.cards
            .read()
            .values()
            .filter(|card| wanted(card))
            .count() as u64
    }

    /// Names of the departments that offer anything, by code.
    pub(crate) fn department_names(&self) -> HashMap<String, String> {
        let cards = self.cards.read();
        cards
            .values()
            .map(|card| {
                (
                    card.view.department_code.clone(),
                    card.view.department_name.clone(),
                )
            })
            .collect()
    }

    /// The hot items, in their order.
    pub(crate) fn hot(&self) -> Vec<Arc<Card>> {
        let mut hot: Vec<_> = self
            .cards
            .read()
            .values()
            .filter(|card| card.hot_rank.is_some())
            .cloned()
            .collect();
        hot.sort_by(|a, b| (a.hot_rank, &a.view.code).cmp(&(b.hot_rank, &b.view.code)));
        hot
    }
}

fn search_fault(error: SearchError) -> Fault {
    match error {
        SearchError::BadCursor => Fault::new(ErrorKind::Invalid, "http.bad_cursor"),
        other => Fault::internal(other),
    }
}
