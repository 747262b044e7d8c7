//! What the applicant does after the submission: resubmits, corrects, asks to withdraw, rates.

use serde::de::DeserializeOwned;
use serde_json::Value;
use tb_contract::events::{
    ApplicationRated, ApplicationSubmitted, JointMoved, StatementMade, WithdrawalAsked,
};
use tb_events::HandleError;
use tb_kernel::Fault;
use tb_storage::{Tracked, Tx};
use uuid::Uuid;

use super::commitment::check_of;
use super::create::APPLICANT;
use super::delivery;
use super::evidence::debts_of;
use super::fee;
use super::letter;
use super::proxy;
use super::record::{Open, Writing, record};
use super::setting::{Setting, setting};
use crate::app::App;
use crate::entity::case;
use crate::model::apply::{Facts, Outcome, Surroundings, apply};
use crate::model::clocks::plan;
use crate::model::command::{Command, Correction};
use crate::model::correction::{Corrected, correct};
use crate::model::deferral::Promised;
use crate::model::event::{EventDetail, EventKind, Happened, Listed, Rating};
use crate::model::state::State;
use crate::sealed::{self, DOSSIER, MATERIALS};
use crate::store;
use crate::store::event::{CaseEvent, Doer, notices};

const TOO_LATE: &str = "办件已作出决定，不能撤回。";

/// A change of an application that has a case.
pub(crate) struct Change<'a> {
    /// Kind: the event type of the payload.
    pub kind: &'a str,
    /// Version of the application.
    pub version: i64,
    /// What was sent.
    pub payload: &'a Value,
    /// The notice.
    pub causation_id: Uuid,
}

/// Takes a change in.
pub(crate) async fn change(
    app: &App,
    tx: &mut Tx,
    row: Tracked<case::Model>,
    change: &Change<'_>,
) -> Result<(), HandleError> {
    let setting = setting(app, tx.conn(), &row).await?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), row.id).await?;
    let mut open = Open {
        app,
        setting: &setting,
        row,
        history,
        causation_id: Some(change.causation_id),
    };
    open.row.payload_version = change.version;
    match change.kind {
        "intake.application.resubmitted" | "intake.application.corrected" => {
            parts(tx, &mut open, change).await
        }
        "intake.application.supplied" => supplied(tx, &mut open, read(change.payload)?).await,
        "intake.application.stated" => stated(tx, &mut open, read(change.payload)?).await,
        "intake.application.delivery_chosen" => {
            delivery::chosen(tx, &mut open, read(change.payload)?).await
        }
        "intake.application.receipt_confirmed" => {
            delivery::confirmed(tx, &mut open, read(change.payload)?).await
        }
        "intake.application.proxy_ended" => {
            proxy::ended(tx, &mut open, &read(change.payload)?).await
        }
        "intake.application.message_sent" => {
            letter::received(tx, &mut open, read(change.payload)?).await
        }
        "intake.application.fee_requested" => {
            fee::requested(tx, &mut open, read(change.payload)?).await
        }
        "intake.application.withdrawn" => withdrawal(tx, &mut open, read(change.payload)?).await,
        "intake.application.rated" => rating(tx, &mut open, read(change.payload)?).await,
        "intake.application.joint_moved" => {
            let told: JointMoved = read(change.payload)?;
            let joint = serde_json::to_string(&told.joint)?;
            let (id, version) = (open.row.id, change.version);
            Ok(store::case::take_joint(tx.conn(), id, version, joint).await?)
        }
        // Kinds that are added later pass by, but their version has been seen.
        _ => Ok(store::case::take_version(tx.conn(), open.row.id, change.version).await?),
    }
}

fn read<T: DeserializeOwned>(payload: &Value) -> Result<T, HandleError> {
    Ok(T::deserialize(payload)?)
}

pub(super) fn doer(tx: &Tx, row: &case::Model) -> Result<Doer, Fault> {
    Ok(Doer {
        id: sealed::dossier(tx.sealer(), row)?.account_id.0,
        name: APPLICANT.to_owned(),
    })
}

/// What applicants' changes are judged by.
pub(super) fn facts<'a>(row: &case::Model, state: State, setting: &'a Setting) -> Facts<'a> {
    Facts {
        steps: plan(&setting.item),
        step: usize::try_from(row.step_index).unwrap_or_default(),
        withdrawal_pending: row.withdrawal_pending,
        ..Facts::blank(state)
    }
}

/// Rows 2a and 5: only the listed parts of what was sent are taken over.
async fn parts(tx: &mut Tx, open: &mut Open<'_>, change: &Change<'_>) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    if !state.is_running() {
        // The case came to an end while the correction was on its way.
        return Ok(store::case::take_version(tx.conn(), open.row.id, change.version).await?);
    }
    let sent: ApplicationSubmitted = read(change.payload)?;
    let corrected = take_over(tx, open, &sent)?;
    let correction = Correction {
        at: sent.submitted_at,
        changed: corrected.changed.clone(),
        ignored: corrected.ignored.clone(),
        remark: sent.remark.clone(),
    };
    let command = if change.kind == "intake.application.resubmitted" {
        Command::Resubmit(correction)
    } else {
        Command::Correct(correction)
    };
    let around = Surroundings::platform(tx.now());
    let outcome =
        apply(&facts(&open.row, state, open.setting), &command, around).map_err(|_| {
            HandleError::poison(
                "approval.unexpected_correction",
                "nobody asked for this correction",
            )
        })?;
    let (id, sealer) = (open.row.id, tx.sealer());
    let mut dossier = sealed::dossier(sealer, &open.row)?;
    dossier.form = corrected.form;
    dossier.deferred = sent.deferred;
    open.row.dossier = sealer.seal_json(DOSSIER, id, &dossier)?;
    open.row.materials = sealer.seal_json(MATERIALS, id, &corrected.materials)?;
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

fn take_over(
    tx: &Tx,
    open: &Open<'_>,
    sent: &ApplicationSubmitted,
) -> Result<Corrected, HandleError> {
    let listed = notices(&open.history).pop().unwrap_or_default();
    let old = sealed::dossier(tx.sealer(), &open.row)?;
    let files = sealed::materials(tx.sealer(), &open.row)?;
    Ok(correct(
        open.setting.item.form.as_ref(),
        (&old.form, &files),
        (&sent.form, &sent.materials),
        &listed,
    ))
}

/// Row 20: what was promised and has come; anything else that differs is not taken over.
async fn supplied(
    tx: &mut Tx,
    open: &mut Open<'_>,
    sent: ApplicationSubmitted,
) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let debts = debts_of(state, &open.history);
    let listed = Listed {
        fields: Vec::new(),
        materials: debts.iter().map(|debt| debt.promised.id.clone()).collect(),
    };
    let form = sealed::dossier(tx.sealer(), &open.row)?.form;
    let files = sealed::materials(tx.sealer(), &open.row)?;
    let new = correct(None, (&form, &files), (&form, &sent.materials), &listed);
    let came: Vec<Promised> = debts
        .iter()
        .filter(|debt| new.changed.contains(&debt.promised.id))
        .map(|debt| debt.promised.clone())
        .collect();
    let command = Command::SupplyDeferred {
        at: sent.submitted_at,
        materials: came,
        remark: sent.remark,
    };
    let facts = Facts {
        debts: &debts,
        ..facts(&open.row, state, open.setting)
    };
    let Ok(outcome) = apply(&facts, &command, Surroundings::platform(tx.now())) else {
        // The case was decided or ended while it was on its way, or nothing of it was owed.
        return Ok(store::case::take_version(tx.conn(), open.row.id, sent.version).await?);
    };
    open.row.materials = tx
        .sealer()
        .seal_json(MATERIALS, open.row.id, &new.materials)?;
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

/// Row 28: the holder's words on a revocation that is meant; behind the decision they change nothing.
async fn stated(tx: &mut Tx, open: &mut Open<'_>, said: StatementMade) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let command = Command::MakeStatement {
        at: tx.now(),
        statement: said.statement,
    };
    let facts = Facts {
        check: check_of(&open.history),
        ..facts(&open.row, state, open.setting)
    };
    let Ok(outcome) = apply(&facts, &command, Surroundings::platform(tx.now())) else {
        return Ok(store::case::take_version(tx.conn(), open.row.id, said.version).await?);
    };
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

/// Row 16: the applicant asks; after the decision the answer is no, at once.
async fn withdrawal(
    tx: &mut Tx,
    open: &mut Open<'_>,
    asked: WithdrawalAsked,
) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let around = Surroundings::platform(tx.now());
    let command = Command::AskWithdrawal {
        reason: asked.reason.clone(),
    };
    let outcome = match apply(&facts(&open.row, state, open.setting), &command, around) {
        Ok(outcome) => outcome,
        Err(_) if open.row.decided_at.is_some() => too_late(tx, open, state, asked.reason),
        // Ended otherwise: there is nothing left to withdraw.
        Err(_) => {
            return Ok(store::case::take_version(tx.conn(), open.row.id, asked.version).await?);
        }
    };
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

fn too_late(tx: &Tx, open: &Open<'_>, state: State, reason: String) -> Outcome {
    let event = |kind, reason| Happened {
        kind,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail {
            reason,
            ..EventDetail::default()
        },
    };
    Outcome {
        events: vec![
            event(EventKind::WithdrawalAsked, reason),
            event(EventKind::WithdrawalRejected, TOO_LATE.to_owned()),
        ],
        ..unmoved(open, state, "approval.case.withdrawal_rejected")
    }
}

/// The rating is kept with the case; staff see it from now on, and never before.
async fn rating(
    tx: &mut Tx,
    open: &mut Open<'_>,
    rated: ApplicationRated,
) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let rating = Rating {
        level: rated.level,
        tags: rated.tags,
        comment: rated.comment,
    };
    let event = Happened {
        kind: EventKind::Rated,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail {
            rating: Some(rating),
            ..EventDetail::default()
        },
    };
    let outcome = Outcome {
        events: vec![event],
        ..unmoved(open, state, "approval.case.rated")
    };
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

pub(super) fn unmoved(open: &Open<'_>, state: State, says: &'static str) -> Outcome {
    Outcome {
        state,
        step: usize::try_from(open.row.step_index).unwrap_or_default(),
        withdrawal_pending: open.row.withdrawal_pending,
        events: Vec::new(),
        paper: None,
        says,
    }
}

/// The rating in a history, once it was given.
pub(crate) fn rating_of(history: &[CaseEvent]) -> Option<Rating> {
    history
        .iter()
        .rev()
        .find_map(|event| event.detail.rating.clone())
}
