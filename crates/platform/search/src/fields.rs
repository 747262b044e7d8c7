//! The engine's schema and how an entry is written into it.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::Entry;
use crate::phrase::sequence;
use crate::text::units;
use crate::words::terms;

/// Names of the columns that ranking reads.
pub(crate) const ID: &str = "id";
pub(crate) const BOOST: &str = "boost";
pub(crate) const LENGTH: &str = "length";
pub(crate) const FACETS: &str = "facets";

/// Between a facet's name and its value; no sane name contains it.
pub(crate) const FACET_MARK: char = '\u{1f}';

/// The weights that body texts are rounded to, each a field of its own: the
/// engine keeps no weight per text.
pub(crate) const WEIGHTS: [f32; 4] = [4.0, 2.0, 1.0, 0.5];

/// A term may hold 64 KiB; whole keywords and facet values stay far below.
const MAX_TERM: usize = 1_000;

/// Boosts stay far below the step between two tiers of rank.
const MAX_BOOST: f32 = 1_000.0;

/// Handles to the engine's fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    /// The title as a sequence, for phrases and pinyin.
    pub(crate) title: Field,
    /// The title's words.
    pub(crate) title_words: Field,
    /// Keywords as sequences.
    pub(crate) names: Field,
    /// The keywords' words.
    pub(crate) name_words: Field,
    /// Every keyword as one term without blanks and punctuation.
    pub(crate) codes: Field,
    /// Words of the body by weight.
    pub(crate) body: Vec<(f32, Field)>,
    pub(crate) facets: Field,
    boost: Field,
    length: Field,
}

impl Fields {
    /// The schema and its handles.
    pub(crate) fn build() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field(ID, STRING | FAST),
            title: sequence_field(&mut schema, "title"),
            title_words: words_field(&mut schema, "title_words"),
            names: sequence_field(&mut schema, "names"),
            name_words: words_field(&mut schema, "name_words"),
            codes: schema.add_text_field("codes", STRING),
            body: WEIGHTS
                .into_iter()
                .map(|weight| (weight, words_field(&mut schema, &format!("body_{weight}"))))
                .collect(),
            facets: schema.add_text_field(FACETS, STRING | FAST),
            boost: schema.add_f64_field(BOOST, FAST),
            length: schema.add_u64_field(LENGTH, FAST),
        };
        (schema.build(), fields)
    }

    /// An entry as the engine's document.
    pub(crate) fn document(&self, entry: &Entry) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &entry.id);
        document.add_pre_tokenized_text(self.title, sequence(&entry.title));
        document.add_pre_tokenized_text(self.title_words, bag(&entry.title));
        for keyword in &entry.keywords {
            document.add_pre_tokenized_text(self.names, sequence(keyword));
            document.add_pre_tokenized_text(self.name_words, bag(keyword));
            document.add_text(self.codes, compact(keyword));
        }
        for (weight, text) in &entry.body {
            if let Some((_, field)) = nearest(&self.body, *weight) {
                document.add_pre_tokenized_text(*field, bag(text));
            }
        }
        let facets: BTreeSet<&(String, String)> = entry.facets.iter().collect();
        for (name, value) in facets {
            document.add_text(self.facets, facet_term(name, value));
        }
        document.add_f64(self.boost, f64::from(sane(entry.boost)));
        let length = u64::try_from(units(&entry.title).len()).unwrap_or(u64::MAX);
        document.add_u64(self.length, length);
        document
    }
}

/// A keyword or a typed code as one term: `512B-006` and `512b 006` are one.
pub(crate) fn compact(text: &str) -> String {
    units(text).into_iter().take(MAX_TERM).collect()
}

/// A facet and its value as one term.
pub(crate) fn facet_term(name: &str, value: &str) -> String {
    let value: String = value.chars().take(MAX_TERM).collect();
    format!("{name}{FACET_MARK}{value}")
}

fn sane(boost: f32) -> f32 {
    if boost.is_nan() {
        0.0
    } else {
        boost.clamp(0.0, MAX_BOOST)
    }
}

fn nearest(fields: &[(f32, Field)], weight: f32) -> Option<&(f32, Field)> {
    let distance = |of: f32| (of.log2() - weight.max(f32::MIN_POSITIVE).log2()).abs();
    fields
        .iter()
        .min_by(|(left, _), (right, _)| distance(*left).total_cmp(&distance(*right)))
}

fn bag(text: &str) -> PreTokenizedString {
    let tokens = terms(text).into_iter().enumerate();
    PreTokenizedString {
        text: String::new(),
        tokens: tokens
            .map(|(position, text)| Token {
                position,
                text,
                ..Token::default()
            })
            .collect(),
    }
}

fn sequence_field(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, indexed(IndexRecordOption::WithFreqsAndPositions))
}

fn words_field(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, indexed(IndexRecordOption::WithFreqs))
}

/// Texts arrive cut into tokens already, so the engine's tokenizer never runs.
fn indexed(option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}
