//! One answer for a joint matter (合并受理、合并补正): each department gives the lead office its part, the
//! lead office compiles what it has and sends it as one. What a part says, what of it may be left out, and
//! by when each has to act, so that the term of the law is never longer for it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_calendar::{Calendar, Light, Request, Term};

use super::command::Command;
use super::event::{EventDetail, EventKind, Listed};
use super::state::{RefusalKind, State};
use super::words::words;
use crate::error::Error;

words! {
    /// How far a department's part has come.
    pub(crate) enum PartState {
        /// The department examines.
        Open = "open",
        /// It has given its part, which waits for the lead office.
        Given = "given",
        /// The lead office has sent it.
        Sent = "sent",
        /// The lead office was silent: the department answers, or its answer went out by itself.
        Released = "released",
        /// The case went on without an answer: withdrawn, transferred, deemed accepted.
        Ended = "ended",
    }
}

impl PartState {
    /// Whether the lead office can still send it.
    pub(crate) fn is_waiting(self) -> bool {
        matches!(self, Self::Open | Self::Given)
    }
}

words! {
    /// What a department says to the application.
    pub(crate) enum Verdict {
        /// It can be accepted.
        Accept = "accept",
        /// Something is to be corrected.
        Correct = "correct",
        /// It is not accepted.
        Refuse = "refuse",
    }
}

/// A department's part of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartAnswer {
    /// What it says.
    pub verdict: Verdict,
    /// What is to be corrected.
    #[serde(default)]
    pub listed: Listed,
    /// Words for the applicant.
    #[serde(default)]
    pub reason: String,
    /// Why it is not accepted.
    #[serde(default)]
    pub refusal: Option<RefusalKind>,
}

/// A point that the lead office left out of a department's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct DroppedPoint {
    /// JSON Pointer into the form's answers, or requirement id.
    pub part: String,
    /// Why.
    pub reason: String,
}

/// What an event says of the joint answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct JointSaid {
    /// Name of the lead office.
    pub lead: String,
    /// The department's part, where it gives it.
    #[serde(default)]
    pub answer: Option<PartAnswer>,
    /// Who sent it in the lead office, where that was done.
    #[serde(default)]
    pub sent_by: Option<String>,
    /// What the lead office left out.
    #[serde(default)]
    pub dropped: Vec<DroppedPoint>,
}

impl PartAnswer {
    /// What a command of the department says; none of those that are no answer to the application.
    pub(crate) fn of(command: &Command) -> Option<Self> {
        let (verdict, listed, reason, refusal) = match command {
            Command::Accept => (Verdict::Accept, Listed::default(), "", None),
            Command::RequestCorrection { listed, reason }
            | Command::ReturnForReview { listed, reason } => {
                (Verdict::Correct, listed.clone(), reason.trim(), None)
            }
            Command::Refuse { kind, reason } => (
                Verdict::Refuse,
                Listed::default(),
                reason.trim(),
                Some(*kind),
            ),
            _ => return None,
        };
        Some(Self {
            verdict,
            listed,
            reason: reason.to_owned(),
            refusal,
        })
    }

    /// The command that sends it to a case in this state.
    pub(crate) fn command(&self, state: State) -> Command {
        let (listed, reason) = (self.listed.clone(), self.reason.clone());
        match self.verdict {
            Verdict::Accept => Command::Accept,
            Verdict::Correct if state == State::Submitted => {
                Command::ReturnForReview { listed, reason }
            }
            Verdict::Correct => Command::RequestCorrection { listed, reason },
            Verdict::Refuse => Command::Refuse {
                kind: self.refusal.unwrap_or(RefusalKind::Refused),
                reason,
            },
        }
    }

    /// The list as the lead office sends it: in its words, without what it leaves out. Each point that is
    /// left out needs a reason, and one point has to stay: who wants the whole list gone asks the
    /// department for another part.
    ///
    /// # Errors
    /// The place of the point in `dropped` with what is wrong with it.
    pub(crate) fn edited(
        &self,
        reason: &str,
        dropped: &[DroppedPoint],
    ) -> Result<Self, (usize, Error)> {
        let mut listed = self.listed.clone();
        for (at, point) in dropped.iter().enumerate() {
            let before = listed.fields.len() + listed.materials.len();
            listed.fields.retain(|path| *path != point.part);
            listed.materials.retain(|id| *id != point.part);
            if listed.fields.len() + listed.materials.len() == before {
                return Err((at, Error::UnknownPart));
            }
            if point.reason.trim().is_empty() {
                return Err((at, Error::ReasonMissing));
            }
            if listed.fields.is_empty() && listed.materials.is_empty() {
                return Err((at, Error::NothingListed));
            }
        }
        let reason = match reason.trim() {
            "" => self.reason.clone(),
            words => words.to_owned(),
        };
        Ok(Self {
            listed,
            reason,
            ..self.clone()
        })
    }
}

/// The part that stands: the last one that was given since the application last came in, unless the lead
/// office was silent.
pub(crate) fn standing<'a, T>(
    history: &'a [T],
    look: impl Fn(&'a T) -> (EventKind, &'a EventDetail),
) -> Option<(&'a T, &'a PartAnswer)> {
    for event in history.iter().rev() {
        let (kind, detail) = look(event);
        match kind {
            EventKind::JointAnswered => {
                let said = detail.joint.as_ref()?;
                return said.answer.as_ref().map(|answer| (event, answer));
            }
            EventKind::Submitted
            | EventKind::Resubmitted
            | EventKind::Corrected
            | EventKind::OriginalsVerified
            | EventKind::JointReturned => return None,
            _ => {}
        }
    }
    None
}

/// Working days of the sub-terms, counted as the acceptance clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubTerms {
    /// For the department's part.
    pub part: u32,
    /// For the lead office: behind it every answer goes out by itself.
    pub send: u32,
}

impl SubTerms {
    /// Whether they leave the law its term of five days: the last one is for what goes out by itself.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (1..self.send).contains(&self.part) && self.send < 5
    }

    /// Last days for the part and for the sending; none where they could not end before the acceptance
    /// clock does, and the department answers by itself.
    pub(crate) fn days(
        self,
        calendar: &Calendar,
        since: DateTime<Utc>,
        region: &str,
        acceptance_until: Option<DateTime<Utc>>,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let last = |days| {
            let request = Request::new(since, Term::working_days(days)).in_region(region);
            calendar.due(&request).ok().map(|due| due.date)
        };
        let days = (last(self.part)?, last(self.send)?);
        let ends = acceptance_until.is_none_or(|until| first_moment_after(days.1) < until);
        ends.then_some(days)
    }
}

/// The first moment behind a last day.
pub(crate) fn first_moment_after(day: NaiveDate) -> DateTime<Utc> {
    tb_kernel::office_time::start_of_day(day + chrono::Days::new(1))
}

/// A point of a list by its name, with the items that want it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct SharedPoint {
    /// Its name.
    pub name: String,
    /// Names of the items.
    pub items: Vec<String>,
}

/// What several items want: the applicant does it once.
pub(crate) fn shared(lists: &[(&str, Vec<String>)]) -> Vec<SharedPoint> {
    let mut points: Vec<SharedPoint> = Vec::new();
    for (item, names) in lists {
        for name in names {
            let known = points.iter_mut().find(|point| point.name == *name);
            match known {
                Some(point) if point.items.iter().any(|one| one == item) => {}
                Some(point) => point.items.push((*item).to_owned()),
                None => points.push(SharedPoint {
                    name: name.clone(),
                    items: vec![(*item).to_owned()],
                }),
            }
        }
    }
    points.retain(|point| point.items.len() > 1);
    points
}

/// The light of the whole: the gravest of its cases', and red once its own day is over while one runs. None
/// where no case runs.
pub(crate) fn light(
    cases: impl Iterator<Item = Light>,
    due: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<Light> {
    let grave = |light: &Light| match light {
        Light::Grey => 0,
        Light::Green => 1,
        Light::Yellow => 2,
        Light::Red => 3,
        Light::Purple => 4,
    };
    let gravest = cases.max_by_key(grave)?;
    let is_over = due.is_some_and(|due| due < today);
    Some(if is_over && grave(&gravest) < grave(&Light::Red) {
        Light::Red
    } else {
        gravest
    })
}

#[cfg(test)]
mod tests;
