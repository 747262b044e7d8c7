//! The order of hits: the tier first, then closeness, words and boost, then id.
//! The collector keeps one page and can count facets on its way.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Score};

use crate::SearchError;
use crate::cursor::Cursor;
use crate::fields::{BOOST, FACETS, ID, LENGTH};

/// The distance between two tiers in the engine's score; the scores of words
/// stay far below it, and six tiers leave `f32` a precision of 0.01.
pub(crate) const STEP: Score = 16_384.0;

/// How well the typed text fits, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    Some,
    All,
    AllInTitle,
    Piece,
    Beginning,
    Exact,
}

impl Tier {
    pub(crate) fn number(self) -> Score {
        match self {
            Self::Some => 1.0,
            Self::All => 2.0,
            Self::AllInTitle => 3.0,
            Self::Piece => 4.0,
            Self::Beginning => 5.0,
            Self::Exact => 6.0,
        }
    }
}

/// The final rank. Where the text stands in the name as one piece, the shorter
/// name is the closer one; elsewhere the scores of words decide.
fn rank(score: Score, length: u64, boost: f64) -> f64 {
    let tier = (score / STEP).floor();
    let words = f64::from(score - tier * STEP);
    let length = f64::from(u32::try_from(length).unwrap_or(u32::MAX)).max(1.0);
    let within = if tier >= Tier::Piece.number() {
        100.0 / length + words / 100.0
    } else {
        words + 1.0 / length
    };
    f64::from(tier) * f64::from(STEP) + (within + boost).min(f64::from(STEP) - 1.0)
}

/// Collects one page of hits and the counts of all facets.
pub(crate) struct Page {
    pub(crate) limit: usize,
    pub(crate) after: Option<Cursor>,
    pub(crate) count_facets: bool,
}

/// What was collected: the hits, best first, and how often each facet term
/// occurs among all matches.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) hits: Vec<Cursor>,
    pub(crate) facets: BTreeMap<String, u64>,
}

impl Collector for Page {
    type Fruit = Result<Found, SearchError>;
    type Child = SegmentPage;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<SegmentPage> {
        let columns = segment.fast_fields();
        let ids = columns.str(ID)?;
        let after = match (&self.after, &ids) {
            (Some(cursor), Some(ids)) => Some((cursor.rank, first_behind(ids, &cursor.id)?)),
            _ => None,
        };
        Ok(SegmentPage {
            limit: self.limit,
            after,
            ids,
            facets: if self.count_facets {
                columns.str(FACETS)?
            } else {
                None
            },
            boost: columns.f64(BOOST)?.first_or_default_col(0.0),
            length: columns.u64(LENGTH)?.first_or_default_col(0),
            best: BinaryHeap::new(),
            counts: HashMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut all = Found::default();
        for segment in segments {
            match segment {
                Ok(found) => {
                    all.hits.extend(found.hits);
                    for (term, count) in found.facets {
                        *all.facets.entry(term).or_default() += count;
                    }
                }
                Err(error) => return Ok(Err(error)),
            }
        }
        let best_first = |left: &Cursor, right: &Cursor| {
            right
                .rank
                .total_cmp(&left.rank)
                .then_with(|| left.id.cmp(&right.id))
        };
        all.hits.sort_by(best_first);
        all.hits.truncate(self.limit);
        Ok(Ok(all))
    }
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

/// One segment's share of a page. Ids are ordinals until the end: within a
/// segment they sort like the ids.
pub(crate) struct SegmentPage {
    limit: usize,
    /// The rank of the last hit before, and the first ordinal behind its id.
    after: Option<(f64, u64)>,
    ids: Option<StrColumn>,
    facets: Option<StrColumn>,
    boost: Arc<dyn ColumnValues<f64>>,
    length: Arc<dyn ColumnValues<u64>>,
    best: BinaryHeap<Candidate>,
    counts: HashMap<u64, u64>,
}

impl SegmentCollector for SegmentPage {
    type Fruit = Result<Found, SearchError>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(facets) = &self.facets {
            for facet in facets.ords().values_for_doc(doc) {
                *self.counts.entry(facet).or_default() += 1;
            }
        }
        let Some(id) = self.ids.as_ref().and_then(|ids| ids.ords().first(doc)) else {
            return;
        };
        let rank = rank(score, self.length.get_val(doc), self.boost.get_val(doc));
        let comes_later = self
            .after
            .is_none_or(|(last, first)| match rank.total_cmp(&last) {
                Ordering::Less => true,
                Ordering::Equal => id >= first,
                Ordering::Greater => false,
            });
        if comes_later {
            self.best.push(Candidate { rank, id });
            if self.best.len() > self.limit {
                self.best.pop();
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut found = Found::default();
        for candidate in self.best.into_sorted_vec() {
            let id = spelled(self.ids.as_ref(), candidate.id)?;
            found.hits.push(Cursor {
                rank: candidate.rank,
                id,
            });
        }
        for (facet, count) in self.counts {
            found
                .facets
                .insert(spelled(self.facets.as_ref(), facet)?, count);
        }
        Ok(found)
    }
}

/// The text of an ordinal.
fn spelled(column: Option<&StrColumn>, ord: u64) -> Result<String, SearchError> {
    let mut text = String::new();
    if let Some(column) = column {
        column.ord_to_str(ord, &mut text)?;
    }
    Ok(text)
}

/// A hit while it competes; the greatest is the worst, so that a heap drops it.
#[derive(Debug, PartialEq)]
struct Candidate {
    rank: f64,
    id: u64,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .rank
            .total_cmp(&self.rank)
            .then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
