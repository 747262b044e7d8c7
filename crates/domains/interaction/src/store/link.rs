//! One-time links.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use tb_storage::{Conn, Tracked};

use super::Result;
pub(crate) use crate::entity::link::Model as Link;
use crate::entity::link::{Column, Entity};

/// One by the index of its token.
pub(crate) async fn find(conn: &Conn, token_bidx: Vec<u8>) -> Result<Option<Link>> {
    let query = Entity::find().filter(Column::TokenBidx.eq(token_bidx));
    Ok(query.one(conn).await?)
}

/// The same, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, token_bidx: Vec<u8>) -> Result<Option<Tracked<Link>>> {
    let query = Entity::find().filter(Column::TokenBidx.eq(token_bidx));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Link) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Link>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}
