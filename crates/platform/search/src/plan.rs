//! Turns typed text into what an entry is judged by. The text is only ever looked up as terms;
//! nothing in it is syntax. Names are judged here, each once; what stands in bodies and codes is
//! left to the entries.

use std::ops::Bound;

use tantivy::query::{BooleanQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::SearchError;
use crate::entry::MAX_TEXT;
use crate::fields::{Fields, compact, is_code};
use crate::names::{NameFields, numbers};
use crate::phrase::{Place, phrase};
use crate::rank::Level;
use crate::words::{Atom, atoms, in_pieces, pairs};

/// Weight of a word in the title, beside 0.5 to 4 for the body.
pub(crate) const TITLE: f32 = 8.0;

/// Weight of a word in a keyword.
pub(crate) const KEYWORD: f32 = 4.0;

/// Words that are looked at; a text of 100 characters rarely has more.
const MOST_WORDS: usize = 64;

/// Words of letters and digits that are looked at: each is the beginning of many.
const MOST_LETTERS: usize = 8;

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

    /// The typed code, if it is one.
    pub(crate) fn code(&self) -> Option<String> {
        is_code(&self.typed).then(|| compact(&self.typed))
    }
}

/// How well a name fits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fit {
    /// As a title.
    pub title: Level,
    /// As a keyword.
    pub keyword: Level,
    /// The words in it, a bit each.
    pub words: u64,
    /// The pieces in it, a bit each.
    pub pieces: u64,
    /// How much its words tell.
    pub worth: f32,
}

/// A word as bodies are asked for it.
pub(crate) struct Word {
    /// How much it tells.
    pub worth: f32,
    /// Its bit.
    pub bit: u64,
    /// Whether it is the beginning of words: see [`crate::wide`].
    pub wide: bool,
    /// What finds it, with the weight of the text it stands in.
    pub anywhere: Vec<(f32, Clause)>,
}

/// What entries are judged by.
#[derive(Default)]
pub(crate) struct Plan {
    /// Whether nothing is asked for: everything fits.
    pub blank: bool,
    /// How well each name fits, by its number.
    pub fits: Vec<Fit>,
    /// The words in bodies.
    pub words: Vec<Word>,
    /// All words, a bit each.
    pub all: u64,
    /// The pieces in bodies, where they are others than the words.
    pub pieces: Option<Vec<Word>>,
    /// How many pieces are the least that can be meant by "some".
    pub half: u32,
    /// The typed code, if it is one.
    pub code: Option<String>,
}

/// Judges the names.
pub(crate) fn plan(
    fields: (&Fields, &NameFields),
    names: &Searcher,
    asked: &Asked,
    count: usize,
) -> Result<Plan, SearchError> {
    let typed = asked.typed.as_str();
    let blank = typed.is_empty();
    let mut words = atoms(typed);
    words.truncate(MOST_WORDS);
    let mut letters = 0;
    words.retain(|atom| {
        letters += usize::from(matches!(atom, Atom::Letters(_)));
        letters <= MOST_LETTERS || matches!(atom, Atom::Word(_))
    });
    let marks = |unit: char| !unit.is_alphanumeric() && !unit.is_whitespace();
    if blank || words.is_empty() && typed.contains(marks) {
        // Only symbols, or letters that they part: nothing is called that.
        return Ok(Plan {
            blank,
            ..Plan::default()
        });
    }
    let (fields, of_names) = fields;
    let mut judge = Judge {
        fields: of_names,
        names,
        fits: vec![Fit::default(); count],
    };
    let mut pieces = in_pieces(&words);
    pieces.truncate(MOST_WORDS);
    let same_pieces = pieces == words;
    let (asked_words, all) = judge.words(fields, &words, |fit, bit, worth| {
        fit.words |= bit;
        if same_pieces {
            fit.pieces |= bit;
        }
        fit.worth += worth;
    })?;
    let asked_pieces = if same_pieces {
        None
    } else {
        let (pieces, _) = judge.words(fields, &pieces, |fit, bit, _| fit.pieces |= bit)?;
        Some(pieces)
    };
    for fit in judge
        .fits
        .iter_mut()
        .filter(|fit| all != 0 && fit.words == all)
    {
        fit.title = fit.title.max(Level::ALL_IN_TITLE);
    }
    judge.called(typed)?;
    for text in &asked.same {
        judge.alike(text, Level::SAME_PIECE, Level::SAME_WORDS)?;
    }
    for text in &asked.meant {
        judge.alike(text, Level::MEANT_PIECE, Level::MEANT_WORDS)?;
    }
    Ok(Plan {
        blank,
        fits: judge.fits,
        words: asked_words,
        all,
        half: u32::try_from(pieces.len().div_ceil(2)).unwrap_or(u32::MAX),
        pieces: asked_pieces,
        code: asked.code(),
    })
}

/// The names that are called so, by questions of one kind after the other: those that hold the text,
/// and those that hold all its words. Single characters are no words: a slip falls to pieces into
/// them.
pub(crate) fn called_so(
    fields: &NameFields,
    names: &Searcher,
    asked: &Asked,
) -> Result<Vec<u32>, SearchError> {
    let mut found = Vec::new();
    for text in std::iter::once(&asked.typed).chain(&asked.same) {
        let has_piece = |atom: &Atom| matches!(atom, Atom::Word(word) if word.chars().count() < 2);
        if let Some(query) = phrase(fields.sequence, text, Place::Anywhere) {
            found.extend(numbers(names, &*query)?);
        }
        let words = atoms(text);
        if !words.is_empty() && !words.iter().any(has_piece) {
            found.extend(numbers(names, &*all_words(fields, &words))?);
        }
    }
    Ok(found)
}

struct Judge<'a> {
    fields: &'a NameFields,
    names: &'a Searcher,
    fits: Vec<Fit>,
}

impl Judge<'_> {
    fn each(&mut self, query: &dyn Query, judge: impl Fn(&mut Fit)) -> Result<usize, SearchError> {
        let found = numbers(self.names, query)?;
        for number in &found {
            if let Some(fit) = usize::try_from(*number)
                .ok()
                .and_then(|at| self.fits.get_mut(at))
            {
                judge(fit);
            }
        }
        Ok(found.len())
    }

    /// Marks the words in names; gives them as bodies are asked, and the bits of all.
    fn words(
        &mut self,
        fields: &Fields,
        words: &[Atom],
        mark: impl Fn(&mut Fit, u64, f32),
    ) -> Result<(Vec<Word>, u64), SearchError> {
        let (mut asked, mut all) = (Vec::new(), 0);
        for (place, atom) in words.iter().enumerate() {
            let bit = 1_u64 << place;
            all |= bit;
            let query = within(self.fields.words, Some(self.fields.sequence), atom);
            let found = numbers(self.names, &*query)?;
            let worth = telling(found.len(), self.fits.len());
            for number in &found {
                let at = usize::try_from(*number).ok();
                if let Some(fit) = at.and_then(|at| self.fits.get_mut(at)) {
                    mark(fit, bit, worth);
                }
            }
            let bodies = fields.body.iter();
            asked.push(Word {
                worth,
                bit,
                wide: matches!(atom, Atom::Letters(_)),
                anywhere: bodies
                    .map(|(weight, field)| (*weight, within(*field, None, atom)))
                    .collect(),
            });
        }
        Ok((asked, all))
    }

    /// The typed text as one piece.
    fn called(&mut self, typed: &str) -> Result<(), SearchError> {
        let places = [
            (Place::Anywhere, Level::PIECE, Level::PIECE),
            (Place::Beginning, Level::BEGINNING, Level::PIECE),
            (Place::Whole, Level::EXACT, Level::BEGINNING),
        ];
        for (place, title, keyword) in places {
            let Some(query) = phrase(self.fields.sequence, typed, place) else {
                continue;
            };
            let found = self.each(&*query, |fit| {
                fit.title = fit.title.max(title);
                fit.keyword = fit.keyword.max(keyword);
            })?;
            // What is nowhere is not at the beginning either.
            if found == 0 {
                break;
            }
        }
        Ok(())
    }

    /// A text anywhere in names, and its words in titles.
    fn alike(&mut self, text: &str, piece: Level, words: Level) -> Result<(), SearchError> {
        if let Some(query) = phrase(self.fields.sequence, text, Place::Anywhere) {
            self.each(&*query, |fit| {
                fit.title = fit.title.max(piece);
                fit.keyword = fit.keyword.max(piece);
            })?;
        }
        let atoms = atoms(text);
        if !atoms.is_empty() {
            let query = all_words(self.fields, &atoms);
            self.each(&*query, |fit| fit.title = fit.title.max(words))?;
        }
        Ok(())
    }
}

/// What a word tells: the fewer names have it, the more.
fn telling(found: usize, of: usize) -> f32 {
    let number = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    (1.0 + number(of) / (number(found) + 1.0)).ln()
}

fn all_words(fields: &NameFields, words: &[Atom]) -> Clause {
    let each = words
        .iter()
        .map(|atom| within(fields.words, Some(fields.sequence), atom));
    Box::new(BooleanQuery::intersection(each.collect()))
}

/// One word in one text: by its terms, and letters as pinyin where the text is
/// a name.
fn within(words: Field, sequence: Option<Field>, atom: &Atom) -> Clause {
    match atom {
        Atom::Letters(letters) => {
            let mut clauses = vec![beginning(words, letters)];
            clauses.extend(sequence.and_then(|field| phrase(field, letters, Place::Anywhere)));
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

fn term(field: Field, text: &str) -> Clause {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// All terms that begin so.
pub(crate) fn beginning(field: Field, text: &str) -> Clause {
    let above = format!("{text}{}", char::MAX);
    Box::new(RangeQuery::new(
        Bound::Included(Term::from_field_text(field, text)),
        Bound::Excluded(Term::from_field_text(field, &above)),
    ))
}
