//! The rules of a rectification task: open → contacted → rectified → closed, back to open while the
//! citizen is not satisfied; beside them an appeal that may take the rating out of the count.

use tb_kernel::DepartmentId;
use uuid::Uuid;

use crate::error::Error;

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nobody has got in touch yet.
    Open,
    /// Somebody has; findings and measures are due.
    Contacted,
    /// Done; the citizen is asked whether he is satisfied now.
    Rectified,
    /// Over.
    Closed,
    /// The rating does not count, so there is nothing to rectify.
    Excluded,
}

impl State {
    /// All, in the order of a task's life.
    pub(crate) const ALL: [Self; 5] = [
        Self::Open,
        Self::Contacted,
        Self::Rectified,
        Self::Closed,
        Self::Excluded,
    ];

    /// The word in the column.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Contacted => "contacted",
            Self::Rectified => "rectified",
            Self::Closed => "closed",
            Self::Excluded => "excluded",
        }
    }

    /// From the word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether a term runs.
    pub(crate) fn is_running(self) -> bool {
        matches!(self, Self::Open | Self::Contacted | Self::Rectified)
    }
}

/// Words of the appeal column.
pub(crate) mod appeal {
    /// Nobody has asked.
    pub(crate) const NONE: &str = "none";
    /// Asked, not decided.
    pub(crate) const ASKED: &str = "asked";
    /// The rating does not count.
    pub(crate) const UPHELD: &str = "upheld";
    /// It counts.
    pub(crate) const REJECTED: &str = "rejected";
}

/// Why a rating should not count.
pub(crate) const GROUNDS: [&str; 4] = ["malicious", "wrong_object", "mistaken", "not_service"];

/// Ways to get in touch.
pub(crate) const WAYS: [&str; 3] = ["phone", "visit", "message"];

/// What a task is judged by.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub state: State,
    pub appeal: String,
    /// Rounds begun.
    pub round: i32,
    /// Call-backs without an answer in this round.
    pub unreached: i32,
    /// Accounts that worked on it.
    pub handlers: Vec<Uuid>,
    pub department: DepartmentId,
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    /// Somebody of an office.
    Staff {
        id: Uuid,
        department: Option<DepartmentId>,
    },
    /// Who rated.
    Applicant,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Got in touch, or tried to.
    Contact { reached: bool },
    /// Findings, measures, result.
    Rectify,
    /// Asked whether he is satisfied now; none: not reached.
    CallBack { level: Option<u8> },
    /// Asks that the rating does not count.
    Appeal,
    /// Decides that.
    DecideAppeal { upheld: bool },
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Noted, nothing moves.
    Noted,
    /// In touch.
    Contacted,
    /// Done, to be called back.
    Rectified,
    /// Another round begins.
    Reopened,
    /// Over: `satisfied`, `dissatisfied`, `unreached`.
    Closed(&'static str),
    /// Asked that it does not count.
    Appealed,
    /// It does not count.
    Excluded,
    /// It counts.
    Rejected,
}

/// Bounds of rounds and calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub rounds: i32,
    pub calls: i32,
}

/// Judges a command.
pub(crate) fn apply(
    facts: &Facts,
    command: Command,
    who: Who,
    bounds: Bounds,
) -> Result<Change, Error> {
    let only = |states: &[State]| {
        if states.contains(&facts.state) {
            Ok(())
        } else {
            Err(Error::WrongState)
        }
    };
    match command {
        Command::Contact { reached } => {
            only(&[State::Open])?;
            Ok(if reached {
                Change::Contacted
            } else {
                Change::Noted
            })
        }
        Command::Rectify => {
            only(&[State::Contacted])?;
            Ok(Change::Rectified)
        }
        Command::CallBack { level } => {
            only(&[State::Rectified])?;
            if let Who::Staff { id, .. } = who
                && facts.handlers.contains(&id)
            {
                return Err(Error::HandlerCallsBack);
            }
            Ok(called_back(facts, level, bounds))
        }
        Command::Appeal => {
            only(&[State::Open, State::Contacted, State::Rectified])?;
            match facts.appeal.as_str() {
                appeal::NONE => Ok(Change::Appealed),
                _ => Err(Error::AppealedBefore),
            }
        }
        Command::DecideAppeal { upheld } => {
            if facts.appeal != appeal::ASKED {
                return Err(Error::NoAppeal);
            }
            match who {
                Who::Staff { department, .. } if department != Some(facts.department) => {}
                _ => return Err(Error::RatedDecides),
            }
            Ok(if upheld {
                Change::Excluded
            } else {
                Change::Rejected
            })
        }
    }
}

fn called_back(facts: &Facts, level: Option<u8>, bounds: Bounds) -> Change {
    match level {
        Some(level) if level >= tb_contract::rating::GOOD_FROM => Change::Closed("satisfied"),
        Some(_) if facts.round < bounds.rounds => Change::Reopened,
        Some(_) => Change::Closed("dissatisfied"),
        None if facts.unreached + 1 >= bounds.calls => Change::Closed("unreached"),
        None => Change::Noted,
    }
}

#[cfg(test)]
mod tests;
