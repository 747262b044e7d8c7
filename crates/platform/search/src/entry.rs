//! What goes into the index and what comes out of it.

use serde::Serialize;

/// The longest query text that is read, in characters; the rest is ignored.
pub const MAX_TEXT: usize = 100;

/// The most hits that one page can hold.
pub const MAX_LIMIT: usize = 100;

/// One thing that can be found. Only its id comes back from a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// Identifies the entry; a second entry with the same id replaces the first.
    pub id: String,
    /// The name that people look for; found by words, pinyin and initials.
    pub title: String,
    /// Longer texts with their weights. Weights are rounded to 4, 2, 1 or ½.
    pub body: Vec<(f32, String)>,
    /// Other names and codes; names are found like a title, codes by prefix.
    pub keywords: Vec<String>,
    /// `(name, value)` pairs to filter by and to count; a name may repeat.
    pub facets: Vec<(String, String)>,
    /// Lifts an entry among equally good ones, 0 to 1000; about 0 to 10 makes
    /// sense beside the scores of words. It never lifts a loose match above an
    /// exact one.
    pub boost: f32,
}

/// A question to the index. `text` is plain text from a user, never a syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the user typed. Blank means everything; beyond [`MAX_TEXT`] it is cut.
    pub text: String,
    /// `(facet, value)`: values of one facet are alternatives, facets add up.
    pub filters: Vec<(String, String)>,
    /// The `next` of the page before this one.
    pub after: Option<String>,
    /// Hits on a page, 1 to [`MAX_LIMIT`].
    pub limit: usize,
    /// Names of the facets to count.
    pub facet_counts: Vec<String>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Vec::new(),
            after: None,
            limit: 20,
            facet_counts: Vec::new(),
        }
    }
}

/// One page of results, best first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hits {
    /// The entries found.
    pub hits: Vec<Hit>,
    /// One element per requested facet, in the order of the request.
    pub facets: Vec<FacetCounts>,
    /// Pass it as `after` to get the next page; `None` on the last page.
    pub next: Option<String>,
    /// What was taken to be meant, where nothing is called as typed; the likeliest first.
    pub meant: Vec<String>,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The entry's id.
    pub id: String,
    /// Larger is better; comparable only within one query.
    pub score: f64,
}

/// How the matches spread over the values of one facet. A filter on the facet
/// itself is left out of account, so that a user sees the other choices too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// The facet's name.
    pub name: String,
    /// Its values, most frequent first, then by value.
    pub values: Vec<FacetCount>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many matching entries carry it.
    pub count: u64,
}
