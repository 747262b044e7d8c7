//! One command on one case: what happens, or why it may not. Pure: the state table decides where a
//! command may be given, the guards here decide the rest.

use chrono::{DateTime, Utc};
use tb_contract::item::{ProcedureKind, SpecialProcedure, Step};
use tb_kernel::{Actor, Deputised};
use uuid::Uuid;

use super::command::{Command, event, next_step, says};
use super::commitment::{Check, Undertaking};
use super::deferral::{Debt, Promised};
use super::delivery::DeliveryFacts;
use super::event::{EventDetail, EventKind, Happened, Listed};
use super::fee::FeeFacts;
use super::guard::check;
use super::hearing::HearingFacts;
use super::state::{PaperKind, RefusalKind, State};
use super::transition;
use super::verb::Verb;
use crate::error::Error;

/// A case as far as the rules look at it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Facts<'a> {
    /// State.
    pub state: State,
    /// The steps of its examination; none for an instant item.
    pub steps: &'a [Step],
    /// Index of the current step; the number of steps when all are done.
    pub step: usize,
    /// Whether the item is decided on the spot.
    pub instant: bool,
    /// Whether a withdrawal waits for its answer.
    pub withdrawal_pending: bool,
    /// What earlier notices listed.
    pub notices: &'a [Listed],
    /// Names of required materials that are not there.
    pub missing: &'a [String],
    /// Materials that were promised for later; looked at before acceptance.
    pub promised: &'a [Promised],
    /// What is owed of them; looked at after acceptance.
    pub debts: &'a [Debt],
    /// Special procedures that the item lists.
    pub procedures: &'a [SpecialProcedure],
    /// The legal term.
    pub legal: LegalTerm,
    /// Materials whose originals the situation asks for.
    pub originals: &'a [Original],
    /// The applicant's term.
    pub applicant: ApplicantTerm,
    /// Whether there is a decision.
    pub decided: bool,
    /// Who handles it.
    pub handler: Option<Uuid>,
    /// Whether the item says that a system of province or ministry handles it.
    pub elsewhere: bool,
    /// That system's organ and number, once the case has one there.
    pub external: Option<(&'a str, &'a str)>,
    /// Who wants the case void.
    pub void_proposed_by: Option<Uuid>,
    /// Whose deputy he was then.
    pub void_stood_for: &'a [Uuid],
    /// Whose deputy was who means to revoke.
    pub revocation_stood_for: &'a [Uuid],
    /// A promise in the place of materials or of the examination; looked at before acceptance.
    pub undertaking: Option<&'a Undertaking>,
    /// Whether who makes it is barred from promises.
    pub barred: bool,
    /// The check of a promise after the decision.
    pub check: Option<Check>,
    /// The delivery.
    pub delivery: DeliveryFacts<'a>,
    /// The fee.
    pub fee: FeeFacts,
    /// The last hearing of interested persons.
    pub hearing: Option<HearingFacts>,
    /// Who has examined it.
    pub examiners: &'a [Uuid],
    /// Names of the results that have to be attached still; looked at behind the decision.
    pub owed_results: &'a [String],
}

/// The legal term as the rules look at it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LegalTerm {
    /// First moment after it.
    pub until: Option<DateTime<Utc>>,
    /// Whether it was extended before.
    pub extended: bool,
    /// Whether it counts days: the law extends by days.
    pub in_days: bool,
}

/// The applicant's term as the rules look at it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ApplicantTerm {
    /// First moment after it, while it runs.
    pub until: Option<DateTime<Utc>>,
    /// When he was reminded of it.
    pub reminded_at: Option<DateTime<Utc>>,
    /// Whether a lapsed correction ends the case.
    pub lapses: bool,
}

/// A material whose original is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Original {
    /// Requirement.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Facts<'_> {
    /// A case of which nothing is known but its state.
    pub(crate) const fn blank(state: State) -> Self {
        Self {
            state,
            steps: &[],
            step: 0,
            instant: false,
            withdrawal_pending: false,
            notices: &[],
            missing: &[],
            promised: &[],
            debts: &[],
            procedures: &[],
            legal: LegalTerm {
                until: None,
                extended: false,
                in_days: false,
            },
            originals: &[],
            applicant: ApplicantTerm {
                until: None,
                reminded_at: None,
                lapses: false,
            },
            decided: false,
            handler: None,
            elsewhere: false,
            external: None,
            void_proposed_by: None,
            void_stood_for: &[],
            revocation_stood_for: &[],
            undertaking: None,
            barred: false,
            check: None,
            delivery: DeliveryFacts {
                offered: &[],
                chosen: None,
                dispatched: false,
                unconfirmed: false,
                at_counter: false,
            },
            fee: FeeFacts {
                gate: None,
                settled: false,
                open: false,
                lapsed: false,
            },
            hearing: None,
            examiners: &[],
            owed_results: &[],
        }
    }

    /// A special procedure of the item.
    pub(super) fn procedure(&self, kind: ProcedureKind) -> Option<&SpecialProcedure> {
        self.procedures.iter().find(|one| one.kind == kind)
    }
}

/// What a command is given in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    /// The moment.
    pub now: DateTime<Utc>,
    /// Roles of the actor.
    pub roles: &'a [String],
    /// The actor; nil for the platform.
    pub actor: Uuid,
    /// Whose deputy he is.
    pub deputy_of: &'a [Deputised],
    /// In whose place he gives it; in his own right where that is nobody.
    pub acting_for: Option<&'a Deputised>,
}

impl<'a> Surroundings<'a> {
    /// What somebody does in his own right.
    pub(crate) fn of(actor: &'a Actor, now: DateTime<Utc>) -> Self {
        Self {
            now,
            roles: &actor.roles,
            actor: actor.id.0,
            deputy_of: &actor.deputy_of,
            acting_for: None,
        }
    }

    /// Whether a post is held, by himself or in whose place he acts.
    pub(crate) fn holds(self, post: &str) -> bool {
        let acting_for = self
            .acting_for
            .map_or(&[][..], |absent| absent.roles.as_slice());
        self.roles.iter().chain(acting_for).any(|role| role == post)
    }

    /// Whether he is a second person beside the one who did the first part: neither the same, nor
    /// the deputy of either.
    pub(crate) fn check_second(
        self,
        first: Option<Uuid>,
        stood_for: &[Uuid],
        same: Error,
    ) -> Result<(), Error> {
        let Some(first) = first else {
            return Ok(());
        };
        if first == self.actor {
            return Err(same);
        }
        let mine =
            |id: &Uuid| *id == self.actor || self.deputy_of.iter().any(|absent| absent.id.0 == *id);
        // Nor does the first choose who answers.
        let chosen = self
            .acting_for
            .is_some_and(|absent| absent.arranged_by.0 == first && absent.id.0 != first);
        if chosen || mine(&first) || stood_for.iter().any(mine) {
            Err(Error::DeputyOnBothSides)
        } else {
            Ok(())
        }
    }

    /// What the platform does itself, at a moment.
    pub(crate) fn platform(now: DateTime<Utc>) -> Self {
        Self {
            now,
            roles: &[],
            actor: Uuid::nil(),
            deputy_of: &[],
            acting_for: None,
        }
    }
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outcome {
    /// State after it.
    pub state: State,
    /// Current step after it.
    pub step: usize,
    /// Whether a withdrawal waits after it.
    pub withdrawal_pending: bool,
    /// What happened, in order.
    pub events: Vec<Happened>,
    /// Paper that it makes.
    pub paper: Option<PaperKind>,
    /// Kind of the event that tells the world.
    pub says: &'static str,
}

/// Applies a command.
pub(crate) fn apply(
    case: &Facts<'_>,
    command: &Command,
    around: Surroundings<'_>,
) -> Result<Outcome, Error> {
    let row = transition::row(command.verb(), case.state).ok_or_else(|| wrong_state(case.state))?;
    row.guards
        .iter()
        .try_for_each(|guard| check(*guard, case, command, around))?;
    let to = target(row, case, command);
    let mut outcome = Outcome {
        state: to,
        step: case.step,
        withdrawal_pending: case.withdrawal_pending,
        events: Vec::new(),
        paper: row.paper,
        says: says(case, command),
    };
    let (kind, effective_at, detail) = event(case, command, around.now);
    outcome.events.push(Happened {
        kind,
        effective_at,
        from: case.state,
        to,
        detail,
    });
    match command {
        Command::Accept | Command::DeemAccepted { .. } => begin(case, &mut outcome, effective_at),
        Command::Step { outcome: how, .. } => outcome.step = next_step(case, *how),
        Command::AskWithdrawal { .. } => outcome.withdrawal_pending = true,
        Command::AnswerWithdrawal { .. } => outcome.withdrawal_pending = false,
        _ => {}
    }
    if !outcome.state.is_running() {
        outcome.withdrawal_pending = false;
    }
    Ok(outcome)
}

/// Row 7a: acceptance enters the first examination step in the same transaction; without steps the
/// case waits for its decision.
fn begin(case: &Facts<'_>, outcome: &mut Outcome, effective_at: DateTime<Utc>) {
    outcome.step = 0;
    let Some(first) = case.steps.first() else {
        return;
    };
    let detail = EventDetail {
        entered_step: Some(0),
        step_name: Some(first.name.clone()),
        ..EventDetail::default()
    };
    outcome.events.push(Happened {
        kind: EventKind::Begun,
        effective_at,
        from: outcome.state,
        to: State::Examining,
        detail,
    });
    outcome.state = State::Examining;
}

fn target(row: &transition::Row, case: &Facts<'_>, command: &Command) -> State {
    match (command, row.to) {
        (
            Command::Refuse {
                kind: RefusalKind::NotAccepted,
                ..
            },
            _,
        ) => State::NotAccepted,
        (
            Command::Refuse {
                kind: RefusalKind::Refused,
                ..
            },
            _,
        ) => State::Refused,
        (Command::AnswerWithdrawal { granted: false, .. }, _) | (_, []) => case.state,
        (_, [to, ..]) => *to,
    }
}

/// The refusal of a command that the state does not allow, with what it does allow.
pub(crate) fn wrong_state(state: State) -> Error {
    let allowed: Vec<&str> = transition::verbs_of_staff(state)
        .map(Verb::as_str)
        .collect();
    Error::WrongState {
        state: state.to_string(),
        allowed: allowed.join(","),
    }
}

#[cfg(test)]
mod tests;
