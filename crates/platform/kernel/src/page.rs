//! Lists: a page of rows and the cursor of the next one. No totals, no offsets.

use serde::{Deserialize, Serialize};

/// The most rows a page may hold.
pub const MAX_LIMIT: u32 = 100;
/// The rows of a page when the caller says nothing.
pub const DEFAULT_LIMIT: u32 = 20;

/// What a caller asks of a list.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams, utoipa::ToSchema)]
#[into_params(parameter_in = Query)]
pub struct PageRequest {
    /// Where the last page ended: its `next_cursor`, unread by the client.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

impl PageRequest {
    /// The number of rows to return.
    pub fn limit(&self) -> u64 {
        u64::from(self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT))
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The cursor of the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page from one row more than `limit`, the habit of every list query: the surplus
    /// row only tells that a next page exists.
    pub fn from_surplus(mut rows: Vec<T>, limit: u64, cursor: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(cursor) } else { None };
        Self {
            items: rows,
            next_cursor,
        }
    }

    /// The same page with each row mapped.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next_cursor: self.next_cursor,
        }
    }
}
