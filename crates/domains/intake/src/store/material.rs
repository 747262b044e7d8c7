//! Materials of an application.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::material;
pub(crate) use crate::entity::material::Model as Material;

type Result<T> = std::result::Result<T, StorageError>;

/// All rows, removed ones too, oldest first.
pub(crate) async fn all(conn: &Conn, application_id: Uuid) -> Result<Vec<Material>> {
    Ok(material::Entity::find()
        .filter(material::Column::ApplicationId.eq(application_id))
        .order_by_asc(material::Column::Id)
        .all(conn)
        .await?)
}

/// One that has not been removed.
pub(crate) async fn find(conn: &Conn, application_id: Uuid, id: Uuid) -> Result<Option<Material>> {
    Ok(material::Entity::find()
        .filter(material::Column::Id.eq(id))
        .filter(material::Column::ApplicationId.eq(application_id))
        .filter(material::Column::Removed.eq(false))
        .one(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Material) -> Result<()> {
    material::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Takes one away: a file that the department has stays as a row until the next hand-in.
pub(crate) async fn remove(conn: &Conn, row: &Material) -> Result<()> {
    if !row.handed_in {
        material::Entity::delete_by_id(row.id).exec(conn).await?;
        return Ok(());
    }
    material::Entity::update_many()
        .col_expr(material::Column::Removed, Expr::value(true))
        .filter(material::Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Marks what is there as handed in, and what was removed as no part of it any more. Its row stays:
/// the department still has that file by its address.
pub(crate) async fn hand_in(conn: &Conn, application_id: Uuid) -> Result<()> {
    let of = material::Column::ApplicationId.eq(application_id);
    material::Entity::update_many()
        .col_expr(material::Column::HandedIn, Expr::value(true))
        .filter(of.clone())
        .filter(material::Column::Removed.eq(false))
        .exec(conn)
        .await?;
    material::Entity::update_many()
        .col_expr(material::Column::HandedIn, Expr::value(false))
        .filter(of)
        .filter(material::Column::Removed.eq(true))
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes the licences away that a draft was filled in with.
pub(crate) async fn delete_licences(conn: &Conn, application_id: Uuid) -> Result<()> {
    material::Entity::delete_many()
        .filter(material::Column::ApplicationId.eq(application_id))
        .filter(material::Column::LicenceId.is_not_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes all rows of a draft away.
pub(crate) async fn delete_all(conn: &Conn, application_id: Uuid) -> Result<()> {
    material::Entity::delete_many()
        .filter(material::Column::ApplicationId.eq(application_id))
        .exec(conn)
        .await?;
    Ok(())
}
