//! Turns typed text into a query of the engine. The text is only ever looked
//! up as terms; nothing in it is syntax.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};

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

/// What is asked for: as typed, and in other words.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    typed: String,
    /// The same in words that count as the same.
    pub(crate) same: Vec<String>,
    /// What may have been meant.
    pub(crate) meant: Vec<String>,
}

impl Asked {
    pub(crate) fn new(typed: &str) -> Self {
        Self {
            typed: typed.trim().chars().take(MAX_TEXT).collect(),
            ..Self::default()
        }
    }

    pub(crate) fn typed(&self) -> &str {
        &self.typed
    }

    /// What was typed without fillers, where that is something else.
    pub(crate) fn gist(&self) -> Option<String> {
        let words = atoms(&self.typed).into_iter().map(|atom| match atom {
            Atom::Word(text) | Atom::Letters(text) => text,
        });
        let gist: String = words.collect();
        (gist != compact(&self.typed)).then_some(gist)
    }
}

/// Whatever is called so, as one question after the other: names that hold the text, and titles that
/// hold all its words. Single characters are no words: a slip falls to pieces into them.
pub(crate) fn called_so<'a>(
    fields: &'a Fields,
    asked: &'a Asked,
) -> impl Iterator<Item = Clause> + 'a {
    let texts = std::iter::once(&asked.typed).chain(&asked.same);
    let names = texts.flat_map(|text| {
        let has_piece = |atom: &Atom| matches!(atom, Atom::Word(word) if word.chars().count() < 2);
        let is_weak = atoms(text).iter().any(has_piece);
        let asked = by_name(fields, text).into_iter();
        asked.filter(move |(tier, _)| !is_weak || *tier != Tier::AllInTitle)
    });
    names.map(|(_, query)| query)
}

/// What is asked for.
pub(crate) fn matching(fields: &Fields, asked: &Asked) -> Clause {
    let typed = asked.typed.as_str();
    if typed.is_empty() {
        return Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
    }
    let atoms = atoms(typed);
    if atoms.is_empty() {
        // Only symbols: nothing is called that.
        return Box::new(EmptyQuery);
    }
    let mut tiers = names(fields, typed);
    tiers.extend(by_words(fields, &atoms));
    // Half a step below what was typed, and above the next tier.
    let same = asked.same.iter().flat_map(|text| by_name(fields, text));
    tiers.extend(same.map(|(tier, query)| scored(tier.number() - 0.5, query)));
    let meant = asked.meant.iter().flat_map(|text| by_name(fields, text));
    tiers.extend(meant.map(|(tier, query)| scored(slipped(tier), query)));
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

/// A text anywhere in names, and its words in titles. Where in a name it stands is asked for what was
/// typed only: every further place costs a walk through long lists.
fn by_name(fields: &Fields, text: &str) -> Vec<(Tier, Clause)> {
    let here = |field| Some((Tier::Piece, phrase(field, text, Place::Anywhere)?));
    let mut tiers: Vec<(Tier, Clause)> = [fields.title, fields.names]
        .into_iter()
        .filter_map(here)
        .collect();
    let words = atoms(text);
    if !words.is_empty() {
        let in_title = words.iter().map(|atom| title(fields, atom)).collect();
        let all: Clause = Box::new(BooleanQuery::intersection(in_title));
        tiers.push((Tier::AllInTitle, all));
    }
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
    scored(tier.number(), query)
}

fn scored(steps: Score, query: Clause) -> Clause {
    Box::new(ConstScoreQuery::new(query, steps * STEP))
}

/// Where what may have been meant stands: below everything that holds all the words that were
/// typed, above what holds some of them, and among itself in the usual order.
fn slipped(tier: Tier) -> Score {
    Tier::Some.number() + 0.2 + tier.number() / 10.0
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
