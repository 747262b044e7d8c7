//! Writes what a command came to: events, clocks, paper, row, the event for the world and the audit
//! entry, all in the transaction of the command.

use tb_contract::events::{CaseChanged, DeferredPromise, Letter, PaperRef};
use tb_contract::topics;
use tb_kernel::Fault;
use tb_storage::{NewEvent, Tracked, Tx};
use uuid::Uuid;

use super::commitment::{revoked, set_check, told};
use super::delivery::{self, delivery_of};
use super::evidence::{applicant_term, debts_of};
use super::facts::case_facts;
use super::fee;
use super::freeze::{Occasion, freeze};
use super::joint;
use super::opinion;
use super::order_licence::{mark_order, order_licence};
use super::relay;
use super::setting::{Calendars, Setting, read_clocks};
use super::telling::{is_for_applicant, words_for_applicant};
use crate::app::App;
use crate::entity::case;
use crate::model::applicant_term::alarm;
use crate::model::apply::Outcome;
use crate::model::clocks::{Clocks, Reading, plan};
use crate::model::command::Command;
use crate::model::deferral;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{Beat, EventDetail, EventKind, Happened, StaffRef, office_day};
use crate::model::light::Cache;
use crate::model::state::{PaperKind, State};
use crate::model::supervision::next_look;
use crate::model::turn::{Standing, post_in_turn};
use crate::model::words::Word;
use crate::store;
use crate::store::copy;
use crate::store::event::{CaseEvent, Doer, void_proposer};

/// Kinds that are acceptance data; the others are approval data.
const ACCEPTANCE_KINDS: [&str; 16] = [
    "approval.case.submitted",
    "approval.case.resubmitted",
    "approval.case.corrected",
    "approval.case.received",
    "approval.case.transferred",
    "approval.case.pre_review_passed",
    "approval.case.originals_verified",
    "approval.case.returned",
    "approval.case.reminded",
    "approval.case.correction_lapsed",
    "approval.case.pre_review_returned",
    "approval.case.correction_requested",
    "approval.case.accepted",
    "approval.case.deemed_accepted",
    "approval.case.not_accepted",
    "approval.case.refused",
];

/// How the row is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// As a new case.
    New,
    /// As a new case that a clerk has taken in at a counter.
    AtCounter,
    /// As a changed case.
    Change,
    /// As a changed case, by somebody who does not handle it.
    Beside,
}

impl Writing {
    /// Whoever gives a command of the case handles it from then on; a hearing runs beside the case, and
    /// who presides over it has no part in the examination.
    pub(crate) fn of(command: &Command) -> Self {
        match command {
            Command::Divert(Diversion {
                way: Way::Hearing(_),
                ..
            }) => Self::Beside,
            _ => Self::Change,
        }
    }
}

/// A case on its way through a transaction.
pub(crate) struct Open<'a> {
    /// The shared state.
    pub app: &'a App,
    /// Item and office.
    pub setting: &'a Setting,
    /// The row; changed here.
    pub row: Tracked<case::Model>,
    /// Its history; grows here.
    pub history: Vec<CaseEvent>,
    /// Event that caused this, for consumers.
    pub causation_id: Option<Uuid>,
}

/// Records an outcome; the clocks after it are returned.
pub(crate) async fn record(
    tx: &mut Tx,
    open: &mut Open<'_>,
    outcome: Outcome,
    doer: &Doer,
    writing: Writing,
) -> Result<Clocks, Fault> {
    Box::pin(record_with(tx, open, outcome, (doer, writing), Vec::new())).await
}

/// The same, where a paper comes with it that is written by itself: it answers several cases at once.
pub(crate) async fn record_with(
    tx: &mut Tx,
    open: &mut Open<'_>,
    mut outcome: Outcome,
    (doer, writing): (&Doer, Writing),
    mut papers: Vec<PaperRef>,
) -> Result<Clocks, Fault> {
    mark_order(open, &mut outcome.events);
    let main = main_event(&outcome.events);
    let last_seq = open.history.last().map_or(0, |event| event.seq);
    let from = open.row.state.clone();
    let new = store::event::append(tx, open.row.id, last_seq, doer, outcome.events).await?;
    open.history.extend(new);
    let clocks = reread(tx, open).await?;
    open.row.withdrawal_pending = outcome.withdrawal_pending;
    set_clocks(&mut open.row, &clocks, tx.now());
    if main.kind == EventKind::DecisionRevoked {
        open.row.revoked_at = Some(tx.now());
    }
    relay::follow(tx, open, main.kind).await?;
    let standing = Standing {
        void_proposed: void_proposer(&open.history).is_some(),
        answered: joint::part_of(&open.history).is_some(),
        ..Standing::default()
    };
    set_state(
        &mut open.row,
        open.setting,
        outcome.state,
        outcome.step,
        standing,
    );
    set_alarm(&mut open.row, open.setting, &open.history, outcome.state);
    open.row.escalation_at = next_look(&cache_of(&open.row), outcome.state, tx.now());
    if let Some(ruling) = main.detail.ruling {
        open.row.result = Some(ruling.to_string());
    }
    set_check(&mut open.row, &open.history, &clocks);
    open.row.version += 1;
    open.row.changed_at = tx.now();
    open.row.changed_by.clone_from(&doer.name);
    let by_staff = tx.actor().kind == tb_kernel::AccountKind::Staff;
    if let Some(successor) = &main.detail.successor {
        pass_on(tx, open, successor).await?;
    } else if by_staff && writing != Writing::Beside {
        open.row.handler_id = Some(doer.id);
        open.row.handler_name = Some(doer.name.clone());
    }
    let id = open.row.id;
    match writing {
        Writing::New | Writing::AtCounter => {
            store::case::insert(tx.conn(), (*open.row).clone()).await?;
        }
        Writing::Change | Writing::Beside => store::case::update(tx.conn(), &open.row).await?,
    }
    let left =
        State::parse(&from).filter(|_| !matches!(writing, Writing::New | Writing::AtCounter));
    store::tally::moved(tx, &open.row, left, outcome.state).await?;
    if left.is_some_and(State::is_running) && !outcome.state.is_running() {
        opinion::lapse(tx, open).await?;
    }
    joint::follow(tx, open, &from, &clocks).await?;
    let by_clerk = by_staff || writing == Writing::AtCounter;
    let clerk = by_clerk.then_some(doer.name.as_str());
    papers.extend(Box::pin(frozen(tx, open, &clocks, outcome.paper, &main, clerk)).await?);
    order_licence(tx, open, &from)?;
    if main.kind == EventKind::DecisionRevoked {
        revoked(tx, open, &main.detail).await?;
    }
    let mut payload = changed(tx, open, &clocks, &main, from, papers);
    payload.facts = Some(case_facts(tx, open)?);
    payload.fee = Box::pin(fee::told(tx, open)).await?;
    say(tx, open, outcome.says, &payload)?;
    tx.done(outcome.says, "case", id);
    tell_pages(tx, open);
    Box::pin(fee::follow(tx, open, main.kind)).await?;
    Ok(clocks)
}

/// The clocks by the history as it is now; the row names the calendar they were read by.
async fn reread(tx: &Tx, open: &mut Open<'_>) -> Result<Clocks, Fault> {
    let beats: Vec<Beat> = open.history.iter().map(CaseEvent::beat).collect();
    let read = read_clocks(
        open.app,
        tx.conn(),
        Calendars::of(&open.row),
        &open.setting.item,
        &beats,
        office_day(tx.now()),
    )
    .await?;
    let (clocks, calendar) =
        read.ok_or_else(|| Fault::internal("the calendar of a case is gone"))?;
    open.row.calendar_version = calendar;
    Ok(clocks)
}

/// Open pages hear of it once it is committed.
fn tell_pages(tx: &mut Tx, open: &Open<'_>) {
    let (app, id) = (open.app.clone(), open.row.id);
    let department = tb_kernel::DepartmentId(open.row.department_id);
    tx.after_commit(move || app.tell(id, department));
}

/// Freezes the papers of a change. Done last, since the serial of a paper is held until the commit:
/// all others wait for it.
async fn frozen(
    tx: &mut Tx,
    open: &Open<'_>,
    clocks: &Clocks,
    of_row: Option<PaperKind>,
    main: &Happened,
    clerk: Option<&str>,
) -> Result<Vec<PaperRef>, Fault> {
    let occasion = Occasion {
        row: &open.row,
        setting: open.setting,
        clocks,
        detail: &main.detail,
        parcel: delivery_of(&open.history).parcel.map(|(parcel, _)| parcel),
        event_seq: open.history.last().map_or(0, |event| event.seq),
        history: &open.history,
        clerk,
        charge: match of_row {
            Some(PaperKind::PaymentNotice) => fee::charge(tx, open).await?,
            _ => None,
        },
    };
    let mut papers = Vec::new();
    for kind in paper_kinds(of_row, main) {
        papers.push(Box::pin(freeze(tx, kind, &occasion)).await?);
    }
    Ok(papers)
}

/// The papers that a change makes: that of its row, and beside an acceptance with promises what the
/// applicant promised.
fn paper_kinds(of_row: Option<PaperKind>, main: &Happened) -> impl Iterator<Item = PaperKind> {
    let accepts = matches!(main.kind, EventKind::Accepted | EventKind::DeemedAccepted);
    let promises = accepts && !main.detail.deferred.is_empty();
    let commits = accepts && main.detail.commitment.is_some();
    of_row
        .into_iter()
        .chain(promises.then_some(PaperKind::DeferralPromise))
        .chain(commits.then_some(PaperKind::CommitmentLetter))
}

/// Who goes on with a case handles it, and hears of the notes that nobody has looked at in his
/// predecessor's place.
async fn pass_on(tx: &Tx, open: &mut Open<'_>, to: &StaffRef) -> Result<(), Fault> {
    if let Some(from) = open.row.handler_id {
        store::note::pass_on(tx.conn(), open.row.id, from, to).await?;
    }
    open.row.handler_id = Some(to.id);
    open.row.handler_name = Some(to.name.clone());
    Ok(())
}

/// The event that a change is about: the last, or acceptance before the beginning that follows it.
fn main_event(events: &[Happened]) -> Happened {
    let found = events
        .iter()
        .rfind(|event| event.kind != EventKind::Begun)
        .or(events.last());
    found.cloned().unwrap_or(Happened {
        kind: EventKind::Received,
        effective_at: chrono::DateTime::UNIX_EPOCH,
        from: State::Draft,
        to: State::Draft,
        detail: EventDetail::default(),
    })
}

/// Writes state and step into the row, and for whom it waits.
pub(crate) fn set_state(
    row: &mut case::Model,
    setting: &Setting,
    state: State,
    step: usize,
    standing: Standing,
) {
    let item = &setting.item;
    let standing = Standing {
        withdrawal_pending: row.withdrawal_pending,
        decided: row.decided_at.is_some() && row.revoked_at.is_none(),
        ..standing
    };
    row.ended_at = ended_at(row, state);
    row.state = state.to_string();
    row.running = state.is_running();
    row.waits_for = post_in_turn(item, state, step, standing).map(str::to_owned);
    row.step_index = i32::try_from(step).unwrap_or(i32::MAX);
    let current = plan(item).get(step).filter(|_| state.is_examination());
    row.step_id = current.map(|step| step.id.clone());
    row.step_name = current.map(|step| step.name.clone());
}

/// When the case ended: with its closure, else when its clocks were last read, which every change does.
/// What follows an end does not move it.
fn ended_at(row: &case::Model, state: State) -> Option<chrono::DateTime<chrono::Utc>> {
    let now = row.closed_at.unwrap_or(row.clocks_at);
    row.ended_at.or(Some(now)).filter(|_| state.is_end())
}

/// Writes the cache of the clocks into the row.
pub(crate) fn set_clocks(
    row: &mut case::Model,
    clocks: &Clocks,
    now: chrono::DateTime<chrono::Utc>,
) {
    let cache = Cache::from(clocks);
    let look = row
        .current_state()
        .ok()
        .and_then(|state| next_look(&cache, state, now));
    row.escalation_at = look;
    row.received_at = clocks.running.received_at;
    row.accepted_at = clocks.running.accepted_at;
    row.decided_at = clocks.running.decided_at;
    row.closed_at = clocks.running.closed_at;
    row.acceptance_until = cache.acceptance_until;
    row.applicant_until = cache.applicant_until;
    row.legal_until = cache.legal_until;
    row.promised_until = cache.promised_until;
    row.step_until = cache.step_until;
    row.delivery_until = cache.delivery_until;
    row.yellow_from = cache.yellow_from;
    row.paused_since = cache.paused_since;
    row.due_until = cache.due_until;
    row.due_kind = cache.due_kind;
    row.provisional = cache.provisional;
    row.alarm = cache.alarm;
    row.clocks_at = now;
}

/// Writes into the row when a term or a promise of the applicant next wants looking at.
pub(crate) fn set_alarm(
    row: &mut case::Model,
    setting: &Setting,
    history: &[CaseEvent],
    state: State,
) {
    let term = applicant_term(row, setting, history);
    let term = alarm(state, term).map(|(at, _)| at);
    row.applicant_alarm_at = term.or_else(|| deferral::alarm(&debts_of(state, history)));
}

/// The cache as the row holds it.
pub(crate) fn cache_of(row: &case::Model) -> Cache {
    Cache {
        acceptance_until: row.acceptance_until,
        applicant_until: row.applicant_until,
        legal_until: row.legal_until,
        promised_until: row.promised_until,
        step_until: row.step_until,
        delivery_until: row.delivery_until,
        yellow_from: row.yellow_from,
        paused_since: row.paused_since,
        due_until: row.due_until,
        due_kind: row.due_kind.clone(),
        provisional: row.provisional,
        alarm: row.alarm.clone(),
    }
}

fn changed(
    tx: &Tx,
    open: &Open<'_>,
    clocks: &Clocks,
    main: &Happened,
    from: String,
    papers: Vec<PaperRef>,
) -> CaseChanged {
    let lit = clocks.promised.as_ref().or(clocks.legal.as_ref());
    let derivation = lit
        .and_then(|reading| reading.due.as_ref())
        .and_then(|due| serde_json::to_value(&due.derivation).ok());
    let listed = main.detail.notice.clone().unwrap_or_default();
    let reason = if is_for_applicant(main.kind) {
        words_for_applicant(&main.detail, open.setting)
    } else {
        String::new()
    };
    CaseChanged {
        case_number: open.row.number.clone(),
        item_code: open.row.item_code.clone(),
        version: open.row.version,
        state: open.row.state.clone(),
        from,
        at: tx.now(),
        office: open.setting.office.clone(),
        step: main.detail.step_name.clone(),
        reason,
        fields: listed.fields,
        materials: listed.materials,
        applicant_due: clocks.applicant.as_ref().and_then(Reading::day),
        legal_due: clocks.legal.as_ref().and_then(Reading::day),
        promised_due: clocks.promised.as_ref().and_then(Reading::day),
        derivation,
        deferred: owed(open),
        result: open.row.result.clone(),
        revoked: open.row.revoked_at.is_some(),
        revocation: told(&open.history),
        delivery: delivery::told(&open.history, main),
        letter: letter_of(main),
        attached: main.detail.result.as_deref().cloned(),
        papers,
        joint: crate::view::joint(&open.row).map(|joint| joint.number),
        fee: None,
        facts: None,
    }
}

/// What the office writes to the applicant; his own letter he need not be told.
fn letter_of(main: &Happened) -> Option<Letter> {
    let told = main.kind == EventKind::MessageSent;
    main.detail.letter.as_deref().filter(|_| told).cloned()
}

/// What the applicant owes after the change.
fn owed(open: &Open<'_>) -> Vec<DeferredPromise> {
    let state = open.row.current_state().unwrap_or(State::Draft);
    debts_of(state, &open.history)
        .into_iter()
        .map(|debt| DeferredPromise {
            requirement_id: debt.promised.id,
            by: debt.promised.by,
        })
        .collect()
}

fn say(
    tx: &mut Tx,
    open: &Open<'_>,
    kind: &'static str,
    payload: &CaseChanged,
) -> Result<(), Fault> {
    let topic = if ACCEPTANCE_KINDS.contains(&kind) {
        topics::ACCEPTANCE
    } else {
        topics::APPROVAL
    };
    tx.emit(NewEvent {
        topic,
        key: &open.row.number,
        kind,
        version: open.row.version,
        causation_id: open.causation_id,
        department_code: Some(&open.row.department_code),
        region_path: Some(copy::region(&open.row.region)?.path()),
        payload,
    })?;
    Ok(())
}
