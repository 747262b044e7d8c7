//! Promises in the place of an examination or of materials (告知承诺): what was promised, the check
//! that follows the decision, and what a false promise leads to (row 28).

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::{MaterialRef, SignedCommitment};
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_kernel::office_time;
use uuid::Uuid;

use super::apply::{Facts, Surroundings};
use super::diversion::Way;
use super::event::{EventDetail, EventKind, office_day};
use super::guard::Guard;
use super::state::Ruling;
use super::words::words;
use crate::error::Error;

/// Natural days that a holder has for his statement: as for licences.
pub(crate) const ANSWER_DAYS: (u64, u64) = (5, 60);
/// The longest bar, in months.
pub(crate) const MOST_BAR_MONTHS: u32 = 60;
/// The longest term for a rectification.
const LONGEST_MENDING: Months = Months::new(12);

words! {
    /// For what a promise stands.
    pub(crate) enum CommitmentKind {
        /// 审批告知承诺: the whole item is decided on the spot.
        Whole = "whole",
        /// 证明事项告知承诺: some materials.
        Materials = "materials",
    }
}

words! {
    /// How far the check of a promise has come.
    pub(crate) enum CheckStage {
        /// To be made.
        Due = "due",
        /// The promise was not kept; the holder has a term to mend it.
        Rectifying = "rectifying",
        /// The decision is to be revoked; the holder is heard.
        Hearing = "hearing",
        /// Over: the promise holds.
        Done = "done",
        /// The decision was revoked.
        Revoked = "revoked",
    }
}

impl CheckStage {
    /// The stages in which the office has something to do.
    pub(crate) const OPEN: [Self; 3] = [Self::Due, Self::Rectifying, Self::Hearing];
}

/// What was promised, as it is kept with the acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Undertaking {
    /// For what.
    pub kind: CommitmentKind,
    /// Names of the materials whose place it takes.
    pub materials: Vec<String>,
    /// Who signed.
    pub signer: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// What he had been told.
    pub told: String,
    /// What he promised.
    pub promised: String,
}

/// What a promise stands for: the item has to allow it.
pub(crate) fn kind(
    item: &ItemDocument,
    signed: Option<&SignedCommitment>,
) -> Option<CommitmentKind> {
    let (rule, signed) = (item.commitment.as_ref()?, signed?);
    if signed.whole && rule.whole {
        return Some(CommitmentKind::Whole);
    }
    let names = |id: &String| {
        item.materials
            .iter()
            .any(|one| one.commitment && one.id == *id)
    };
    signed
        .materials
        .iter()
        .any(names)
        .then_some(CommitmentKind::Materials)
}

/// The promise as it counts now: for materials that are not there after all. None where every one
/// of them was handed in.
pub(crate) fn undertaking(
    item: &ItemDocument,
    answers: &SituationAnswers,
    given: &[MaterialRef],
    signed: Option<&SignedCommitment>,
) -> Option<(Undertaking, Vec<String>)> {
    let kind = kind(item, signed)?;
    let signed = signed?;
    let materials: Vec<_> = item
        .materials_for(answers)
        .into_iter()
        .filter(|one| one.commitment && signed.materials.contains(&one.id))
        .filter(|one| !given.iter().any(|file| file.requirement_id == one.id))
        .collect();
    if kind == CommitmentKind::Materials && materials.is_empty() {
        return None;
    }
    let undertaking = Undertaking {
        kind,
        materials: materials.iter().map(|one| one.name.clone()).collect(),
        signer: signed.signer.clone(),
        signed_at: signed.signed_at,
        told: signed.told.clone(),
        promised: signed.promised.clone(),
    };
    Some((
        undertaking,
        materials.iter().map(|one| one.id.clone()).collect(),
    ))
}

/// The check of a promise as the rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    /// How far it has come.
    pub stage: CheckStage,
    /// First moment after what the stage sets: the rectification's or the statement's last day; none
    /// while the check itself is due, whose date the calendar gives.
    pub until: Option<DateTime<Utc>>,
    /// Who means to revoke.
    pub proposer: Option<Uuid>,
    /// Whether the holder has made his statement.
    pub answered: bool,
}

/// Folds the check out of the events. A denial is not checked, and a void case has nothing left.
pub(crate) fn fold<'a>(
    events: impl Iterator<Item = (EventKind, Uuid, &'a EventDetail)>,
) -> Option<Check> {
    let (mut promised, mut check) = (false, None::<Check>);
    let stage = |stage, until: Option<NaiveDate>| Check {
        stage,
        until: until
            .and_then(|day| day.succ_opt())
            .map(office_time::start_of_day),
        proposer: None,
        answered: false,
    };
    for (kind, by, detail) in events {
        match kind {
            EventKind::Accepted | EventKind::DeemedAccepted => {
                promised = detail.commitment.is_some();
            }
            EventKind::Decided if promised && detail.ruling == Some(Ruling::Granted) => {
                check = Some(stage(CheckStage::Due, None));
            }
            EventKind::RectificationOrdered => {
                check = Some(stage(CheckStage::Rectifying, detail.until));
            }
            EventKind::RevocationProposed => {
                check = Some(Check {
                    proposer: Some(by),
                    ..stage(CheckStage::Hearing, detail.until)
                });
            }
            EventKind::StatementMade => {
                if let Some(check) = &mut check {
                    check.answered = true;
                }
            }
            EventKind::CommitmentChecked | EventKind::DecisionKept => {
                check = Some(stage(CheckStage::Done, None));
            }
            EventKind::DecisionRevoked => check = Some(stage(CheckStage::Revoked, None)),
            EventKind::Voided => check = None,
            _ => {}
        }
    }
    check
}

/// Tries a guard about checks.
pub(super) fn check(
    guard: Guard,
    case: &Facts<'_>,
    way: &Way,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    let refuse = |holds: bool, error: Error| if holds { Ok(()) } else { Err(error) };
    let check = case.check.ok_or(Error::NoCommitment)?;
    let today = office_day(around.now);
    match (guard, way) {
        (Guard::CheckOpen, _) => refuse(
            matches!(check.stage, CheckStage::Due | CheckStage::Rectifying),
            Error::CheckNotOpen,
        ),
        (
            Guard::MethodGiven,
            Way::CheckCommitment { method } | Way::OrderRectification { method, .. },
        ) => refuse(!method.trim().is_empty(), Error::MethodMissing),
        (Guard::MendingAhead, Way::OrderRectification { mend_by, .. }) => {
            let last = today.checked_add_months(LONGEST_MENDING);
            refuse(
                *mend_by > today && last.is_some_and(|last| *mend_by <= last),
                Error::MendByAstray,
            )
        }
        (Guard::AnswerTime, Way::ProposeRevocation { answer_until, .. }) => {
            let (least, most) = ANSWER_DAYS;
            let bound = |days| today.checked_add_days(Days::new(days));
            refuse(
                (bound(least)..=bound(most)).contains(&Some(*answer_until)),
                Error::AnswerTimeWrong { least, most },
            )
        }
        (Guard::RevocationProposed, _) => refuse(
            check.stage == CheckStage::Hearing,
            Error::NoRevocationProposed,
        ),
        (Guard::HolderHeard, _) => refuse(
            check.answered || check.until.is_some_and(|until| until <= around.now),
            Error::HolderNotHeard,
        ),
        (Guard::AnotherPerson, _) => around.check_second(
            check.proposer,
            case.revocation_stood_for,
            Error::SecondPersonRevokes,
        ),
        (Guard::BarTime, Way::RevokeDecision { bar_until }) => {
            let last = today.checked_add_months(Months::new(MOST_BAR_MONTHS));
            refuse(
                *bar_until > today && last.is_some_and(|last| *bar_until <= last),
                Error::BarTimeWrong {
                    most: MOST_BAR_MONTHS,
                },
            )
        }
        _ => Ok(()),
    }
}

/// Whether the decision was revoked: there is nothing to close or to hand over then.
pub(super) fn is_revoked(case: &Facts<'_>) -> bool {
    case.check
        .is_some_and(|check| check.stage == CheckStage::Revoked)
}

/// Whether a statement may still be made: while the holder is heard, once. Its last day is judged
/// where it is made, by intake: on the way here the day may end, and the holder is heard all the same.
pub(super) fn check_statement(case: &Facts<'_>) -> Result<(), Error> {
    let open = case
        .check
        .is_some_and(|check| check.stage == CheckStage::Hearing && !check.answered);
    if open {
        Ok(())
    } else {
        Err(Error::NoRevocationProposed)
    }
}

#[cfg(test)]
mod tests;
