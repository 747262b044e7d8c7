//! Rows of an item list as offices hand them out (CSV): what a row must have, and how it becomes
//! an item. A row says who does what; it holds no conditions, terms or materials, and none are
//! made up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tb_contract::item::{ItemDocument, ItemType};
use tb_kernel::Region;
use utoipa::ToSchema;

use crate::error::field;
use crate::model::{code, list_text};

/// Something to say about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowNote {
    /// Line of the file; the headings are line 1.
    pub row: u64,
    /// Stable code.
    pub code: String,
    /// Arguments of the text.
    pub args: BTreeMap<String, String>,
    /// The text in the caller's language.
    pub message: String,
}

impl RowNote {
    pub(crate) fn new(row: u64, code: &str, args: &[(&str, &str)]) -> Self {
        let args = args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Self {
            row,
            code: code.to_owned(),
            args,
            message: String::new(),
        }
    }
}

/// A row that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub line: u64,
    pub department: String,
    pub category: String,
    pub name: String,
    /// The code the item gets.
    pub code: String,
    /// The code as the file writes it; empty where it has none.
    pub original_code: String,
    pub item_type: ItemType,
    /// The office's code as the file writes it.
    pub office_code: String,
}

/// A list that has been read.
#[derive(Debug, Default)]
pub(crate) struct ItemList {
    pub rows: Vec<ListRow>,
    pub warnings: Vec<RowNote>,
    pub rejected: Vec<RowNote>,
}

/// A row as it stands in the file.
#[derive(Debug, Deserialize)]
struct RawRow {
    department: String,
    #[serde(default)]
    category: String,
    name: String,
    item_code: String,
    item_type: String,
    #[serde(default)]
    office_code: String,
}

/// The word of the lists for "no main item".
const UNCATEGORISED: &str = "未分类";
/// The department of rows that name none.
const NO_DEPARTMENT: &str = "未注明部门";

/// Reads a list; the error is the reader's own words.
pub(crate) fn read(bytes: &[u8]) -> Result<ItemList, String> {
    let text = list_text::decode(bytes).ok_or("UTF-8, GB 18030")?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    check_headers(&headers)?;
    let mut list = ItemList::default();
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        if let Some(record) = list.tidy(line, &record, headers.len()) {
            let raw: RawRow = record
                .deserialize(Some(&headers))
                .map_err(|error| error.to_string())?;
            list.take(line, &raw, &mut seen);
        }
    }
    Ok(list)
}

/// A file without the columns that every row needs is no list at all.
fn check_headers(headers: &csv::StringRecord) -> Result<(), String> {
    let missing: Vec<&str> = ["department", "name", "item_code", "item_type"]
        .into_iter()
        .filter(|wanted| headers.iter().all(|header| header != *wanted))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing.join(", "))
    }
}

/// A record of a list with its entities opened, and a remark where there were any; the error says
/// why it is no row.
pub(crate) fn opened(
    line: u64,
    record: &csv::StringRecord,
    columns: usize,
) -> Result<(csv::StringRecord, Option<RowNote>), RowNote> {
    // An error page may have been encoded with the rest.
    let opened: csv::StringRecord = record.iter().map(list_text::opened).collect();
    if opened.iter().any(list_text::is_markup) {
        return Err(RowNote::new(line, field::ROW_MARKUP, &[]));
    }
    if record.len() != columns {
        let (found, wanted) = (record.len().to_string(), columns.to_string());
        let args = [("found", found.as_str()), ("wanted", wanted.as_str())];
        return Err(RowNote::new(line, field::ROW_SHAPE, &args));
    }
    let warning = (opened != *record).then(|| RowNote::new(line, field::ROW_ENTITIES, &[]));
    Ok((opened, warning))
}

impl ItemList {
    /// The record with its entities opened; `None`, and a note, where it is no row of the list.
    fn tidy(
        &mut self,
        line: u64,
        record: &csv::StringRecord,
        columns: usize,
    ) -> Option<csv::StringRecord> {
        match opened(line, record, columns) {
            Ok((opened, warning)) => {
                self.warnings.extend(warning);
                Some(opened)
            }
            Err(note) => {
                self.rejected.push(note);
                None
            }
        }
    }

    fn take(&mut self, line: u64, raw: &RawRow, seen: &mut BTreeSet<String>) {
        if raw.name.is_empty() {
            self.rejected.push(RowNote::new(line, field::ROW_NAME, &[]));
            return;
        }
        let Some(item_type) = ItemType::from_code(&raw.item_type) else {
            self.rejected.push(RowNote::new(
                line,
                field::ROW_TYPE,
                &[("type", &raw.item_type)],
            ));
            return;
        };
        let code = written_code(raw);
        if !seen.insert(code::normal(&code)) {
            self.rejected.push(RowNote::new(
                line,
                field::ROW_DUPLICATE,
                &[("code", &raw.item_code)],
            ));
            return;
        }
        self.warn(line, raw, &code);
        let department = if raw.department.is_empty() {
            NO_DEPARTMENT
        } else {
            &raw.department
        };
        self.rows.push(ListRow {
            line,
            department: department.to_owned(),
            category: if raw.category == UNCATEGORISED {
                String::new()
            } else {
                raw.category.clone()
            },
            name: raw.name.clone(),
            code,
            original_code: raw.item_code.clone(),
            item_type,
            office_code: raw.office_code.clone(),
        });
    }

    fn warn(&mut self, line: u64, raw: &RawRow, code: &str) {
        if code::normal(&raw.item_code) != code::normal(code) {
            self.warnings
                .push(RowNote::new(line, field::ROW_NO_CODE, &[("code", code)]));
        }
        if raw.department.is_empty() {
            self.warnings
                .push(RowNote::new(line, field::ROW_DEPARTMENT, &[]));
        }
        if code::credit_code(&raw.office_code).is_none() {
            self.warnings.push(RowNote::new(
                line,
                field::ROW_OFFICE_CODE,
                &[("office_code", &raw.office_code)],
            ));
        }
    }
}

/// The code of the file where it can be one; else one made of department and name, so that the
/// same row gets the same code at the next import.
fn written_code(raw: &RawRow) -> String {
    if code::is_written_well(&raw.item_code) {
        return raw.item_code.clone();
    }
    let normal = code::normal(&raw.item_code);
    if code::is_written_well(&normal) {
        return normal;
    }
    code::made_of(&[&raw.department, &raw.name, &raw.item_code])
}

impl ListRow {
    /// The item that a row describes: a guide without form.
    pub(crate) fn document(
        &self,
        region: &Region,
        sample: bool,
    ) -> serde_json::Result<ItemDocument> {
        serde_json::from_value(json!({
            "code": self.code, "name": self.name, "item_type": self.item_type, "region": region,
            "department_code": "", "department_name": "", "audience": [], "case_kind": "promised", "sample": sample,
        }))
    }

    /// Brings what the row says into an item; all else stays.
    pub(crate) fn apply(
        &self,
        item: &mut ItemDocument,
        department_code: &str,
        department_name: &str,
    ) {
        item.name.clone_from(&self.name);
        item.category.clone_from(&self.category);
        item.item_type = self.item_type;
        department_code.clone_into(&mut item.department_code);
        department_name.clone_into(&mut item.department_name);
        self.name_in(item);
    }

    /// Makes an item known by the row's code; `true` where it was not.
    pub(crate) fn name_in(&self, item: &mut ItemDocument) -> bool {
        let code = if self.original_code.is_empty() {
            &self.code
        } else {
            &self.original_code
        };
        let is_new = !item.external_codes.contains(code);
        if is_new {
            item.external_codes.push(code.clone());
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::error::field;

    const HEAD: &str = "department,category,name,item_code,item_type,office_code,area_code\n";

    #[test]
    fn a_row_is_rejected_for_three_reasons_only() {
        let list = read(
            format!(
                "\u{feff}{HEAD}区人社局,未分类, 失业登记 ,A001-1,20,11430102TB00000871,1\n\
                 区人社局,就业,,A002,20,,1\n区人社局,就业,乙,A003,99,,1\n区人社局,就业,丙,a001-1,1,,1\n\
                 ,就业,丁,,5,00877868-5,1\n"
            )
            .as_bytes(),
        )
        .unwrap();
        let notes = |notes: &[super::RowNote]| {
            notes
                .iter()
                .map(|n| (n.row, n.code.clone()))
                .collect::<Vec<_>>()
        };
        let rejected = [
            (3, field::ROW_NAME),
            (4, field::ROW_TYPE),
            (5, field::ROW_DUPLICATE),
        ];
        assert_eq!(
            notes(&list.rejected),
            rejected.map(|(row, code)| (row, code.to_owned()))
        );
        let warned = [
            (6, field::ROW_NO_CODE),
            (6, field::ROW_DEPARTMENT),
            (6, field::ROW_OFFICE_CODE),
        ];
        assert_eq!(
            notes(&list.warnings),
            warned.map(|(row, code)| (row, code.to_owned()))
        );
        let names: Vec<_> = list
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.category.as_str()))
            .collect();
        assert_eq!(names, [("失业登记", ""), ("丁", "就业")]);
        assert!(list.rows[1].code.starts_with('X'));
    }

    #[test]
    fn what_is_no_list_says_so() {
        assert!(read("name\n甲\n".as_bytes()).is_err());
        assert!(read(&[0xff, 0xfe, 0x00]).is_err());
        assert!(read(HEAD.as_bytes()).unwrap().rows.is_empty());
    }
}
