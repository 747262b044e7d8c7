//! The kinds of answers and their options.
//!
//! A new kind is one variant here, one arm in `value::normalise`, one in `check`, one in `schema`;
//! no document that exists changes its meaning.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::document::Field;

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One line of text.
    Text(TextOptions),
    /// Several lines of text.
    LongText(TextOptions),
    /// A decimal number, as a string.
    Number(NumberOptions),
    /// Yuan with two digits, as a string.
    Money(MoneyOptions),
    /// A calendar day.
    Date(DateOptions),
    /// One or several values of a list.
    Dictionary(DictionaryOptions),
    /// An administrative division down to a given depth.
    Division(DivisionOptions),
    /// Citizen id (GB 11643).
    CitizenId(NoOptions),
    /// Unified social credit code (GB 32100).
    CreditCode(NoOptions),
    /// Telephone number.
    Phone(PhoneOptions),
    /// E-mail address.
    Email(NoOptions),
    /// Uploaded files.
    Attachment(AttachmentOptions),
    /// Rows of further fields.
    Repeat(RepeatOptions),
    /// Not understood: a kind of a newer version, or options that do not fit. `check` refuses it.
    #[serde(untagged, skip_deserializing)]
    Unrecognised(Unrecognised),
}

/// A kind kept as it came, with the reason why it was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unrecognised {
    /// The options as they came, `kind` among them.
    #[serde(flatten)]
    pub options: Map<String, Value>,
    /// What does not fit, for the author of the form.
    #[serde(skip)]
    pub reason: String,
}

/// The kind has no options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}

/// Options of `text` and `long_text`; lengths count code points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextOptions {
    /// Fewest characters of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Most characters; 200 for `text`, 2,000 for `long_text` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Regular expression for the whole value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What the pattern asks for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern_help: Option<String>,
}

/// Options of `number`; bounds are decimal strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberOptions {
    /// Least value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Greatest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Most digits after the point; 0 (whole numbers) when absent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub scale: u32,
    /// Unit shown behind the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Options of `money`, in yuan as decimal strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyOptions {
    /// Least amount; 0 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Greatest amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

/// Options of `date`: `2020-01-31`, `today`, `today-30` or `today+7` (days).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateOptions {
    /// Earliest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Latest day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

/// Options of `dictionary`: either `options` or `table`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DictionaryOptions {
    /// The list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<Choice>>,
    /// Name of a code table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Several values may be chosen; the answer is an array.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// Fewest choices, only with `multiple`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_choices: Option<u32>,
    /// Most choices, only with `multiple`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u32>,
}

/// One entry of an inline list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// Options of `division`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DivisionOptions {
    /// How deep the choice goes.
    pub depth: DivisionDepth,
    /// Only below this division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// Down to which level a division is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionDepth {
    /// 县、区
    County,
    /// 街道、乡镇
    Town,
    /// 社区、村
    Village,
}

/// Options of `phone`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneOptions {
    /// A landline with area code will do as well as a mobile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub landline: bool,
}

/// Options of `attachment`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentOptions {
    /// Fewest files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_files: Option<u32>,
    /// Most files; 5 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_files: Option<u32>,
    /// Allowed types out of [`FILE_TYPES`]; all of them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
}

/// File types that the platform takes at all.
pub const FILE_TYPES: [&str; 6] = ["pdf", "jpg", "png", "docx", "xlsx", "ofd"];

/// Options of `repeat`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatOptions {
    /// Fewest rows once the group is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_rows: Option<u32>,
    /// Most rows; 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_rows: Option<u32>,
    /// What one row is called, e.g. 家庭成员.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_title: Option<String>,
    /// The fields of a row.
    pub fields: Vec<Field>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Kind {
    /// Reads the options of a field; what does not fit is kept for `check` to refuse.
    pub(crate) fn from_options(options: Map<String, Value>) -> Self {
        // serde would also take the number of a variant, which is no name to rely on
        let read = if options.get("kind").is_none_or(Value::is_string) {
            serde_json::from_value(Value::Object(options.clone()))
                .map_err(|error| error.to_string())
        } else {
            Err("`kind` must be a string".to_owned())
        };
        read.unwrap_or_else(|reason| Self::Unrecognised(Unrecognised { options, reason }))
    }
}

impl Kind {
    /// The kinds that this version knows.
    pub const NAMES: [&str; 13] = [
        "text",
        "long_text",
        "number",
        "money",
        "date",
        "dictionary",
        "division",
        "citizen_id",
        "credit_code",
        "phone",
        "email",
        "attachment",
        "repeat",
    ];

    /// Name of the kind as the document writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Text(_) => "text",
            Self::LongText(_) => "long_text",
            Self::Number(_) => "number",
            Self::Money(_) => "money",
            Self::Date(_) => "date",
            Self::Dictionary(_) => "dictionary",
            Self::Division(_) => "division",
            Self::CitizenId(_) => "citizen_id",
            Self::CreditCode(_) => "credit_code",
            Self::Phone(_) => "phone",
            Self::Email(_) => "email",
            Self::Attachment(_) => "attachment",
            Self::Repeat(_) => "repeat",
            Self::Unrecognised(raw) => raw
                .options
                .get("kind")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        }
    }
}
