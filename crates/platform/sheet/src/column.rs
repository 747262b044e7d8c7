//! What stands in a column.

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The heading between systems.
    pub name: &'a str,
    /// The heading that people read and write.
    pub title: &'a str,
    /// What its cells hold.
    pub kind: Kind<'a>,
    /// Without it a file is no such list.
    pub required: bool,
    /// What to write there, for the sheet that explains the columns.
    pub about: &'a str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Words.
    Text,
    /// A code, each of whose characters counts: it is text, however much it looks like a number.
    Code,
    /// A number.
    Number,
    /// A day.
    Day,
    /// One of these words, each with its name.
    Word(&'a [(&'a str, &'a str)]),
    /// Any of these words.
    Words(&'a [(&'a str, &'a str)]),
}

impl<'a> Kind<'a> {
    /// The words that the cells may hold, with their names.
    pub fn words(self) -> &'a [(&'a str, &'a str)] {
        match self {
            Self::Word(words) | Self::Words(words) => words,
            _ => &[],
        }
    }

    /// A cell in the words of people: names in the place of codes.
    pub(crate) fn named(self, cell: &str) -> String {
        let name_of = |word: &str| {
            let known = self.words().iter().find(|(code, _)| *code == word);
            known.map_or(word, |(_, name)| *name).to_owned()
        };
        match self {
            Self::Word(_) => name_of(cell),
            Self::Words(_) => {
                let names: Vec<String> = cell.split(' ').map(name_of).collect();
                names.join("、")
            }
            _ => cell.to_owned(),
        }
    }
}

impl Column<'_> {
    /// Whether a heading of a file means this column.
    pub(crate) fn is_called(&self, heading: &str) -> bool {
        heading == self.name || heading == self.title
    }
}
