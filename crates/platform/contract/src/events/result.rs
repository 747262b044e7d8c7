//! A result that is no licence of the register, as the office hands it out (办结结果).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::LetterFile;

/// A result of a case. Personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseResult {
    /// Which result of the item it is, by its name there.
    pub of: String,
    /// What stands on it as its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Last day of its validity; none: without an end.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// Its file; none where it is handed over on paper.
    #[serde(default)]
    pub file: Option<LetterFile>,
    /// Copies on paper; none where there is a file.
    #[serde(default)]
    pub copies: u32,
}
