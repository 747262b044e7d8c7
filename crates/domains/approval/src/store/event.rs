//! The events of cases.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use tb_storage::{Conn, Sealer, StorageError, Tx};
use uuid::Uuid;

use crate::entity::case_event::{ActiveModel, Column, Entity, Model};
use crate::model::event::{Beat, EventDetail, EventKind, Happened, Listed};
use crate::model::state::State;
use crate::model::transition;
use crate::model::verb::Verb;
use crate::model::words::Word;
use crate::sealed;

/// An event as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct CaseEvent {
    /// Place in the case's history, from 1.
    pub seq: i32,
    /// What.
    pub kind: EventKind,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// From when it counts.
    pub effective_at: DateTime<Utc>,
    /// Account; nil for the platform.
    pub actor_id: Uuid,
    /// Who: staff by name, 申请人, 系统.
    pub actor_name: String,
    /// State before.
    pub from: State,
    /// State after.
    pub to: State,
    /// What it says besides.
    pub detail: EventDetail,
}

impl CaseEvent {
    /// As the clocks look at it.
    pub(crate) fn beat(&self) -> Beat {
        Beat {
            noted_at: self.at,
            ..Beat::of(self.kind, self.effective_at, &self.detail)
        }
    }
}

/// Who did something, as histories name him.
#[derive(Clone, Debug)]
pub(crate) struct Doer {
    /// Account; nil for the platform.
    pub id: Uuid,
    /// Name: personal data of applicants stays out.
    pub name: String,
}

/// The history of a case.
pub(crate) async fn of_case(
    conn: &Conn,
    sealer: &Sealer,
    case_id: Uuid,
) -> Result<Vec<CaseEvent>, StorageError> {
    let rows = Entity::find()
        .filter(Column::CaseId.eq(case_id))
        .order_by(Column::Seq, Order::Asc)
        .all(conn)
        .await?;
    rows.into_iter().map(|row| open(sealer, row)).collect()
}

/// The histories of cases, each on its own: one that cannot be opened is the trouble of its case.
pub(crate) async fn of_cases(
    conn: &Conn,
    sealer: &Sealer,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Result<Vec<CaseEvent>, StorageError>>, StorageError> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(ids.iter().copied()))
        .order_by(Column::CaseId, Order::Asc)
        .order_by(Column::Seq, Order::Asc)
        .all(conn)
        .await?;
    let mut histories = HashMap::new();
    for row in rows {
        let history = histories
            .entry(row.case_id)
            .or_insert_with(|| Ok(Vec::new()));
        if let Ok(events) = history {
            match open(sealer, row) {
                Ok(event) => events.push(event),
                Err(error) => *history = Err(error),
            }
        }
    }
    Ok(histories)
}

fn open(sealer: &Sealer, row: Model) -> Result<CaseEvent, StorageError> {
    let unknown = || StorageError::Misuse("approval_case_event holds an unknown word");
    Ok(CaseEvent {
        seq: row.seq,
        kind: EventKind::parse(&row.kind).ok_or_else(unknown)?,
        at: row.at,
        effective_at: row.effective_at,
        from: State::parse(&row.from_state).ok_or_else(unknown)?,
        to: State::parse(&row.to_state).ok_or_else(unknown)?,
        detail: sealer.open_json(sealed::DETAIL, row.id, &row.detail)?,
        actor_id: row.actor_id,
        actor_name: row.actor_name,
    })
}

/// Writes events behind those that are there, and returns them as kept.
pub(crate) async fn append(
    tx: &Tx,
    case_id: Uuid,
    last_seq: i32,
    doer: &Doer,
    events: Vec<Happened>,
) -> Result<Vec<CaseEvent>, StorageError> {
    let (mut rows, mut kept) = (
        Vec::with_capacity(events.len()),
        Vec::with_capacity(events.len()),
    );
    for (seq, event) in (last_seq + 1..).zip(events) {
        rows.push(row(tx, case_id, seq, doer, &event)?);
        kept.push(CaseEvent {
            seq,
            kind: event.kind,
            at: tx.now(),
            effective_at: event.effective_at,
            actor_id: doer.id,
            actor_name: doer.name.clone(),
            from: event.from,
            to: event.to,
            detail: event.detail,
        });
    }
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(kept)
}

/// Writes whole histories of new cases.
pub(crate) async fn insert_many(
    tx: &Tx,
    histories: Vec<(Uuid, (Doer, Vec<Happened>))>,
) -> Result<(), StorageError> {
    let mut rows = Vec::new();
    for (case_id, (doer, events)) in histories {
        for (seq, event) in (1..).zip(events) {
            rows.push(row(tx, case_id, seq, &doer, &event)?);
        }
    }
    Entity::insert_many(rows)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn row(
    tx: &Tx,
    case_id: Uuid,
    seq: i32,
    doer: &Doer,
    event: &Happened,
) -> Result<ActiveModel, StorageError> {
    let id = tx.new_id();
    Ok(ActiveModel {
        id: Set(id),
        case_id: Set(case_id),
        seq: Set(seq),
        kind: Set(event.kind.to_string()),
        at: Set(tx.now()),
        effective_at: Set(event.effective_at),
        actor_id: Set(doer.id),
        actor_name: Set(doer.name.clone()),
        from_state: Set(event.from.to_string()),
        to_state: Set(event.to.to_string()),
        detail: Set(tx.sealer().seal_json(sealed::DETAIL, id, &event.detail)?),
    })
}

/// Who wants the case void, while nobody has answered and the case can still be made void.
pub(crate) fn void_proposer(events: &[CaseEvent]) -> Option<Uuid> {
    void_proposal(events).map(|event| event.actor_id)
}

/// The event that wants the case void, while nobody has answered.
pub(crate) fn void_proposal(events: &[CaseEvent]) -> Option<&CaseEvent> {
    let state = events.last()?.to;
    transition::row(Verb::Void, state)?;
    let last = events.iter().rfind(|event| {
        matches!(
            event.kind,
            EventKind::VoidProposed | EventKind::VoidRejected | EventKind::Voided
        )
    })?;
    (last.kind == EventKind::VoidProposed).then_some(last)
}

/// When the applicant was reminded of the term that runs.
pub(crate) fn reminded_at(events: &[CaseEvent]) -> Option<DateTime<Utc>> {
    let last = events.iter().rfind(|event| {
        matches!(
            event.kind,
            EventKind::Reminded
                | EventKind::CorrectionRequested
                | EventKind::PreReviewReturned
                | EventKind::PreReviewPassed
        )
    })?;
    (last.kind == EventKind::Reminded).then_some(last.at)
}

/// What the notices of a history listed, in their order.
pub(crate) fn notices(events: &[CaseEvent]) -> Vec<Listed> {
    events
        .iter()
        .filter_map(|event| event.detail.notice.clone())
        .collect()
}
