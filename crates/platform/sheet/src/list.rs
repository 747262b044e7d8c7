//! A file as a list: whichever it is, its rows by the names of their columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::column::{Column, Kind};
use crate::flaw::{Flaw, Unreadable};
use crate::{delimited, text, workbook};

/// Most rows of a list.
pub const MAX_ROWS: usize = 200_000;
/// Most cells of all its rows, with those that hold nothing.
pub(crate) const MAX_CELLS: usize = 5_000_000;
/// Above the headings a workbook may have a title and the like: they lie within these rows.
pub(crate) const HEADINGS_WITHIN: usize = 10;

/// A list that has been read.
#[derive(Debug)]
pub struct List {
    /// The columns that the file has, by their names.
    pub columns: BTreeSet<String>,
    /// Its rows, in their order; empty ones are left out.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug)]
pub struct Row {
    /// Its line in the file, or its number in the sheet.
    pub line: u64,
    /// What it says, or why that is not known.
    pub cells: Result<Cells, Flaw>,
    /// It held HTML entities, which were opened.
    pub opened: bool,
}

/// The cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(BTreeMap<String, String>);

impl Cells {
    /// The cell of a column; empty where the list has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// A cell as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    /// A day without a time, as `2026-01-01`.
    Day(String),
    /// What words are not: times, truth values.
    Other,
    Formula,
    Error,
}

/// A row as its file has it.
#[derive(Debug)]
pub(crate) struct RawRow {
    pub line: u64,
    pub cells: Vec<Cell>,
    /// Which of them are merged with others.
    pub merged: Vec<usize>,
    /// Another number of cells than the first row is a flaw: in a workbook it is not.
    pub ragged: bool,
}

/// Reads a list of these columns: CSV in UTF-8 or GB 18030, or a workbook (.xlsx).
pub fn read(bytes: &[u8], columns: &[Column<'_>]) -> Result<List, Unreadable> {
    if workbook::is_one(bytes)? {
        workbook::read(bytes, columns)
    } else {
        let text = text::decode(bytes)
            .ok_or_else(|| Unreadable::Damaged("UTF-8, GB 18030, .xlsx".to_owned()))?;
        of_rows(delimited::rows(&text)?, 1, columns)
    }
}

/// The list in the rows of a sheet whose headings lie in one of the first rows.
pub(crate) fn of_sheet(rows: Vec<RawRow>, columns: &[Column<'_>]) -> Result<List, Unreadable> {
    of_rows(rows, HEADINGS_WITHIN, columns)
}

fn of_rows(rows: Vec<RawRow>, within: usize, columns: &[Column<'_>]) -> Result<List, Unreadable> {
    let first = rows.iter().take(within).map(|row| places(row, columns));
    let (at, places) = first
        .enumerate()
        .min_by_key(|(_, places)| missing(places, columns).len())
        .unwrap_or_default();
    let missing = missing(&places, columns);
    if !missing.is_empty() {
        return Err(Unreadable::Columns(missing));
    }
    let wanted = rows.get(at).map_or(0, |row| row.cells.len());
    let rows: Vec<Row> = rows
        .into_iter()
        .skip(at + 1)
        .filter_map(|row| read_row(&row, wanted, &places, columns))
        .collect();
    if rows.len() > MAX_ROWS {
        return Err(Unreadable::TooLarge { max: MAX_ROWS });
    }
    Ok(List {
        columns: places.keys().map(|name| (*name).to_owned()).collect(),
        rows,
    })
}

type Places<'a> = BTreeMap<&'a str, usize>;

/// Where the columns stand if this row holds the headings.
fn places<'a>(row: &RawRow, columns: &[Column<'a>]) -> Places<'a> {
    let found = columns.iter().filter_map(|column| {
        let is_it = |cell: &Cell| matches!(cell, Cell::Text(text) if column.is_called(text));
        Some((column.name, row.cells.iter().position(is_it)?))
    });
    found.collect()
}

/// The headings that are not there, as people write them.
fn missing(places: &Places<'_>, columns: &[Column<'_>]) -> Vec<String> {
    let needed = columns.iter().filter(|column| column.required);
    needed
        .filter(|column| !places.contains_key(column.name))
        .map(|column| column.title.to_owned())
        .collect()
}

/// `None` for a row in which none of the columns says anything.
fn read_row(
    row: &RawRow,
    wanted: usize,
    places: &Places<'_>,
    columns: &[Column<'_>],
) -> Option<Row> {
    let is_empty = |cell: &Cell| matches!(cell, Cell::Text(text) if text.is_empty());
    let shape = row.ragged && row.cells.len() != wanted;
    let mut of_columns = places.values().filter_map(|at| row.cells.get(*at));
    if !shape && of_columns.all(is_empty) {
        return None;
    }
    let mut opened = false;
    let mut read = || {
        let mut texts = row.cells.iter().filter_map(|cell| match cell {
            Cell::Text(text) => Some(text::opened(text)),
            _ => None,
        });
        if texts.any(|text| text::is_markup(&text)) {
            return Err(Flaw::Markup);
        }
        if shape {
            let found = row.cells.len();
            return Err(Flaw::Shape { found, wanted });
        }
        let mut cells = BTreeMap::new();
        for column in columns {
            let Some(at) = places.get(column.name) else {
                continue;
            };
            let place = place(*at, row.line);
            if row.merged.contains(at) {
                return Err(Flaw::Merged { cell: place });
            }
            let Some(cell) = row.cells.get(*at) else {
                continue;
            };
            let written = words_of(cell, column.kind, place)?;
            let plain = text::opened(&written).trim().to_owned();
            opened |= plain != written;
            cells.insert(column.name.to_owned(), plain);
        }
        Ok(Cells(cells))
    };
    let cells = read();
    Some(Row {
        line: row.line,
        cells,
        opened,
    })
}

/// What a cell says in words; the error where it does not say what was typed.
fn words_of(cell: &Cell, kind: Kind<'_>, place: String) -> Result<String, Flaw> {
    match cell {
        Cell::Text(text) if kind == Kind::Code && is_scientific(text) => Err(Flaw::Rounded {
            cell: place,
            shown: text.clone(),
        }),
        Cell::Text(text) => Ok(text.clone()),
        Cell::Number(number) => exact(*number).ok_or_else(|| Flaw::Rounded {
            cell: place,
            shown: format!("{number:E}"),
        }),
        Cell::Day(day) if matches!(kind, Kind::Day | Kind::Text) => Ok(day.clone()),
        Cell::Day(_) | Cell::Other => Err(Flaw::Converted { cell: place }),
        Cell::Formula => Err(Flaw::Formula { cell: place }),
        Cell::Error => Err(Flaw::Error { cell: place }),
    }
}

/// The digits of a number; `None` where it has more than a spreadsheet keeps.
fn exact(number: f64) -> Option<String> {
    /// Spreadsheets keep fifteen digits.
    const TOO_LARGE: f64 = 1e15;
    (number.abs() < TOO_LARGE).then(|| number.to_string())
}

/// What a spreadsheet writes of a long number: `1.14E+30`.
fn is_scientific(text: &str) -> bool {
    let Some((head, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let power = power.strip_prefix('+').unwrap_or_default();
    head.parse::<f64>().is_ok() && power.parse::<u16>().is_ok()
}

/// A cell as spreadsheets name it: `D7`.
fn place(column: usize, line: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{line}")
}

#[cfg(test)]
mod tests {
    use super::{exact, is_scientific, place};

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [
            (0, "A1"),
            (25, "Z1"),
            (26, "AA1"),
            (701, "ZZ1"),
            (702, "AAA1"),
        ];
        for (column, name) in names {
            assert_eq!(place(column, 1), name);
        }
    }

    #[test]
    fn a_number_is_its_digits_or_nothing() {
        assert_eq!(exact(432_099_001_000.0).as_deref(), Some("432099001000"));
        assert_eq!(exact(20.0).as_deref(), Some("20"));
        assert_eq!(exact(0.5).as_deref(), Some("0.5"));
        assert_eq!(exact(1.143_010_2e30), None);
        assert_eq!(exact(f64::NAN), None);
    }

    #[test]
    fn what_a_spreadsheet_made_of_a_code_is_known() {
        assert!(is_scientific("1.14301E+30") && is_scientific("4.32099E+11"));
        assert!(!is_scientific("11430102TB00000E+1") && !is_scientific("A-0001"));
        assert!(!is_scientific("432099001000") && !is_scientific("12E5"));
    }
}
