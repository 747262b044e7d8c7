//! Rules of joint matters: what the whole is pinned to, and where it stands by where its
//! applications stand.

pub(crate) mod correction;

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::State;

/// What the application of the whole is pinned to, and how far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    /// Version of each member's item, by the member's key.
    pub items: Vec<Pinned>,
    /// Day by which the whole is promised, from its own term.
    #[serde(default)]
    pub overall_due: Option<NaiveDate>,
    /// How that day came about.
    #[serde(default)]
    pub derivation: Option<serde_json::Value>,
    /// How far it is.
    #[serde(default)]
    pub progress: Progress,
}

/// A member with the version of its item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pinned {
    pub key: String,
    pub code: String,
    pub version: i64,
}

/// How many applications stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub total: usize,
    /// Wait for the applicant.
    pub turn: usize,
    /// Not at their end, those that wait for the applicant included.
    pub running: usize,
    pub granted: usize,
    pub denied: usize,
}

/// Where one application stands.
#[derive(Clone, Debug)]
pub(crate) struct Standing<'a> {
    pub state: State,
    /// Whether it waits for the applicant.
    pub turn: bool,
    pub result: Option<&'a str>,
}

impl Standing<'_> {
    fn is_running(&self) -> bool {
        self.state.is_open() || self.state == State::Decided
    }
}

/// Counts.
pub(crate) fn progress(all: &[Standing<'_>]) -> Progress {
    let count =
        |wanted: &dyn Fn(&Standing<'_>) -> bool| all.iter().filter(|one| wanted(one)).count();
    Progress {
        total: all.len(),
        turn: count(&|one| one.turn),
        running: count(&|one| one.is_running()),
        granted: count(&|one| one.result == Some("granted")),
        denied: count(&|one| one.result == Some("denied")),
    }
}

/// The state of the whole: what needs the applicant comes first, then the furthest that is still
/// under way; at the end it is closed where anything was decided.
pub(crate) fn state_of(all: &[Standing<'_>]) -> State {
    let turn = || all.iter().filter(|one| one.turn);
    if let Some(one) = turn()
        .find(|one| one.state.asks_for_correction())
        .or(turn().next())
    {
        return one.state;
    }
    let running = || all.iter().filter(|one| one.is_running());
    if running().next().is_some() {
        let is_examined = |one: &&Standing<'_>| {
            !matches!(
                one.state,
                State::Waiting
                    | State::Submitted
                    | State::Received
                    | State::PreReviewReturned
                    | State::Correcting
            )
        };
        if all.iter().any(|one| is_examined(&one)) {
            return State::Examining;
        }
        let is_received =
            |one: &Standing<'_>| matches!(one.state, State::Received | State::Correcting);
        return if all.iter().any(is_received) {
            State::Received
        } else {
            State::Submitted
        };
    }
    let all_are = |state| all.iter().all(|one| one.state == state);
    if all_are(State::Delivered) {
        State::Delivered
    } else if all.iter().any(|one| one.result.is_some()) {
        State::Closed
    } else if all_are(State::Withdrawn) {
        State::Withdrawn
    } else {
        all.iter()
            .map(|one| one.state)
            .find(|state| *state != State::Withdrawn)
            .unwrap_or(State::Withdrawn)
    }
}

/// The result of the whole; none while it runs, or where some are granted and some are not.
pub(crate) fn result_of(progress: &Progress) -> Option<&'static str> {
    match progress {
        one if one.running > 0 || one.total == 0 => None,
        one if one.granted == one.total => Some("granted"),
        one if one.granted == 0 && one.denied > 0 => Some("denied"),
        _ => None,
    }
}

/// How the applicant is told what a department said of an item of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// By a message about the item.
    Item,
    /// By one about the whole, of this kind.
    Whole(&'static str),
    /// Not again: the course of the whole shows it.
    Nothing,
}

/// What is the same for several items is told once, for the whole: that they are there, and what the lead
/// office sends for all at one moment. `before`: when such a thing happened to other items.
pub(crate) fn telling(
    kind: &str,
    merged: bool,
    before: &[DateTime<Utc>],
    at: DateTime<Utc>,
) -> Telling {
    let once = |known: bool, kind| {
        if known {
            Telling::Nothing
        } else {
            Telling::Whole(kind)
        }
    };
    match kind {
        "received" => once(!before.is_empty(), "joint_received"),
        "step_completed" => Telling::Nothing,
        "accepted" if merged => once(before.contains(&at), "joint_accepted"),
        "correction_requested" | "pre_review_returned" if merged => {
            once(before.contains(&at), "joint_correction")
        }
        _ => Telling::Item,
    }
}

/// What becomes of an application that waits for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Some of them are under way.
    Shut,
    /// All are granted.
    Open,
    /// One of them ended without being granted.
    Never,
}

/// The gate before an application whose predecessors stand so.
pub(crate) fn gate(before: &[Standing<'_>]) -> Gate {
    let failed = |one: &Standing<'_>| {
        one.result == Some("denied") || (!one.is_running() && one.result != Some("granted"))
    };
    if before.iter().any(failed) {
        Gate::Never
    } else if before.iter().all(|one| one.result == Some("granted")) {
        Gate::Open
    } else {
        Gate::Shut
    }
}
