//! The engine's schema of entries and how one is written into it.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::Entry;
use crate::numbers::Numbers;
use crate::text::units;
use crate::words::terms;

/// Names of the columns that ranking and counting read.
pub(crate) const ID: &str = "id";
pub(crate) const TITLE: &str = "title";
pub(crate) const NAMES: &str = "names";
pub(crate) const BOOST: &str = "boost";
pub(crate) const LENGTH: &str = "length";
pub(crate) const FACETS: &str = "facets";

/// The weights that body texts are rounded to, each a field of its own: the
/// engine keeps no weight per text.
const WEIGHTS: [f32; 4] = [4.0, 2.0, 1.0, 0.5];

/// A term may hold 64 KiB; whole keywords stay far below.
const MAX_TERM: usize = 1_000;

/// Boosts stay far below the step between two levels of rank.
const MAX_BOOST: f32 = 1_000.0;

/// Beginnings of codes that are terms of their own, in characters: what is typed of a code is no
/// more than a few terms away from one of them.
const STARTS: [usize; 6] = [2, 4, 6, 8, 10, 12];

/// Handles to the engine's fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    /// Number of the title.
    pub(crate) title: Field,
    /// Numbers of the keywords that are names.
    pub(crate) names: Field,
    /// Every keyword that is a code, as one term without blanks and punctuation, and what of it
    /// begins behind a dash.
    pub(crate) codes: Field,
    /// How codes begin: [`STARTS`].
    pub(crate) starts: Field,
    /// Words of the body by weight.
    pub(crate) body: Vec<(f32, Field)>,
    /// Numbers of the facets.
    pub(crate) facets: Field,
    boost: Field,
    length: Field,
}

/// An entry's names by their numbers.
pub(crate) struct Named {
    /// Of its title.
    pub title: u32,
    /// Of its keywords that are names.
    pub keywords: Vec<u32>,
}

impl Fields {
    /// The schema and its handles.
    pub(crate) fn build() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field(ID, STRING | FAST),
            title: schema.add_u64_field(TITLE, INDEXED | FAST),
            names: schema.add_u64_field(NAMES, INDEXED | FAST),
            codes: schema.add_text_field("codes", STRING),
            starts: schema.add_text_field("starts", STRING),
            body: WEIGHTS
                .into_iter()
                .map(|weight| (weight, words_field(&mut schema, &format!("body_{weight}"))))
                .collect(),
            facets: schema.add_u64_field(FACETS, INDEXED | FAST),
            boost: schema.add_f64_field(BOOST, FAST),
            length: schema.add_u64_field(LENGTH, FAST),
        };
        (schema.build(), fields)
    }

    /// An entry as the engine's document.
    pub(crate) fn document(
        &self,
        entry: &Entry,
        named: &Named,
        numbers: &Numbers,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &entry.id);
        document.add_u64(self.title, u64::from(named.title));
        for number in &named.keywords {
            document.add_u64(self.names, u64::from(*number));
        }
        for keyword in entry.keywords.iter().filter(|keyword| is_code(keyword)) {
            for code in parts(keyword) {
                for start in STARTS {
                    document.add_text(self.starts, beginning(&code, start));
                }
                document.add_text(self.codes, code);
            }
        }
        for (weight, text) in &entry.body {
            if let Some((_, field)) = nearest(&self.body, *weight) {
                document.add_pre_tokenized_text(*field, bag(text));
            }
        }
        for number in numbers.facets_of(entry) {
            document.add_u64(self.facets, u64::from(number));
        }
        document.add_f64(self.boost, f64::from(sane(entry.boost)));
        let length = u64::try_from(units(&entry.title).len()).unwrap_or(u64::MAX);
        document.add_u64(self.length, length);
        document
    }
}

/// Whether a keyword, or what was typed, is a code: letters and digits alone, one digit at least.
/// Anything else is a name.
pub(crate) fn is_code(text: &str) -> bool {
    let units = units(text);
    units.iter().all(char::is_ascii_alphanumeric) && units.iter().any(char::is_ascii_digit)
}

/// A keyword or a typed code as one term: `512B-006` and `512b 006` are one.
pub(crate) fn compact(text: &str) -> String {
    units(text).into_iter().take(MAX_TERM).collect()
}

/// The terms that what was typed of a code stands before: those of the shortest beginning that is no
/// shorter, as their common start; none where the whole codes have to be looked through.
pub(crate) fn started(code: &str) -> Option<String> {
    let length = code.chars().count();
    let start = STARTS.into_iter().find(|start| *start >= length)?;
    Some(format!("{start:02}{code}"))
}

/// A code, and what of it begins behind a dash.
fn parts(keyword: &str) -> Vec<String> {
    let dashes = keyword.match_indices(['-', '_', '/', '.']);
    let places = std::iter::once(0).chain(dashes.map(|(at, mark)| at + mark.len()));
    let mut parts: Vec<String> = places
        .filter_map(|at| Some(compact(keyword.get(at..)?)))
        .filter(|part| !part.is_empty())
        .take(MAX_PARTS)
        .collect();
    parts.dedup();
    parts
}

/// A code has no more parts than that which somebody would begin with.
const MAX_PARTS: usize = 8;

fn beginning(code: &str, length: usize) -> String {
    let start: String = code.chars().take(length).collect();
    format!("{length:02}{start}")
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

pub(crate) fn bag(text: &str) -> PreTokenizedString {
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

fn words_field(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, indexed(IndexRecordOption::Basic))
}

/// Texts arrive cut into tokens already, so the engine's tokenizer never runs.
pub(crate) fn indexed(option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}
