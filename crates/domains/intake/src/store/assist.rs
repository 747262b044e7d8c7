//! Requests for help, their notes, consents, and what assistants have filled in.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use tb_kernel::{AccountId, Region};
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

pub(crate) use crate::entity::assist_change::Model as Change;
pub(crate) use crate::entity::assist_consent::Model as Consent;
pub(crate) use crate::entity::assist_note::Model as Note;
pub(crate) use crate::entity::assist_request::Model as Request;
use crate::entity::{assist_change, assist_consent, assist_note, assist_request};

type Result<T> = std::result::Result<T, StorageError>;

/// Whose requests are looked at.
#[derive(Clone, Debug)]
pub(crate) enum Whose {
    /// Those that somebody has made.
    Asker(AccountId),
    /// Those of a region.
    Region(Region),
}

/// Which of a region's requests are listed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    /// Nobody has taken them.
    Open,
    /// An assistant has them: this one, or any.
    Taken(Option<AccountId>),
    /// They are over.
    Closed,
    /// All.
    All,
}

fn within(whose: &Whose) -> Select<assist_request::Entity> {
    use assist_request::Column;
    assist_request::Entity::find().filter(match whose {
        Whose::Asker(account) => Condition::all().add(Column::AccountId.eq(account.0)),
        Whose::Region(region) => lies_in(Column::Region, region),
    })
}

/// Requests, newest first, one more than `limit`; what waits comes oldest first.
pub(crate) async fn list(
    conn: &Conn,
    whose: &Whose,
    shown: Shown,
    (past, limit): (Option<Uuid>, u64),
) -> Result<Vec<Request>> {
    use assist_request::Column;
    let mut query = match shown {
        Shown::Open => within(whose).filter(Column::State.eq("open")),
        Shown::Taken(by) => {
            let taken = within(whose).filter(Column::State.eq("taken"));
            match by {
                Some(account) => taken.filter(Column::AssistantId.eq(account.0)),
                None => taken,
            }
        }
        Shown::Closed => within(whose).filter(Column::State.eq("closed")),
        Shown::All => within(whose),
    };
    let waits = matches!(shown, Shown::Open | Shown::Taken(_));
    if let Some(id) = past {
        let id_column = Column::Id;
        query = query.filter(if waits {
            id_column.gt(id)
        } else {
            id_column.lt(id)
        });
    }
    query = if waits {
        query.order_by_asc(Column::Id)
    } else {
        query.order_by_desc(Column::Id)
    };
    Ok(query.limit(limit + 1).all(conn).await?)
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, whose: &Whose, id: Uuid) -> Result<Option<Request>> {
    let query = within(whose).filter(assist_request::Column::Id.eq(id));
    Ok(query.one(conn).await?)
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, whose: &Whose, id: Uuid) -> Result<Option<Request>> {
    let query = within(whose).filter(assist_request::Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?)
}

fn not_over() -> Condition {
    Condition::all().add(assist_request::Column::State.ne("closed"))
}

/// The request about a draft that is not over.
pub(crate) async fn of_draft(conn: &Conn, application_id: Uuid) -> Result<Option<Request>> {
    Ok(assist_request::Entity::find()
        .filter(assist_request::Column::ApplicationId.eq(application_id))
        .filter(not_over())
        .one(conn)
        .await?)
}

/// The request of somebody about an item of which he had no draft yet, that is not over.
pub(crate) async fn of_item(conn: &Conn, account: Uuid, code: &str) -> Result<Option<Request>> {
    Ok(assist_request::Entity::find()
        .filter(assist_request::Column::AccountId.eq(account))
        .filter(assist_request::Column::ItemCode.eq(code))
        .filter(assist_request::Column::ApplicationId.is_null())
        .filter(not_over())
        .order_by_asc(assist_request::Column::Id)
        .one(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Request) -> Result<()> {
    assist_request::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes one anew.
pub(crate) async fn save(conn: &Conn, row: Request) -> Result<()> {
    let id = row.id;
    assist_request::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(assist_request::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// What happened with a request, in order.
pub(crate) async fn notes(conn: &Conn, request_id: Uuid) -> Result<Vec<Note>> {
    Ok(assist_note::Entity::find()
        .filter(assist_note::Column::RequestId.eq(request_id))
        .order_by_asc(assist_note::Column::At)
        .order_by_asc(assist_note::Column::Id)
        .all(conn)
        .await?)
}

/// One more.
pub(crate) async fn insert_note(conn: &Conn, row: Note) -> Result<()> {
    assist_note::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The consents of a request, oldest first.
pub(crate) async fn consents(conn: &Conn, request_id: Uuid) -> Result<Vec<Consent>> {
    Ok(assist_consent::Entity::find()
        .filter(assist_consent::Column::RequestId.eq(request_id))
        .order_by_asc(assist_consent::Column::GivenAt)
        .order_by_asc(assist_consent::Column::Id)
        .all(conn)
        .await?)
}

/// Keeps one.
pub(crate) async fn insert_consent(conn: &Conn, row: Consent) -> Result<()> {
    assist_consent::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Ends what consent there is to a draft.
pub(crate) async fn end_consents(
    conn: &Conn,
    application_id: Uuid,
    by: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    use assist_consent::Column;
    assist_consent::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(at))
        .col_expr(Column::EndedBy, Expr::value(by))
        .filter(Column::ApplicationId.eq(application_id))
        .filter(Column::EndedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// What assistants have filled in of a draft, in the order of places.
pub(crate) async fn changes(conn: &Conn, application_id: Uuid) -> Result<Vec<Change>> {
    Ok(assist_change::Entity::find()
        .filter(assist_change::Column::ApplicationId.eq(application_id))
        .order_by_asc(assist_change::Column::Id)
        .all(conn)
        .await?)
}

/// Writes what is known of one place.
pub(crate) async fn put_change(conn: &Conn, row: Change, is_new: bool) -> Result<()> {
    let row = row.into_active_model().reset_all();
    if is_new {
        assist_change::Entity::insert(row)
            .exec_without_returning(conn)
            .await?;
    } else {
        row.update(conn).await?;
    }
    Ok(())
}

/// A place that is as it was before.
pub(crate) async fn delete_change(conn: &Conn, id: Uuid) -> Result<()> {
    assist_change::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// The applicant has looked at all of them.
pub(crate) async fn check(conn: &Conn, application_id: Uuid, at: DateTime<Utc>) -> Result<()> {
    use assist_change::Column;
    assist_change::Entity::update_many()
        .col_expr(Column::CheckedAt, Expr::value(at))
        .filter(Column::ApplicationId.eq(application_id))
        .filter(Column::CheckedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Forgets what was filled in of a draft that is deleted.
pub(crate) async fn delete_changes(conn: &Conn, application_id: Uuid) -> Result<()> {
    assist_change::Entity::delete_many()
        .filter(assist_change::Column::ApplicationId.eq(application_id))
        .exec(conn)
        .await?;
    Ok(())
}
