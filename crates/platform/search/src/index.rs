//! The index itself: three ways to change it and one to search it.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use tantivy::schema::Schema;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use crate::cursor::Cursor;
use crate::fields::{Fields, Named, is_code};
use crate::names::NameFields;
use crate::numbers::Numbers;
use crate::plan::{Asked, called_so, plan};
use crate::synonyms::Synonyms;
use crate::view::View;
use crate::vocabulary::Vocabulary;
use crate::{Entry, Hit, Hits, MAX_LIMIT, Query, SearchError};

/// What the engine may hold before it writes a segment; a catalogue fits many times over.
const WRITER_MEMORY: usize = 50_000_000;

/// A search index in memory. Share it behind an `Arc`: searches run side by
/// side, changes one after another, and each change is seen as a whole.
pub struct SearchIndex {
    fields: Fields,
    name_fields: NameFields,
    entries: IndexReader,
    names: IndexReader,
    writers: Mutex<Writers>,
    view: RwLock<Arc<View>>,
    synonyms: RwLock<Arc<Synonyms>>,
    vocabulary: RwLock<Vocabulary>,
}

/// What a change writes to.
struct Writers {
    entries: IndexWriter,
    names: IndexWriter,
    numbers: Numbers,
    /// The numbers before, while the whole content is being replaced.
    before: Option<Numbers>,
}

/// A part of the index, in memory. One thread writes: two would split a small catalogue into more
/// segments.
fn part(schema: Schema) -> Result<(IndexReader, IndexWriter), SearchError> {
    let index = Index::create_in_ram(schema);
    let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    Ok((reader, writer))
}

impl SearchIndex {
    /// An empty index.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::build();
        let (entries, entry_writer) = part(schema)?;
        let (schema, name_fields) = NameFields::build();
        let (names, name_writer) = part(schema)?;
        let numbers = Numbers::default();
        let facets = numbers.facets();
        let view = View::new(names.searcher(), entries.searcher(), facets, 0, None)?;
        Ok(Self {
            fields,
            name_fields,
            entries,
            names,
            writers: Mutex::new(Writers {
                entries: entry_writer,
                names: name_writer,
                numbers,
                before: None,
            }),
            view: RwLock::new(Arc::new(view)),
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
        self.change(|writers| {
            writers.entries.delete_all_documents()?;
            writers.names.delete_all_documents()?;
            let next = writers.numbers.anew();
            writers.before = Some(std::mem::replace(&mut writers.numbers, next));
            self.vocabulary.write().clear();
            self.add(writers, entries)
        })
    }

    /// Adds entries; those with a known id replace the old ones.
    pub fn upsert(&self, entries: impl IntoIterator<Item = Entry>) -> Result<(), SearchError> {
        self.change(|writers| self.add(writers, entries))
    }

    /// Removes entries; unknown ids are no error.
    pub fn remove<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<(), SearchError> {
        self.change(|writers| {
            for id in ids {
                let term = Term::from_field_text(self.fields.id, id);
                writers.entries.delete_term(term);
            }
            Ok(())
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> u64 {
        self.view().entries.num_docs()
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> Result<u64, SearchError> {
        let view = self.view();
        let sum = |part: &tantivy::Searcher| Ok(part.space_usage()?.total().get_bytes());
        let parts: Result<Vec<u64>, SearchError> =
            [&view.entries, &view.names].into_iter().map(sum).collect();
        Ok(parts?.into_iter().sum::<u64>() + view.bytes())
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn view(&self) -> Arc<View> {
        self.view.read().clone()
    }

    /// Finds entries, best first: the title itself, titles that begin with the
    /// text, names that contain it and codes that begin with it, all its words, at least half of
    /// them. Blank text lists everything by boost, then id. A facet is counted with the most
    /// frequent 500 values.
    ///
    /// Fails with [`SearchError::BadCursor`] on a foreign `after`, with
    /// [`SearchError::TooManyFilters`] on more than 16 facets to filter by; any other error is
    /// internal.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        let after = query.after.as_deref().map(Cursor::decode).transpose()?;
        let limit = query.limit.clamp(1, MAX_LIMIT);
        let view = self.view();
        let question = self.asked(&view, &query.text)?;
        let fields = (&self.fields, &self.name_fields);
        let plan = plan(fields, &view.names, &question, view.count)?;
        let of = (query.filters.as_slice(), query.facet_counts.as_slice());
        // One more than asked for tells whether there is a next page.
        let mut found = view.find(&self.fields, &plan, of, limit + 1, after.as_ref())?;
        let more = found.hits.len() > limit;
        found.hits.truncate(limit);
        let next = found.hits.last().filter(|_| more).map(Cursor::encode);
        Ok(Hits {
            facets: view.counts(&found, &query.facet_counts, &query.filters),
            hits: found.hits.into_iter().map(hit).collect(),
            next,
            meant: question.meant,
        })
    }

    /// What is asked for, in other words too. Slips are looked for only where nothing is called as
    /// typed, whatever the filters: every page of a question is decided alike.
    fn asked(&self, view: &View, text: &str) -> Result<Asked, SearchError> {
        let mut asked = Asked::new(text);
        if asked.typed().is_empty() {
            return Ok(asked);
        }
        let synonyms = self.synonyms.read().clone();
        asked.same = synonyms.alternatives(asked.typed());
        let called = called_so(&self.name_fields, &view.names, &asked)?;
        if view.bears_any(&self.fields, &called)? {
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

    fn add(
        &self,
        writers: &mut Writers,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<(), SearchError> {
        for entry in entries {
            let term = Term::from_field_text(self.fields.id, &entry.id);
            writers.entries.delete_term(term);
            self.vocabulary.write().add(&entry.title);
            let mut keywords = Vec::new();
            for name in entry.keywords.iter().filter(|one| !is_code(one)) {
                keywords.push(self.name(writers, name)?);
            }
            let title = self.name(writers, &entry.title)?;
            let named = Named { title, keywords };
            let document = self.fields.document(&entry, &named, &writers.numbers);
            writers.entries.add_document(document)?;
        }
        Ok(())
    }

    /// The number of a name, which is written if it is new.
    fn name(&self, writers: &mut Writers, name: &str) -> Result<u32, SearchError> {
        let (number, is_new) = writers.numbers.name(name);
        if is_new {
            let document = self.name_fields.document(number, name);
            writers.names.add_document(document)?;
        }
        Ok(number)
    }

    /// Runs one change to its commit and shows it to searches; a failed one
    /// leaves no trace.
    fn change(
        &self,
        change: impl FnOnce(&mut Writers) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let mut writers = self.writers.lock();
        let outcome = change(&mut writers).and_then(|()| {
            let Writers { names, entries, .. } = &mut *writers;
            // Both are written before either is seen.
            let (names, entries) = (names.prepare_commit()?, entries.prepare_commit()?);
            names.commit()?;
            Ok(entries.commit()?)
        });
        if let Err(error) = outcome {
            let undone = [writers.names.rollback(), writers.entries.rollback()];
            match writers.before.take() {
                Some(before) => writers.numbers = before,
                None => writers.numbers.forget(),
            }
            for undone in undone {
                undone?;
            }
            return Err(error);
        }
        writers.before = None;
        writers.numbers.keep();
        self.names.reload()?;
        self.entries.reload()?;
        let numbers = &writers.numbers;
        let next = View::new(
            self.names.searcher(),
            self.entries.searcher(),
            numbers.facets(),
            numbers.given(),
            Some(&self.view()),
        )?;
        *self.view.write() = Arc::new(next);
        Ok(())
    }
}

fn hit(cursor: Cursor) -> Hit {
    Hit {
        id: cursor.id,
        score: cursor.rank,
    }
}
