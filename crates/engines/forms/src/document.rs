//! The form document: what is asked, in which order, under which declarative rules.
//!
//! A field is flat in JSON (its kind's options lie beside `key` and `label`), so that a page can
//! treat it as one tagged union. Kinds that this version does not know are kept as they came and
//! refused by `check` with their place, so that newer documents fail loudly, never half.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::kind::Kind;

/// A form: its sections are pages or cards on the screen; answers are flat over all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDocument {
    /// Stable name of the form, e.g. `unemployment_registration`.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// In the order of filling in.
    pub sections: Vec<Section>,
}

/// A group of fields under one heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable name, unique in the form.
    pub key: String,
    /// Heading.
    pub title: String,
    /// Explanation under the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// In the order of filling in.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Field {
    /// Key of the answer; unique at its level (the form, or one repeat group).
    pub key: String,
    /// The question as people read it.
    pub label: String,
    /// Explanation beside the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Sample shown in the empty field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Must be answered where it is visible.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Shown only when this holds; always when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<Condition>,
    /// Where the first value comes from, one of [`PREFILL_SOURCES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefill: Option<String>,
    /// Stays what the applicant's account is verified as: [`crate::unlike`] finds what differs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
    /// Personal data: masked wherever the reader has no right to the plain value.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// What kind of answer, with its own options.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What a field can be prefilled from.
pub const PREFILL_SOURCES: [&str; 5] = [
    "account.name",
    "account.citizen_id",
    "account.phone",
    "enterprise.name",
    "enterprise.credit_code",
];

/// What a field can stay like: what proving one's identity has settled.
pub const VERIFIED_SOURCES: [&str; 4] = [
    "account.name",
    "account.citizen_id",
    "enterprise.name",
    "enterprise.credit_code",
];

/// A declarative condition on an earlier field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The field has this value.
    Equals {
        /// Key of an earlier field.
        field: String,
        /// The value wanted.
        value: String,
    },
    /// The field has another value or none.
    NotEquals {
        /// Key of an earlier field.
        field: String,
        /// The value not wanted.
        value: String,
    },
    /// The field has one of these values.
    In {
        /// Key of an earlier field.
        field: String,
        /// The values wanted.
        values: Vec<String>,
    },
}

impl Condition {
    /// Key of the field that the condition looks at.
    pub fn field(&self) -> &str {
        match self {
            Self::Equals { field, .. } | Self::NotEquals { field, .. } | Self::In { field, .. } => {
                field
            }
        }
    }

    /// The values it compares with.
    pub fn values(&self) -> &[String] {
        match self {
            Self::Equals { value, .. } | Self::NotEquals { value, .. } => {
                std::slice::from_ref(value)
            }
            Self::In { values, .. } => values,
        }
    }
}

impl FormDocument {
    /// All fields of the top level, over all sections, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }
}

/// What every field has; everything else in the object belongs to its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldHead {
    key: String,
    label: String,
    help: Option<String>,
    placeholder: Option<String>,
    #[serde(default)]
    required: bool,
    visible_when: Option<Condition>,
    prefill: Option<String>,
    #[serde(default)]
    verified: bool,
    #[serde(default)]
    sensitive: bool,
}

const HEAD_KEYS: [&str; 9] = [
    "key",
    "label",
    "help",
    "placeholder",
    "required",
    "visible_when",
    "prefill",
    "verified",
    "sensitive",
];

impl TryFrom<Map<String, Value>> for Field {
    type Error = String;

    fn try_from(object: Map<String, Value>) -> Result<Self, String> {
        let named = object
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or("?")
            .to_owned();
        let (head, rest): (Map<_, _>, Map<_, _>) = object
            .into_iter()
            .partition(|(key, _)| HEAD_KEYS.contains(&key.as_str()));
        let head: FieldHead = serde_json::from_value(Value::Object(head))
            .map_err(|error| format!("field {named:?}: {error}"))?;
        Ok(Self {
            key: head.key,
            label: head.label,
            help: head.help,
            placeholder: head.placeholder,
            required: head.required,
            visible_when: head.visible_when,
            prefill: head.prefill,
            verified: head.verified,
            sensitive: head.sensitive,
            kind: Kind::from_options(rest),
        })
    }
}
