//! One answer for a joint matter (合并受理、合并补正). A department answers its case as it always does; where the
//! matter is answered as one, that makes its part, which the lead office sends with the others. The parts of
//! a matter lie side by side in one database, and those who write one hold its case.

pub(crate) mod lapse;
mod notice;
pub(crate) mod read;
pub(crate) mod send;

use chrono::{DateTime, Utc};
use tb_contract::joint::JointRef;
use tb_kernel::{DepartmentId, Fault};
use tb_storage::Tx;

use super::act::Seen;
use super::record::{Open, Writing, record};
use super::setting::calendar;
use crate::app::App;
use crate::entity::{case, joint_part};
use crate::model::apply::{Outcome, Surroundings};
use crate::model::clocks::Clocks;
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::model::guard::{CLERK, HEAD};
use crate::model::joint::{JointSaid, PartAnswer, PartState, first_moment_after, standing};
use crate::model::state::State;
use crate::model::words::Word;
use crate::store;
use crate::store::copy;
use crate::store::event::{CaseEvent, Doer};
use crate::view::joint;

/// The part that stands in a history, with the event that gave it.
pub(crate) fn part_of(history: &[CaseEvent]) -> Option<(&CaseEvent, &PartAnswer)> {
    standing(history, |event| (event.kind, &event.detail))
}

/// The part of a case that the lead office can still send.
pub(crate) async fn waiting(
    tx: &Tx,
    row: &case::Model,
) -> Result<Option<joint_part::Model>, Fault> {
    if merged(row).is_none() {
        return Ok(None);
    }
    let part = store::joint::of_case(tx.conn(), row.id).await?;
    Ok(part.filter(|part| state(part).is_some_and(PartState::is_waiting)))
}

fn state(part: &joint_part::Model) -> Option<PartState> {
    PartState::parse(&part.state)
}

/// The joint matter of a case, where it is answered as one.
fn merged(row: &case::Model) -> Option<JointRef> {
    joint(row).filter(|joint| joint.merged)
}

/// What a department gives.
pub(crate) struct Given {
    /// Its part so far.
    pub part: joint_part::Model,
    /// What it says.
    pub answer: PartAnswer,
    /// What it would come to if it went out by itself.
    pub outcome: Outcome,
}

/// Keeps the part of a department: an event of its case that moves neither state nor clocks, until the lead
/// office sends it. Given anew, it takes the place of the one before.
pub(crate) async fn give(
    tx: &mut Tx,
    open: &mut Open<'_>,
    given: Given,
    (doer, writing): (&Doer, Writing),
) -> Result<Clocks, Fault> {
    let Given {
        mut part,
        answer,
        outcome,
    } = given;
    let state = open.row.current_state()?;
    let judged = outcome.events.into_iter().next().map(|event| event.detail);
    let judged = judged.unwrap_or_default();
    part.state = PartState::Given.to_string();
    part.verdict = Some(answer.verdict.to_string());
    part.answerer = Some(doer.name.clone());
    part.answered_at = Some(tx.now());
    part.version += 1;
    let detail = EventDetail {
        reason: answer.reason.clone(),
        deputy_of: judged.deputy_of,
        stood_for: judged.stood_for,
        joint: Some(Box::new(JointSaid {
            lead: part.lead_name.clone(),
            answer: Some(answer),
            sent_by: None,
            dropped: Vec::new(),
        })),
        ..EventDetail::default()
    };
    let outcome = beside(open, tx.now(), (EventKind::JointAnswered, detail), state);
    let clocks = record(tx, open, outcome, doer, writing).await?;
    keep(open.app, tx, part).await?;
    Ok(clocks)
}

/// An event that leaves the case where it is.
fn beside(
    open: &Open<'_>,
    now: DateTime<Utc>,
    (kind, detail): (EventKind, EventDetail),
    state: State,
) -> Outcome {
    let says = match kind {
        EventKind::JointAnswered => "approval.case.joint_answered",
        _ => "approval.case.joint_returned",
    };
    Outcome {
        state,
        step: usize::try_from(open.row.step_index).unwrap_or_default(),
        withdrawal_pending: open.row.withdrawal_pending,
        events: vec![Happened {
            kind,
            effective_at: now,
            from: state,
            to: state,
            detail,
        }],
        paper: None,
        says,
    }
}

/// Writes a part, and tells the open pages of the lead office.
async fn keep(app: &App, tx: &mut Tx, part: joint_part::Model) -> Result<(), Fault> {
    let (app, number, lead) = (
        app.clone(),
        part.joint_number.clone(),
        DepartmentId(part.lead_id),
    );
    store::joint::save(tx.conn(), part).await?;
    tx.after_commit(move || app.tell_joint(&number, lead));
    Ok(())
}

/// Keeps the part in step with its case: an application that comes in, or comes back corrected, opens it
/// with terms of its own; a case that goes on without an answer ends it.
pub(crate) async fn follow(
    tx: &mut Tx,
    open: &Open<'_>,
    from: &str,
    clocks: &Clocks,
) -> Result<(), Fault> {
    let Some(joint) = merged(&open.row) else {
        return Ok(());
    };
    let is_answerable = |state| matches!(state, Some(State::Submitted | State::Received));
    let was = is_answerable(State::parse(from));
    let is = is_answerable(Some(open.row.current_state()?));
    match (was, is) {
        (false, true) => begin(tx, open, &joint, clocks).await,
        (true, false) => {
            let part = store::joint::of_case(tx.conn(), open.row.id).await?;
            match part.filter(|part| state(part).is_some_and(PartState::is_waiting)) {
                Some(part) => settle(open.app, tx, part, PartState::Ended).await,
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Opens the part. Where the lead office is not known here, or its term could not end before that of the
/// law, the department answers by itself.
async fn begin(
    tx: &mut Tx,
    open: &Open<'_>,
    joint: &JointRef,
    clocks: &Clocks,
) -> Result<(), Fault> {
    let row = &open.row;
    let Some(lead) = copy::Departments::by_code(tx.conn(), &joint.lead_department_code).await?
    else {
        return Ok(());
    };
    let calendar = calendar(open.app, tx.conn(), &row.calendar_version).await?;
    let since = clocks.running.received_at.unwrap_or(row.submitted_at);
    let terms = open.app.settings().joint_terms;
    let days = terms.days(&calendar, since, &row.region, row.acceptance_until);
    let Some((part_by, send_by)) = days else {
        return Ok(());
    };
    let before = store::joint::of_case(tx.conn(), row.id).await?;
    let part = joint_part::Model {
        case_id: row.id,
        case_number: row.number.clone(),
        item_name: row.item_name.clone(),
        office: open.setting.office.clone(),
        department_id: row.department_id,
        joint_number: joint.number.clone(),
        joint_name: joint.name.clone(),
        lead_id: lead.id.0,
        lead_code: lead.code,
        lead_name: lead.name,
        lead_region: lead.region,
        state: PartState::Open.to_string(),
        verdict: None,
        answerer: None,
        answered_at: None,
        part_by,
        part_until: first_moment_after(part_by),
        send_by,
        send_until: first_moment_after(send_by),
        settled_at: None,
        version: before.map_or(1, |part| part.version + 1),
    };
    keep(open.app, tx, part).await
}

/// Ends a part.
async fn settle(
    app: &App,
    tx: &mut Tx,
    mut part: joint_part::Model,
    to: PartState,
) -> Result<(), Fault> {
    part.state = to.to_string();
    part.settled_at = Some(tx.now());
    part.version += 1;
    keep(app, tx, part).await
}

/// What a part comes to when it goes out. Who may say so was judged when it was given; that the case still
/// allows it is judged now.
fn sent_out(
    tx: &Tx,
    seen: Seen<'_>,
    (event, answer): (&CaseEvent, &PartAnswer),
    said: JointSaid,
) -> Result<Outcome, Fault> {
    let posts = [HEAD, CLERK].map(str::to_owned);
    let around = Surroundings {
        actor: event.actor_id,
        roles: &posts,
        ..Surroundings::platform(tx.now())
    };
    let command = answer.command(seen.row.current_state()?);
    let mut outcome = super::act::judge(tx.sealer(), seen, None, command, around)?;
    if let Some(first) = outcome.events.first_mut() {
        first.detail.deputy_of.clone_from(&event.detail.deputy_of);
        first.detail.stood_for.clone_from(&event.detail.stood_for);
        first.detail.joint = Some(Box::new(said));
    }
    Ok(outcome)
}

/// Whoever gave a part is who answered, also where the lead office sends it.
fn answerer(event: &CaseEvent) -> Doer {
    Doer {
        id: event.actor_id,
        name: event.actor_name.clone(),
    }
}
