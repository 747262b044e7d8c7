//! Writes a list: as CSV between systems, as a workbook for people.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    Worksheet, XlsxError,
};

use crate::column::{Column, Kind};

/// The media type of a workbook.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The sheet that explains the columns.
const EXPLANATION: &str = "说明";
/// Its headings.
const EXPLAINED: [&str; 5] = ["列名", "系统列名", "是否必填", "填写说明", "可填内容"];
/// The last row of a sheet.
const LAST_ROW: u32 = 1_048_575;
/// Colour of the headings.
const SHADE: u32 = 0x00DC_E6F1;
/// Longest text of a cell, in the units that spreadsheets count.
const LONGEST: usize = 32_767;
/// Longest list of words to choose from, in the same units.
const LONGEST_CHOICE: usize = 255;
/// What stands at the end of a text that was longer.
const CUT: &str = "……";
/// The first year that spreadsheets know.
const FIRST_YEAR: i32 = 1900;
/// Narrowest and widest column, in the width of a digit.
const WIDTHS: (f64, f64) = (10.0, 60.0);

/// A list on its way into a workbook. The cells are those of the CSV; words get their names.
#[derive(Debug)]
pub struct Workbook<'a> {
    /// Name of its sheet.
    pub title: &'a str,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows, each with a cell per column.
    pub rows: &'a [Vec<String>],
    /// Remarks on the sheet that explains the columns.
    pub remarks: &'a [&'a str],
    /// When it is written.
    pub written_at: DateTime<Utc>,
}

/// The list as CSV with the headings of systems, and the mark by which spreadsheets know UTF-8.
pub fn csv(columns: &[Column<'_>], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns.iter().map(|column| column.name))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()).into())
}

/// Whether a spreadsheet may run a cell as a formula.
pub(crate) fn looks_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that no spreadsheet runs as a formula.
fn harmless(cell: &str) -> String {
    if looks_run(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The list as a workbook: cells of the kinds of their columns, the headings fixed and in Chinese, a
/// choice where there are words to choose from, and a sheet that explains the columns.
pub fn workbook(list: &Workbook<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let written_at = list.written_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let properties = DocProperties::new()
        .set_title(list.title)
        .set_creation_datetime(&ExcelDateTime::parse_from_str(&written_at)?);
    book.set_properties(&properties);
    let sheet = book.add_worksheet();
    sheet.set_name(list.title)?;
    write_list(sheet, list)?;
    let sheet = book.add_worksheet();
    sheet.set_name(EXPLANATION)?;
    write_explanation(sheet, list)?;
    book.save_to_buffer()
}

fn heading() -> Format {
    Format::new().set_bold().set_background_color(SHADE)
}

/// How the cells of a column are written, also those that somebody adds.
fn format_of(kind: Kind<'_>) -> Format {
    let format = match kind {
        // As text: a spreadsheet neither rounds it nor takes it for a day.
        Kind::Text | Kind::Code | Kind::Word(_) | Kind::Words(_) => "@",
        Kind::Number => "General",
        Kind::Day => "yyyy-mm-dd",
    };
    Format::new()
        .set_num_format(format)
        .set_align(FormatAlign::Top)
}

fn write_list(sheet: &mut Worksheet, list: &Workbook<'_>) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(list.columns) {
        let format = format_of(column.kind);
        let mut width = width_of(column.title);
        sheet.set_column_format(at, &format)?;
        sheet.write_string_with_format(0, at, column.title, &heading())?;
        for (row, cells) in (1_u32..).zip(list.rows) {
            let cell = cells.get(usize::from(at)).map_or("", String::as_str);
            let cell = column.kind.named(cell);
            width = width.max(width_of(&cell));
            write_cell(sheet, (row, at), column.kind, &cell, &format)?;
        }
        sheet.set_column_width(at, width.clamp(WIDTHS.0, WIDTHS.1))?;
        if let Kind::Word(words) = column.kind
            && is_choice(words)
        {
            let names: Vec<&str> = words.iter().map(|(_, name)| *name).collect();
            let choice = DataValidation::new()
                .allow_list_strings(&names)?
                .set_error_style(DataValidationErrorStyle::Warning);
            sheet.add_data_validation(1, at, LAST_ROW, at, &choice)?;
        }
    }
    Ok(())
}

/// Whether a spreadsheet can offer these words in a cell: it takes so many characters with the commas
/// between the words. What is longer stands on the sheet that explains the columns.
fn is_choice(words: &[(&str, &str)]) -> bool {
    let length = |(_, name): &(&str, &str)| name.encode_utf16().count() + 1;
    words.iter().map(length).sum::<usize>() <= LONGEST_CHOICE
        && !words.iter().any(|(_, name)| name.contains([',', '"']))
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    kind: Kind<'_>,
    cell: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    let number = cell.parse::<f64>().ok().filter(|_| kind == Kind::Number);
    let day = cell.parse::<NaiveDate>().ok();
    let day = day.filter(|day| kind == Kind::Day && day.year() >= FIRST_YEAR);
    match (number, day) {
        (Some(number), _) => sheet.write_number_with_format(row, at, number, format)?,
        (_, Some(day)) => {
            let day = ExcelDateTime::parse_from_str(&day.to_string())?;
            sheet.write_datetime_with_format(row, at, day, format)?
        }
        _ => sheet.write_string_with_format(row, at, fitting(cell), format)?,
    };
    Ok(())
}

/// A text that fits into a cell: one too long ends with a mark of it.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - CUT.encode_utf16().count();
    let fits = |c: &char| match room.checked_sub(c.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let kept: String = text.chars().take_while(fits).collect();
    Cow::Owned(kept + CUT)
}

fn write_explanation(sheet: &mut Worksheet, list: &Workbook<'_>) -> Result<(), XlsxError> {
    let plain = Format::new()
        .set_text_wrap()
        .set_num_format("@")
        .set_align(FormatAlign::Top);
    sheet.set_freeze_panes(1, 0)?;
    for ((at, title), width) in (0_u16..).zip(EXPLAINED).zip([16, 18, 10, 50, 60]) {
        sheet.write_string_with_format(0, at, title, &heading())?;
        sheet.set_column_width(at, width)?;
    }
    let mut row = 1;
    for column in list.columns {
        let words: Vec<String> = column
            .kind
            .words()
            .iter()
            .map(|(code, name)| format!("{name}（{code}）"))
            .collect();
        let needed = if column.required { "必填" } else { "选填" };
        let cells = [
            column.title,
            column.name,
            needed,
            column.about,
            &words.join("、"),
        ];
        for (at, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &plain)?;
        }
        row += 1;
    }
    for remark in list.remarks {
        row += 1;
        sheet.write_string_with_format(row, 0, *remark, &Format::new().set_num_format("@"))?;
    }
    Ok(())
}

/// How wide a text is: a Chinese character takes the room of two digits.
fn width_of(text: &str) -> f64 {
    let wide = |c: char| if c.is_ascii() { 1.0 } else { 2.0 };
    text.chars().map(wide).sum::<f64>() + 2.0
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("失业登记"), "失业登记");
    }
}
