//! The papers of one answer to a joint matter, as they are frozen: they name every item that they answer,
//! with its department.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_typeset as t;

use super::joint::{SharedPoint, shared};
use super::paper::{FrozenDue, due};

/// 一次性补正告知书 of a joint matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct JointCorrection {
    /// What the lead office says for all.
    pub words: String,
    /// The lists, item by item.
    pub items: Vec<ItemCorrection>,
    /// What several items want.
    pub shared: Vec<SharedPoint>,
}

/// The list of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ItemCorrection {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// Case number.
    pub number: String,
    /// Words of the department.
    pub reason: String,
    /// Labels of fields.
    pub fields: Vec<String>,
    /// Names of materials.
    pub materials: Vec<String>,
    /// The applicant's term.
    pub deadline: Option<FrozenDue>,
    /// Whether the case ends with it.
    pub lapses: bool,
}

/// 受理通知书 of a joint matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct JointAcceptance {
    /// Day of acceptance.
    pub accepted_on: NaiveDate,
    /// What is accepted.
    pub items: Vec<ItemAcceptance>,
    /// What is not, with where it stands.
    pub others: Vec<ItemBeside>,
    /// Day by which all is to be done.
    pub overall: Option<NaiveDate>,
}

/// An item that is accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ItemAcceptance {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// Case number.
    pub number: String,
    /// Promised date.
    pub promised: Option<FrozenDue>,
    /// Legal date.
    pub legal: Option<FrozenDue>,
}

/// An item that is not accepted with the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ItemBeside {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// Where it stands, in words.
    pub standing: String,
}

impl JointCorrection {
    /// The lists of several items as one.
    pub(crate) fn new(words: &str, items: Vec<ItemCorrection>) -> Self {
        let names =
            |one: &ItemCorrection| one.fields.iter().chain(&one.materials).cloned().collect();
        let lists: Vec<(&str, Vec<String>)> = items
            .iter()
            .map(|one| (one.item.as_str(), names(one)))
            .collect();
        let shared = shared(&lists);
        Self {
            words: words.trim().to_owned(),
            shared,
            items,
        }
    }

    pub(super) fn template(&self) -> t::Template {
        let words = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        t::Template::JointCorrection(t::JointCorrection {
            words: words(&self.words),
            items: self
                .items
                .iter()
                .map(|one| t::ItemCorrection {
                    item: one.item.clone(),
                    office: one.office.clone(),
                    number: one.number.clone(),
                    reason: words(&one.reason),
                    parts: one.fields.iter().chain(&one.materials).cloned().collect(),
                    deadline: one.deadline.map(due),
                    lapses: one.lapses,
                })
                .collect(),
            shared: self
                .shared
                .iter()
                .map(|point| t::SharedPart {
                    name: point.name.clone(),
                    items: point.items.clone(),
                })
                .collect(),
        })
    }
}

impl JointAcceptance {
    pub(super) fn template(&self) -> t::Template {
        t::Template::JointAcceptance(t::JointAcceptance {
            accepted_on: self.accepted_on,
            items: self
                .items
                .iter()
                .map(|one| t::ItemAcceptance {
                    item: one.item.clone(),
                    office: one.office.clone(),
                    number: one.number.clone(),
                    promised: one.promised.map(due),
                    legal: one.legal.map(due),
                })
                .collect(),
            others: self
                .others
                .iter()
                .map(|one| t::ItemBeside {
                    item: one.item.clone(),
                    office: one.office.clone(),
                    standing: one.standing.clone(),
                })
                .collect(),
            overall: self.overall,
        })
    }
}
