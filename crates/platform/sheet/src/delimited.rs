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
    let (mut rows, mut cells, mut lines) = (Vec::new(), 0, Lines::of(text));
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(str::is_empty) {
            continue;
        }
        cells += record.len();
        // The first row has the headings.
        if rows.len() > MAX_ROWS || cells > MAX_CELLS {
            return Err(Unreadable::TooLarge { max: MAX_ROWS });
        }
        rows.push(RawRow {
            line,
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

/// Counts lines itself: behind `\r\n`, and behind empty lines, the reader names the line before.
struct Lines<'a> {
    text: &'a [u8],
    passed: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            passed: 0,
            line: 1,
        }
    }

    /// The line of a record that begins at a byte, or behind the line ends that stand there.
    fn at(&mut self, byte: u64) -> u64 {
        let from = usize::try_from(byte).unwrap_or(usize::MAX);
        let ends = self.text.iter().skip(from);
        let begin = from
            + ends
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        let passed = self.text.get(self.passed..begin).unwrap_or_default();
        let ends = passed.split(|byte| *byte == b'\n').skip(1).count();
        self.line += u64::try_from(ends).unwrap_or_default();
        self.passed = begin;
        self.line
    }
}

/// A cell without the mark that keeps spreadsheets from running it, as the writer puts it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::write::looks_run(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_have_the_lines_that_an_editor_shows() {
        let lines = |text: &str| -> Vec<u64> {
            let rows = rows(text).unwrap();
            rows.iter().map(|row| row.line).collect()
        };
        assert_eq!(lines("a,b\n1,2\n3,4\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\r\n\r\n1,2\r\n,\r\n3,4"), [1, 3, 5]);
        assert_eq!(lines("a,b\r\n\"1\r\nx\",2\r\n3,4\r\n"), [1, 2, 4]);
    }
}
