//! Applications of an organisation for many persons at once (批量申办): states of a batch and of its
//! rows, and the trial in which every row is judged before anything is handed in.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::divisions::DivisionTree;
use tb_contract::item::ItemDocument;
use tb_forms::{Env, Field, FieldProblem, FormDocument, Kind};
use tb_kernel::AccountKind;
use tb_kernel::identity_number::{half_width, mask_id, mask_name};
use tb_sheet::{Flaw, List};

use super::batch_sheet::Sheet;
use super::may_apply;
use crate::error::field;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident as $schema:ident: $($variant:ident = $text:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = $schema)]
        pub enum $name { $(#[doc = concat!("`", $text, "`")] $variant),* }

        impl $name {
            /// As stored and as the API writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Reads it; `None` for another word.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// Where a batch stands.
    BatchState as ApplicationBatchState:
    Draft = "draft",
    Checked = "checked",
    Submitting = "submitting",
    Submitted = "submitted",
}

words! {
    /// Where a row of a batch stands: not fit, fit, an application, or refused when its turn came.
    BatchRowState as ApplicationBatchRowState:
    Faulty = "faulty",
    Ready = "ready",
    Made = "made",
    Refused = "refused",
}

/// The person whom a row is for. Personal data.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    /// Name.
    pub name: String,
    /// Citizen id.
    pub citizen_id: String,
}

impl Person {
    /// The name as lists show it.
    pub(crate) fn masked_name(&self) -> String {
        mask_name(&self.name)
    }

    /// The number as lists show it.
    pub(crate) fn masked_id(&self) -> String {
        mask_id(&self.citizen_id)
    }
}

/// What is wrong with a row: never what was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RowFault {
    /// Key of the field; empty where it is the row as a whole.
    pub key: String,
    /// Code of the sentence.
    pub code: String,
    /// Its arguments.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl RowFault {
    fn new(key: &str, code: &str, args: &[(&str, String)]) -> Self {
        let arg = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
        Self {
            key: key.to_owned(),
            code: code.to_owned(),
            args: args.iter().map(arg).collect(),
        }
    }

    /// What the judge of single applications says.
    pub(crate) fn of(problem: FieldProblem) -> Self {
        Self {
            key: key_of(&problem.path),
            code: problem.code.to_owned(),
            args: problem.args,
        }
    }

    /// What the reader of the file says.
    fn of_flaw(flaw: &Flaw) -> Self {
        let at = |code, cell: &String| Self::new("", code, &[("cell", cell.clone())]);
        match flaw {
            Flaw::Shape { found, wanted } => {
                let args = [("found", found.to_string()), ("wanted", wanted.to_string())];
                Self::new("", field::ROW_SHAPE, &args)
            }
            Flaw::Markup => Self::new("", field::ROW_MARKUP, &[]),
            Flaw::Rounded { cell, .. } => at(field::CELL_ROUNDED, cell),
            Flaw::Converted { cell } => at(field::CELL_CONVERTED, cell),
            Flaw::Formula { cell } => at(field::CELL_FORMULA, cell),
            Flaw::Error { cell } => at(field::CELL_ERROR, cell),
            Flaw::Merged { cell } => at(field::CELL_MERGED, cell),
        }
    }
}

/// The field that a path names: nothing in a table lies deeper.
pub(crate) fn key_of(path: &str) -> String {
    let first = path.trim_start_matches('/').split('/').next();
    first
        .unwrap_or_default()
        .replace("~1", "/")
        .replace("~0", "~")
}

/// A row after the trial.
pub(crate) struct Tried {
    /// Its line in the file.
    pub line: u64,
    /// What it answers.
    pub answers: Value,
    /// Whom it is for.
    pub person: Person,
    /// What is wrong with it.
    pub faults: Vec<RowFault>,
}

/// What the rows of a file are tried by.
pub(crate) struct Trial<'a> {
    /// Its sheet.
    pub sheet: &'a Sheet<'a>,
    /// What the judge goes by.
    pub form: &'a FormDocument,
    /// And around it.
    pub env: Env<'a>,
    /// The divisions, for those written by their names.
    pub tree: &'a DivisionTree,
    /// Region of the item: names of divisions may begin within it.
    pub region: &'a str,
}

impl Trial<'_> {
    /// Every row of a file as it would be judged by itself, and those that stand there twice.
    /// `source` fills in what is the same in every row.
    pub(crate) fn rows(&self, list: List, source: impl Fn(&str) -> Option<String>) -> Vec<Tried> {
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut tried = Vec::with_capacity(list.rows.len());
        for row in list.rows {
            let mut one = match row.cells {
                Ok(cells) => {
                    let code_of = |field: &Field, text: &str| self.code_of(field, text);
                    let table = self.sheet.table();
                    self.judged(
                        row.line,
                        table.answers(|key| cells.get(key), &source, code_of),
                    )
                }
                Err(flaw) => Tried {
                    line: row.line,
                    answers: Value::Object(serde_json::Map::new()),
                    person: Person::default(),
                    faults: vec![RowFault::of_flaw(&flaw)],
                },
            };
            if !one.person.citizen_id.is_empty() {
                let first = *seen
                    .entry(one.person.citizen_id.clone())
                    .or_insert(one.line);
                if first != one.line {
                    let key = &self.sheet.table().citizen_id.key;
                    let args = [("line", first.to_string())];
                    one.faults
                        .push(RowFault::new(key, field::BATCH_TWICE, &args));
                }
            }
            tried.push(one);
        }
        tried
    }

    /// A row judged as a single application is.
    pub(crate) fn judged(&self, line: u64, answers: Value) -> Tried {
        let problems = tb_forms::validate(self.form, &answers, &self.env).err();
        let faults = problems.unwrap_or_default().into_iter().map(RowFault::of);
        Tried {
            line,
            person: self.person(&answers),
            faults: faults.collect(),
            answers,
        }
    }

    fn person(&self, answers: &Value) -> Person {
        let text = |field: &Field| {
            let answer = answers.get(&field.key).and_then(Value::as_str);
            half_width(answer.unwrap_or_default()).trim().to_owned()
        };
        let table = self.sheet.table();
        Person {
            name: text(table.name),
            citizen_id: text(table.citizen_id).to_uppercase(),
        }
    }

    /// The code of a division that is written by its names, from whichever level on.
    fn code_of(&self, field: &Field, text: &str) -> Option<String> {
        let Kind::Division(options) = &field.kind else {
            return None;
        };
        let names: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '/' | '-' | '>' | '·' | '、'))
            .collect();
        if names.is_empty() {
            return None;
        }
        let home = options.within.as_deref().unwrap_or(self.region);
        let around = self.tree.way(home).into_iter().map(|one| one.code.as_str());
        let mut starts = std::iter::once(None).chain(around.map(Some));
        starts.find_map(|start| descend(self.tree, start, &names))
    }
}

/// The division to which names lead, one level after the other. The last name may be cut short
/// (识字里社区 for 识字里社区居委会) where it fits one division alone.
fn descend(tree: &DivisionTree, start: Option<&str>, names: &str) -> Option<String> {
    let inside = tree.children(start)?;
    let whole = inside
        .iter()
        .filter_map(|one| Some((one, names.strip_prefix(one.name.as_str())?)))
        .min_by_key(|(_, rest)| rest.len());
    match whole {
        Some((found, "")) => Some(found.code.clone()),
        Some((next, rest)) => descend(tree, Some(&next.code), rest),
        None => {
            let mut short = inside.iter().filter(|one| one.name.starts_with(names));
            let found = short.next().filter(|_| short.next().is_none())?;
            Some(found.code.clone())
        }
    }
}

/// Whether such an account may apply for many persons at once. For an item of persons an organisation
/// applies on their behalf, where the item lets others do so.
pub(crate) fn may_apply_for_many(kind: AccountKind, item: &ItemDocument) -> bool {
    kind == AccountKind::EnterpriseAgent && (may_apply(kind, &item.audience) || item.handling.proxy)
}

#[cfg(test)]
mod tests {
    use tb_contract::divisions::{Division, DivisionKind, DivisionTree};

    use super::{descend, key_of};

    #[test]
    fn divisions_are_found_by_their_names_from_any_level_on() {
        let rows = [
            ("430000", "湖南省"),
            ("430100", "长沙市"),
            ("430102", "芙蓉区"),
            ("430102001", "文艺路街道"),
            ("430102001001", "识字里社区居委会"),
            ("430102001002", "文艺新村社区居委会"),
        ];
        let division = |(code, name): (&str, &str)| Division {
            code: code.into(),
            name: name.into(),
            kind: DivisionKind::Division,
        };
        let tree = DivisionTree::new(rows.map(division));
        let found = |start, names| descend(&tree, start, names);
        assert_eq!(found(None, "湖南省长沙市芙蓉区").as_deref(), Some("430102"));
        let street = "文艺路街道识字里社区";
        let both = Some("430102001");
        assert_eq!(found(both, "识字里").as_deref(), Some("430102001001"));
        assert_eq!(
            found(Some("430102"), street).as_deref(),
            Some("430102001001")
        );
        assert_eq!(found(None, street), None);
        assert_eq!(found(Some("430102"), "文艺路街道没有的社区"), None);
    }

    #[test]
    fn a_path_names_its_field() {
        assert_eq!(key_of("/name"), "name");
        assert_eq!(key_of("/residence/code"), "residence");
        assert_eq!(key_of(""), "");
    }
}
