//! Feedback of the departments: moves the mirror, adds to the timeline, tells the applicant.
//!
//! Versions of a case come one by one. A version already known is a repeat; one that skips
//! versions waits for them. What only echoes the applicant's own act moves the mirror, but is not
//! told to him again.

use tb_contract::events::{CaseChanged, FedBack};
use tb_contract::item::ItemDocument;
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::{StorageError, Tx};

use crate::app::App;
use crate::model::deferral::Deferred;
use crate::model::document::has_path;
use crate::model::{Correction, State};
use crate::sealed::{self, CORRECTION, DELIVERY, PAPERS, REVOCATION};
use crate::sentence::{Args, args};
use crate::service::joint::course::tell as tell_course;
use crate::service::joint::follow::follow;
use crate::service::letter::keep;
use crate::service::result as results;
use crate::service::signing::tell::tell_step;
use crate::service::{Entry, invite, notify, record, tell_outside};
use crate::store;
use crate::store::application::Application;

/// Acts of the applicant himself, as the department repeats them.
const ECHOES: &[&str] = &[
    "submitted",
    "resubmitted",
    "corrected",
    "deferred_supplied",
    "statement_made",
    "delivery_chosen",
    "receipt_confirmed",
    "message_received",
    "proxy_ended",
    "fee_reduction_asked",
    "fee_refund_asked",
    "withdrawal_asked",
    "rated",
];
/// What the office has not made up its mind about: the mirror moves, nobody is told.
const UNHEARD: &[&str] = &[
    "void_proposed",
    "void_rejected",
    "handed_over",
    "urged",
    "supervised",
    "supervision_replied",
    "joint_answered",
    "joint_returned",
    "relay_sent",
    "relay_arrived",
    "relay_returned",
    "opinion_asked",
    "opinion_given",
    "opinion_declined",
    "opinion_withdrawn",
    "fee_proposed",
    "fee_refund_failed",
    RESULT,
];
/// What is written between applicant and office, or attached by it: beside the case.
const LETTERS: &[&str] = &["message_received", "message_sent", RESULT];
/// A result was attached, or put right.
const RESULT: &str = "result_attached";
/// Changes inside the office: on the timeline, but no message.
const UNTOLD: &[&str] = &["begun", "step_returned"];

/// Takes what a department said of a case.
pub(super) async fn fed_back(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let FedBack {
        kind,
        original: case,
    } = payload(event)?;
    if let Some(whole) = &case.joint {
        // First the turnstile, then the application: see ADR 7.
        store::application::by_number_locked(tx.conn(), whole).await?;
    }
    let row = store::application::by_number_locked(tx.conn(), &case.case_number).await?;
    let Some(mut row) = row else {
        return Err(HandleError::poison(
            "intake.unknown_case",
            "no application has this case number",
        ));
    };
    let Some(state) = State::parse(&case.state).filter(|state| *state != State::Draft) else {
        return Err(HandleError::poison(
            "intake.unknown_state",
            "the case is in a state that intake does not know",
        ));
    };
    if case.version <= row.case_version {
        return Ok(());
    }
    if case.version > row.case_version + 1 {
        return Err(HandleError::early("an earlier version of the case"));
    }
    let kind = kind.rsplit('.').next().unwrap_or_default().to_owned();
    let item = app.item_of(tx.conn(), &row).await?;
    let was_ratable = sealed::state(&row)?.is_ratable();
    mirror(tx, &mut row, &item, state, &kind, &case)?;
    if state.is_ratable() && !was_ratable {
        invite(tx, &row)?;
    }
    if let Some(letter) = &case.letter {
        keep(tx, &row, &case.office, case.at, letter).await?;
    }
    if let Some(result) = &case.attached {
        results::keep(tx, &row, &case.office, (case.version, result)).await?;
    }
    // What comes out is seen and offered with the closure; what is put right behind it, at once.
    let attached = case.attached.as_ref().map(|result| result.of.as_str());
    if kind == "closed" || (attached.is_some() && results::is_out(&row, state)) {
        results::offer(tx, &row, attached).await?;
    }
    let is = |kinds: &[&str]| kinds.contains(&kind.as_str());
    let is_heard = !is(ECHOES) && !is(UNHEARD);
    if is_heard {
        tell_timeline(tx, &mut row, &kind, &case).await?;
    }
    let is_its_own = !is_heard || tell_course(tx, &row, &kind, &case).await?;
    if is_heard && is_its_own && !is(UNTOLD) {
        notify(tx, &row, message(&kind, &case), &words(&row, &kind, &case)).await?;
        tell_outside(tx, &row, message(&kind, &case))?;
    }
    let step = if is_heard { message(&kind, &case) } else { "" };
    let fellows = tell_step(tx, &row, step, &words(&row, &kind, &case)).await?;
    store::application::save(tx.conn(), &row).await?;
    follow(app, tx, &row, &case.office).await?;
    tx.done("intake.feedback.applied", "application", row.id);
    let (app, account, application) = (app.clone(), row.account_id, row.id);
    tx.after_commit(move || {
        for account in fellows.into_iter().chain([account]) {
            app.tell(account, application);
        }
    });
    Ok(())
}

/// Moves the mirror to what the case is now.
fn mirror(
    tx: &Tx,
    row: &mut Application,
    item: &ItemDocument,
    state: State,
    kind: &str,
    case: &CaseChanged,
) -> Result<(), StorageError> {
    state.as_str().clone_into(&mut row.state);
    row.case_version = case.version;
    // A fee moves by what nobody is told as well: a refund that failed leaves it paid.
    if case.fee.is_some() {
        sealed::set_fee(tx.sealer(), row, case.fee.as_ref())?;
    }
    if LETTERS.contains(&kind) || UNHEARD.contains(&kind) {
        // Nothing that the applicant may be editing has moved.
        return Ok(());
    }
    if !kind.starts_with("fee_") {
        // Money moves nothing that the applicant may be editing either.
        row.version += 1;
        row.updated_by.clone_from(&case.office);
        row.updated_at = tx.now();
    }
    row.result = case.result.clone().or_else(|| row.result.take());
    row.legal_due = case.legal_due.or(row.legal_due);
    row.promised_due = case.promised_due.or(row.promised_due);
    if let Some(derivation) = &case.derivation {
        row.derivation = Some(derivation.to_string());
    }
    if matches!(kind, "withdrawn" | "withdrawal_rejected") || !state.is_open() {
        row.withdrawal_pending = false;
    }
    ask(tx, row, item, state, kind, case)?;
    owe(row, state, case)?;
    revoke(tx, row, case)?;
    sealed::set_delivery_told(tx.sealer(), row, case.delivery.as_ref())?;
    if let ("delivery_change_late", Some(told)) = (kind, &case.delivery) {
        row.delivery = told
            .in_force
            .as_ref()
            .map(|choice| tx.sealer().seal_json(DELIVERY, row.id, choice))
            .transpose()?;
    }
    if !case.papers.is_empty() {
        let mut papers = sealed::papers(tx.sealer(), row)?;
        for paper in &case.papers {
            papers.retain(|known| known.id != paper.id);
            papers.push(paper.clone());
        }
        row.papers = Some(tx.sealer().seal_json(PAPERS, row.id, &papers)?);
    }
    Ok(())
}

/// Opens or closes the correction. Only what the item knows is opened, whatever the list says.
fn ask(
    tx: &Tx,
    row: &mut Application,
    item: &ItemDocument,
    state: State,
    kind: &str,
    case: &CaseChanged,
) -> Result<(), StorageError> {
    if !state.asks_for_correction() {
        row.correction_open = false;
        row.form_draft = None;
        row.applicant_due = case.applicant_due;
        return Ok(());
    }
    if !matches!(kind, "pre_review_returned" | "correction_requested")
        && case.fields.is_empty()
        && case.materials.is_empty()
    {
        return Ok(());
    }
    let known_field = |path: &&String| has_path(item, path);
    let known_material = |id: &&String| item.materials.iter().any(|material| material.id == **id);
    let fields: Vec<String> = case.fields.iter().filter(known_field).cloned().collect();
    let materials: Vec<String> = case
        .materials
        .iter()
        .filter(known_material)
        .cloned()
        .collect();
    let strangers = case.fields.len() + case.materials.len() - fields.len() - materials.len();
    if strangers > 0 {
        tracing::warn!(
            case_number = case.case_number,
            strangers,
            "a correction lists parts that the item does not have"
        );
    }
    let correction = Correction {
        fields,
        materials,
        reason: case.reason.clone(),
        due: case.applicant_due,
    };
    row.correction = Some(tx.sealer().seal_json(CORRECTION, row.id, &correction)?);
    row.correction_open = true;
    row.form_draft = None;
    row.applicant_due = case.applicant_due;
    Ok(())
}

/// Takes over what is owed: until the acceptance promises are the applicant's own; what he has sent
/// meanwhile stays sent.
fn owe(row: &mut Application, state: State, case: &CaseChanged) -> Result<(), StorageError> {
    if !state.takes_promised() {
        if row.case_version > 0 && !state.is_open() {
            row.deferred = None;
        }
        return Ok(());
    }
    let sent = sealed::deferred(row)?;
    let is_sent = |id: &str| sent.iter().any(|one| one.sent && one.requirement_id == id);
    let owed = case.deferred.iter().cloned().map(|one| Deferred {
        sent: is_sent(&one.requirement_id),
        ..one.into()
    });
    sealed::set_deferred(row, owed.collect())
}

/// Takes over a revocation that is meant, and one that was done.
fn revoke(tx: &Tx, row: &mut Application, case: &CaseChanged) -> Result<(), StorageError> {
    if case.revoked && row.revoked_at.is_none() {
        row.revoked_at = Some(case.at);
    }
    row.revocation = case
        .revocation
        .as_ref()
        .map(|told| tx.sealer().seal_json(REVOCATION, row.id, told))
        .transpose()?;
    row.answer_until = case
        .revocation
        .as_ref()
        .filter(|told| !told.answered)
        .map(|told| told.answer_until);
    Ok(())
}

async fn tell_timeline(
    tx: &Tx,
    row: &mut Application,
    kind: &str,
    case: &CaseChanged,
) -> Result<(), StorageError> {
    let entry = Entry {
        kind,
        at: case.at,
        office: &case.office,
        step: case.step.clone(),
        item: None,
        words: &case.reason,
        case_version: Some(case.version),
    };
    record(tx, row, entry).await
}

/// The message that a change is told by.
fn message<'a>(kind: &'a str, case: &CaseChanged) -> &'a str {
    match (kind, case.result.as_deref()) {
        ("decided", Some("denied")) => "decided_denied",
        ("decided", _) => "decided_granted",
        _ => kind,
    }
}

fn words(row: &Application, kind: &str, case: &CaseChanged) -> Args {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let is_of_fee = kind.starts_with("fee_");
    args([
        ("item_name", Some(row.item_name.clone())),
        ("case_number", row.number.clone()),
        ("office", Some(case.office.clone())),
        ("step", case.step.clone()),
        ("reason", Some(case.reason.clone())),
        (
            "due_on",
            day(row.fee_due.filter(|_| is_of_fee).or(case.applicant_due)),
        ),
        ("promised_on", day(row.promised_due.or(row.legal_due))),
    ])
}
