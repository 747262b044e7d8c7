//! What a search looks at: names and entries as they were at one moment, and how a question is put
//! to all of them, over several processors where there are many.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::RwLock;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher};

use crate::SearchError;
use crate::columns::Columns;
use crate::cursor::Cursor;
use crate::entry::{FacetCount, FacetCounts};
use crate::fields::Fields;
use crate::judge::{Filter, MOST_FILTERS, Page, Segment};
use crate::numbers::Facets;
use crate::plan::Plan;
use crate::wide::Wide;

/// Entries that are judged in one go.
const STRETCH: u32 = 65_536;

/// Processors that one search takes at most.
const MOST_AT_ONCE: usize = 4;

/// Values of a facet that are given: the most frequent ones, and those that are filtered by.
const MOST_VALUES: usize = 500;

/// Names and entries as they are.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) names: Searcher,
    pub(crate) entries: Searcher,
    columns: HashMap<SegmentId, Arc<Columns>>,
    facets: Arc<RwLock<Facets>>,
    /// How many names there are.
    pub(crate) count: usize,
}

/// A page before its ids become hits.
#[derive(Default)]
pub(crate) struct Found {
    /// Best first.
    pub hits: Vec<Cursor>,
    /// How often each facet value occurs, by its number.
    counts: Vec<u32>,
}

impl View {
    /// A view of what is there now. Columns of segments that were there before are kept.
    pub(crate) fn new(
        names: Searcher,
        entries: Searcher,
        facets: Arc<RwLock<Facets>>,
        count: usize,
        before: Option<&Self>,
    ) -> Result<Self, SearchError> {
        let mut columns = HashMap::new();
        for segment in entries.segment_readers() {
            let id = segment.segment_id();
            let known = before.and_then(|before| before.columns.get(&id)).cloned();
            let read = match known {
                Some(known) => known,
                None => Arc::new(Columns::read(segment)?),
            };
            columns.insert(id, read);
        }
        Ok(Self {
            names,
            entries,
            columns,
            facets,
            count,
        })
    }

    /// How many bytes the columns take.
    pub(crate) fn bytes(&self) -> u64 {
        let sum: usize = self.columns.values().map(|columns| columns.bytes()).sum();
        u64::try_from(sum).unwrap_or(u64::MAX)
    }

    fn segment<'a>(&'a self, fields: &'a Fields, at: usize) -> Option<Segment<'a>> {
        let reader = self.entries.segment_readers().get(at)?;
        Some(Segment {
            at,
            fields,
            searcher: &self.entries,
            reader,
            columns: self.columns.get(&reader.segment_id())?,
        })
    }

    /// Whether an entry bears one of these names.
    pub(crate) fn bears_any(&self, fields: &Fields, names: &[u32]) -> Result<bool, SearchError> {
        for at in 0..self.entries.segment_readers().len() {
            if let Some(segment) = self.segment(fields, at)
                && segment.bears_any(names)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Filters by the numbers of their values; none where nothing can pass.
    fn filters(&self, filters: &[(String, String)]) -> Option<Vec<Filter>> {
        let facets = self.facets.read();
        let mut all: Vec<Filter> = Vec::new();
        for (name, value) in filters {
            let facet = u16::try_from(facets.facet(name)?).ok()?;
            let known = all.iter().position(|filter| filter.facet == facet);
            let at = known.unwrap_or_else(|| {
                all.push(Filter {
                    facet,
                    values: Vec::new(),
                });
                all.len() - 1
            });
            if let Some(filter) = all.get_mut(at) {
                filter.values.extend(facets.value(name, value));
            }
        }
        Some(all)
    }

    /// Judges all entries.
    pub(crate) fn find(
        &self,
        fields: &Fields,
        plan: &Plan,
        (filters, counted): (&[(String, String)], &[String]),
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Found, SearchError> {
        // A facet that nothing has keeps everything out, but for its own counts there is nothing.
        let Some(filters) = self.filters(filters) else {
            return Ok(Found::default());
        };
        if filters.len() > MOST_FILTERS {
            return Err(SearchError::TooManyFilters);
        }
        let facet_of = self.facet_of(counted);
        let pieces = plan.pieces.as_deref().unwrap_or_default();
        let is_wide = plan.words.iter().chain(pieces).any(|word| word.wide);
        let words = if is_wide {
            plan.words.len().max(pieces.len())
        } else {
            0
        };
        let segments = self.entries.segment_readers().len();
        let wide = Wide::new(segments, words, fields.body.len());
        let page = Page {
            wide: &wide,
            plan,
            filters: &filters,
            facet_of: &facet_of,
            limit,
            after,
        };
        let stretches = self.stretches();
        let next = AtomicUsize::new(0);
        let work = || self.work(fields, &page, &stretches, &next);
        let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        // A small catalogue is judged sooner than another hand is there.
        let hands = hands.min(MOST_AT_ONCE).min(stretches.len() / 2).max(1);
        let parts: Vec<Result<Found, SearchError>> = std::thread::scope(|scope| {
            // Where the system gives no more threads, those that are there do the work.
            let others: Vec<_> = (1..hands)
                .filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok())
                .collect();
            let own = work();
            let joined = others
                .into_iter()
                .map(|hand| hand.join().unwrap_or(Err(SearchError::Broken)));
            std::iter::once(own).chain(joined).collect()
        });
        let mut all = Found::default();
        for part in parts {
            all.add(part?);
        }
        all.hits.sort_by(|left, right| {
            right
                .rank
                .total_cmp(&left.rank)
                .then_with(|| left.id.cmp(&right.id))
        });
        all.hits.truncate(limit);
        Ok(all)
    }

    /// Stretches of segments.
    fn stretches(&self) -> Vec<(usize, Range<DocId>)> {
        let segments = self.entries.segment_readers().iter().enumerate();
        segments
            .flat_map(|(at, segment)| {
                let end = segment.max_doc();
                (0..end.div_ceil(STRETCH)).map(move |part| {
                    let from = part * STRETCH;
                    (at, from..(from.saturating_add(STRETCH)).min(end))
                })
            })
            .collect()
    }

    fn work(
        &self,
        fields: &Fields,
        page: &Page<'_>,
        stretches: &[(usize, Range<DocId>)],
        next: &AtomicUsize,
    ) -> Result<Found, SearchError> {
        let mut found = Found {
            hits: Vec::new(),
            counts: vec![0; page.facet_of.len()],
        };
        while let Some((at, range)) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(segment) = self.segment(fields, *at) {
                let hits = segment.judge(page, range.clone(), &mut found.counts)?;
                found.hits.extend(hits);
            }
        }
        Ok(found)
    }

    /// The facet of every value, where facets are counted.
    fn facet_of(&self, counted: &[String]) -> Vec<u16> {
        if counted.is_empty() {
            return Vec::new();
        }
        let facets = self.facets.read();
        let values = facets.values().iter();
        values
            .map(|(facet, _)| u16::try_from(*facet).unwrap_or(u16::MAX))
            .collect()
    }

    /// The counts of facets: the most frequent values, and those that are filtered by.
    pub(crate) fn counts(
        &self,
        found: &Found,
        names: &[String],
        filters: &[(String, String)],
    ) -> Vec<FacetCounts> {
        let facets = self.facets.read();
        let count = |name: &String| {
            let facet = facets.facet(name);
            let mut values: Vec<(u32, &str)> = facets
                .values()
                .iter()
                .zip(&found.counts)
                .filter(|((of, _), count)| facet == Some(*of) && **count > 0)
                .map(|((_, value), count)| (*count, value.as_str()))
                .collect();
            let order = |left: &(u32, &str), right: &(u32, &str)| {
                right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1))
            };
            if values.len() > MOST_VALUES {
                values.select_nth_unstable_by(MOST_VALUES, order);
                let chosen =
                    |value: &str| filters.iter().any(|one| one.0 == *name && one.1 == value);
                let rest = values.split_off(MOST_VALUES);
                values.extend(rest.into_iter().filter(|(_, value)| chosen(value)));
            }
            values.sort_unstable_by(order);
            FacetCounts {
                name: name.clone(),
                values: values
                    .into_iter()
                    .map(|(count, value)| FacetCount {
                        value: value.to_owned(),
                        count: u64::from(count),
                    })
                    .collect(),
            }
        };
        names.iter().map(count).collect()
    }
}

impl Found {
    fn add(&mut self, other: Self) {
        self.hits.extend(other.hits);
        if self.counts.is_empty() {
            self.counts = other.counts;
            return;
        }
        for (sum, count) in self.counts.iter_mut().zip(other.counts) {
            *sum += count;
        }
    }
}
