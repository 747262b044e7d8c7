//! What ranking and counting read of every entry, unpacked: the engine's columns are small but slow
//! to read one by one.

use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentReader;

use crate::SearchError;
use crate::fields::{BOOST, FACETS, ID, LENGTH, NAMES, TITLE};

/// The columns of a segment; a segment never changes but for what is removed from it.
pub(crate) struct Columns {
    /// Ids as ordinals, which sort like the ids.
    pub ids: Option<StrColumn>,
    /// Number of the title.
    pub title: Vec<u32>,
    /// Numbers of the keywords that are names.
    pub names: Lists,
    /// Numbers of the facets.
    pub facets: Lists,
    /// Length of the title, in characters.
    pub length: Vec<u16>,
    /// Boost.
    pub boost: Vec<f32>,
}

/// A list of numbers for every entry, in one row.
#[derive(Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    fn read(column: &Column<u64>, entries: DocId) -> Self {
        let mut lists = Self::default();
        lists.starts.push(0);
        for doc in 0..entries {
            let values = column.values_for_doc(doc);
            lists
                .values
                .extend(values.map(|value| u32::try_from(value).unwrap_or(u32::MAX)));
            let end = u32::try_from(lists.values.len()).unwrap_or(u32::MAX);
            lists.starts.push(end);
        }
        lists
    }

    /// The list of an entry.
    pub(crate) fn of(&self, doc: usize) -> &[u32] {
        let bounds = (self.starts.get(doc), self.starts.get(doc + 1));
        let (Some(from), Some(to)) = bounds else {
            return &[];
        };
        self.values
            .get(*from as usize..*to as usize)
            .unwrap_or_default()
    }
}

impl Columns {
    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        let lists = |lists: &Lists| size_of_val(&*lists.starts) + size_of_val(&*lists.values);
        size_of_val(&*self.title)
            + size_of_val(&*self.length)
            + size_of_val(&*self.boost)
            + lists(&self.names)
            + lists(&self.facets)
    }

    /// Reads them.
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self, SearchError> {
        let (columns, entries) = (segment.fast_fields(), segment.max_doc());
        let title = columns.u64(TITLE)?.first_or_default_col(0);
        let length = columns.u64(LENGTH)?.first_or_default_col(0);
        let boost = columns.f64(BOOST)?.first_or_default_col(0.0);
        Ok(Self {
            ids: columns.str(ID)?,
            title: (0..entries)
                .map(|doc| u32::try_from(title.get_val(doc)).unwrap_or(u32::MAX))
                .collect(),
            names: Lists::read(&columns.u64(NAMES)?, entries),
            facets: Lists::read(&columns.u64(FACETS)?, entries),
            length: (0..entries)
                .map(|doc| u16::try_from(length.get_val(doc)).unwrap_or(u16::MAX))
                .collect(),
            #[expect(clippy::cast_possible_truncation, reason = "it was an f32 before")]
            boost: (0..entries).map(|doc| boost.get_val(doc) as f32).collect(),
        })
    }
}
