//! What differs between two versions of an item, as a list of places. Rows that carry an `id` or a
//! `key` are compared with the row of the same name, so that one inserted row is one change.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What happened to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// The two say different things.
    Changed,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// JSON Pointer into the newer version; of what was removed, into the older one.
    pub path: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The older value.
    #[schema(value_type = Option<serde_json::Value>)]
    pub from: Option<Value>,
    /// The newer value.
    #[schema(value_type = Option<serde_json::Value>)]
    pub to: Option<Value>,
}

/// The differences, in the order of the newer version.
pub(crate) fn compare(from: &Value, to: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    walk("", from, to, &mut changes);
    changes
}

fn walk(path: &str, from: &Value, to: &Value, changes: &mut Vec<Change>) {
    match (from, to) {
        // A file is another file, not one with another sum.
        (Value::Object(old), Value::Object(_)) if old.contains_key("sum") && from != to => {
            push(path, Some(from), Some(to), changes);
        }
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                step(&deeper(path, key), old.get(key), Some(value), changes);
            }
            for (key, value) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
                step(&deeper(path, key), Some(value), None, changes);
            }
        }
        (Value::Array(old), Value::Array(new)) => rows(path, old, new, changes),
        (old, new) if old != new => push(path, Some(old), Some(new), changes),
        _ => {}
    }
}

fn rows(path: &str, old: &[Value], new: &[Value], changes: &mut Vec<Change>) {
    let named = old.iter().chain(new).all(|row| name(row).is_some());
    let partner = |rows: &[Value], at: usize, row: &Value| {
        if named {
            rows.iter().position(|other| name(other) == name(row))
        } else {
            Some(at).filter(|at| *at < rows.len())
        }
    };
    for (at, row) in new.iter().enumerate() {
        let before = partner(old, at, row).and_then(|at| old.get(at));
        step(&deeper(path, at), before, Some(row), changes);
    }
    for (at, row) in old
        .iter()
        .enumerate()
        .filter(|(at, row)| partner(new, *at, row).is_none())
    {
        step(&deeper(path, at), Some(row), None, changes);
    }
}

fn step(path: &str, from: Option<&Value>, to: Option<&Value>, changes: &mut Vec<Change>) {
    match (from, to) {
        (Some(from), Some(to)) => walk(path, from, to, changes),
        (from, to) => push(path, from, to, changes),
    }
}

fn push(path: &str, from: Option<&Value>, to: Option<&Value>, changes: &mut Vec<Change>) {
    let said = |value: Option<&Value>| value.filter(|value| !value.is_null()).cloned();
    let (from, to) = (said(from), said(to));
    let kind = match (&from, &to) {
        (None, None) => return,
        (None, Some(_)) => ChangeKind::Added,
        (Some(_), None) => ChangeKind::Removed,
        (Some(_), Some(_)) => ChangeKind::Changed,
    };
    changes.push(Change {
        path: path.to_owned(),
        kind,
        from,
        to,
    });
}

/// The name of a row within its list.
fn name(row: &Value) -> Option<&str> {
    row.get("id")
        .or_else(|| row.get("key"))
        .and_then(Value::as_str)
}

fn deeper(path: &str, step: impl std::fmt::Display) -> String {
    format!(
        "{path}/{}",
        step.to_string().replace('~', "~0").replace('/', "~1")
    )
}

#[cfg(test)]
mod tests {
    use super::{ChangeKind, compare};
    use serde_json::json;

    #[test]
    fn an_inserted_row_is_one_change() {
        let from = json!({"name": "甲", "materials": [{"id": "a", "copies": 1}, {"id": "b"}], "themes": ["x"], "a/b": null});
        let to = json!({"name": "乙", "materials": [{"id": "new"}, {"id": "a", "copies": 2}], "themes": ["x", "y"]});
        let changes = compare(&from, &to);
        let seen: Vec<(&str, ChangeKind)> = changes
            .iter()
            .map(|change| (change.path.as_str(), change.kind))
            .collect();
        let expected = [
            ("/materials/0", ChangeKind::Added),
            ("/materials/1/copies", ChangeKind::Changed),
            ("/materials/1", ChangeKind::Removed),
            ("/name", ChangeKind::Changed),
            ("/themes/1", ChangeKind::Added),
        ];
        assert_eq!(seen, expected);
        assert!(compare(&to, &to).is_empty());
    }
}
