//! The guards of the state table, tried one by one.

use super::apply::{Facts, Surroundings};
use super::command::Command;
use super::event::Listed;
use super::state::{Ruling, StepOutcome};
use super::transition::Guard;
use crate::error::Error;

/// The post that decides, and that alone may send a second notice.
pub(crate) const HEAD: &str = "head";
/// The post at the counter.
pub(crate) const CLERK: &str = "clerk";
/// One notice, and a second one in narrow bounds.
const MOST_NOTICES: usize = 2;

/// Tries one guard of the row.
pub(super) fn check(
    guard: Guard,
    case: &Facts<'_>,
    command: &Command,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    match (guard, command) {
        (
            Guard::DefectsListed | Guard::OneNotice,
            Command::ReturnForReview { listed, reason }
            | Command::RequestCorrection { listed, reason },
        ) => {
            if guard == Guard::OneNotice {
                return check_notices(case, listed, reason, around.roles);
            }
            let is_empty = listed.fields.is_empty() && listed.materials.is_empty();
            if is_empty {
                Err(Error::NothingListed)
            } else {
                Ok(())
            }
        }
        (Guard::MaterialsComplete, _) => check_materials(case),
        (Guard::AcceptanceTermOver, Command::DeemAccepted { until, .. }) => {
            let is_over = until.is_some_and(|until| until <= around.now);
            if is_over {
                Ok(())
            } else {
                Err(Error::AcceptanceTermRuns)
            }
        }
        (
            Guard::ReasonGiven | Guard::ReasonIfDenied,
            Command::Refuse { reason, .. }
            | Command::Decide {
                ruling: Ruling::Denied,
                reason,
            }
            | Command::AnswerWithdrawal {
                granted: false,
                reason,
            },
        ) if reason.trim().is_empty() => Err(Error::ReasonMissing),
        (Guard::WithdrawalPending, _) if !case.withdrawal_pending => Err(Error::NoWithdrawal),
        (Guard::NoWithdrawalPending, _) if case.withdrawal_pending => Err(Error::WithdrawalPending),
        (Guard::PostOfStep, Command::Step { outcome, .. }) => {
            check_step(case, *outcome, around.roles)
        }
        (Guard::StepsDone, _) => match case.steps.get(case.step) {
            Some(step) => Err(Error::StepsOpen {
                step: step.name.clone(),
            }),
            None => Ok(()),
        },
        (Guard::PostThatDecides, _) => check_decider(case, around.roles),
        // Intake has judged the form, `correct` takes over listed parts only; the rest holds.
        _ => Ok(()),
    }
}

/// The one-time rule: a second notice names only what the first one had corrected, by a head, with
/// a reason; there is no third.
fn check_notices(
    case: &Facts<'_>,
    listed: &Listed,
    reason: &str,
    roles: &[String],
) -> Result<(), Error> {
    let Some(last) = case.notices.last() else {
        return Ok(());
    };
    if case.notices.len() >= MOST_NOTICES {
        return Err(Error::NoticesUsedUp);
    }
    let new_fields = listed
        .fields
        .iter()
        .filter(|path| !last.fields.iter().any(|old| covers(old, path)));
    let new_materials = listed
        .materials
        .iter()
        .filter(|id| !last.materials.contains(id));
    let new: Vec<&str> = new_fields
        .chain(new_materials)
        .map(String::as_str)
        .collect();
    if !new.is_empty() {
        return Err(Error::NotCorrectedBefore {
            parts: new.join("、"),
        });
    }
    if !holds(roles, HEAD) {
        return Err(Error::SecondNoticeByHead);
    }
    if reason.trim().is_empty() {
        Err(Error::ReasonMissing)
    } else {
        Ok(())
    }
}

/// Whether a JSON Pointer is `outer` or lies in it.
pub(crate) fn covers(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn check_materials(case: &Facts<'_>) -> Result<(), Error> {
    if case.missing.is_empty() {
        return Ok(());
    }
    Err(Error::MaterialsMissing {
        names: case.missing.join("、"),
    })
}

fn check_step(case: &Facts<'_>, outcome: StepOutcome, roles: &[String]) -> Result<(), Error> {
    match case.steps.get(case.step) {
        Some(step) if holds(roles, &step.post) => Ok(()),
        Some(step) => Err(Error::WrongPost {
            step: step.name.clone(),
            post: step.post.clone(),
        }),
        // All steps are done: whoever decides may still send the case back to the last one.
        None if outcome == StepOutcome::Pass => Err(Error::NoStepOpen),
        None if holds(roles, HEAD) => Ok(()),
        None => Err(Error::HeadDecides),
    }
}

fn check_decider(case: &Facts<'_>, roles: &[String]) -> Result<(), Error> {
    let may = holds(roles, HEAD) || (case.instant && holds(roles, CLERK));
    if may { Ok(()) } else { Err(Error::HeadDecides) }
}

fn holds(roles: &[String], post: &str) -> bool {
    roles.iter().any(|role| role == post)
}
