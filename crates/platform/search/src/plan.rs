//! Turns typed text into a query of the engine. The text is only ever looked
//! up as terms; nothing in it is syntax.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::entry::MAX_TEXT;
use crate::fields::{Fields, compact, facet_term};
use crate::phrase::{Place, phrase};
use crate::rank::{STEP, Tier};
use crate::words::{Atom, atoms, in_pieces, pairs};

/// Weight of a word in the title, beside 0.5 to 4 for the body.
const TITLE: f32 = 8.0;

/// Weight of a word in a keyword.
const KEYWORD: f32 = 4.0;

type Clause = Box<dyn Query>;

/// What the typed text asks for.
pub(crate) fn matching(fields: &Fields, typed: &str) -> Clause {
    let typed: String = typed.trim().chars().take(MAX_TEXT).collect();
    if typed.is_empty() {
        return Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
    }
    let atoms = atoms(&typed);
    if atoms.is_empty() {
        // Only symbols: nothing is called that.
        return Box::new(EmptyQuery);
    }
    let mut tiers = names(fields, &typed);
    tiers.extend(by_words(fields, &atoms));
    let scores = atoms
        .iter()
        .map(|atom| (Occur::Should, anywhere(fields, atom)));
    let best: Clause = Box::new(DisjunctionMaxQuery::new(tiers));
    Box::new(BooleanQuery::new(
        std::iter::once((Occur::Must, best)).chain(scores).collect(),
    ))
}

/// Keeps only what passes all filters.
pub(crate) fn filtered(fields: &Fields, matching: Clause, filters: &[(String, String)]) -> Clause {
    let mut clauses = vec![(Occur::Must, matching)];
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in filters {
        if seen.contains(&name.as_str()) {
            continue;
        }
        seen.push(name);
        let alternatives = filters.iter().filter(|(other, _)| other == name);
        let values = alternatives
            .map(|(name, value)| term(fields.facets, &facet_term(name, value)))
            .collect();
        let any: Clause = Box::new(BooleanQuery::union(values));
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(any, 0.0))));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// The typed text as one piece: in titles, in keywords, as the start of a code.
fn names(fields: &Fields, typed: &str) -> Vec<Clause> {
    let places = [
        (fields.title, Place::Whole, Tier::Exact),
        (fields.title, Place::Beginning, Tier::Beginning),
        (fields.title, Place::Anywhere, Tier::Piece),
        (fields.names, Place::Whole, Tier::Beginning),
        (fields.names, Place::Anywhere, Tier::Piece),
    ];
    let mut tiers: Vec<Clause> = places
        .into_iter()
        .filter_map(|(field, place, tier)| Some(at(tier, phrase(field, typed, place)?)))
        .collect();
    let code = compact(typed);
    tiers.push(at(Tier::Beginning, term(fields.codes, &code)));
    tiers.push(at(Tier::Piece, beginning(fields.codes, &code)));
    tiers
}

/// The typed text word by word.
fn by_words(fields: &Fields, atoms: &[Atom]) -> [Clause; 3] {
    let in_title = atoms.iter().map(|atom| title(fields, atom)).collect();
    let everywhere = atoms.iter().map(|atom| anywhere(fields, atom)).collect();
    let pieces = in_pieces(atoms);
    // Half of what was asked for is the least that can be meant by "some".
    let half = pieces.len().div_ceil(2);
    let some = pieces.iter().map(|piece| anywhere(fields, piece)).collect();
    [
        at(
            Tier::AllInTitle,
            Box::new(BooleanQuery::intersection(in_title)),
        ),
        at(Tier::All, Box::new(BooleanQuery::intersection(everywhere))),
        at(
            Tier::Some,
            Box::new(BooleanQuery::union_with_minimum_required_clauses(
                some, half,
            )),
        ),
    ]
}

fn anywhere(fields: &Fields, atom: &Atom) -> Clause {
    let mut clauses = vec![weighted(title(fields, atom), TITLE)];
    let names = within(fields.name_words, Some(fields.names), atom);
    clauses.push(weighted(names, KEYWORD));
    for (weight, field) in &fields.body {
        clauses.push(weighted(within(*field, None, atom), *weight));
    }
    Box::new(BooleanQuery::union(clauses))
}

fn title(fields: &Fields, atom: &Atom) -> Clause {
    within(fields.title_words, Some(fields.title), atom)
}

/// One word in one text: by its terms, and letters as pinyin where the text is
/// a name.
fn within(words: Field, sequence: Option<Field>, atom: &Atom) -> Clause {
    match atom {
        Atom::Letters(letters) => {
            let mut clauses = vec![beginning(words, letters)];
            let pinyin = sequence.and_then(|field| phrase(field, letters, Place::Anywhere));
            clauses
                .extend(pinyin.map(|query| Box::new(ConstScoreQuery::new(query, 1.0)) as Clause));
            Box::new(BooleanQuery::union(clauses))
        }
        Atom::Word(word) if word.chars().count() > 2 => {
            let pieces = pairs(word).map(|pair| term(words, &pair)).collect();
            let pieces: Clause = Box::new(BooleanQuery::intersection(pieces));
            Box::new(BooleanQuery::union(vec![term(words, word), pieces]))
        }
        Atom::Word(word) => term(words, word),
    }
}

fn at(tier: Tier, query: Clause) -> Clause {
    Box::new(ConstScoreQuery::new(query, tier.number() * STEP))
}

fn weighted(query: Clause, weight: f32) -> Clause {
    Box::new(BoostQuery::new(query, weight))
}

fn term(field: Field, text: &str) -> Clause {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// All terms that begin so.
fn beginning(field: Field, text: &str) -> Clause {
    let above = format!("{text}{}", char::MAX);
    Box::new(RangeQuery::new(
        Bound::Included(Term::from_field_text(field, text)),
        Bound::Excluded(Term::from_field_text(field, &above)),
    ))
}
