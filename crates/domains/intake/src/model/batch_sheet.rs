//! The sheet of a batch: the columns of its workbook, made from the form, with what to write in each.

use tb_forms::kind::DivisionDepth;
use tb_forms::{Condition, Field, FormDocument, Kind, Table, TableColumn};
use tb_sheet::Column;

/// Name of the sheet.
pub(crate) const TITLE: &str = "批量申请表";
/// What stands below the explanation of the columns.
pub(crate) const REMARKS: [&str; 3] = [
    "每人填一行，表头不要改动；不用的空行可以不删。",
    "身份证号码、电话等按文本填写，不要使用公式，不要合并单元格。",
    "填好后在“批量申办”页面上传；先逐行核对，全部无误后才能提交，有误时不会导入任何一行。",
];

/// A form as a sheet.
pub(crate) struct Sheet<'a> {
    table: Table<'a>,
    words: Vec<Vec<(&'a str, &'a str)>>,
    abouts: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// The sheet of a form; none where the form does not fit into one.
    pub(crate) fn of(form: &'a FormDocument) -> Option<Self> {
        let table = Table::of(form).ok()?;
        let words = table.columns.iter().map(|column| words(column.field));
        let abouts = table.columns.iter().map(|column| about(form, column.field));
        Some(Self {
            words: words.collect(),
            abouts: abouts.collect(),
            table,
        })
    }

    /// The form as a table.
    pub(crate) fn table(&self) -> &Table<'a> {
        &self.table
    }

    /// Its columns.
    pub(crate) fn columns(&self) -> Vec<Column<'_>> {
        let described = self.words.iter().zip(&self.abouts);
        let columns = self.table.columns.iter().zip(described);
        columns
            .map(|(TableColumn { field, title }, (words, about))| Column {
                name: &field.key,
                title,
                kind: kind(field, words),
                // What is asked for under a condition alone may have no column.
                required: field.required && field.visible_when.is_none(),
                about,
            })
            .collect()
    }

    /// The heading of a field; empty where it has no column.
    pub(crate) fn title(&self, key: &str) -> &str {
        let mut columns = self.table.columns.iter();
        let found = columns.find(|column| column.field.key == key);
        found.map_or("", |column| column.title.as_str())
    }
}

fn kind<'a>(field: &Field, words: &'a [(&'a str, &'a str)]) -> tb_sheet::Kind<'a> {
    match &field.kind {
        Kind::Dictionary(options) if options.multiple => tb_sheet::Kind::Words(words),
        Kind::Dictionary(options) if options.options.is_some() => tb_sheet::Kind::Word(words),
        Kind::Date(_) => tb_sheet::Kind::Day,
        Kind::Text(_) | Kind::LongText(_) => tb_sheet::Kind::Text,
        // Numbers too: each of their digits counts, and a spreadsheet keeps fifteen of them.
        _ => tb_sheet::Kind::Code,
    }
}

fn words(field: &Field) -> Vec<(&str, &str)> {
    let Kind::Dictionary(options) = &field.kind else {
        return Vec::new();
    };
    let choices = options.options.iter().flatten();
    choices
        .map(|one| (one.value.as_str(), one.label.as_str()))
        .collect()
}

/// What to write in a column.
fn about(form: &FormDocument, field: &Field) -> String {
    let of_kind = match &field.kind {
        Kind::Dictionary(options) if options.multiple => "可填多项，用顿号分开",
        Kind::Dictionary(_) => "填其中一项",
        Kind::Date(_) => "日期，如 2026-11-23",
        Kind::Division(options) => match options.depth {
            DivisionDepth::County => "填到区县：区划代码或者全称",
            DivisionDepth::Town => "填到街道（乡镇）：区划代码或者全称，如“芙蓉区文艺路街道”",
            DivisionDepth::Village => {
                "填到社区（村）：区划代码或者全称，如“芙蓉区文艺路街道识字里社区”"
            }
        },
        Kind::CitizenId(_) => "18 位公民身份号码",
        Kind::CreditCode(_) => "18 位统一社会信用代码",
        Kind::Money(_) => "金额，单位元，最多两位小数",
        _ => "",
    };
    let help = field.help.as_deref().unwrap_or_default();
    let when = field.visible_when.as_ref().map(|one| condition(form, one));
    let parts = [
        of_kind.to_owned(),
        help.to_owned(),
        when.unwrap_or_default(),
    ];
    let said = parts.into_iter().filter(|part| !part.trim().is_empty());
    said.collect::<Vec<_>>().join("；")
}

/// When a column is filled in.
fn condition(form: &FormDocument, condition: &Condition) -> String {
    let asked = form.fields().find(|field| field.key == condition.field());
    let label = asked.map_or(condition.field(), |field| field.label.as_str());
    let words = asked.map(words).unwrap_or_default();
    let values = condition.values().iter().map(|value| {
        let named = words.iter().find(|(code, _)| code == value);
        named.map_or(value.as_str(), |(_, name)| *name)
    });
    let values = values.collect::<Vec<_>>().join("”或者“");
    let is = if matches!(condition, Condition::NotEquals { .. }) {
        "不是"
    } else {
        "是"
    };
    format!("“{label}”{is}“{values}”时填写")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};
    use serde_json::{Map, Value, json};
    use tb_forms::FormDocument;
    use tb_sheet::Workbook;

    use super::{REMARKS, Sheet, TITLE};

    fn form() -> FormDocument {
        let options = json!([{"value": "a", "label": "固定期限"}, {"value": "b", "label": "无固定期限（含续订）"}, {"value": "c", "label": "非全日制、计件"}]);
        let form = json!({"key": "f", "title": "表", "sections": [{"key": "s", "title": "人员", "fields": [
            {"key": "name", "label": "姓名", "kind": "text", "required": true},
            {"key": "id", "label": "公民身份号码", "kind": "citizen_id", "required": true},
            {"key": "contract", "label": "用工形式", "kind": "dictionary", "options": options},
            {"key": "until", "label": "终止日期", "kind": "date", "visible_when": {"op": "equals", "field": "contract", "value": "a"}},
            {"key": "kinds", "label": "险种", "kind": "dictionary", "multiple": true, "options": options},
            {"key": "wage", "label": "工资", "kind": "money"},
            {"key": "home", "label": "住址", "kind": "division", "depth": "village"},
            {"key": "note", "label": "备注", "kind": "long_text"}]}]});
        serde_json::from_value(form).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Answers as a row may give them; words that a cell keeps as they are.
    fn answers() -> impl Strategy<Value = Value> {
        let word = "[一-龥][一-龥a-z0-9 ]{0,8}[一-龥]";
        let choice = proptest::option::of(proptest::sample::select(vec!["a", "b", "c"]));
        let many = proptest::sample::subsequence(vec!["a", "b", "c"], 0..=3);
        let day = proptest::option::of((2000..2040i32, 1..=12u32, 1..=28u32));
        let wage = proptest::option::of("[1-9][0-9]{0,16}\\.[0-9]{2}");
        let row = (
            word,
            "[0-9]{17}[0-9X]",
            choice,
            many,
            day,
            wage,
            proptest::option::of(word),
        );
        row.prop_map(|(name, id, contract, kinds, day, wage, note)| {
            let mut answers = Map::new();
            answers.insert("name".to_owned(), name.into());
            answers.insert("id".to_owned(), id.into());
            answers.extend(contract.map(|one| ("contract".to_owned(), one.into())));
            let day = day.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
            answers.extend(day.map(|day| ("until".to_owned(), day.into())));
            if !kinds.is_empty() {
                answers.insert("kinds".to_owned(), kinds.into());
            }
            answers.extend(wage.map(|wage| ("wage".to_owned(), wage.into())));
            answers.insert("home".to_owned(), json!({"code": "430102001001"}));
            answers.extend(note.map(|note| ("note".to_owned(), note.into())));
            Value::Object(answers)
        })
    }

    fn again(sheet: &Sheet<'_>, file: &[u8]) -> Vec<Value> {
        let list = tb_sheet::read(file, &sheet.columns());
        let list = list.unwrap_or_else(|error| panic!("{error}"));
        let answers = |row: &tb_sheet::Row| {
            let cells = row.cells.as_ref().unwrap_or_else(|flaw| panic!("{flaw:?}"));
            sheet
                .table()
                .answers(|key| cells.get(key), |_| None, |_, _| None)
        };
        list.rows.iter().map(answers).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_into_a_sheet_is_read_as_it_was(rows in proptest::collection::vec(answers(), 1..4)) {
            let form = form();
            let Some(sheet) = Sheet::of(&form) else { panic!("the form fits") };
            let cells: Vec<Vec<String>> = rows.iter().map(|row| sheet.table().cells(row)).collect();
            let columns = sheet.columns();
            let csv = tb_sheet::csv(&columns, &cells).unwrap_or_else(|error| panic!("{error}"));
            prop_assert_eq!(&again(&sheet, &csv), &rows);
            let book = Workbook { title: TITLE, columns: &columns, rows: &cells, remarks: &REMARKS, written_at: DateTime::UNIX_EPOCH };
            let book = tb_sheet::workbook(&book).unwrap_or_else(|error| panic!("{error}"));
            prop_assert_eq!(&again(&sheet, &book), &rows);
        }
    }

    #[test]
    fn the_columns_say_what_to_write() {
        let form = form();
        let Some(sheet) = Sheet::of(&form) else {
            panic!("the form fits");
        };
        let columns = sheet.columns();
        let about = |name: &str| {
            columns
                .iter()
                .find(|one| one.name == name)
                .map(|one| one.about)
        };
        assert_eq!(
            about("until"),
            Some("日期，如 2026-11-23；“用工形式”是“固定期限”时填写")
        );
        assert_eq!(about("kinds"), Some("可填多项，用顿号分开"));
        let required: Vec<&str> = columns
            .iter()
            .filter(|one| one.required)
            .map(|one| one.title)
            .collect();
        assert_eq!(required, ["姓名", "公民身份号码"]);
    }
}
