//! What a correction changes: of everything the applicant sent, only the listed parts are taken
//! over; whatever else differs keeps its old value and is named.

use serde_json::Value;
use tb_contract::events::MaterialRef;
use tb_forms::document::FormDocument;

use super::event::Listed;
use super::guard::covers;

/// Marks the files of an attachment field: `form.photo` belongs to `/photo`.
const FORM_FILE: &str = "form.";

/// Answers and materials after a correction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Corrected {
    /// Answers.
    pub form: Value,
    /// Materials.
    pub materials: Vec<MaterialRef>,
    /// Parts that changed and were taken over.
    pub changed: Vec<String>,
    /// Parts that changed and were not.
    pub ignored: Vec<String>,
}

/// Takes over the listed parts of `new`.
pub(crate) fn correct(
    document: Option<&FormDocument>,
    old: (&Value, &[MaterialRef]),
    new: (&Value, &[MaterialRef]),
    listed: &Listed,
) -> Corrected {
    let (mut form, mut changed, mut ignored) = (new.0.clone(), Vec::new(), Vec::new());
    if let Some(document) = document {
        let refused: Vec<String> = tb_forms::restrict(document, old.0, new.0, &listed.fields)
            .err()
            .into_iter()
            .flatten()
            .map(|problem| problem.path)
            .collect();
        for path in tb_forms::changed_paths(document, old.0, new.0) {
            if refused.contains(&path) {
                ignored.push(path);
            } else {
                changed.push(path);
            }
        }
        // What is missing comes back from the first to the last, what is too much goes from the
        // last to the first, so that no row moves another.
        let (lost, added): (Vec<&String>, Vec<&String>) = ignored
            .iter()
            .partition(|path| old.0.pointer(path).is_some());
        for path in lost.into_iter().chain(added.into_iter().rev()) {
            put_back(&mut form, old.0, path);
        }
    } else {
        form = old.0.clone();
    }
    let materials = take_materials(old.1, new.1, listed, (&mut changed, &mut ignored));
    Corrected {
        form,
        materials,
        changed,
        ignored,
    }
}

fn take_materials(
    old: &[MaterialRef],
    new: &[MaterialRef],
    listed: &Listed,
    (changed, ignored): (&mut Vec<String>, &mut Vec<String>),
) -> Vec<MaterialRef> {
    let mut requirements: Vec<&str> = Vec::new();
    for file in old.iter().chain(new) {
        if !requirements.contains(&file.requirement_id.as_str()) {
            requirements.push(&file.requirement_id);
        }
    }
    let mut taken = Vec::new();
    for requirement in requirements {
        let of = |files: &[MaterialRef]| -> Vec<MaterialRef> {
            files
                .iter()
                .filter(|file| file.requirement_id == requirement)
                .cloned()
                .collect()
        };
        let (before, after) = (of(old), of(new));
        if before == after {
            taken.extend(before);
        } else if is_listed(requirement, listed) {
            changed.push(requirement.to_owned());
            taken.extend(after);
        } else {
            ignored.push(requirement.to_owned());
            taken.extend(before);
        }
    }
    taken
}

fn is_listed(requirement: &str, listed: &Listed) -> bool {
    let of_field = requirement
        .strip_prefix(FORM_FILE)
        .map(|key| format!("/{key}"));
    listed.materials.iter().any(|id| id == requirement)
        || of_field.is_some_and(|path| {
            listed
                .fields
                .iter()
                .any(|one| covers(one, &path) || covers(&path, one))
        })
}

/// Gives one place of `form` the value it has in `old`.
fn put_back(form: &mut Value, old: &Value, path: &str) {
    let Some((parent, key)) = path.rsplit_once('/') else {
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    match (form.pointer_mut(parent), old.pointer(path).cloned()) {
        (Some(Value::Object(row)), Some(value)) => {
            row.insert(key, value);
        }
        (Some(Value::Object(row)), None) => {
            row.remove(&key);
        }
        (Some(Value::Array(rows)), value) => {
            if let Ok(at) = key.parse::<usize>() {
                put_row(rows, at, value);
            }
        }
        (_, Some(value)) if parent.matches('/').count() == 1 => {
            // A repeat group that vanished altogether.
            if let (Value::Object(top), Some(name)) = (form, parent.strip_prefix('/')) {
                top.insert(name.to_owned(), Value::Array(vec![value]));
            }
        }
        _ => {}
    }
}

fn put_row(rows: &mut Vec<Value>, at: usize, value: Option<Value>) {
    match (value, at < rows.len()) {
        (Some(value), true) => {
            if let Some(row) = rows.get_mut(at) {
                *row = value;
            }
        }
        (Some(value), false) => rows.push(value),
        (None, true) => {
            rows.remove(at);
        }
        (None, false) => {}
    }
}

#[cfg(test)]
mod tests;
