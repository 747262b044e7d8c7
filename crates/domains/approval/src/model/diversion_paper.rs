//! The papers of diversions, as they are frozen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_typeset as t;

use super::paper::{FrozenDue, FrozenRemedy, due, term};
use super::state::{SuspensionGround, TerminationGround};

/// 特别程序告知书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SpecialProcedure {
    /// Kind, as the law names it.
    pub procedure: String,
    /// Name.
    pub name: String,
    /// Provision.
    pub basis: Option<String>,
    /// Why.
    pub reason: String,
    /// First day.
    pub begins_on: NaiveDate,
    /// Planned last day.
    pub planned_end: NaiveDate,
}

/// 延期告知书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Extension {
    /// Provision, where the item is a permit.
    pub basis: Option<String>,
    /// Why.
    pub reason: String,
    /// Length.
    pub days: u32,
    /// Whether the days are working days.
    pub working: bool,
    /// Promised date after it.
    pub promised: Option<FrozenDue>,
    /// Legal date after it.
    pub legal: Option<FrozenDue>,
}

/// 中止通知书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Suspension {
    /// Ground.
    pub ground: SuspensionGround,
    /// Provision.
    pub basis: String,
    /// Facts.
    pub reason: String,
    /// First day.
    pub since: NaiveDate,
}

/// 终止通知书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Termination {
    /// Ground.
    pub ground: TerminationGround,
    /// Facts.
    pub reason: String,
    /// What can be done against it.
    pub remedy: FrozenRemedy,
}

/// 容缺受理告知承诺书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Deferral {
    /// Day of acceptance.
    pub accepted_on: NaiveDate,
    /// Names and last days.
    pub materials: Vec<(String, NaiveDate)>,
}

impl Deferral {
    pub(super) fn template(&self) -> t::Template {
        let material = |(name, by): &(String, NaiveDate)| t::DeferredMaterial {
            name: name.clone(),
            by: *by,
        };
        t::Template::DeferralPromise(t::DeferralPromise {
            accepted_on: self.accepted_on,
            materials: self.materials.iter().map(material).collect(),
        })
    }
}

impl SpecialProcedure {
    pub(super) fn template(&self) -> t::Template {
        t::Template::SpecialProcedureNotice(t::SpecialProcedureNotice {
            kind: self.procedure.clone(),
            name: self.name.clone(),
            basis: self.basis.clone(),
            reason: self.reason.clone(),
            begins_on: self.begins_on,
            planned_end: self.planned_end,
        })
    }
}

impl Extension {
    pub(super) fn template(&self) -> t::Template {
        t::Template::ExtensionNotice(t::ExtensionNotice {
            basis: self.basis.clone(),
            reason: self.reason.clone(),
            by: term(self.days, self.working),
            promised: self.promised.map(due),
            legal: self.legal.map(due),
        })
    }
}

impl Suspension {
    pub(super) fn template(&self) -> t::Template {
        t::Template::SuspensionNotice(t::SuspensionNotice {
            ground: self.ground.in_a_sentence().to_owned(),
            basis: self.basis.clone(),
            reason: self.reason.clone(),
            since: self.since,
        })
    }
}

impl Termination {
    pub(super) fn template(&self) -> t::Template {
        t::Template::TerminationNotice(t::TerminationNotice {
            ground: self.ground.in_a_sentence().to_owned(),
            reason: self.reason.clone(),
            remedy: self.remedy.to_remedy(),
        })
    }
}
