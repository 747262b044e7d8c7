//! The shape of normalised answers as JSON Schema 2020-12, for programs that fill in forms from
//! outside. It says what a schema can say; checksums, divisions and code tables stay with
//! `validate`.

use serde_json::{Map, Value, json};

use crate::document::{Condition, Field, FormDocument};
use crate::kind::{DictionaryOptions, Kind, TextOptions};
use crate::validate::MOST_ROWS;
use crate::value::{LONG_TEXT_LENGTH, MOST_CHOICES, MOST_FILES, TEXT_LENGTH};

/// JSON Schema of the answers that `validate` gives back.
pub fn schema(document: &FormDocument) -> Value {
    let fields: Vec<&Field> = document.fields().collect();
    let mut root = object(&fields);
    root.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    root.insert("title".to_owned(), json!(document.title));
    Value::Object(root)
}

fn object(fields: &[&Field]) -> Map<String, Value> {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.key.clone(), property(field)))
        .collect();
    let always = |field: &&&Field| field.required && field.visible_when.is_none();
    let required: Vec<&str> = fields
        .iter()
        .filter(always)
        .map(|field| field.key.as_str())
        .collect();
    let conditions: Vec<Value> = fields
        .iter()
        .filter_map(|field| conditional(field, fields))
        .collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("required".to_owned(), json!(required));
    object.insert("additionalProperties".to_owned(), json!(false));
    if !conditions.is_empty() {
        object.insert("allOf".to_owned(), Value::Array(conditions));
    }
    object
}

/// Required while shown, absent while hidden; only for conditions within the same level, since a
/// schema cannot look outwards.
fn conditional(field: &Field, siblings: &[&Field]) -> Option<Value> {
    let condition = field.visible_when.as_ref()?;
    let other = siblings
        .iter()
        .find(|other| other.key == condition.field())?;
    let values: Vec<String> = match &other.kind {
        Kind::Money(_) => condition
            .values()
            .iter()
            .map(|value| money(value))
            .collect(),
        Kind::Number(_) => condition
            .values()
            .iter()
            .map(|value| number(value))
            .collect(),
        _ => condition.values().to_vec(),
    };
    let one = match &other.kind {
        Kind::Dictionary(DictionaryOptions { multiple: true, .. }) => {
            json!({ "contains": { "enum": values } })
        }
        Kind::Division(_) => json!({ "properties": { "code": { "enum": values } } }),
        _ => json!({ "enum": values }),
    };
    let has = json!({ "required": [other.key], "properties": { &other.key: one } });
    let shown = match condition {
        Condition::NotEquals { .. } => json!({ "not": has }),
        Condition::Equals { .. } | Condition::In { .. } => has,
    };
    let when_shown = if field.required && other.visible_when.is_none() {
        json!({ "required": [field.key] })
    } else {
        json!({})
    };
    Some(json!({
        "if": shown,
        "then": when_shown,
        "else": { "properties": { &field.key: false } },
    }))
}

fn money(value: &str) -> String {
    crate::decimal::Plain::read(value).map_or_else(|| value.to_owned(), |plain| plain.padded(2))
}

fn number(value: &str) -> String {
    crate::decimal::Plain::read(value).map_or_else(|| value.to_owned(), |plain| plain.canonical())
}

fn property(field: &Field) -> Value {
    let mut shape = shape(&field.kind);
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("title".to_owned(), json!(field.label));
        if let Some(help) = &field.help {
            shape.insert("description".to_owned(), json!(help));
        }
    }
    shape
}

fn shape(kind: &Kind) -> Value {
    match kind {
        Kind::Text(options) => text(options, TEXT_LENGTH),
        Kind::LongText(options) => text(options, LONG_TEXT_LENGTH),
        Kind::Number(options) if options.scale == 0 => {
            json!({ "type": "string", "pattern": "^(0|-?[1-9][0-9]{0,17})$" })
        }
        Kind::Number(options) => {
            let scale = options.scale;
            let pattern = format!("^-?(0|[1-9][0-9]{{0,17}})(\\.[0-9]{{1,{scale}}})?$");
            json!({ "type": "string", "pattern": pattern })
        }
        Kind::Money(_) => {
            json!({ "type": "string", "pattern": "^-?(0|[1-9][0-9]{0,17})\\.[0-9]{2}$" })
        }
        Kind::Date(_) => json!({ "type": "string", "format": "date" }),
        Kind::Dictionary(options) => dictionary(options),
        Kind::Division(_) => json!({
            "type": "object",
            "properties": {
                "code": { "type": "string", "pattern": "^[0-9]{2,12}$" },
                "names": { "type": "array", "items": { "type": "string" } },
            },
            "required": ["code"],
            "additionalProperties": false,
        }),
        Kind::CitizenId(_) => json!({ "type": "string", "pattern": "^[0-9]{17}[0-9X]$" }),
        Kind::CreditCode(_) => json!({ "type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$" }),
        Kind::Phone(options) if options.landline => {
            json!({ "type": "string", "pattern": "^(1[3-9][0-9]{9}|0[0-9]{2,3}-[2-9][0-9]{6,7}(-[0-9]{1,6})?)$" })
        }
        Kind::Phone(_) => json!({ "type": "string", "pattern": "^1[3-9][0-9]{9}$" }),
        Kind::Email(_) => json!({ "type": "string", "format": "email", "maxLength": 254 }),
        Kind::Attachment(options) => json!({
            "type": "array",
            "items": { "type": "string", "format": "uuid" },
            "minItems": options.min_files.unwrap_or(1).max(1),
            "maxItems": options.max_files.unwrap_or(MOST_FILES),
            "uniqueItems": true,
        }),
        Kind::Repeat(options) => json!({
            "type": "array",
            "items": object(&options.fields.iter().collect::<Vec<_>>()),
            "minItems": options.min_rows.unwrap_or(1).max(1),
            "maxItems": options.max_rows.unwrap_or(MOST_ROWS),
        }),
        Kind::Unrecognised(_) => json!({ "not": {} }),
    }
}

fn text(options: &TextOptions, longest: u32) -> Value {
    let mut shape = json!({
        "type": "string",
        "minLength": options.min_length.unwrap_or(1).max(1),
        "maxLength": options.max_length.unwrap_or(longest),
    });
    if let (Some(pattern), Some(shape)) = (&options.pattern, shape.as_object_mut()) {
        shape.insert("pattern".to_owned(), json!(format!("^(?:{pattern})$")));
    }
    shape
}

fn dictionary(options: &DictionaryOptions) -> Value {
    let one = match &options.options {
        Some(list) => {
            let values: Vec<&str> = list.iter().map(|choice| choice.value.as_str()).collect();
            json!({ "type": "string", "enum": values })
        }
        None => json!({ "type": "string" }),
    };
    if !options.multiple {
        return one;
    }
    json!({
        "type": "array",
        "items": one,
        "minItems": options.min_choices.unwrap_or(1).max(1),
        "maxItems": options.max_choices.unwrap_or(MOST_CHOICES),
        "uniqueItems": true,
    })
}
