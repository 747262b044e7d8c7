//! Materials that may follow later (容缺受理): what the applicant promised when he applied, and what
//! he still owes once the case is accepted.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::{DeferredPromise, MaterialRef};
use tb_contract::item::{ItemDocument, Necessity, SituationAnswers};
use tb_kernel::office_time;

use super::applicant_term::{GRACE, REMINDER};
use super::apply::Facts;
use super::command::Command;
use super::event::{EventDetail, EventKind};
use super::guard::Guard;
use super::state::{Ruling, State};
use super::transition;
use super::verb::Verb;
use crate::error::Error;

/// A material that was promised for a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Promised {
    /// Requirement.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Last day for it.
    pub by: NaiveDate,
}

impl Promised {
    /// First moment after its day.
    fn until(&self) -> DateTime<Utc> {
        office_time::start_of_day(self.by + Duration::days(1))
    }
}

/// A promised material that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Debt {
    /// What was promised.
    pub promised: Promised,
    /// When the applicant was urged to bring it.
    pub urged_at: Option<DateTime<Utc>>,
}

impl Debt {
    /// When the applicant is to be urged; nothing once he was.
    pub(crate) fn urge_at(&self) -> Option<DateTime<Utc>> {
        let at = self.promised.until() - REMINDER;
        self.urged_at.is_none().then_some(at)
    }

    /// Whether the promise is broken: its day is over, and so is a day of grace since he was urged.
    pub(crate) fn is_broken(&self, now: DateTime<Utc>) -> bool {
        self.promised.until() <= now && self.urged_at.is_some_and(|at| at + GRACE <= now)
    }
}

/// The promises of an application that stand in for a material: those of materials that may be
/// deferred and are not there.
pub(crate) fn promises(
    item: &ItemDocument,
    answers: &SituationAnswers,
    given: &[MaterialRef],
    made: &[DeferredPromise],
) -> Vec<Promised> {
    item.materials_for(answers)
        .into_iter()
        .filter(|one| one.necessity == Necessity::Deferrable)
        .filter(|one| !given.iter().any(|file| file.requirement_id == one.id))
        .filter_map(|one| {
            let promise = made.iter().find(|made| made.requirement_id == one.id)?;
            Some(Promised {
                id: one.id.clone(),
                name: one.name.clone(),
                by: promise.by,
            })
        })
        .collect()
}

/// What is still owed after these events: acceptance takes the promises, and whatever is supplied
/// is owed no more. A case that has ended owes nothing.
pub(crate) fn debts<'a>(
    state: State,
    events: impl Iterator<Item = (EventKind, DateTime<Utc>, &'a EventDetail)>,
) -> Vec<Debt> {
    if transition::row(Verb::SupplyDeferred, state).is_none() {
        return Vec::new();
    }
    let mut debts: Vec<Debt> = Vec::new();
    for (kind, at, detail) in events {
        let names = |debt: &Debt| detail.deferred.iter().any(|one| one.id == debt.promised.id);
        match kind {
            EventKind::Accepted | EventKind::DeemedAccepted => {
                debts = detail.deferred.iter().cloned().map(debt).collect();
            }
            EventKind::DeferredSupplied => debts.retain(|debt| !names(debt)),
            EventKind::DeferredUrged => {
                for debt in debts.iter_mut().filter(|debt| names(debt)) {
                    debt.urged_at = Some(at);
                }
            }
            _ => {}
        }
    }
    debts
}

fn debt(promised: Promised) -> Debt {
    Debt {
        promised,
        urged_at: None,
    }
}

/// When the applicant is next to be urged.
pub(crate) fn alarm(debts: &[Debt]) -> Option<DateTime<Utc>> {
    debts.iter().filter_map(Debt::urge_at).min()
}

/// Tries a guard about promises.
pub(super) fn check(
    guard: Guard,
    case: &Facts<'_>,
    command: &Command,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let owes = |id: &str| case.debts.iter().any(|debt| debt.promised.id == id);
    match (guard, command) {
        (Guard::OwedOnly, Command::SupplyDeferred { materials, .. })
            if materials.is_empty() || !materials.iter().all(|one| owes(&one.id)) =>
        {
            Err(Error::NothingOwed)
        }
        (Guard::PromiseEnds, Command::UrgeDeferred)
            if alarm(case.debts).is_none_or(|at| at > now) =>
        {
            Err(Error::NothingToUrge)
        }
        (
            Guard::NothingOwed,
            Command::Decide {
                ruling: Ruling::Denied,
                ..
            },
        ) if !case.debts.is_empty() => check_broken(case, now),
        (Guard::NothingOwed, _) if !case.debts.is_empty() => Err(Error::DeferredOwed {
            names: names(case.debts.iter().map(|debt| &debt.promised)),
        }),
        _ => Ok(()),
    }
}

/// A promise may be kept until its day is over and the applicant was urged in vain.
pub(super) fn check_broken(case: &Facts<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    if case.debts.iter().any(|debt| debt.is_broken(now)) {
        return Ok(());
    }
    Err(if case.debts.is_empty() {
        Error::NothingOwed
    } else {
        Error::PromiseNotBroken
    })
}

/// Names, for a sentence.
pub(crate) fn names<'a>(promised: impl Iterator<Item = &'a Promised>) -> String {
    let names: Vec<&str> = promised.map(|one| one.name.as_str()).collect();
    names.join("、")
}

/// What the applicant is told: 须补交：甲（2026年12月1日前）、乙（…）。
pub(crate) fn sentence(promised: &[Promised]) -> String {
    let parts: Vec<String> = promised
        .iter()
        .map(|one| format!("{}（{}前）", one.name, one.by.format("%Y年%-m月%-d日")))
        .collect();
    format!("须补交：{}。", parts.join("、"))
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDate};
    use tb_kernel::office_time;

    use super::{Promised, alarm, debts, sentence};
    use crate::model::event::{EventDetail, EventKind};
    use crate::model::state::State;

    fn promised(id: &str, day: u32) -> Promised {
        Promised {
            id: id.to_owned(),
            name: format!("材料{id}"),
            by: NaiveDate::from_ymd_opt(2026, 12, day).unwrap(),
        }
    }

    fn detail(deferred: Vec<Promised>) -> EventDetail {
        EventDetail {
            deferred,
            ..EventDetail::default()
        }
    }

    #[test]
    fn what_is_owed_shrinks_and_a_broken_promise_was_urged() {
        let end = office_time::start_of_day(NaiveDate::from_ymd_opt(2026, 12, 2).unwrap());
        let accepted = detail(vec![promised("a", 1), promised("b", 10)]);
        let urged = detail(vec![promised("a", 1)]);
        let supplied = detail(vec![promised("a", 1)]);
        let start = (EventKind::Accepted, end - Duration::days(9), &accepted);

        let fresh = debts(State::Examining, [start].into_iter());
        assert_eq!(alarm(&fresh), Some(end - Duration::days(2)));
        assert!(fresh.iter().all(|debt| !debt.is_broken(end)));

        let urge = (EventKind::DeferredUrged, end - Duration::hours(30), &urged);
        let reminded = debts(State::Suspended, [start, urge].into_iter());
        let broken: Vec<bool> = reminded.iter().map(|debt| debt.is_broken(end)).collect();
        assert_eq!(broken, [true, false]);
        assert!(!reminded[0].is_broken(end - Duration::seconds(1)));
        assert_eq!(alarm(&reminded), Some(end + Duration::days(7)));
        let late = (EventKind::DeferredUrged, end - Duration::hours(2), &urged);
        let late = debts(State::Examining, [start, late].into_iter());
        assert!(!late[0].is_broken(end), "a day of grace since he was urged");

        let supply = (EventKind::DeferredSupplied, end, &supplied);
        let left = debts(State::Examining, [start, urge, supply].into_iter());
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].promised.id, "b");
        assert!(debts(State::Decided, [start].into_iter()).is_empty());
    }

    #[test]
    fn the_applicant_reads_names_and_days() {
        assert_eq!(
            sentence(&[promised("a", 1)]),
            "须补交：材料a（2026年12月1日前）。"
        );
    }
}
