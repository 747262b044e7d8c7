//! The rules of the catalogue, pure: states of an item, codes, what must be right before an item
//! is published, the situation guide, differences between versions, rows of imported lists.

pub(crate) mod base_item;
pub(crate) mod base_list;
pub(crate) mod code;
pub(crate) mod code_table;
pub(crate) mod columns;
pub(crate) mod compare;
pub(crate) mod derived;
pub(crate) mod form_file;
pub(crate) mod hot;
pub(crate) mod joint_check;
pub(crate) mod package;
pub(crate) mod publish_check;
pub(crate) mod review;
pub(crate) mod row;
pub(crate) mod situation;
pub(crate) mod synonym;
pub(crate) mod terms;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// Never published.
    Draft,
    /// Offered to the public.
    Published,
    /// No longer offered; running cases go on by their version.
    Withdrawn,
}

impl ItemStatus {
    /// The word in the database and in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word; an unknown one never comes out of our own table and counts as a draft.
    pub fn from_word(word: &str) -> Self {
        match word {
            "published" => Self::Published,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Draft,
        }
    }
}

/// What a department is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentKind {
    /// An organ that decides.
    #[default]
    Department,
    /// The governance centre of its level.
    Centre,
}

impl DepartmentKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Centre => "centre",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Self {
        if word == "centre" {
            Self::Centre
        } else {
            Self::Department
        }
    }
}

/// The two sides of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThemeAudience {
    /// 个人
    Person,
    /// 法人
    Enterprise,
}

impl ThemeAudience {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Enterprise => "enterprise",
        }
    }

    /// Whether an item for `audience` stands on this side.
    pub fn serves(self, audience: tb_contract::item::Audience) -> bool {
        let is_person = audience == tb_contract::item::Audience::NaturalPerson;
        is_person == (self == Self::Person)
    }
}

/// The word of an enumeration in JSON.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
