//! What can go wrong in a search.

/// An error of the index.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// `after` was not a `next` of this index. The request is invalid.
    #[error("the search cursor is not one of ours")]
    BadCursor,
    /// More facets are filtered by than there are bits. The request is invalid.
    #[error("too many facets are filtered by")]
    TooManyFilters,
    /// A part of a search broke off. Internal.
    #[error("a part of the search broke off")]
    Broken,
    /// The engine failed. Internal; the index can be rebuilt at any time.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A column of the engine could not be read. Internal.
    #[error("the search engine could not read a column: {0}")]
    Column(#[from] std::io::Error),
}
