//! What changed between two sets of answers, field by field, and whether it was allowed to: a
//! correction may touch only what its notice lists.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use crate::document::{Field, FormDocument};
use crate::kind::Kind;
use crate::problem::{FieldProblem, pointer};

/// JSON Pointers of all fields that differ; rows of a repeat group are compared by their place,
/// and a row that came or went is one path (`/family/2`). A division or a list counts as one value.
pub fn changed_paths(document: &FormDocument, old: &Value, new: &Value) -> Vec<String> {
    compare(document, old, new, &[])
        .into_iter()
        .map(|change| change.path)
        .collect()
}

/// Refuses changes outside `allowed`. An allowed path covers all below it (`/family` its rows),
/// and the fields whose visibility hangs on it: whoever may change 是否就业过 must be able to
/// answer what it then asks. Both sets of answers must be in normal form.
pub fn restrict(
    document: &FormDocument,
    old: &Value,
    new: &Value,
    allowed: &[String],
) -> Result<(), Vec<FieldProblem>> {
    let problems: Vec<FieldProblem> = compare(document, old, new, allowed)
        .into_iter()
        .filter(|change| !change.is_allowed)
        .map(|change| FieldProblem {
            path: change.path,
            code: "form.not_editable",
            args: BTreeMap::from([("label".to_owned(), change.label)]),
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

struct Change {
    path: String,
    label: String,
    is_allowed: bool,
}

fn compare(document: &FormDocument, old: &Value, new: &Value, allowed: &[String]) -> Vec<Change> {
    let fields: Vec<&Field> = document.fields().collect();
    let mut walk = Walk {
        allowed,
        changes: Vec::new(),
    };
    walk.row(&fields, old.as_object(), new.as_object(), "", None, false);
    walk.changes
}

/// Which fields of the levels passed so far may change.
struct Open<'a> {
    passed: HashMap<&'a str, bool>,
    outer: Option<&'a Open<'a>>,
}

impl Open<'_> {
    fn covers(&self, key: &str) -> bool {
        match self.passed.get(key) {
            Some(is_open) => *is_open,
            None => self.outer.is_some_and(|outer| outer.covers(key)),
        }
    }
}

struct Walk<'a> {
    allowed: &'a [String],
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn row(
        &mut self,
        fields: &[&Field],
        old: Option<&Map<String, Value>>,
        new: Option<&Map<String, Value>>,
        path: &str,
        outer: Option<&Open<'_>>,
        all_open: bool,
    ) {
        let mut open = Open {
            passed: HashMap::new(),
            outer,
        };
        for field in fields {
            let path = pointer(path, &field.key);
            let hangs_on_open = field
                .visible_when
                .as_ref()
                .is_some_and(|when| open.covers(when.field()));
            let is_open = all_open || hangs_on_open || self.is_listed(&path);
            open.passed.insert(&field.key, is_open);
            let side = |row: Option<&Map<String, Value>>| {
                row.and_then(|row| row.get(&field.key))
                    .cloned()
                    .unwrap_or_default()
            };
            self.field(field, &side(old), &side(new), &path, is_open, &open);
        }
        self.strangers(fields, old, new, path);
    }

    fn field(
        &mut self,
        field: &Field,
        old: &Value,
        new: &Value,
        path: &str,
        is_open: bool,
        open: &Open<'_>,
    ) {
        let Kind::Repeat(options) = &field.kind else {
            if old != new {
                self.push(path.to_owned(), &field.label, is_open);
            }
            return;
        };
        let fields: Vec<&Field> = options.fields.iter().collect();
        let rows = |value: &Value| value.as_array().map_or(0, Vec::len);
        if rows(old).max(rows(new)) == 0 && old != new {
            self.push(path.to_owned(), &field.label, is_open);
        }
        for at in 0..rows(old).max(rows(new)) {
            let row_path = pointer(path, at);
            match (old.get(at), new.get(at)) {
                (Some(old), Some(new)) if old == new => {}
                (Some(Value::Object(old)), Some(Value::Object(new))) => {
                    self.row(
                        &fields,
                        Some(old),
                        Some(new),
                        &row_path,
                        Some(open),
                        is_open,
                    );
                }
                _ => {
                    let is_open = is_open || self.is_listed(&row_path);
                    self.push(row_path, &field.label, is_open);
                }
            }
        }
    }

    /// Keys outside the form: normal answers have none, but a change must not slip by.
    fn strangers(
        &mut self,
        fields: &[&Field],
        old: Option<&Map<String, Value>>,
        new: Option<&Map<String, Value>>,
        path: &str,
    ) {
        let mut keys: Vec<&String> = old.into_iter().chain(new).flat_map(Map::keys).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys
            .into_iter()
            .filter(|key| !fields.iter().any(|field| field.key == **key))
        {
            if old.and_then(|row| row.get(key)) != new.and_then(|row| row.get(key)) {
                self.push(pointer(path, key), key, false);
            }
        }
    }

    fn is_listed(&self, path: &str) -> bool {
        self.allowed.iter().any(|allowed| {
            path.strip_prefix(allowed.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn push(&mut self, path: String, label: &str, is_allowed: bool) {
        self.changes.push(Change {
            path,
            label: label.to_owned(),
            is_allowed,
        });
    }
}
