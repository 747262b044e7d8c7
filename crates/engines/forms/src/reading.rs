//! Readings of a form and its answers: first values from the account, the files that are named,
//! and the masked view for those without a right to personal data.

use serde_json::{Map, Value, json};
use tb_kernel::identity_number::{CitizenId, CreditCode, Phone, mask_name};

use crate::document::{Field, FormDocument};
use crate::kind::Kind;
use crate::problem::pointer;

/// The first values of a new draft. `source` answers for names such as `account.name`.
pub fn prefill(document: &FormDocument, source: impl Fn(&str) -> Option<String>) -> Value {
    let value = |field: &Field| field.prefill.as_deref().and_then(&source).map(Value::from);
    let filled: Map<String, Value> = document
        .fields()
        .filter_map(|field| value(field).map(|value| (field.key.clone(), value)))
        .collect();
    Value::Object(filled)
}

/// Keys of the fields that differ from what the applicant is verified as. `source` answers as for
/// [`prefill`]; what it does not know, and what is not answered, differs from nothing.
pub fn unlike<'a>(
    document: &'a FormDocument,
    answers: &Value,
    source: impl Fn(&str) -> Option<String>,
) -> Vec<&'a Field> {
    let differs = |field: &&Field| {
        let known = field.prefill.as_deref().and_then(&source);
        let given = answers.get(&field.key).and_then(Value::as_str);
        known
            .zip(given)
            .is_some_and(|(known, given)| known != given)
    };
    let verified = document.fields().filter(|field| field.verified);
    verified.filter(differs).collect()
}

/// Files that one attachment field names. The engine cannot see files: the caller checks that
/// they exist, belong to this application and are of these types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentUse {
    /// JSON Pointer of the field.
    pub path: String,
    /// Material ids.
    pub ids: Vec<String>,
    /// Types allowed; any when empty.
    pub types: Vec<String>,
}

/// All attachments in answers of normal form, rows included.
pub fn attachments(document: &FormDocument, answers: &Value) -> Vec<AttachmentUse> {
    let mut uses = Vec::new();
    collect(document.fields(), answers, "", &mut uses);
    uses
}

fn collect<'a>(
    fields: impl Iterator<Item = &'a Field>,
    row: &Value,
    path: &str,
    uses: &mut Vec<AttachmentUse>,
) {
    for field in fields {
        let Some(items) = row.get(&field.key).and_then(Value::as_array) else {
            continue;
        };
        let path = pointer(path, &field.key);
        match &field.kind {
            Kind::Attachment(options) => uses.push(AttachmentUse {
                path,
                ids: items
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
                types: options.types.clone(),
            }),
            Kind::Repeat(options) => {
                for (at, row) in items.iter().enumerate() {
                    collect(options.fields.iter(), row, &pointer(&path, at), uses);
                }
            }
            _ => {}
        }
    }
}

/// The answers with every sensitive field masked; a sensitive repeat group masks all its fields.
/// Keys that the form does not know are left out.
pub fn masked(document: &FormDocument, answers: &Value) -> Value {
    masked_row(document.fields(), answers, false)
}

fn masked_row<'a>(
    fields: impl Iterator<Item = &'a Field>,
    row: &Value,
    all_sensitive: bool,
) -> Value {
    let mut shown = Map::new();
    for field in fields {
        let Some(value) = row.get(&field.key) else {
            continue;
        };
        let is_sensitive = all_sensitive || field.sensitive;
        let value = match (&field.kind, value) {
            (Kind::Repeat(options), Value::Array(rows)) => rows
                .iter()
                .map(|row| masked_row(options.fields.iter(), row, is_sensitive))
                .collect(),
            _ if is_sensitive => masked_value(&field.kind, value),
            _ => value.clone(),
        };
        shown.insert(field.key.clone(), value);
    }
    Value::Object(shown)
}

/// An unfinished number in a draft gets stars only: its mask could show all of it.
fn masked_value(kind: &Kind, value: &Value) -> Value {
    const STARS: &str = "***";
    let text = value.as_str().unwrap_or_default().to_owned();
    let by_kind = match kind {
        Kind::CitizenId(_) => CitizenId::try_from(text).ok().map(|id| id.masked()),
        Kind::CreditCode(_) => CreditCode::try_from(text).ok().map(|code| code.masked()),
        Kind::Phone(_) => Phone::try_from(text).ok().map(|phone| phone.masked()),
        Kind::Text(_) => Some(mask_name(&text)),
        Kind::Division(_) => return masked_division(value),
        Kind::Attachment(_) => return value.clone(),
        _ => None,
    };
    Value::from(by_kind.unwrap_or_else(|| STARS.to_owned()))
}

/// Province, city and county stay; what lies below leads to a door.
fn masked_division(value: &Value) -> Value {
    let names: Vec<&str> = value
        .get("names")
        .and_then(Value::as_array)
        .map(|names| names.iter().take(3).filter_map(Value::as_str).collect())
        .unwrap_or_default();
    json!({ "code": "", "names": names })
}
