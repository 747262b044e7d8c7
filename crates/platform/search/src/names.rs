//! The names of entries, each distinct one once: a province has many items of few names. What is
//! typed is looked for among the names, whole and in pieces, by words, pinyin and initials; entries
//! only say which names they bear.

use tantivy::query::{EnableScoring, Query};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema};
use tantivy::{DocSet, Searcher, TERMINATED, TantivyDocument};

use crate::SearchError;
use crate::fields::{bag, indexed};
use crate::phrase::sequence;

const NUMBER: &str = "number";

/// Handles to the fields of a name.
#[derive(Debug, Clone)]
pub(crate) struct NameFields {
    number: Field,
    /// The name as a sequence, for phrases and pinyin.
    pub(crate) sequence: Field,
    /// Its words.
    pub(crate) words: Field,
}

impl NameFields {
    /// The schema and its handles.
    pub(crate) fn build() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            number: schema.add_u64_field(NUMBER, FAST),
            sequence: schema.add_text_field(
                "sequence",
                indexed(IndexRecordOption::WithFreqsAndPositions),
            ),
            words: schema.add_text_field("words", indexed(IndexRecordOption::Basic)),
        };
        (schema.build(), fields)
    }

    /// A name as the engine's document.
    pub(crate) fn document(&self, number: u32, name: &str) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(self.number, u64::from(number));
        document.add_pre_tokenized_text(self.sequence, sequence(name));
        document.add_pre_tokenized_text(self.words, bag(name));
        document
    }
}

/// The numbers of all names that a query finds.
pub(crate) fn numbers(searcher: &Searcher, query: &dyn Query) -> Result<Vec<u32>, SearchError> {
    let mut numbers = Vec::new();
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for segment in searcher.segment_readers() {
        let column = segment.fast_fields().u64(NUMBER)?.first_or_default_col(0);
        let mut found = weight.scorer(segment, 1.0)?;
        let mut at = found.doc();
        while at != TERMINATED {
            numbers.push(u32::try_from(column.get_val(at)).unwrap_or(u32::MAX));
            at = found.advance();
        }
    }
    Ok(numbers)
}
