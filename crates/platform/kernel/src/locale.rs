//! The languages the system speaks.

use serde::{Deserialize, Serialize};

/// A language of the interface; Chinese is the source language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Locale {
    /// Chooses from an `Accept-Language` header: English only where it stands before Chinese.
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .map(|part| part.trim().to_ascii_lowercase())
            .find_map(|part| match part.get(..2) {
                Some("zh") => Some(Self::Chinese),
                Some("en") => Some(Self::English),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// The tag used in files and headers.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}
