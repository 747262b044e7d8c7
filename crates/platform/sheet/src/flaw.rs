//! Why a row, or a file, cannot be read.

/// Why a row cannot be read. `cell` is where, as a spreadsheet names it (`D7`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Another number of columns than the headings have.
    Shape {
        /// Columns of the row.
        found: usize,
        /// Columns of the headings.
        wanted: usize,
    },
    /// A page of HTML instead of a row.
    Markup,
    /// A code that became a number: its last digits are lost.
    Rounded {
        /// Where.
        cell: String,
        /// What is left of it.
        shown: String,
    },
    /// A day, time or truth value where words are expected: what was typed was taken for it.
    Converted {
        /// Where.
        cell: String,
    },
    /// A formula: its value is whatever some program reckoned last.
    Formula {
        /// Where.
        cell: String,
    },
    /// An error of a formula (`#N/A`).
    Error {
        /// Where.
        cell: String,
    },
    /// One of several cells merged into one: it is not said which rows the value is of.
    Merged {
        /// Where.
        cell: String,
    },
}

/// Why a file is not a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Neither text nor a workbook, or a damaged one; the reader's words.
    #[error("{0}")]
    Damaged(String),
    /// Columns that every row needs are not there.
    #[error("{}", .0.join("、"))]
    Columns(Vec<String>),
    /// A workbook under a password.
    #[error("password")]
    Locked,
    /// A workbook of the old kind (.xls).
    #[error("xls")]
    OldKind,
    /// More rows, cells, text or merged cells than a list may have.
    #[error("more than {max} rows")]
    TooLarge {
        /// Most rows.
        max: usize,
    },
}
