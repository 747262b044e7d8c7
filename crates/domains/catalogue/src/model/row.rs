//! Rows of an item list as offices hand them out: what a row must have, and how it becomes
//! an item. A row says who does what; it holds no conditions, terms or materials, and none are
//! made up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tb_contract::item::{ItemDocument, ItemType};
use tb_kernel::Region;
use tb_sheet::{Cells, Flaw, Unreadable};
use utoipa::ToSchema;

use crate::error::field;
use crate::model::code;
use crate::model::columns::{ITEMS, TYPES};

/// Something to say about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowNote {
    /// Line of the file or row of the sheet, counted from 1.
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

    /// Why a row of a file cannot be read.
    pub(crate) fn of_flaw(row: u64, flaw: &Flaw) -> Self {
        let at = |code, cell: &str| Self::new(row, code, &[("cell", cell)]);
        match flaw {
            Flaw::Shape { found, wanted } => {
                let (found, wanted) = (found.to_string(), wanted.to_string());
                let args = [("found", found.as_str()), ("wanted", wanted.as_str())];
                Self::new(row, field::ROW_SHAPE, &args)
            }
            Flaw::Markup => Self::new(row, field::ROW_MARKUP, &[]),
            Flaw::Rounded { cell, shown } => {
                let args = [("cell", cell.as_str()), ("shown", shown.as_str())];
                Self::new(row, field::CELL_ROUNDED, &args)
            }
            Flaw::Converted { cell } => at(field::CELL_CONVERTED, cell),
            Flaw::Formula { cell } => at(field::CELL_FORMULA, cell),
            Flaw::Error { cell } => at(field::CELL_ERROR, cell),
            Flaw::Merged { cell } => at(field::CELL_MERGED, cell),
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

/// What a row of the file says.
struct RawRow<'a> {
    department: &'a str,
    category: &'a str,
    name: &'a str,
    item_code: &'a str,
    item_type: &'a str,
    office_code: &'a str,
}

impl<'a> RawRow<'a> {
    fn of(cells: &'a Cells) -> Self {
        Self {
            department: cells.get("department"),
            category: cells.get("category"),
            name: cells.get("name"),
            item_code: cells.get("item_code"),
            item_type: cells.get("item_type"),
            office_code: cells.get("office_code"),
        }
    }
}

/// The word of the lists for "no main item".
const UNCATEGORISED: &str = "未分类";
/// The department of rows that name none.
const NO_DEPARTMENT: &str = "未注明部门";

/// Reads a list.
pub(crate) fn read(bytes: &[u8]) -> Result<ItemList, Unreadable> {
    let mut list = ItemList::default();
    let mut seen = BTreeSet::new();
    for row in tb_sheet::read(bytes, &ITEMS)?.rows {
        if row.opened {
            list.warnings
                .push(RowNote::new(row.line, field::ROW_ENTITIES, &[]));
        }
        match &row.cells {
            Ok(cells) => list.take(row.line, &RawRow::of(cells), &mut seen),
            Err(flaw) => list.rejected.push(RowNote::of_flaw(row.line, flaw)),
        }
    }
    Ok(list)
}

/// The type of this code or name.
pub(crate) fn type_of(text: &str) -> Option<ItemType> {
    let named = TYPES.iter().find(|(_, name)| *name == text);
    ItemType::from_code(named.map_or(text, |(code, _)| code))
}

impl ItemList {
    fn take(&mut self, line: u64, raw: &RawRow<'_>, seen: &mut BTreeSet<String>) {
        if raw.name.is_empty() {
            self.rejected.push(RowNote::new(line, field::ROW_NAME, &[]));
            return;
        }
        let Some(item_type) = type_of(raw.item_type) else {
            self.rejected.push(RowNote::new(
                line,
                field::ROW_TYPE,
                &[("type", raw.item_type)],
            ));
            return;
        };
        let code = written_code(raw);
        if !seen.insert(code::normal(&code)) {
            self.rejected.push(RowNote::new(
                line,
                field::ROW_DUPLICATE,
                &[("code", raw.item_code)],
            ));
            return;
        }
        self.warn(line, raw, &code);
        let department = if raw.department.is_empty() {
            NO_DEPARTMENT
        } else {
            raw.department
        };
        self.rows.push(ListRow {
            line,
            department: department.to_owned(),
            category: if raw.category == UNCATEGORISED {
                String::new()
            } else {
                raw.category.to_owned()
            },
            name: raw.name.to_owned(),
            code,
            original_code: raw.item_code.to_owned(),
            item_type,
            office_code: raw.office_code.to_owned(),
        });
    }

    fn warn(&mut self, line: u64, raw: &RawRow<'_>, code: &str) {
        if code::normal(raw.item_code) != code::normal(code) {
            self.warnings
                .push(RowNote::new(line, field::ROW_NO_CODE, &[("code", code)]));
        }
        if raw.department.is_empty() {
            self.warnings
                .push(RowNote::new(line, field::ROW_DEPARTMENT, &[]));
        }
        if code::credit_code(raw.office_code).is_none() {
            self.warnings.push(RowNote::new(
                line,
                field::ROW_OFFICE_CODE,
                &[("office_code", raw.office_code)],
            ));
        }
    }
}

/// The code of the file where it can be one; else one made of department and name, so that the
/// same row gets the same code at the next import.
fn written_code(raw: &RawRow<'_>) -> String {
    if code::is_written_well(raw.item_code) {
        return raw.item_code.to_owned();
    }
    let normal = code::normal(raw.item_code);
    if code::is_written_well(&normal) {
        return normal;
    }
    code::made_of(&[raw.department, raw.name, raw.item_code])
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
