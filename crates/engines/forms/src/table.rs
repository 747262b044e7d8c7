//! A form as a table: one row for each person that it is filled in for (批量申办). Which fields become
//! columns, whose row it is, what a cell means as an answer, and how an answer is written in a cell.
//! Files and their formats are the caller's business.

use serde_json::{Map, Value, json};

use crate::document::{Field, FormDocument};
use crate::kind::{Choice, DictionaryOptions, Kind};

/// What stands between several choices in one cell.
const BETWEEN: [char; 6] = ['、', ',', '，', ';', '；', '\n'];

/// A form as a table.
#[derive(Debug)]
pub struct Table<'a> {
    /// Its columns, in the order of the form.
    pub columns: Vec<TableColumn<'a>>,
    /// The field that holds the name of the person whose row it is.
    pub name: &'a Field,
    /// The field that holds his citizen id.
    pub citizen_id: &'a Field,
    /// Fields that are the same in every row, filled in for whoever applies.
    own: Vec<&'a Field>,
}

/// A field as a column.
#[derive(Debug)]
pub struct TableColumn<'a> {
    /// The field.
    pub field: &'a Field,
    /// The heading, unique in the table.
    pub title: String,
}

/// Why a form cannot be a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableObstacle {
    /// A field has rows of its own, or files: neither fits into a cell.
    Field {
        /// Its label.
        label: String,
    },
    /// No field is sure to name a person and his citizen id.
    Nobody,
}

impl<'a> Table<'a> {
    /// The form as a table.
    ///
    /// # Errors
    /// Where a field does not fit into a cell, or nobody can be told from a row.
    pub fn of(form: &'a FormDocument) -> Result<Self, TableObstacle> {
        let fits = |field: &&Field| !matches!(field.kind, Kind::Repeat(_) | Kind::Attachment(_));
        if let Some(field) = form.fields().find(|field| !fits(field)) {
            let label = field.label.clone();
            return Err(TableObstacle::Field { label });
        }
        let (name, citizen_id) = person(form).ok_or(TableObstacle::Nobody)?;
        let of_account = citizen_id.prefill.is_some();
        let is_own = |field: &&Field| match field.prefill.as_deref() {
            Some(source) => source.starts_with("enterprise.") || !of_account,
            None => false,
        };
        let columns = form
            .fields()
            .filter(|field| !is_own(field))
            .map(|field| TableColumn {
                field,
                title: title(form, field),
            });
        Ok(Self {
            columns: columns.collect(),
            name,
            citizen_id,
            own: form.fields().filter(is_own).collect(),
        })
    }

    /// The answers that a row gives. `cell` is what stands under a key, `source` fills in what is the
    /// same in every row, `code_of` finds a division by its names.
    pub fn answers<'c>(
        &self,
        cell: impl Fn(&str) -> &'c str,
        source: impl Fn(&str) -> Option<String>,
        code_of: impl Fn(&Field, &str) -> Option<String>,
    ) -> Value {
        let mut answers = Map::new();
        for field in &self.own {
            if let Some(value) = field.prefill.as_deref().and_then(&source) {
                answers.insert(field.key.clone(), value.into());
            }
        }
        for TableColumn { field, .. } in &self.columns {
            if let Some(value) = read(field, cell(&field.key), &code_of) {
                answers.insert(field.key.clone(), value);
            }
        }
        Value::Object(answers)
    }

    /// The cells in which answers are written, in the order of the columns.
    pub fn cells(&self, answers: &Value) -> Vec<String> {
        let cell = |column: &TableColumn<'_>| {
            let answer = answers.get(&column.field.key);
            answer.map_or_else(String::new, |answer| write(column.field, answer))
        };
        self.columns.iter().map(cell).collect()
    }
}

/// The fields that name a person: a citizen id that is always asked for, and the name beside it. One
/// that the account would fill in belongs to whoever acts, unless there is no other.
fn person(form: &FormDocument) -> Option<(&Field, &Field)> {
    let always = |field: &Field| field.required && field.visible_when.is_none();
    let fields: Vec<&Field> = form.fields().collect();
    let ids = || {
        let kind = |field: &Field| matches!(field.kind, Kind::CitizenId(_));
        fields
            .iter()
            .copied()
            .enumerate()
            .filter(move |(_, field)| kind(field) && always(field))
    };
    let (at, citizen_id) = ids()
        .find(|(_, field)| field.prefill.is_none())
        .or_else(|| ids().next())?;
    let is_name = |field: &&&Field| {
        matches!(field.kind, Kind::Text(_))
            && always(field)
            && field.prefill.is_some() == citizen_id.prefill.is_some()
    };
    let before = fields
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .find(is_name);
    let name = before.or_else(|| fields.get(at..).unwrap_or_default().iter().find(is_name));
    Some((name?, citizen_id))
}

/// The label of a field; where several have the same, with its section, else with its key.
fn title(form: &FormDocument, field: &Field) -> String {
    let label = field.label.trim();
    let alike = |one: &&Field| one.label.trim() == label;
    if form.fields().filter(alike).count() == 1 {
        return label.to_owned();
    }
    let home = form
        .sections
        .iter()
        .find(|section| section.fields.iter().any(|one| one.key == field.key));
    match home {
        Some(section) if section.fields.iter().filter(alike).count() == 1 => {
            format!("{}·{label}", section.title.trim())
        }
        _ => format!("{label}（{}）", field.key),
    }
}

/// What a cell answers; none where it is empty. What is no choice stays as it was written, for
/// the judge to refuse.
fn read(
    field: &Field,
    cell: &str,
    code_of: &impl Fn(&Field, &str) -> Option<String>,
) -> Option<Value> {
    let text = cell.trim();
    if text.is_empty() {
        return None;
    }
    Some(match &field.kind {
        Kind::Dictionary(options) if options.multiple => Value::from(several(options, text)),
        Kind::Dictionary(options) => Value::from(value_of(choices(options), text)),
        Kind::Division(_) => {
            let code = code_of(field, text).unwrap_or_else(|| text.to_owned());
            json!({ "code": code })
        }
        _ => Value::from(text),
    })
}

/// An answer as a cell says it.
fn write(field: &Field, answer: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match (&field.kind, answer) {
        (Kind::Dictionary(options), Value::Array(values)) => {
            let labels = values
                .iter()
                .map(|value| label_of(choices(options), &word(value)));
            labels.collect::<Vec<_>>().join("、")
        }
        (Kind::Dictionary(options), value) => label_of(choices(options), &word(value)),
        (Kind::Division(_), value) => value.get("code").map(word).unwrap_or_default(),
        (_, value) => word(value),
    }
}

fn choices(options: &DictionaryOptions) -> &[Choice] {
    options.options.as_deref().unwrap_or_default()
}

fn value_of(choices: &[Choice], text: &str) -> String {
    let by_label = choices.iter().find(|choice| choice.label.trim() == text);
    by_label.map_or(text, |choice| &choice.value).to_owned()
}

fn label_of(choices: &[Choice], value: &str) -> String {
    let known = choices.iter().find(|choice| choice.value == value);
    known.map_or(value, |choice| choice.label.trim()).to_owned()
}

/// Several choices of one cell: the longest label that stands there counts, since a label may itself
/// hold what stands between them.
fn several(options: &DictionaryOptions, text: &str) -> Vec<String> {
    let between = |c: char| BETWEEN.contains(&c) || c.is_whitespace();
    let mut values = Vec::new();
    let mut rest = text.trim_matches(between);
    while !rest.is_empty() {
        let ends = |label: &str| {
            let behind = rest.strip_prefix(label);
            behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(between))
        };
        let known = choices(options)
            .iter()
            .map(|choice| choice.label.trim())
            .filter(|label| !label.is_empty() && ends(label))
            .max_by_key(|label| label.len());
        let end = known.map_or_else(|| rest.find(between).unwrap_or(rest.len()), str::len);
        let (one, behind) = rest.split_at(end);
        values.push(value_of(choices(options), one));
        rest = behind.trim_start_matches(between);
    }
    values
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Table, TableObstacle};
    use crate::document::FormDocument;

    fn form(fields: Value) -> FormDocument {
        let form = json!({"key": "f", "title": "表", "sections": [
            {"key": "s", "title": "单位", "fields": [
                {"key": "name", "label": "姓名", "required": true, "kind": "text", "prefill": "account.name"},
                {"key": "agent_id", "label": "公民身份号码", "required": true, "kind": "citizen_id", "prefill": "account.citizen_id"}]},
            {"key": "p", "title": "人员", "fields": fields}]});
        serde_json::from_value(form).unwrap_or_else(|error| panic!("{error}"))
    }

    fn person() -> Value {
        json!([
            {"key": "worker", "label": "姓名", "required": true, "kind": "text"},
            {"key": "id", "label": "公民身份号码", "required": true, "kind": "citizen_id"},
            {"key": "skills", "label": "技能", "kind": "dictionary", "multiple": true, "options": [
                {"value": "a", "label": "焊工"}, {"value": "b", "label": "焊工、钳工"}, {"value": "c", "label": "电工"}]},
            {"key": "home", "label": "住址", "kind": "division", "depth": "county"}])
    }

    #[test]
    fn what_is_the_agents_own_is_no_column_and_titles_are_told_apart() {
        let form = form(person());
        let Ok(table) = Table::of(&form) else {
            panic!("the form fits");
        };
        let titles: Vec<&str> = table.columns.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["人员·姓名", "人员·公民身份号码", "技能", "住址"]);
        assert_eq!(
            (table.name.key.as_str(), table.citizen_id.key.as_str()),
            ("worker", "id")
        );
        let cell = |key: &str| match key {
            "skills" => "焊工、钳工；电工",
            "home" => "芙蓉区",
            "worker" => " 甲 ",
            _ => "",
        };
        let source = |source: &str| (source == "account.name").then(|| "陈示例".to_owned());
        let answers = table.answers(cell, source, |_, _| Some("430102".to_owned()));
        let expected = json!({"name": "陈示例", "worker": "甲", "skills": ["b", "c"], "home": {"code": "430102"}});
        assert_eq!(answers, expected);
        assert_eq!(
            table.cells(&answers),
            ["甲", "", "焊工、钳工、电工", "430102"]
        );
    }

    #[test]
    fn a_form_of_the_person_himself_has_him_in_its_columns() {
        let form = form(json!([]));
        let Ok(table) = Table::of(&form) else {
            panic!("the form fits");
        };
        assert_eq!(table.columns.len(), 2);
        assert_eq!(table.name.key, "name");
    }

    #[test]
    fn rows_and_files_do_not_fit_and_somebody_must_be_named() {
        let repeat = json!([{"key": "r", "label": "家庭成员", "kind": "repeat", "fields": []}]);
        let label = "家庭成员".to_owned();
        assert_eq!(
            Table::of(&form(repeat)).err(),
            Some(TableObstacle::Field { label })
        );
        let mut nobody = form(json!([]));
        nobody.sections.remove(0);
        assert_eq!(Table::of(&nobody).err(), Some(TableObstacle::Nobody));
    }
}
