//! The papers of a hearing, as they are frozen.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_typeset as t;

use super::hearing::in_words;

/// 听证告知书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Right {
    /// Provision, where the item is a permit.
    pub basis: Option<String>,
    /// Names of the interested persons.
    pub persons: Vec<String>,
    /// What is at stake.
    pub reason: String,
    /// Last day for asking.
    pub ask_by: NaiveDate,
}

/// 听证通知书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// Provision, where the item is a permit.
    pub basis: Option<String>,
    /// Names of the interested persons.
    pub persons: Vec<String>,
    /// Who asked.
    pub asked_by: String,
    /// When it is held.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// Who presides.
    pub presider: String,
    /// What else is to be known.
    pub remark: String,
}

impl Right {
    pub(super) fn template(&self) -> t::Template {
        t::Template::HearingRight(t::HearingRight {
            basis: self.basis.clone(),
            persons: self.persons.clone(),
            reason: self.reason.clone(),
            ask_by: self.ask_by,
        })
    }
}

impl Call {
    pub(super) fn template(&self) -> t::Template {
        t::Template::HearingNotice(t::HearingNotice {
            basis: self.basis.clone(),
            persons: self.persons.clone(),
            asked_by: self.asked_by.clone(),
            at: in_words(self.at),
            place: self.place.clone(),
            presider: self.presider.clone(),
            remark: self.remark.clone(),
        })
    }
}
