//! Names as sequences: a title is one token stream with a start and an end
//! mark, where every position holds all tokens of one character. One phrase
//! query then covers substring, pinyin, initials and any mixture of them.

use tantivy::Term;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{PreTokenizedString, Token};

use crate::reading::{cuts, tokens};
use crate::text::units;

/// Stands before the first character; no character folds to it.
const START: &str = "^";

/// Stands behind the last character.
const END: &str = "$";

/// Longer names are found by their first characters only.
const MAX_UNITS: usize = 256;

/// Where in a name the typed text has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the whole name.
    Whole,
    /// The name begins with it.
    Beginning,
    /// The name contains it.
    Anywhere,
}

/// A name ready for the index.
pub(crate) fn sequence(name: &str) -> PreTokenizedString {
    let units: Vec<char> = units(name).into_iter().take(MAX_UNITS).collect();
    let mut sequence = vec![token(0, START.to_owned())];
    for (at, unit) in units.iter().enumerate() {
        sequence.extend(tokens(*unit).into_iter().map(|text| token(at + 1, text)));
    }
    sequence.push(token(units.len() + 1, END.to_owned()));
    PreTokenizedString {
        text: String::new(),
        tokens: sequence,
    }
}

/// Asks for the typed text as one piece. `None` if it holds nothing to ask for.
pub(crate) fn phrase(field: Field, typed: &str, place: Place) -> Option<Box<dyn Query>> {
    let units = units(typed);
    if units.is_empty() {
        return None;
    }
    let ways = cuts(&units).into_iter();
    let queries = ways.map(|cut| one_way(field, cut, place)).collect();
    Some(Box::new(BooleanQuery::union(queries)))
}

fn one_way(field: Field, cut: Vec<String>, place: Place) -> Box<dyn Query> {
    let start = (place != Place::Anywhere).then(|| START.to_owned());
    let end = (place == Place::Whole).then(|| END.to_owned());
    let mut terms: Vec<Term> = start
        .into_iter()
        .chain(cut)
        .chain(end)
        .map(|token| Term::from_field_text(field, &token))
        .collect();
    if terms.len() > 1 {
        return Box::new(PhraseQuery::new(terms));
    }
    // A phrase query of one term panics; `cut` is never empty here.
    let term = terms
        .pop()
        .unwrap_or_else(|| Term::from_field_text(field, END));
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn token(position: usize, text: String) -> Token {
    Token {
        position,
        text,
        ..Token::default()
    }
}
