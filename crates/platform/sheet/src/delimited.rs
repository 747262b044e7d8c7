//! Rows of a CSV file.

use crate::flaw::Unreadable;
use crate::list::{Cell, MAX_CELLS, MAX_ROWS, RawRow};

/// The rows that say anything, of whatever length, each with its line.
pub(crate) fn rows(text: &str) -> Result<Vec<RawRow>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let (mut rows, mut cells) = (Vec::new(), 0);
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        cells += record.len();
        // The first row has the headings.
        if rows.len() > MAX_ROWS || cells > MAX_CELLS {
            return Err(Unreadable::TooLarge { max: MAX_ROWS });
        }
        rows.push(RawRow {
            line: record.position().map_or(0, csv::Position::line),
            cells: record
                .iter()
                .map(|cell| Cell::Text(plain(cell).to_owned()))
                .collect(),
            merged: Vec::new(),
            ragged: true,
        });
    }
    Ok(rows)
}

/// A cell without the mark that keeps spreadsheets from running it, as the writer puts it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::write::looks_run(rest) => rest,
        _ => cell,
    }
}
