//! Messages to applicants.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use tb_kernel::AccountId;
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::message;
pub(crate) use crate::entity::message::Model as Message;

type Result<T> = std::result::Result<T, StorageError>;

/// Messages of an account, newest first, one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    account: AccountId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Message>> {
    let mut query = message::Entity::find().filter(message::Column::AccountId.eq(account.0));
    if let Some(id) = before {
        query = query.filter(message::Column::Id.lt(id));
    }
    Ok(query
        .order_by_desc(message::Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// How many have not been read.
pub(crate) async fn unread(conn: &Conn, account: AccountId) -> Result<u64> {
    Ok(message::Entity::find()
        .filter(message::Column::AccountId.eq(account.0))
        .filter(message::Column::ReadAt.is_null())
        .count(conn)
        .await?)
}

/// How many of a kind an account got about an application since a moment.
pub(crate) async fn told(
    conn: &Conn,
    account: Uuid,
    (application, kind): (Uuid, &str),
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(message::Entity::find()
        .filter(message::Column::AccountId.eq(account))
        .filter(message::Column::ApplicationId.eq(application))
        .filter(message::Column::Kind.eq(kind))
        .filter(message::Column::CreatedAt.gte(since))
        .count(conn)
        .await?)
}

/// One of an account.
pub(crate) async fn find(conn: &Conn, account: AccountId, id: Uuid) -> Result<Option<Message>> {
    Ok(message::Entity::find_by_id(id)
        .filter(message::Column::AccountId.eq(account.0))
        .one(conn)
        .await?)
}

/// Marks one as read.
pub(crate) async fn mark_read(conn: &Conn, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    message::Entity::update_many()
        .col_expr(message::Column::ReadAt, Expr::value(at))
        .filter(message::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Message) -> Result<()> {
    message::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Gives the messages about applications that belonged to nobody to an account.
pub(crate) async fn give(conn: &Conn, applications: Vec<Uuid>, account: Uuid) -> Result<()> {
    message::Entity::update_many()
        .col_expr(message::Column::AccountId, Expr::value(account))
        .filter(message::Column::ApplicationId.is_in(applications))
        .filter(message::Column::AccountId.eq(Uuid::nil()))
        .exec(conn)
        .await?;
    Ok(())
}
