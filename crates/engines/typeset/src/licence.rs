//! An electronic licence as data: a sheet with a frame, its face items, the seal of the organ and the
//! code by which anybody can verify it.

use chrono::NaiveDate;
use serde::Serialize;

/// One licence. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Licence {
    /// Name of the type, as the title: 食品经营许可证.
    pub title: String,
    /// Number of the licence.
    pub number: String,
    /// Identifier of the electronic licence (GB/T 36904).
    pub mark: String,
    /// Issuing organ.
    pub organ: String,
    /// Date under its name.
    pub issued_on: NaiveDate,
    /// Sample: watermark 样本.
    pub sample: bool,
    /// Whether the seal of the organ stands on it; on samples a ring 样章.
    pub seal: bool,
    /// Upright or lying.
    pub way: SheetWay,
    /// What stands on its face, in order.
    pub face: Vec<FaceLine>,
    /// Rows of the verification code, dark squares true, without a quiet zone. No text: text of
    /// this length gets places to break.
    pub code: Vec<Vec<bool>>,
    /// Where the code leads.
    pub address: String,
}

/// How the sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetWay {
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

/// One line of the face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FaceLine {
    /// Label.
    pub label: String,
    /// What is said.
    pub value: String,
}
