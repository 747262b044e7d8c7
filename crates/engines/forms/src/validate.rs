//! The judge: walks the answers beside the document and gives back their normal form, or every
//! problem with its place.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::change::restrict;
use crate::document::{Field, FormDocument};
use crate::environment::Env;
use crate::kind::{Kind, PhoneOptions, RepeatOptions};
use crate::problem::{FieldProblem, pointer};
use crate::value::{Refusal, is_blank, normalise, unfinished};
use crate::visibility::{Scope, Standing};

/// Deepest nesting of answers.
const MOST_DEPTH: usize = 32;
/// Most values in all.
const MOST_VALUES: usize = 20_000;
/// Most bytes of text in all.
const MOST_BYTES: usize = 512 * 1024;
/// Most rows of a repeat group where the form says nothing.
pub(crate) const MOST_ROWS: u32 = 20;
/// Problems beyond this are not listed; nobody reads them.
const MOST_PROBLEMS: usize = 200;
/// Longest unknown key that is repeated to its sender.
const LONGEST_KEY: usize = 64;

/// Answers in normal form. `Debug` does not show them: they are personal.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(Value);

impl Answers {
    /// The answers as a JSON object.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// The answers as a JSON object.
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_object().map_or(0, Map::len);
        write!(f, "Answers({count} fields)")
    }
}

/// Judges answers that are handed in: everything required must be there and right. Hidden fields
/// are dropped; keys that the form does not know are refused.
pub fn validate(
    document: &FormDocument,
    answers: &Value,
    env: &Env<'_>,
) -> Result<Answers, Vec<FieldProblem>> {
    judge(document, answers, env, Mode::Submit, None)
}

/// Judges a draft: what is missing, not finished or too long is kept as it is; only wrong types,
/// unknown keys and what is beyond all measure are refused. Hidden fields are kept.
pub fn validate_draft(
    document: &FormDocument,
    answers: &Value,
    env: &Env<'_>,
) -> Result<Answers, Vec<FieldProblem>> {
    judge(document, answers, env, Mode::Draft, None)
}

/// Judges a correction of `old`, which was handed in before: only `allowed` paths may change (see
/// [`restrict`]), and what did not change is not judged anew, since days pass and divisions and
/// code tables move on while a notice is out.
pub fn validate_correction(
    document: &FormDocument,
    old: &Value,
    answers: &Value,
    allowed: &[String],
    env: &Env<'_>,
) -> Result<Answers, Vec<FieldProblem>> {
    let normal = judge(document, answers, env, Mode::Submit, Some(old))?;
    restrict(document, old, normal.as_value(), allowed)?;
    Ok(normal)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Submit,
    Draft,
}

fn judge(
    document: &FormDocument,
    answers: &Value,
    env: &Env<'_>,
    mode: Mode,
    settled: Option<&Value>,
) -> Result<Answers, Vec<FieldProblem>> {
    let whole = |code| {
        let args = BTreeMap::from([("variant".to_owned(), "whole".to_owned())]);
        vec![FieldProblem {
            path: String::new(),
            code,
            args,
        }]
    };
    if let Some(code) = out_of_bounds(answers) {
        return Err(whole(code));
    }
    let Some(object) = answers.as_object() else {
        return Err(whole("form.type"));
    };
    let fields: Vec<&Field> = document.fields().collect();
    let mut judge = Judge {
        env,
        mode,
        settled,
        problems: Vec::new(),
    };
    let normal = judge.row(&fields, object, "", None, true);
    if judge.problems.is_empty() {
        Ok(Answers(Value::Object(normal)))
    } else {
        Err(judge.problems)
    }
}

/// Bounds of the whole, looked at before anything recurses into it.
fn out_of_bounds(answers: &Value) -> Option<&'static str> {
    let mut open = vec![(answers, 1)];
    let (mut values, mut bytes) = (0, 0);
    while let Some((value, depth)) = open.pop() {
        values += 1;
        match value {
            Value::String(text) => bytes += text.len(),
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(object) => {
                bytes += object.keys().map(String::len).sum::<usize>();
                open.extend(object.values().map(|item| (item, depth + 1)));
            }
            _ => {}
        }
        if depth > MOST_DEPTH {
            return Some("form.too_deep");
        }
        if bytes > MOST_BYTES || values + open.len() > MOST_VALUES {
            return Some("form.too_large");
        }
    }
    None
}

struct Judge<'a> {
    env: &'a Env<'a>,
    mode: Mode,
    /// Answers that were judged before.
    settled: Option<&'a Value>,
    problems: Vec<FieldProblem>,
}

impl Judge<'_> {
    /// One level: the form itself or a row of a repeat group.
    fn row(
        &mut self,
        fields: &[&Field],
        object: &Map<String, Value>,
        path: &str,
        outer: Option<&Scope<'_>>,
        is_shown: bool,
    ) -> Map<String, Value> {
        let mut scope = Scope::new(outer);
        let mut normal = Map::new();
        for field in fields {
            let shown = is_shown && scope.shows(field.visible_when.as_ref());
            let raw = object.get(&field.key);
            let kept = if shown || self.mode == Mode::Draft {
                self.field(field, raw, &pointer(path, &field.key), &scope, shown)
            } else {
                None
            };
            scope.pass(&field.key, standing(field, kept.as_ref(), shown));
            if let Some(value) = kept {
                normal.insert(field.key.clone(), value);
            }
        }
        for key in object
            .keys()
            .filter(|key| !fields.iter().any(|field| field.key == **key))
        {
            self.unknown_key(path, key);
        }
        normal
    }

    fn field(
        &mut self,
        field: &Field,
        raw: Option<&Value>,
        path: &str,
        scope: &Scope<'_>,
        shown: bool,
    ) -> Option<Value> {
        let Some(raw) = raw.filter(|raw| !is_blank(&field.kind, Some(raw))) else {
            if field.required && self.mode == Mode::Submit {
                self.refuse(field, path, Refusal::new("form.required"));
            }
            return None;
        };
        if let Kind::Repeat(options) = &field.kind {
            return self.rows(field, options, raw, path, scope, shown);
        }
        match normalise(&field.kind, raw, self.env) {
            Ok(value) => Some(value),
            Err(refusal) if self.mode == Mode::Draft && refusal.is_merely_unfinished(raw) => {
                Some(unfinished(raw))
            }
            Err(_) if self.settled.and_then(|old| old.pointer(path)) == Some(raw) => {
                Some(raw.clone())
            }
            Err(refusal) => {
                self.refuse(field, path, refusal);
                None
            }
        }
    }

    fn rows(
        &mut self,
        field: &Field,
        options: &RepeatOptions,
        raw: &Value,
        path: &str,
        scope: &Scope<'_>,
        shown: bool,
    ) -> Option<Value> {
        let Some(rows) = raw.as_array() else {
            self.refuse(field, path, Refusal::new("form.type"));
            return None;
        };
        let max = options.max_rows.unwrap_or(MOST_ROWS);
        let bound = match self.mode {
            Mode::Draft => max.max(MOST_ROWS),
            Mode::Submit => max,
        };
        if rows.len() > bound as usize {
            self.refuse(field, path, Refusal::with("form.too_many", "max", max));
            return None;
        }
        let min = options.min_rows.filter(|min| rows.len() < *min as usize);
        if let Some(min) = min.filter(|_| self.mode == Mode::Submit) {
            self.refuse(field, path, Refusal::with("form.too_few", "min", min));
        }
        let fields: Vec<&Field> = options.fields.iter().collect();
        let mut normal = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let row_path = pointer(path, at);
            match row.as_object() {
                Some(object) => {
                    let row = self.row(&fields, object, &row_path, Some(scope), shown);
                    normal.push(Value::Object(row));
                }
                None => self.refuse(field, &row_path, Refusal::new("form.type")),
            }
        }
        Some(Value::Array(normal))
    }

    fn refuse(&mut self, field: &Field, path: &str, refusal: Refusal) {
        let variant = match &field.kind {
            Kind::Phone(PhoneOptions { landline: true }) => "phone_or_landline",
            kind => kind.name(),
        };
        let mut args = BTreeMap::from([
            ("label".to_owned(), field.label.clone()),
            ("variant".to_owned(), variant.to_owned()),
        ]);
        args.extend(
            refusal
                .args
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        self.push(FieldProblem {
            path: path.to_owned(),
            code: refusal.code,
            args,
        });
    }

    fn unknown_key(&mut self, path: &str, key: &str) {
        let path = if key.len() <= LONGEST_KEY {
            pointer(path, key)
        } else {
            path.to_owned()
        };
        self.push(FieldProblem {
            path,
            code: "form.unknown_field",
            args: BTreeMap::new(),
        });
    }

    fn push(&mut self, problem: FieldProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

/// What later conditions see of a field.
fn standing(field: &Field, kept: Option<&Value>, shown: bool) -> Standing {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match (kept, &field.kind) {
        _ if !shown => Standing::Hidden,
        (Some(Value::String(number)), Kind::Number(_) | Kind::Money(_)) => {
            Standing::GivenNumber(number.clone())
        }
        (Some(Value::String(value)), _) => Standing::Given(vec![value.clone()]),
        (Some(Value::Array(values)), Kind::Dictionary(_)) => {
            Standing::Given(values.iter().filter_map(text).collect())
        }
        (Some(Value::Object(division)), Kind::Division(_)) => {
            Standing::Given(division.get("code").and_then(text).into_iter().collect())
        }
        _ => Standing::Open,
    }
}
