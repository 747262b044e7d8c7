//! The index as its callers see it, over real titles and over hostile input.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod changing;
mod finding;
mod hostile;
mod paging;
mod recall;
mod slips;

use tb_search::{Entry, Query, SearchIndex};

/// The names of 1,133 real items; the id of a title is the title.
fn titles() -> Vec<String> {
    include_str!("../fixtures/titles.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

fn titled(title: &str) -> Entry {
    Entry {
        id: title.to_owned(),
        title: title.to_owned(),
        ..Entry::default()
    }
}

fn index_of(entries: Vec<Entry>) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    index.replace_all(entries).unwrap();
    index
}

fn real_index() -> SearchIndex {
    index_of(titles().iter().map(|title| titled(title)).collect())
}

fn ask(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        limit: 100,
        ..Query::default()
    }
}

fn found(index: &SearchIndex, text: &str) -> Vec<String> {
    let hits = index.search(&ask(text)).unwrap();
    hits.hits.into_iter().map(|hit| hit.id).collect()
}

/// Every page of a query.
fn all_found(index: &SearchIndex, query: &Query) -> Vec<String> {
    let mut query = query.clone();
    let mut all = Vec::new();
    loop {
        let page = index.search(&query).unwrap();
        all.extend(page.hits.into_iter().map(|hit| hit.id));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return all,
        }
    }
}
