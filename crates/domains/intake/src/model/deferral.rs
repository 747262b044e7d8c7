//! Materials that may follow later (容缺): what the applicant promises when he hands in, and what he
//! owes once the department has accepted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tb_contract::events::DeferredPromise;
use tb_contract::item::{ItemDocument, MaterialRequirement, Necessity, SituationAnswers};
use tb_kernel::FieldFault;

use crate::error::{fault_at, field};

/// One material that follows later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deferred {
    /// Requirement.
    pub requirement_id: String,
    /// Last day for it.
    pub by: NaiveDate,
    /// Sent after the acceptance; the department has not taken it yet.
    #[serde(default)]
    pub sent: bool,
}

impl From<DeferredPromise> for Deferred {
    fn from(promise: DeferredPromise) -> Self {
        Self {
            requirement_id: promise.requirement_id,
            by: promise.by,
            sent: false,
        }
    }
}

/// Whether a material may follow later.
pub(crate) fn is_deferrable(requirement: &MaterialRequirement) -> bool {
    requirement.necessity == Necessity::Deferrable && requirement.waived.is_none()
}

/// What is wrong with promises: for something that may not follow, or for a day that has passed or
/// lies beyond the last.
pub(crate) fn promise_faults(
    item: &ItemDocument,
    answers: &SituationAnswers,
    promises: &[DeferredPromise],
    (today, latest): (NaiveDate, NaiveDate),
) -> Vec<FieldFault> {
    let asked = item.materials_for(answers);
    let fault = |promise: &DeferredPromise| {
        let found = asked.iter().find(|one| one.id == promise.requirement_id);
        let path = format!("/materials/{}", promise.requirement_id);
        match found {
            Some(one) if is_deferrable(one) => {
                let last = latest.to_string();
                let args = [("name", one.name.as_str()), ("latest", last.as_str())];
                (!(today..=latest).contains(&promise.by))
                    .then(|| fault_at(path, field::PROMISE_DAY, &args))
            }
            _ => Some(fault_at(path, field::NOT_DEFERRABLE, &[])),
        }
    };
    promises.iter().filter_map(fault).collect()
}

/// A fault for every material that may follow later, and is neither there nor promised.
pub(crate) fn unpromised(
    item: &ItemDocument,
    answers: &SituationAnswers,
    present: &BTreeSet<&str>,
    promises: &[DeferredPromise],
) -> Vec<FieldFault> {
    item.materials_for(answers)
        .into_iter()
        .filter(|one| is_deferrable(one) && !present.contains(one.id.as_str()))
        .filter(|one| !promises.iter().any(|made| made.requirement_id == one.id))
        .map(|one| {
            let args = [("name", one.name.as_str())];
            fault_at(
                format!("/materials/{}", one.id),
                field::PROMISE_REQUIRED,
                &args,
            )
        })
        .collect()
}

/// The promises that count: those of materials that are not there.
pub(crate) fn counting(
    promises: Vec<DeferredPromise>,
    present: &BTreeSet<&str>,
) -> Vec<DeferredPromise> {
    promises
        .into_iter()
        .filter(|one| !present.contains(one.requirement_id.as_str()))
        .collect()
}
