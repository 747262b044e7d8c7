//! Guides as bytes: the read that citizens make most costs a look-up and a copy. An entry goes
//! exactly when its item changes; nothing expires by time.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderValue;
use chrono::{DateTime, NaiveDate, Utc};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use tb_contract::item::ItemDocument;
use tb_http::KeptAnswer;
use tb_kernel::Fault;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::public_item::PublicItem;

/// The guide of an item: its description in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GuideView {
    /// Version, from 1.
    pub version: i64,
    /// When this version was published.
    pub published_at: DateTime<Utc>,
    /// Whether this is the version now offered.
    pub current: bool,
    /// Whether an application can be made online.
    pub online: bool,
    /// First day of the next version, where one has been approved for a day to come.
    pub coming_on: Option<NaiveDate>,
    /// The description.
    #[serde(flatten)]
    pub item: ItemDocument,
}

impl GuideView {
    pub(crate) fn new(
        version: i64,
        published_at: DateTime<Utc>,
        current: bool,
        item: ItemDocument,
    ) -> Self {
        Self {
            version,
            published_at,
            current,
            online: current && item.is_online(),
            coming_on: None,
            item,
        }
    }
}

/// A guide ready to be sent.
#[derive(Debug)]
pub(crate) struct Guide {
    item_id: Uuid,
    pub document: Arc<ItemDocument>,
    pub answer: KeptAnswer,
}

impl Guide {
    pub(crate) fn new(item: &PublicItem) -> Result<Self, Fault> {
        let document: ItemDocument =
            serde_json::from_str(&item.document).map_err(Fault::internal)?;
        let mut view = GuideView::new(item.version, item.published_at, true, document);
        view.coming_on = item.coming_on;
        let bytes = serde_json::to_vec(&view).map_err(Fault::internal)?;
        // The day of a version to come shows too, and may be set and taken back.
        let coming = item.coming_on.map(|day| format!(".{day}"));
        let coming = coming.unwrap_or_default();
        let tag = format!("W/\"{}.{}{coming}\"", item.id.simple(), item.version);
        Ok(Self {
            item_id: item.id,
            document: Arc::new(view.item),
            // Public content: it may be kept, but has to be asked for anew.
            answer: KeptAnswer::new(
                HeaderValue::from_static("application/json"),
                HeaderValue::from_static("no-cache"),
                HeaderValue::from_str(&tag).map_err(Fault::internal)?,
                bytes.into(),
            ),
        })
    }
}

/// The guides read so far, by every code they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Guides(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    by_code: HashMap<String, Arc<Guide>>,
    /// Counts the changes, so that a guide read before a change is not put in after it.
    changes: u64,
}

impl Guides {
    /// The guide of a code in its looked-up form.
    pub(crate) fn get(&self, code: &str) -> Option<Arc<Guide>> {
        self.0.read().by_code.get(code).cloned()
    }

    /// To be taken before a guide is read from the database.
    pub(crate) fn changes(&self) -> u64 {
        self.0.read().changes
    }

    /// Puts a guide in, unless anything has changed since `changes` was taken.
    pub(crate) fn put(&self, code: String, guide: Arc<Guide>, changes: u64) {
        let mut inner = self.0.write();
        if inner.changes == changes {
            inner.by_code.insert(code, guide);
        }
    }

    /// Drops what is kept of an item.
    pub(crate) fn forget(&self, item: Uuid) {
        let mut inner = self.0.write();
        inner.changes += 1;
        inner.by_code.retain(|_, guide| guide.item_id != item);
    }
}
