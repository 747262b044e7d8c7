//! Words and pure rules of intake: states, what may be edited when, who may apply for what, what
//! a set of situation answers asks for.

pub(crate) mod assist;
pub(crate) mod batch;
pub(crate) mod batch_sheet;
pub(crate) mod commitment;
pub(crate) mod counter;
pub(crate) mod deferral;
pub(crate) mod delivery;
pub(crate) mod document;
pub(crate) mod fee;
pub(crate) mod joint;
pub(crate) mod licence;
pub(crate) mod number;
pub(crate) mod proxy;
pub(crate) mod rating;
pub(crate) mod signing;
pub(crate) mod vault;
pub(crate) mod verified;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::item::{
    Audience, ItemDocument, MaterialForm, MaterialRequirement, Necessity, SituationAnswers,
};
use tb_kernel::{AccountKind, FieldFault};

use crate::error::{fault_at, field};

macro_rules! states {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// States of an application; from `submitted` on a mirror of the case's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = ApplicationState)]
        pub enum State { $(#[doc = concat!("`", $text, "`")] $variant),* }

        impl State {
            /// As stored and as the API writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Reads it; `None` for a word that is no state.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        #[cfg(test)]
        pub(crate) const STATES: &[State] = &[$(State::$variant),*];
    };
}

states! {
    Draft = "draft",
    Submitted = "submitted",
    Waiting = "waiting",
    PreReviewReturned = "pre_review_returned",
    AwaitingOriginals = "awaiting_originals",
    Received = "received",
    Correcting = "correcting",
    Accepted = "accepted",
    Examining = "examining",
    SpecialProcedure = "special_procedure",
    Suspended = "suspended",
    Decided = "decided",
    Closed = "closed",
    Delivered = "delivered",
    NotAccepted = "not_accepted",
    Refused = "refused",
    Returned = "returned",
    Withdrawn = "withdrawn",
    Terminated = "terminated",
    Transferred = "transferred",
    ReportedUp = "reported_up",
    Voided = "voided",
}

impl State {
    /// Whether the applicant may be asked to mend something in it.
    pub fn asks_for_correction(self) -> bool {
        matches!(self, Self::PreReviewReturned | Self::Correcting)
    }

    /// Whether the applicant may still ask to withdraw: submitted, not decided, not ended.
    pub fn is_open(self) -> bool {
        use State::{
            Accepted, AwaitingOriginals, Correcting, Examining, PreReviewReturned, Received,
            SpecialProcedure, Submitted, Suspended, Waiting,
        };
        matches!(
            self,
            Submitted
                | Waiting
                | PreReviewReturned
                | AwaitingOriginals
                | Received
                | Correcting
                | Accepted
                | Examining
                | SpecialProcedure
                | Suspended
        )
    }

    /// Whether the examination is under way, so that promised materials may come.
    pub fn takes_promised(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Examining | Self::SpecialProcedure | Self::Suspended
        )
    }

    /// Whether the service can be rated.
    pub fn is_ratable(self) -> bool {
        matches!(self, Self::Closed | Self::Delivered)
    }
}

/// What the department asked the applicant to mend, in one list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Correction {
    /// JSON Pointers into the form's answers.
    pub fields: Vec<String>,
    /// Requirement ids.
    pub materials: Vec<String>,
    /// In the department's words.
    pub reason: String,
    /// Last day.
    pub due: Option<NaiveDate>,
}

/// What of an application may be edited now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Editing {
    /// Everything: a draft.
    All,
    /// What the correction lists.
    Listed(Correction),
    /// Files of materials that were promised for later: their requirement ids.
    Owed(Vec<String>),
    /// Nothing.
    Nothing,
}

impl Editing {
    /// Whether files for a requirement may be added or removed.
    pub fn allows_material(&self, requirement_id: &str) -> bool {
        match self {
            Self::All => true,
            Self::Listed(correction) => {
                correction.materials.iter().any(|id| id == requirement_id)
                    || form_field(requirement_id).is_some_and(|key| {
                        correction
                            .fields
                            .iter()
                            .any(|path| covers(&format!("/{key}"), path))
                    })
            }
            Self::Owed(ids) => ids.iter().any(|id| id == requirement_id),
            Self::Nothing => false,
        }
    }
}

/// Whether one of two JSON Pointers lies in the other or is the same.
pub(crate) fn covers(one: &str, other: &str) -> bool {
    let within = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(one, other) || within(other, one)
}

/// Requirement ids of files in a form: `form.<key>` with the key of the field, or of the outermost
/// group that it lies in.
pub(crate) fn form_field(requirement_id: &str) -> Option<&str> {
    requirement_id.strip_prefix("form.")
}

/// Whether an account of this kind may apply for an item: people for themselves, agents for what
/// is open to organisations.
pub(crate) fn may_apply(kind: AccountKind, audience: &[Audience]) -> bool {
    match kind {
        AccountKind::Person => audience.contains(&Audience::NaturalPerson),
        AccountKind::EnterpriseAgent => audience.iter().any(|who| *who != Audience::NaturalPerson),
        _ => false,
    }
}

/// Whether a material has to be handed in online. Deferrable ones may be
/// promised for later, waived ones are looked
/// up by the office, and paper is shown at the counter.
pub(crate) fn is_required(requirement: &MaterialRequirement) -> bool {
    requirement.necessity == Necessity::Required
        && requirement.waived.is_none()
        && requirement.form != MaterialForm::Paper
}

/// What is wrong with answers of the situation guide: unknown questions and options, barred
/// options, and, where they must be `complete`, questions left open.
pub(crate) fn situation_faults(
    item: &ItemDocument,
    answers: &SituationAnswers,
    complete: bool,
) -> Vec<FieldFault> {
    let path = |id: &str| {
        format!(
            "/situation_answers/{}",
            id.replace('~', "~0").replace('/', "~1")
        )
    };
    let mut faults = Vec::new();
    for id in answers
        .keys()
        .filter(|id| !item.situations.iter().any(|question| question.id == **id))
    {
        faults.push(fault_at(path(id), field::SITUATION_UNKNOWN, &[]));
    }
    for question in &item.situations {
        let Some(answer) = answers.get(&question.id) else {
            if complete {
                let args = [("question", question.question.as_str())];
                faults.push(fault_at(
                    path(&question.id),
                    field::SITUATION_REQUIRED,
                    &args,
                ));
            }
            continue;
        };
        match question.options.iter().find(|option| option.id == *answer) {
            None => faults.push(fault_at(path(&question.id), field::SITUATION_UNKNOWN, &[])),
            Some(option) => {
                if let Some(why) = &option.barred {
                    faults.push(fault_at(
                        path(&question.id),
                        field::SITUATION_BARRED,
                        &[("reason", why)],
                    ));
                }
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{STATES, State, covers};

    #[test]
    fn states_read_as_written() {
        for state in STATES {
            assert_eq!(State::parse(state.as_str()), Some(*state));
            let json = serde_json::to_value(state).ok();
            assert_eq!(json, Some(serde_json::Value::from(state.as_str())));
        }
        assert_eq!(State::parse("gone"), None);
    }

    #[test]
    fn pointers_cover_what_lies_in_them() {
        assert!(covers("/family", "/family/0/name") && covers("/family/0/name", "/family"));
        assert!(covers("/name", "/name"));
        assert!(!covers("/name", "/names") && !covers("/a/1", "/a/10"));
    }
}
