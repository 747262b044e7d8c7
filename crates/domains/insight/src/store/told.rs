//! What was last told to others.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use tb_storage::Conn;

use super::Result;
use crate::entity::told::Entity;
pub(crate) use crate::entity::told::Model as Told;

/// What was last said, taken for this transaction.
pub(crate) async fn take(conn: &Conn, what: &str) -> Result<Option<Told>> {
    Ok(Entity::find_by_id(what).lock_exclusive().one(conn).await?)
}

/// Keeps what is said for the first time.
pub(crate) async fn insert(conn: &Conn, row: Told) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Keeps what is said now.
pub(crate) async fn update(conn: &Conn, row: Told) -> Result<()> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}
