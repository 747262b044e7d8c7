//! Short messages, what was heard of them, and who wishes which.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use tb_contract::sms::{SmsKind, SmsWish};
use tb_storage::{Conn, Tracked, Tx};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::sms::Model as ShortMessage;
use crate::entity::sms::{Column, Entity};
use crate::entity::{sms_heard, sms_wish};

/// Not sent yet.
pub(crate) const WAITING: &str = "waiting";
/// Taken by the operator.
pub(crate) const ACCEPTED: &str = "accepted";
/// On the phone.
pub(crate) const DELIVERED: &str = "delivered";
/// It did not arrive.
pub(crate) const UNDELIVERED: &str = "undelivered";
/// The operator refuses it.
pub(crate) const REFUSED: &str = "refused";
/// Not to be sent any more.
pub(crate) const DROPPED: &str = "dropped";

/// What somebody wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// What he has to know or do.
    pub progress: bool,
    /// That there is a result.
    pub result: bool,
    /// That he may rate.
    pub rating: bool,
}

impl Wishes {
    /// What holds for whoever has said nothing: the three duties alone.
    pub(crate) const UNSAID: Self = Self {
        progress: true,
        result: false,
        rating: false,
    };
    /// Nothing.
    pub(crate) const NONE: Self = Self {
        progress: false,
        result: false,
        rating: false,
    };

    /// Whether a kind is wished.
    pub(crate) fn has(self, kind: SmsKind) -> bool {
        match kind.wish() {
            SmsWish::Progress => self.progress,
            SmsWish::Result => self.result,
            SmsWish::Rating => self.rating,
        }
    }
}

/// One by its id.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<ShortMessage>> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// The same, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, id: Uuid) -> Result<Option<Tracked<ShortMessage>>> {
    let query = Entity::find_by_id(id).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// The last message that a reply by this number and extension can mean, held until the transaction ends.
pub(crate) async fn replied_to(
    conn: &Conn,
    extension: &str,
    phone_bidx: Vec<u8>,
) -> Result<Option<Tracked<ShortMessage>>> {
    let query = Entity::find()
        .filter(Column::Extension.eq(extension))
        .filter(Column::PhoneBidx.eq(phone_bidx))
        .filter(Column::Kind.ne(SmsKind::RatingHelp.as_str()))
        .order_by(Column::SentAt, Order::Desc)
        .limit(1)
        .lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// All of them, the newest first, behind `before`.
pub(crate) async fn list(
    conn: &Conn,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<ShortMessage>> {
    let mut query = Entity::find();
    if let Some(id) = before {
        query = query.filter(Column::Id.lt(id));
    }
    Ok(query
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// A new one; `false` where there is one of this cause for this account already.
pub(crate) async fn insert(conn: &Conn, row: ShortMessage) -> Result<bool> {
    let known = OnConflict::columns([Column::CauseId, Column::AccountId])
        .do_nothing()
        .to_owned();
    let new = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(new == 1)
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<ShortMessage>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes a reply by the operator's number; `false` where it came before.
pub(crate) async fn hear(conn: &Conn, row: sms_heard::Model) -> Result<bool> {
    let known = OnConflict::column(sms_heard::Column::OperatorId)
        .do_nothing()
        .to_owned();
    let new = sms_heard::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(new == 1)
}

/// Writes what was made of a reply.
pub(crate) async fn judge(conn: &Conn, id: Uuid, of: Option<Uuid>, verdict: &str) -> Result<()> {
    let judged = sms_heard::ActiveModel {
        sms_id: Set(of),
        verdict: Set(verdict.to_owned()),
        ..Default::default()
    };
    sms_heard::Entity::update_many()
        .set(judged)
        .filter(sms_heard::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// What somebody wishes.
pub(crate) async fn wishes(conn: &Conn, account: Uuid) -> Result<Wishes> {
    let row = sms_wish::Entity::find_by_id(account).one(conn).await?;
    Ok(row.map_or(Wishes::UNSAID, |row| Wishes {
        progress: row.progress,
        result: row.result,
        rating: row.rating,
    }))
}

/// Keeps what somebody wishes.
pub(crate) async fn wish(tx: &Tx, account: Uuid, wishes: Wishes) -> Result<()> {
    let now: DateTime<Utc> = tx.now();
    let row = sms_wish::ActiveModel {
        account_id: Set(account),
        progress: Set(wishes.progress),
        result: Set(wishes.result),
        rating: Set(wishes.rating),
        updated_at: Set(now),
    };
    let columns = [
        sms_wish::Column::Progress,
        sms_wish::Column::Result,
        sms_wish::Column::Rating,
        sms_wish::Column::UpdatedAt,
    ];
    let over = OnConflict::column(sms_wish::Column::AccountId)
        .update_columns(columns)
        .to_owned();
    sms_wish::Entity::insert(row)
        .on_conflict(over)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
