//! The index itself: three ways to change it and one to search it.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use tantivy::query::EnableScoring;
use tantivy::{DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, TERMINATED, Term};

use crate::cursor::Cursor;
use crate::fields::{FACET_MARK, Fields};
use crate::plan::{Asked, called_so, filtered, matching};
use crate::rank::{Found, Page};
use crate::synonyms::Synonyms;
use crate::vocabulary::Vocabulary;
use crate::{Entry, FacetCount, FacetCounts, Hit, Hits, MAX_LIMIT, Query, SearchError};

/// The least that the engine accepts; a catalogue fits many times over.
const WRITER_MEMORY: usize = 15_000_000;

/// A search index in memory. Share it behind an `Arc`: searches run side by
/// side, changes one after another, and each change is seen as a whole.
pub struct SearchIndex {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    synonyms: RwLock<Arc<Synonyms>>,
    vocabulary: RwLock<Vocabulary>,
}

impl SearchIndex {
    /// An empty index.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::build();
        let index = Index::create_in_ram(schema);
        // One thread: two would split a small catalogue into more segments.
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            fields,
            reader,
            writer: Mutex::new(writer),
            synonyms: RwLock::default(),
            vocabulary: RwLock::default(),
        })
    }

    /// Replaces the groups of words that count as the same; the next search knows them.
    pub fn set_synonyms(&self, groups: &[Vec<String>]) {
        *self.synonyms.write() = Arc::new(Synonyms::new(groups));
    }

    /// Replaces the whole content. Searches see the old content until this
    /// returns, and keep it if it fails.
    pub fn replace_all(&self, entries: impl IntoIterator<Item = Entry>) -> Result<(), SearchError> {
        self.change(|writer| {
            writer.delete_all_documents()?;
            self.vocabulary.write().clear();
            self.add(writer, entries)
        })
    }

    /// Adds entries; those with a known id replace the old ones.
    pub fn upsert(&self, entries: impl IntoIterator<Item = Entry>) -> Result<(), SearchError> {
        self.change(|writer| self.add(writer, entries))
    }

    /// Removes entries; unknown ids are no error.
    pub fn remove<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<(), SearchError> {
        self.change(|writer| {
            for id in ids {
                writer.delete_term(Term::from_field_text(self.fields.id, id));
            }
            Ok(())
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> Result<u64, SearchError> {
        let usage = self.reader.searcher().space_usage()?;
        Ok(usage.total().get_bytes())
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds entries, best first: the title itself, titles that begin with the
    /// text, names and codes that contain it, all its words, at least half of
    /// them. Blank text lists everything by boost, then id.
    ///
    /// Fails with [`SearchError::BadCursor`] on a foreign `after`; any other
    /// error is internal.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let after = query.after.as_deref().map(Cursor::decode).transpose()?;
        let limit = query.limit.clamp(1, MAX_LIMIT);
        let asked = self.asked(&query.text)?;
        // One more than asked for tells whether there is a next page.
        let mut found = self.collect(query, &asked, &query.filters, limit + 1, after)?;
        let more = found.hits.len() > limit;
        found.hits.truncate(limit);
        let next = found.hits.last().filter(|_| more).map(Cursor::encode);
        Ok(Hits {
            facets: self.count(query, &asked, &found)?,
            hits: found.hits.into_iter().map(hit).collect(),
            next,
            meant: asked.meant,
        })
    }

    /// What is asked for, in other words too. Slips are looked for only where nothing is called as
    /// typed, whatever the filters: every page of a question is decided alike.
    fn asked(&self, text: &str) -> Result<Asked, SearchError> {
        let mut asked = Asked::new(text);
        if asked.typed().is_empty() {
            return Ok(asked);
        }
        let synonyms = self.synonyms.read().clone();
        asked.same = synonyms.alternatives(asked.typed());
        if self.is_called_so(&asked)? {
            return Ok(asked);
        }
        let vocabulary = self.vocabulary.read();
        let gist = asked.gist();
        let mut ways = std::iter::once(asked.typed()).chain(gist.as_deref());
        asked.meant = ways
            .find_map(|way| Some(vocabulary.corrections(way)).filter(|found| !found.is_empty()))
            .unwrap_or_default();
        Ok(asked)
    }

    fn is_called_so(&self, asked: &Asked) -> Result<bool, SearchError> {
        for query in called_so(&self.fields, asked) {
            if self.finds_any(&query)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a query finds anything at all; it looks no further than the first hit.
    fn finds_any(&self, query: &dyn tantivy::query::Query) -> Result<bool, SearchError> {
        let searcher = self.reader.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        for segment in searcher.segment_readers() {
            let mut hits = weight.scorer(segment, 1.0)?;
            let mut at = hits.doc();
            while at != TERMINATED {
                if !segment.is_deleted(at) {
                    return Ok(true);
                }
                at = hits.advance();
            }
        }
        Ok(false)
    }

    /// Counts the requested facets. What was found already serves those that
    /// are not filtered by; the others are counted without their own filter.
    fn count(
        &self,
        query: &Query,
        asked: &Asked,
        found: &Found,
    ) -> Result<Vec<FacetCounts>, SearchError> {
        let mut facets = Vec::new();
        for name in &query.facet_counts {
            let others: Vec<(String, String)> = query
                .filters
                .iter()
                .filter(|(filter, _)| filter != name)
                .cloned()
                .collect();
            facets.push(if others.len() == query.filters.len() {
                counts(name, found)
            } else {
                counts(name, &self.collect(query, asked, &others, 1, None)?)
            });
        }
        Ok(facets)
    }

    fn collect(
        &self,
        query: &Query,
        asked: &Asked,
        filters: &[(String, String)],
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Found, SearchError> {
        let plan = filtered(&self.fields, matching(&self.fields, asked), filters);
        let page = Page {
            limit,
            after,
            count_facets: !query.facet_counts.is_empty(),
        };
        self.reader.searcher().search(&plan, &page)?
    }

    fn add(
        &self,
        writer: &IndexWriter,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<(), SearchError> {
        for entry in entries {
            writer.delete_term(Term::from_field_text(self.fields.id, &entry.id));
            self.vocabulary.write().add(&entry.title);
            writer.add_document(self.fields.document(&entry))?;
        }
        Ok(())
    }

    /// Runs one change to its commit and shows it to searches; a failed one
    /// leaves no trace.
    fn change(
        &self,
        change: impl FnOnce(&mut IndexWriter) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let mut writer = self.writer.lock();
        let outcome = change(&mut writer).and_then(|()| Ok(writer.commit()?));
        if let Err(error) = outcome {
            writer.rollback()?;
            return Err(error);
        }
        self.reader.reload()?;
        Ok(())
    }
}

fn hit(cursor: Cursor) -> Hit {
    Hit {
        id: cursor.id,
        score: cursor.rank,
    }
}

fn counts(name: &str, found: &Found) -> FacetCounts {
    let mut values: Vec<FacetCount> = found
        .facets
        .iter()
        .filter_map(|(term, count)| {
            let (facet, value) = term.split_once(FACET_MARK)?;
            let value = value.to_owned();
            (facet == name).then_some(FacetCount {
                value,
                count: *count,
            })
        })
        .collect();
    // The map is sorted by value already, and the sort is stable.
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    FacetCounts {
        name: name.to_owned(),
        values,
    }
}
