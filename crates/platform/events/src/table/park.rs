//! Events outside the stream. An event that failed waits here for another attempt or is dead, and
//! later events of its key in the same topic wait behind it; what they say is in the outbox still.

use std::time::Duration;

use sea_orm::sea_query::{Expr, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, RuntimeErr, Set,
};
use tb_jobs::backoff;
use tb_kernel::Fault;
use tb_storage::entity::outbox;
use tb_storage::{StorageError, Tx};

use super::node::Node;
use crate::entity::parked;
use crate::handler::HandleError;

pub(super) const WAITING: &str = "waiting";
pub(super) const BEHIND: &str = "behind";
pub(super) const DEAD: &str = "dead";
pub(super) const EARLY: &str = "early";

/// What becomes of an event that failed.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) state: &'static str,
    pub(super) reason: &'static str,
    pub(super) code: String,
    pub(super) error: String,
    pub(super) attempts: i32,
    pub(super) wait: Duration,
}

impl Verdict {
    /// Of an event whose key waits already.
    pub(super) fn follower() -> Self {
        Self {
            state: BEHIND,
            reason: "follows",
            code: "events.follows".to_owned(),
            error: "waits behind an earlier event of its key".to_owned(),
            attempts: 0,
            wait: Duration::ZERO,
        }
    }

    /// Of an event that failed with `error`, perhaps not for the first time.
    pub(super) fn of(node: &Node, error: &HandleError, before: Option<&parked::Model>) -> Self {
        let (reason, code, text) = match error {
            HandleError::Transient(fault) => ("transient", fault.code, cause_class(fault)),
            HandleError::Poison { code, reason } => ("poison", *code, (*reason).to_owned()),
            HandleError::Early { waits_for } => {
                (EARLY, "events.early", format!("waits for {waits_for}"))
            }
        };
        // Attempts are counted anew when the trouble is another one.
        let attempts = 1 + before
            .filter(|row| row.reason == reason)
            .map_or(0, |row| row.attempts);
        let waited = before.map_or(chrono::Duration::zero(), |row| {
            node.store.clock().now() - row.parked_at
        });
        let dead = match error {
            HandleError::Poison { .. } => true,
            HandleError::Transient(_) => attempts >= node.config.max_attempts,
            HandleError::Early { .. } => waited
                .to_std()
                .is_ok_and(|waited| waited > node.config.early_patience),
        };
        Self {
            state: if dead { DEAD } else { WAITING },
            reason,
            code: code.to_owned(),
            error: text,
            attempts,
            wait: backoff(
                attempts,
                node.config.backoff,
                node.config.max_backoff,
                node.store.entropy(),
            ),
        }
    }
}

/// The cause in words of ours: the texts of databases and parsers may quote what they choked on.
fn cause_class(fault: &Fault) -> String {
    let cause = fault
        .cause
        .as_ref()
        .and_then(|cause| cause.downcast_ref::<StorageError>());
    match cause {
        Some(StorageError::Database(error)) => match sql_state(error) {
            Some(state) => format!("the database refused a statement ({state})"),
            None => "the database failed or could not be reached".to_owned(),
        },
        Some(StorageError::Sealed { .. }) => "a sealed value cannot be opened".to_owned(),
        Some(StorageError::Blob(_) | StorageError::BlobsRefused) => {
            "the file store failed".to_owned()
        }
        Some(StorageError::Misuse(text)) => (*text).to_owned(),
        _ => "an internal error; the log has its cause".to_owned(),
    }
}

fn sql_state(error: &DbErr) -> Option<String> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            Some(error.as_database_error()?.code()?.into_owned())
        }
        _ => None,
    }
}

/// A parked event, as far as others of its key have to wait for it. An early one, and what waits
/// behind it, does not hold up what comes before it by version: that may be what it waits for.
pub(super) struct Obstacle<'a> {
    key: &'a str,
    seq: i64,
    version: i64,
    gives_way: bool,
}

impl<'a> Obstacle<'a> {
    /// An event that is parked behind others now.
    pub(super) fn follower(row: &'a outbox::Model) -> Self {
        Self {
            key: &row.key,
            seq: row.seq,
            version: row.version,
            gives_way: true,
        }
    }

    /// Whether an event of this key, sequence and version has to wait for it.
    pub(super) fn blocks(&self, key: &str, seq: i64, version: i64) -> bool {
        self.key == key && self.seq < seq && !(self.gives_way && self.version > version)
    }
}

impl<'a> From<&'a parked::Model> for Obstacle<'a> {
    fn from(row: &'a parked::Model) -> Self {
        Self {
            key: &row.key,
            seq: row.seq,
            version: row.version,
            gives_way: row.state == BEHIND || (row.state == WAITING && row.reason == EARLY),
        }
    }
}

/// Whether one of these parked events holds up another of them.
pub(super) fn is_blocked(row: &parked::Model, among: &[parked::Model]) -> bool {
    among
        .iter()
        .any(|other| Obstacle::from(other).blocks(&row.key, row.seq, row.version))
}

/// The row of an event that is parked now.
pub(super) fn new_row(
    tx: &Tx,
    group: &str,
    row: &outbox::Model,
    verdict: &Verdict,
) -> parked::ActiveModel {
    parked::ActiveModel {
        id: Set(tx.new_id()),
        group_name: Set(group.to_owned()),
        topic: Set(row.topic.clone()),
        shard: Set(row.shard),
        key: Set(row.key.clone()),
        event_id: Set(row.id),
        kind: Set(row.kind.clone()),
        version: Set(row.version),
        event_time: Set(row.time),
        state: Set(verdict.state.to_owned()),
        reason: Set(verdict.reason.to_owned()),
        code: Set(verdict.code.clone()),
        error: Set(verdict.error.clone()),
        attempts: Set(verdict.attempts),
        next_at: Set(tx.now() + verdict.wait),
        parked_at: Set(tx.now()),
        epoch: Set(row.epoch),
        xid: Set(row.xid),
        seq: Set(row.seq),
    }
}

/// Writes the outcome of another attempt.
pub(super) async fn update(
    tx: &Tx,
    row: &parked::Model,
    verdict: &Verdict,
) -> Result<(), StorageError> {
    let change = parked::ActiveModel {
        id: Set(row.id),
        state: Set(verdict.state.to_owned()),
        reason: Set(verdict.reason.to_owned()),
        code: Set(verdict.code.clone()),
        error: Set(verdict.error.clone()),
        attempts: Set(verdict.attempts),
        next_at: Set(tx.now() + verdict.wait),
        ..Default::default()
    };
    change.update(tx.conn()).await?;
    promote(tx, row).await
}

/// What is parked of these keys, in order.
pub(super) async fn of_keys(
    conn: &tb_storage::Conn,
    group: &str,
    topic: &str,
    keys: impl IntoIterator<Item = &str>,
) -> Result<Vec<parked::Model>, StorageError> {
    let rows = parked::Entity::find()
        .filter(parked::Column::GroupName.eq(group))
        .filter(parked::Column::Key.is_in(keys))
        .filter(parked::Column::Topic.eq(topic))
        .order_by(parked::Column::Seq, Order::Asc);
    Ok(rows.all(conn).await?)
}

/// Takes an event out of the park, and lets the next of its key be tried.
pub(super) async fn release(tx: &Tx, row: &parked::Model) -> Result<(), StorageError> {
    parked::Entity::delete_by_id(row.id).exec(tx.conn()).await?;
    promote(tx, row).await
}

/// Lets the first that waits behind others of its key, and has nothing before it now, be tried.
/// What comes first by sequence may wait on for something that comes first by version.
async fn promote(tx: &Tx, row: &parked::Model) -> Result<(), StorageError> {
    let rest = of_keys(tx.conn(), &row.group_name, &row.topic, [row.key.as_str()]).await?;
    let next = rest
        .iter()
        .find(|next| next.state == BEHIND && !is_blocked(next, &rest));
    if let Some(next) = next {
        let change = parked::ActiveModel {
            id: Set(next.id),
            state: Set(WAITING.to_owned()),
            next_at: Set(tx.now()),
            ..Default::default()
        };
        change.update(tx.conn()).await?;
    }
    Ok(())
}

/// Lets early events of these keys be tried at once, in whichever topic; whether there are any.
pub(super) async fn wake_early(tx: &Tx, group: &str, keys: &[&str]) -> Result<bool, StorageError> {
    let woken = parked::Entity::update_many()
        .col_expr(parked::Column::NextAt, Expr::value(tx.now()))
        .filter(parked::Column::GroupName.eq(group))
        .filter(parked::Column::Key.is_in(keys.iter().copied()))
        .filter(parked::Column::State.eq(WAITING))
        .filter(parked::Column::Reason.eq(EARLY))
        .exec(tx.conn())
        .await?;
    Ok(woken.rows_affected > 0)
}
