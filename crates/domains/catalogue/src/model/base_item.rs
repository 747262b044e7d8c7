//! Base items (基本目录): what the nation or the province lays down of an item, and what an office
//! that implements it may not do otherwise. Nothing here keeps an item from being published but its
//! base item's being unknown or not in force; deviations are told, and followed by people.

mod deviation;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use tb_contract::item::{ExerciseLevel, ItemDocument, ItemType, LegalBasis};
use tb_kernel::FieldFault;
use tb_kernel::region::Level;
use utoipa::ToSchema;

pub use deviation::Deviation;
pub(crate) use deviation::deviations;

use crate::error::field;
use crate::model::publish_check::fault;
use crate::model::{code, terms};

/// Length of a base code (基本编码).
const BASE_CODE: usize = 12;
/// Length of an implementation code, which ends with a base code.
const IMPLEMENTATION: usize = 31;
/// The longest name, and the longest name of a line of offices.
const LONGEST_NAME: usize = 200;

/// What a base item says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BaseItem {
    /// Base code (基本编码), 12 letters and digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Type.
    pub item_type: ItemType,
    /// What the names of its offices have in common (条线): 卫生健康. Offices of its levels so
    /// called are expected to implement it.
    #[serde(default)]
    pub organ: String,
    /// Levels at which the power is exercised.
    #[serde(default)]
    pub levels: Vec<ExerciseLevel>,
    /// Legal term: no office may state a longer one.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub legal_term: Option<Term>,
    /// Legal bases.
    #[serde(default)]
    pub legal_bases: Vec<LegalBasis>,
    /// A note for offices.
    #[serde(default)]
    pub note: String,
    /// First day of effect.
    #[serde(default)]
    pub effective_from: Option<NaiveDate>,
    /// Sample data.
    #[serde(default)]
    pub sample: bool,
}

/// The state of a base item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BaseStatus {
    /// Never published.
    Draft,
    /// In the catalogue.
    Published,
    /// Taken out of it, perhaps from a day to come.
    Abolished,
}

impl BaseStatus {
    /// The word in the database and in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Abolished => "abolished",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "published" => Self::Published,
            "abolished" => Self::Abolished,
            _ => Self::Draft,
        }
    }
}

/// The code of the base item that an item implements: the end of its implementation code, else what
/// it says of itself.
pub(crate) fn base_of(item: &ItemDocument) -> Option<String> {
    part_of(&item.code).or_else(|| {
        let named = item.base_code.as_deref().map(code::normal);
        named.filter(|code| !code.is_empty())
    })
}

/// The base code inside an implementation code.
pub(crate) fn part_of(item_code: &str) -> Option<String> {
    let code = code::normal(item_code);
    let base = code.get(IMPLEMENTATION - BASE_CODE..)?;
    (code.len() == IMPLEMENTATION).then(|| base.to_owned())
}

/// The level at which an item's office exercises its power, as far as it is said.
pub(crate) fn level_of(item: &ItemDocument) -> Option<ExerciseLevel> {
    code::level(&item.code).or(item.authority.level)
}

/// The level of an office, by where it lies.
pub(crate) fn level_at(region: Level) -> ExerciseLevel {
    match region {
        Level::Province => ExerciseLevel::Province,
        Level::City => ExerciseLevel::City,
        Level::District => ExerciseLevel::County,
        Level::Town => ExerciseLevel::Town,
        Level::Community => ExerciseLevel::Village,
    }
}

/// Brings code and texts into the form in which they are kept.
pub(crate) fn tidy(item: BaseItem) -> BaseItem {
    let mut seen = BTreeSet::new();
    let mut levels = item.levels.clone();
    levels.retain(|level| seen.insert(digit(*level)));
    levels.sort_by_key(|level| digit(*level));
    BaseItem {
        code: code::normal(&item.code),
        name: item.name.trim().to_owned(),
        organ: item.organ.trim().to_owned(),
        levels,
        ..item
    }
}

/// The digit of a level in codes.
fn digit(level: ExerciseLevel) -> char {
    let of = |digit: &char| ExerciseLevel::from_digit(*digit) == Some(level);
    ('1'..='6').find(of).unwrap_or('1')
}

/// What even a draft must have.
pub(crate) fn check_draft(item: &BaseItem) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let is_code =
        item.code.len() == BASE_CODE && item.code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_code {
        faults.push(fault("/code", field::BASE_CODE));
    }
    if item.name.is_empty() {
        faults.push(fault("/name", field::REQUIRED));
    }
    for (path, text) in [("/name", &item.name), ("/organ", &item.organ)] {
        if text.chars().count() > LONGEST_NAME {
            let mut long = fault(path, field::TOO_LONG);
            long.args.insert("max".to_owned(), LONGEST_NAME.to_string());
            faults.push(long);
        }
    }
    if item.legal_term.is_some_and(|term| !terms::is_sound(term)) {
        faults.push(fault("/legal_term", field::TERM));
    }
    for (at, basis) in item.legal_bases.iter().enumerate() {
        if basis.name.trim().is_empty() {
            faults.push(fault(format!("/legal_bases/{at}/name"), field::REQUIRED));
        }
    }
    faults
}

/// What it must have besides to be published.
pub(crate) fn check(item: &BaseItem) -> Vec<FieldFault> {
    let mut faults = check_draft(item);
    if item.levels.is_empty() {
        faults.push(fault("/levels", field::REQUIRED));
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tb_contract::item::ExerciseLevel;

    use super::*;

    fn item(code: &str, base: Option<&str>) -> ItemDocument {
        serde_json::from_value(json!({
            "code": code, "base_code": base, "name": "甲", "item_type": "20", "region": "430102", "department_code": "",
            "department_name": "", "audience": [], "case_kind": "promised", "sample": true,
        }))
        .unwrap()
    }

    #[test]
    fn an_implementation_code_ends_with_its_base_code() {
        let own = item("11430102TB000008714432099001000", Some("999999999999"));
        assert_eq!(base_of(&own).as_deref(), Some("432099001000"));
        let other = item("511Z07001006-1-00", Some(" 432099-001000"));
        assert_eq!(base_of(&other).as_deref(), Some("432099001000"));
        assert_eq!(base_of(&item("511Z07001006-1-00", None)), None);
        assert_eq!(part_of("事项事项事项事项事项事"), None);
    }

    #[test]
    fn levels_stand_once_and_in_their_order() {
        let base: BaseItem = serde_json::from_value(json!({
            "code": "432099 001000", "name": " 失业登记 ", "item_type": "20", "levels": ["county", "city", "county"],
        }))
        .unwrap();
        let base = tidy(base);
        assert_eq!(base.levels, [ExerciseLevel::City, ExerciseLevel::County]);
        assert_eq!(
            (base.code.as_str(), base.name.as_str()),
            ("432099001000", "失业登记")
        );
        assert_eq!(check(&base), []);
    }

    #[test]
    fn faults_are_named_with_their_places() {
        let base: BaseItem = serde_json::from_value(json!({
            "code": "4320", "name": "", "item_type": "20", "legal_bases": [{"name": " ", "article": "", "text": ""}],
            "legal_term": {"length": 0, "unit": "working_days"},
        }))
        .unwrap();
        let places: Vec<_> = check(&base).into_iter().map(|one| one.path).collect();
        assert_eq!(
            places,
            [
                "/code",
                "/name",
                "/legal_term",
                "/legal_bases/0/name",
                "/levels"
            ]
        );
    }
}
