//! Rows of an Excel workbook (.xlsx): of the first sheet that has the headings.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::RangeInclusive;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::column::Column;
use crate::flaw::Unreadable;
use crate::list::{Cell, HEADINGS_WITHIN, List, MAX_CELLS, MAX_ROWS, RawRow, of_sheet};
use crate::sizes;

/// How the files of the old office programs begin, and those of the new ones under a password.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How archives begin.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// Columns that are looked at.
const MAX_COLUMNS: u32 = 128;
/// Most text of one sheet: many cells may share one long text.
const MAX_TEXT: usize = 128 * 1024 * 1024;
/// Most cells that are merged into others, each as often as it is.
const MAX_MERGED: u64 = 1_000_000;

const TOO_LARGE: Unreadable = Unreadable::TooLarge { max: MAX_ROWS };

/// Whether it is a workbook that can be read; the error where it is one that cannot.
pub(crate) fn is_one(bytes: &[u8]) -> Result<bool, Unreadable> {
    if bytes.starts_with(OLD) {
        return Err(if is_locked(bytes) {
            Unreadable::Locked
        } else {
            Unreadable::OldKind
        });
    }
    if !bytes.starts_with(ARCHIVE) {
        return Ok(false);
    }
    // Not every archive is one, nor is one with macros taken, or with a list of parts that fills memory.
    match tb_http::sniff(Cursor::new(bytes), "list.xlsx") {
        Ok(Some(_)) => Ok(true),
        _ => Err(Unreadable::Damaged(".xlsx".to_owned())),
    }
}

/// Under a password the workbook lies in a part of this name.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// Reads the list.
pub(crate) fn read(bytes: &[u8], columns: &[Column]) -> Result<List, Unreadable> {
    sizes::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut refused = None;
    for sheet in sheets {
        let merged = merged(&mut book, &sheet)?;
        match of_sheet(rows(&mut book, &sheet, &merged)?, columns) {
            // Another sheet may have them; if none has, the first one is what was meant.
            Err(Unreadable::Columns(missing)) => {
                refused.get_or_insert(Unreadable::Columns(missing));
            }
            read => return read,
        }
    }
    Err(refused.unwrap_or_else(|| Unreadable::Damaged(".xlsx".to_owned())))
}

fn damaged(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Locked,
        other => Unreadable::Damaged(other.to_string()),
    }
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn rows(
    book: &mut Book,
    sheet: &str,
    merged: &BTreeSet<(u32, u32)>,
) -> Result<Vec<RawRow>, Unreadable> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut rows: Vec<RawRow> = Vec::new();
    let (mut text, mut cells) = (0, 0);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        let content = match cell.formula {
            Some(_) => Cell::Formula,
            None => content(&cell.value),
        };
        if let Cell::Text(words) = &content {
            text += words.len();
        }
        // Whole columns may be coloured down to the last row, and hold nothing.
        let is_empty = matches!(&content, Cell::Text(words) if words.is_empty());
        if is_empty || column >= MAX_COLUMNS {
            continue;
        }
        cells += put(&mut rows, row, column, content, merged)?;
        let too_many = cells > MAX_CELLS || rows.len() > MAX_ROWS + HEADINGS_WITHIN;
        if text > MAX_TEXT || too_many {
            return Err(TOO_LARGE);
        }
    }
    Ok(rows)
}

/// Puts a cell into its row, and says how many cells that has made: the gap before it is filled. Rows
/// come in their order; a file that jumps back is no work of a spreadsheet.
fn put(
    rows: &mut Vec<RawRow>,
    row: u32,
    column: u32,
    content: Cell,
    merged: &BTreeSet<(u32, u32)>,
) -> Result<usize, Unreadable> {
    let line = u64::from(row) + 1;
    let last = rows.last().map_or(0, |last| last.line);
    if last > line {
        return Err(Unreadable::Damaged(format!("row {line}")));
    }
    if last < line {
        let of_row = merged.range((row, 0)..=(row, MAX_COLUMNS));
        rows.push(RawRow {
            line,
            cells: Vec::new(),
            merged: of_row.map(|(_, at)| place(*at)).collect(),
            ragged: false,
        });
    }
    let Some(last) = rows.last_mut() else {
        return Ok(0);
    };
    let had = last.cells.len();
    let length = had.max(place(column) + 1);
    last.cells.resize(length, Cell::Text(String::new()));
    if let Some(cell) = last.cells.get_mut(place(column)) {
        *cell = content;
    }
    Ok(length - had)
}

fn place(column: u32) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

fn content(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Text(String::new()),
        DataRef::String(text) => Cell::Text(text.trim().to_owned()),
        DataRef::SharedString(text) => Cell::Text(text.trim().to_owned()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Int(number) => {
            // More digits than a float keeps are more than a spreadsheet keeps.
            Cell::Number(number.to_string().parse().unwrap_or(f64::NAN))
        }
        DataRef::DateTime(time) => day(*time),
        DataRef::DateTimeIso(text) => match text.split_once('T') {
            Some((day, time)) if time.trim_matches(['0', ':', '.', 'Z']).is_empty() => {
                Cell::Day(day.to_owned())
            }
            Some(_) => Cell::Other,
            None => Cell::Day(text.clone()),
        },
        DataRef::Bool(_) | DataRef::DurationIso(_) => Cell::Other,
        DataRef::Error(_) => Cell::Error,
    }
}

/// A day, unless a time of day goes with it.
fn day(time: ExcelDateTime) -> Cell {
    if !time.is_datetime() || time.as_f64().fract() != 0.0 {
        return Cell::Other;
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
}

/// The places of merged cells, row by row.
fn merged(book: &mut Book, sheet: &str) -> Result<BTreeSet<(u32, u32)>, Unreadable> {
    let last_row = u32::try_from(MAX_ROWS).unwrap_or(u32::MAX);
    let mut places = BTreeSet::new();
    let mut walked = 0;
    for region in book.merge_cells_by_sheet_name(sheet).map_err(damaged)? {
        let rows = region.start.0..=region.end.0.min(last_row);
        let columns = region.start.1..=region.end.1.min(MAX_COLUMNS);
        // Before any is walked: regions may lie over each other, or where nobody looks.
        walked += length(&rows) * length(&columns);
        if walked > MAX_MERGED {
            return Err(TOO_LARGE);
        }
        let of_row = |row| columns.clone().map(move |column| (row, column));
        if !columns.is_empty() {
            places.extend(rows.flat_map(of_row));
        }
    }
    Ok(places)
}

fn length(range: &RangeInclusive<u32>) -> u64 {
    let (first, last) = (u64::from(*range.start()), u64::from(*range.end()));
    (last + 1).saturating_sub(first)
}
