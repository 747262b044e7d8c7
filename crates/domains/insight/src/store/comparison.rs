//! What came of comparing the sums with the rows.

use sea_orm::sea_query::Order;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tb_storage::Conn;

use super::Result;
pub(crate) use crate::entity::comparison::Model as Comparison;
use crate::entity::comparison::{Column, Entity};

/// Keeps one in the place of those before it.
pub(crate) async fn keep(conn: &Conn, row: Comparison) -> Result<()> {
    Entity::delete_many()
        .filter(Column::At.lte(row.at))
        .exec(conn)
        .await?;
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The last.
pub(crate) async fn last(conn: &Conn) -> Result<Option<Comparison>> {
    Ok(Entity::find()
        .order_by(Column::At, Order::Desc)
        .one(conn)
        .await?)
}
