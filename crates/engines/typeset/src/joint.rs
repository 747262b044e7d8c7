//! One answer for a joint matter (一件事): papers of the lead office that name every item with its department.

use chrono::NaiveDate;
use serde::Serialize;

use crate::paper::Due;

/// 一次性补正告知书 of a joint matter: the lists of all its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointCorrection {
    /// What the lead office says for all.
    pub words: Option<String>,
    /// The lists, item by item.
    pub items: Vec<ItemCorrection>,
    /// What several items want: it is handed in once.
    pub shared: Vec<SharedPart>,
}

/// The list of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemCorrection {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// 办件编号
    pub number: String,
    /// Words of the department.
    pub reason: Option<String>,
    /// Names of what is to be corrected.
    pub parts: Vec<String>,
    /// The last day, and the term it comes from.
    pub deadline: Option<Due>,
    /// Whether the case ends if the correction does not come.
    pub lapses: bool,
}

/// What several items want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedPart {
    /// Its name.
    pub name: String,
    /// Names of the items.
    pub items: Vec<String>,
}

/// 受理通知书 of a joint matter: what is accepted, and what is not with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointAcceptance {
    /// Day of acceptance.
    pub accepted_on: NaiveDate,
    /// What is accepted.
    pub items: Vec<ItemAcceptance>,
    /// What is not.
    pub others: Vec<ItemBeside>,
    /// Day by which all that is accepted is promised.
    pub overall: Option<NaiveDate>,
}

/// An item that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemAcceptance {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// 办件编号
    pub number: String,
    /// Promised date.
    pub promised: Option<Due>,
    /// Legal date.
    pub legal: Option<Due>,
}

/// An item that is not accepted with the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemBeside {
    /// Item.
    pub item: String,
    /// Department.
    pub office: String,
    /// Where it stands, in words.
    pub standing: String,
}
