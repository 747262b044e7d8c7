//! Judges the entries of a stretch of a segment: what fits is ranked and its facets are counted, in
//! one walk. Names were judged before; what is looked up per entry is in rows of their own.

use std::collections::BinaryHeap;
use std::ops::{Bound, Range};

use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

use crate::SearchError;
use crate::columns::Columns;
use crate::cursor::Cursor;
use crate::fields::{Fields, started};
use crate::plan::{Fit, KEYWORD, Plan, TITLE, Word};
use crate::rank::{Candidate, Level, rank};
use crate::wide::{At, Wide, mark, none};

/// Facets that one question filters by, at most; each is a bit.
pub(crate) const MOST_FILTERS: usize = 16;

/// What a page is asked for.
pub(crate) struct Page<'a> {
    pub plan: &'a Plan,
    /// Values of each facet that is filtered by; what has none of them does not pass.
    pub filters: &'a [Filter],
    /// The facet of every facet value, by its number; empty where none is counted.
    pub facet_of: &'a [u16],
    pub limit: usize,
    pub after: Option<&'a Cursor>,
    /// What is found once for each segment.
    pub wide: &'a Wide,
}

/// A filter: one of these values.
pub(crate) struct Filter {
    /// Place of the facet.
    pub facet: u16,
    /// Numbers of the values.
    pub values: Vec<u32>,
}

/// A segment as searches read it.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// Its place among the segments.
    pub at: usize,
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
    pub reader: &'a SegmentReader,
    pub columns: &'a Columns,
}

/// What is looked up for the entries of a stretch; a row that nothing is written to stays empty.
struct Rows {
    /// First entry of the stretch.
    from: DocId,
    /// Words in bodies.
    words: Vec<u64>,
    /// Pieces in bodies.
    pieces: Vec<u64>,
    /// What the words in bodies tell.
    worth: Vec<f32>,
    /// Codes.
    level: Vec<Level>,
    /// Filters that are passed.
    passed: Vec<u16>,
}

impl Segment<'_> {
    /// Judges the entries of a stretch. What fits is counted in `counts`, by the numbers of facet
    /// values: where one filter keeps an entry out, only the values of its facet count.
    pub(crate) fn judge(
        self,
        page: &Page<'_>,
        range: Range<DocId>,
        counts: &mut [u32],
    ) -> Result<Vec<Cursor>, SearchError> {
        let rows = self.rows(page, &range)?;
        let after = match (page.after, &self.columns.ids) {
            (Some(cursor), Some(ids)) => Some((cursor.rank, first_behind(ids, &cursor.id)?)),
            _ => None,
        };
        let every =
            (0..page.filters.len().min(MOST_FILTERS)).fold(0_u16, |bits, at| bits | 1 << at);
        let alive = self.reader.alive_bitset();
        let mut best = BinaryHeap::new();
        for doc in range {
            if alive.is_some_and(|alive| !alive.is_alive(doc)) {
                continue;
            }
            let missing = every & !get(&rows.passed, rows.place(doc));
            if missing.count_ones() > 1 {
                continue;
            }
            let Some((level, worth)) = self.fit(page.plan, &rows, doc) else {
                continue;
            };
            let at = doc as usize;
            if missing == 0 {
                if !page.facet_of.is_empty() {
                    for value in self.columns.facets.of(at) {
                        add(counts, *value);
                    }
                }
                self.compete(page.limit, after, (doc, level, worth), &mut best);
            } else if !page.facet_of.is_empty() {
                let filter = page.filters.get(missing.trailing_zeros() as usize);
                for value in self.columns.facets.of(at) {
                    let facet = page.facet_of.get(*value as usize);
                    if facet == filter.map(|filter| &filter.facet) {
                        add(counts, *value);
                    }
                }
            }
        }
        let best = best.into_sorted_vec();
        best.into_iter().map(|hit| self.cursor(hit)).collect()
    }

    fn cursor(self, hit: Candidate) -> Result<Cursor, SearchError> {
        let mut id = String::new();
        if let Some(ids) = &self.columns.ids {
            ids.ord_to_str(hit.id, &mut id)?;
        }
        Ok(Cursor { rank: hit.rank, id })
    }

    fn compete(
        self,
        limit: usize,
        after: Option<(f64, u64)>,
        (doc, level, worth): (DocId, Level, f32),
        best: &mut BinaryHeap<Candidate>,
    ) {
        let at = doc as usize;
        let length = get(&self.columns.length, at);
        let rank = rank(level, length, worth, get(&self.columns.boost, at));
        let full = best.len() >= limit;
        if full && best.peek().is_some_and(|worst| rank < worst.rank) {
            return;
        }
        if after.is_some_and(|(last, _)| rank > last) {
            return;
        }
        let ids = self.columns.ids.as_ref();
        let Some(id) = ids.and_then(|ids| ids.ords().first(doc)) else {
            return;
        };
        #[expect(clippy::float_cmp, reason = "the exact bits travelled")]
        if after.is_some_and(|(last, first)| rank == last && id < first) {
            return;
        }
        best.push(Candidate { rank, id });
        if best.len() > limit {
            best.pop();
        }
    }

    /// How well an entry fits, and what its words tell.
    fn fit(self, plan: &Plan, rows: &Rows, doc: DocId) -> Option<(Level, f32)> {
        if plan.blank {
            return Some((Level::NONE, 0.0));
        }
        let (at, place) = (doc as usize, rows.place(doc));
        let of = |number: u32| get(&plan.fits, number as usize);
        let title: Fit = of(get(&self.columns.title, at));
        let mut level = title.title.max(get(&rows.level, place));
        let mut words = title.words | get(&rows.words, place);
        let mut pieces = title.pieces | get(&rows.pieces, place);
        let mut worth = TITLE * title.worth + get(&rows.worth, place);
        for name in self.columns.names.of(at) {
            let keyword = of(*name);
            level = level.max(keyword.keyword);
            words |= keyword.words;
            pieces |= keyword.pieces;
            worth += KEYWORD * keyword.worth;
        }
        if plan.pieces.is_none() {
            pieces = words;
        }
        if plan.all != 0 && words == plan.all {
            level = level.max(Level::ALL);
        } else if plan.half > 0 && pieces.count_ones() >= plan.half {
            level = level.max(Level::SOME);
        }
        (level > Level::NONE).then_some((level, worth))
    }

    fn rows(self, page: &Page<'_>, range: &Range<DocId>) -> Result<Rows, SearchError> {
        let plan = page.plan;
        let mut rows = Rows {
            from: range.start,
            words: Vec::new(),
            pieces: Vec::new(),
            worth: Vec::new(),
            level: Vec::new(),
            passed: Vec::new(),
        };
        let length = range.len();
        let at = |piece: bool, word: usize| At {
            segment: self.at,
            piece,
            word,
            text: 0,
        };
        for (number, word) in plan.words.iter().enumerate() {
            let Rows { words, worth, .. } = &mut rows;
            self.word(page, (at(false, number), word), range, |place, tells| {
                if words.is_empty() {
                    words.resize(length, 0);
                    worth.resize(length, 0.0);
                }
                put(words, place, |bits| *bits |= word.bit);
                put(worth, place, |worth| *worth += tells);
            })?;
        }
        for (number, piece) in plan.pieces.iter().flatten().enumerate() {
            let pieces = &mut rows.pieces;
            self.word(page, (at(true, number), piece), range, |place, _| {
                if pieces.is_empty() {
                    pieces.resize(length, 0);
                }
                put(pieces, place, |bits| *bits |= piece.bit);
            })?;
        }
        if let Some(code) = &plan.code {
            self.codes(code, range, &mut rows.level)?;
        }
        for (bit, filter) in page.filters.iter().take(MOST_FILTERS).enumerate() {
            for value in &filter.values {
                let term = Term::from_field_u64(self.fields.facets, u64::from(*value));
                let passed = &mut rows.passed;
                self.term(self.fields.facets, &term, range, |place| {
                    if passed.is_empty() {
                        passed.resize(length, 0);
                    }
                    put(passed, place, |bits| *bits |= 1 << bit);
                })?;
            }
        }
        Ok(rows)
    }

    fn word(
        self,
        page: &Page<'_>,
        (at, word): (At, &Word),
        range: &Range<DocId>,
        mut found: impl FnMut(usize, f32),
    ) -> Result<(), SearchError> {
        for (text, (weight, query)) in word.anywhere.iter().enumerate() {
            let tells = weight * word.worth;
            if word.wide {
                let at = At { text, ..at };
                let find = || self.all(&**query);
                page.wide
                    .walk(at, range, find, |place| found(place, tells))?;
            } else {
                let mut scorer = self.scorer(&**query)?;
                walk(&mut *scorer, range, |place| found(place, tells));
            }
        }
        Ok(())
    }

    fn scorer(self, query: &dyn Query) -> Result<Box<dyn Scorer>, SearchError> {
        let scoring = EnableScoring::disabled_from_searcher(self.searcher);
        Ok(query.weight(scoring)?.scorer(self.reader, 1.0)?)
    }

    /// Every entry that a query finds.
    fn all(self, query: &dyn Query) -> Result<Vec<u64>, SearchError> {
        let mut bits = none(self.reader.max_doc());
        let mut scorer = self.scorer(query)?;
        walk(&mut *scorer, &(0..self.reader.max_doc()), |doc| {
            mark(&mut bits, u32::try_from(doc).unwrap_or(u32::MAX));
        });
        Ok(bits)
    }

    /// Codes that are what was typed, or begin with it.
    fn codes(
        self,
        code: &str,
        range: &Range<DocId>,
        level: &mut Vec<Level>,
    ) -> Result<(), SearchError> {
        let length = range.len();
        let mut mark = |place, with: Level| {
            if level.is_empty() {
                level.resize(length, Level::NONE);
            }
            put(level, place, |level| *level = (*level).max(with));
        };
        let Fields { codes, starts, .. } = self.fields;
        let (field, prefix) = match started(code) {
            Some(start) => (*starts, start),
            None => (*codes, code.to_owned()),
        };
        let index = self.reader.inverted_index(field)?;
        let above = format!("{prefix}{}", char::MAX);
        let terms = index.terms().range();
        let mut terms = terms
            .ge(prefix.as_bytes())
            .lt(above.as_bytes())
            .into_stream()?;
        while let Some((_, info)) = terms.next() {
            let option = IndexRecordOption::Basic;
            let mut found = index.read_postings_from_terminfo(info, option)?;
            walk(&mut found, range, |place| mark(place, Level::PIECE));
        }
        let term = Term::from_field_text(*codes, code);
        self.term(*codes, &term, range, |place| mark(place, Level::BEGINNING))
    }

    fn term(
        self,
        field: Field,
        term: &Term,
        range: &Range<DocId>,
        found: impl FnMut(usize),
    ) -> Result<(), SearchError> {
        let index = self.reader.inverted_index(field)?;
        if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
            walk(&mut postings, range, found);
        }
        Ok(())
    }

    /// Whether an entry that is there bears one of these names.
    pub(crate) fn bears_any(self, names: &[u32]) -> Result<bool, SearchError> {
        for field in [self.fields.title, self.fields.names] {
            let index = self.reader.inverted_index(field)?;
            for name in names {
                let term = Term::from_field_u64(field, u64::from(*name));
                let Some(mut found) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while found.doc() != TERMINATED {
                    if !self.reader.is_deleted(found.doc()) {
                        return Ok(true);
                    }
                    found.advance();
                }
            }
        }
        Ok(false)
    }
}

impl Rows {
    fn place(&self, doc: DocId) -> usize {
        (doc - self.from) as usize
    }
}

/// Every entry of the stretch that a set holds, by its place in the stretch.
fn walk(set: &mut (impl DocSet + ?Sized), range: &Range<DocId>, mut found: impl FnMut(usize)) {
    let mut at = set.doc();
    if at < range.start {
        at = set.seek(range.start);
    }
    while at < range.end {
        found((at - range.start) as usize);
        at = set.advance();
    }
}

fn get<T: Copy + Default>(row: &[T], at: usize) -> T {
    row.get(at).copied().unwrap_or_default()
}

fn put<T>(row: &mut [T], at: usize, change: impl FnOnce(&mut T)) {
    if let Some(value) = row.get_mut(at) {
        change(value);
    }
}

fn add(counts: &mut [u32], value: u32) {
    put(counts, value as usize, |count| *count += 1);
}

/// The ordinal of the first id of a segment that sorts behind the given one.
fn first_behind(ids: &StrColumn, id: &str) -> tantivy::Result<u64> {
    let bounds = ids
        .dictionary()
        .term_bounds_to_ord(Bound::Excluded(id), Bound::Unbounded)?;
    Ok(match bounds.0 {
        Bound::Included(ord) => ord,
        Bound::Excluded(ord) => ord.saturating_add(1),
        Bound::Unbounded => 0,
    })
}
