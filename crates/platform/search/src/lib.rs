//! Full-text search in Chinese: words, pinyin, initials and codes, in one process.
//!
//! The index knows no domain and keeps no truth: it lives in memory, is rebuilt
//! from the database at start (`replace_all`) and follows changes after that
//! (`upsert`, `remove`). Losing it loses nothing.
//!
//! Words that count as the same (`set_synonyms`) are asked for beside what was
//! typed; one slip is forgiven where nothing is found as typed.
//!
//! Every call is synchronous. A search takes milliseconds; an update segments
//! and indexes all its text, so an asynchronous caller moves it off the reactor.

mod columns;
mod cursor;
mod entry;
mod error;
mod fields;
mod index;
mod judge;
mod names;
mod numbers;
mod phrase;
mod plan;
mod rank;
mod reading;
mod synonyms;
mod text;
mod view;
mod vocabulary;
mod wide;
mod words;

pub use entry::{Entry, FacetCount, FacetCounts, Hit, Hits, MAX_LIMIT, MAX_TEXT, Query};
pub use error::SearchError;
pub use index::SearchIndex;
pub use reading::initials_of;
