//! The template of a type of licence: what an administrator edits and every licence pins.

use serde::{Deserialize, Serialize};
use tb_kernel::FieldFault;
use tb_kernel::identity_number::CreditCode;
use utoipa::ToSchema;

use super::number::is_rule;
use crate::error::field;

/// Most characters of a name or label.
const MOST_NAME: usize = 60;

/// Most lines on a face.
const MOST_LINES: usize = 30;

/// Most papers that prove a change of one line.
const MOST_PROOFS: usize = 5;

/// Working days in which an organ decides at the latest (行政许可法 article 42).
pub(crate) const STATUTORY_DAYS: u32 = 20;

/// Digits of an item's base code (基本编码) at the end of an implementation code (实施编码).
const BASE_CODE: usize = 13;

/// A type of licence (证照类型, GB/T 36902) in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TypeDocument {
    /// Name: 食品经营许可证.
    pub name: String,
    /// Items whose grant issues it: implementation codes, or the 13 digits of a base code, which
    /// stand for every office that handles it.
    pub items: Vec<String>,
    /// Who holds it.
    pub holder: HolderSource,
    /// How it is numbered: text with `{year}`, `{serial}`, `{organ}` and `{region}`.
    pub number_rule: String,
    /// How long it is valid.
    pub validity: Validity,
    /// What stands on it, in order.
    pub face: Vec<FaceItem>,
    /// How the sheet lies.
    pub layout: Layout,
    /// Whether the organ's seal stands on it.
    pub seal: bool,
    /// Working days in which a change of its face is decided (变更); none: the statutory twenty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amend_days: Option<u32>,
}

/// Who holds a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HolderSource {
    /// Whoever applied.
    Applicant,
    /// A person named in the form: an application may be made for somebody else.
    Form {
        /// Field of the name.
        name_key: String,
        /// Field of the citizen id.
        id_key: String,
    },
}

/// How long a licence is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Validity {
    /// Without an end (长期).
    Open,
    /// So many years from the day of issue.
    Years {
        /// How many.
        years: u32,
    },
}

/// How the sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

/// One line of the face (照面信息).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FaceItem {
    /// Label.
    pub label: String,
    /// Where it comes from.
    pub source: FaceSource,
    /// Whether anybody who verifies the licence may read it.
    #[serde(default)]
    pub public: bool,
    /// How its holder may have it changed (变更); none: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amend: Option<AmendRule>,
}

/// How a line may be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AmendRule {
    /// Papers that prove what it says from then on.
    pub proofs: Vec<String>,
}

/// Where a line comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaceSource {
    /// Name of the holder.
    HolderName,
    /// Number of the holder.
    HolderId,
    /// Fields of the form, put together in this order.
    Form {
        /// Their keys.
        keys: Vec<String>,
    },
    /// Name of the item.
    ItemName,
    /// Issuing organ.
    Organ,
    /// Day of issue.
    IssuedOn,
    /// From when until when it is valid.
    Validity,
    /// The same on every licence.
    Fixed {
        /// What it says.
        text: String,
    },
}

impl TypeDocument {
    /// Whether the grant of an item issues this type.
    pub(crate) fn is_issued_by(&self, item_code: &str) -> bool {
        let base = item_code
            .len()
            .checked_sub(BASE_CODE)
            .and_then(|start| item_code.get(start..));
        self.items
            .iter()
            .any(|code| code == item_code || Some(code.as_str()) == base)
    }
}

/// Everything that is wrong with a type; paths lead into the request.
pub(crate) fn faults(code: &str, document: &TypeDocument) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut wrong = |path: String, code: &str| faults.push(fault(path, code));
    if !is_type_code(code) {
        wrong("/code".to_owned(), field::TYPE_CODE);
    }
    if let Some(code) = text_fault(&document.name) {
        wrong("/document/name".to_owned(), code);
    }
    if !is_rule(&document.number_rule) {
        wrong("/document/number_rule".to_owned(), field::NUMBER_RULE);
    }
    if matches!(document.validity, Validity::Years { years } if !(1..=100).contains(&years)) {
        wrong("/document/validity/years".to_owned(), field::YEARS);
    }
    if document
        .amend_days
        .is_some_and(|days| !(1..=STATUTORY_DAYS).contains(&days))
    {
        wrong("/document/amend_days".to_owned(), field::AMEND_DAYS);
    }
    if document.face.is_empty() || document.face.len() > MOST_LINES {
        wrong("/document/face".to_owned(), field::FACE);
    }
    for (n, line) in document.face.iter().enumerate() {
        if let Some(code) = text_fault(&line.label) {
            wrong(format!("/document/face/{n}/label"), code);
        }
        let is_empty = match &line.source {
            FaceSource::Form { keys } => {
                keys.is_empty() || keys.iter().any(|key| key.trim().is_empty())
            }
            FaceSource::Fixed { text } => text.trim().is_empty(),
            _ => false,
        };
        if is_empty {
            wrong(format!("/document/face/{n}/source"), field::REQUIRED);
        }
        if let Some(code) = amend_fault(line) {
            wrong(format!("/document/face/{n}/amend"), code);
        }
    }
    if let HolderSource::Form { name_key, id_key } = &document.holder
        && (name_key.trim().is_empty() || id_key.trim().is_empty())
    {
        wrong("/document/holder".to_owned(), field::REQUIRED);
    }
    faults
}

/// Days, organ and number are not the holder's to change; papers have names.
fn amend_fault(line: &FaceItem) -> Option<&'static str> {
    let rule = line.amend.as_ref()?;
    let is_his = matches!(
        line.source,
        FaceSource::HolderName | FaceSource::Form { .. }
    );
    if !is_his {
        return Some(field::NOT_AMENDABLE);
    }
    if rule.proofs.len() > MOST_PROOFS {
        return Some(field::PROOFS);
    }
    rule.proofs.iter().find_map(|name| text_fault(name))
}

fn text_fault(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some(field::REQUIRED)
    } else {
        (text.chars().count() > MOST_NAME).then_some(field::TOO_LONG)
    }
}

fn fault(path: String, code: &str) -> FieldFault {
    let args = [("max".to_owned(), MOST_NAME.to_string())];
    FieldFault {
        path,
        code: code.to_owned(),
        args: if code == field::TOO_LONG {
            args.into()
        } else {
            std::collections::BTreeMap::new()
        },
        message: String::new(),
    }
}

/// 证照类型代码: the credit code of the organ that defines the type, and three digits.
fn is_type_code(code: &str) -> bool {
    code.split_at_checked(18).is_some_and(|(organ, serial)| {
        serial.len() == 3
            && serial.bytes().all(|b| b.is_ascii_digit())
            && CreditCode::parse(organ).is_ok_and(|found| found.as_str() == organ)
    })
}
