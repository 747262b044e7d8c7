//! Rows of a CSV file.

use crate::flaw::Unreadable;
use crate::list::{Cell, RawRow};

/// The rows, of whatever length, each with its line.
pub(crate) fn rows(text: &str) -> Result<Vec<RawRow>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        Ok(RawRow {
            line: record.position().map_or(0, csv::Position::line),
            cells: record
                .iter()
                .map(|cell| Cell::Text(cell.to_owned()))
                .collect(),
            merged: Vec::new(),
            ragged: true,
        })
    });
    rows.collect()
}
