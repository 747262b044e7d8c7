//! Read copies of joint matters, and the applications under one.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError, Tracked};
use uuid::Uuid;

pub(crate) use crate::entity::joint_item::Model as JointCopy;
use crate::entity::{application, joint_item};
use crate::store::application::Application;

type Result<T> = std::result::Result<T, StorageError>;

/// The newest version of a joint matter.
pub(crate) async fn newest(conn: &Conn, code: &str) -> Result<Option<JointCopy>> {
    Ok(joint_item::Entity::find()
        .filter(joint_item::Column::Code.eq(code))
        .order_by_desc(joint_item::Column::Version)
        .limit(1)
        .one(conn)
        .await?)
}

/// One version.
pub(crate) async fn version(conn: &Conn, code: &str, version: i64) -> Result<Option<JointCopy>> {
    Ok(joint_item::Entity::find_by_id((code.to_owned(), version))
        .one(conn)
        .await?)
}

/// Keeps a version; one that is there already stays as it is.
pub(crate) async fn keep(conn: &Conn, row: JointCopy) -> Result<()> {
    let known = [joint_item::Column::Code, joint_item::Column::Version];
    joint_item::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::columns(known).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Marks a joint matter as withdrawn up to a version.
pub(crate) async fn withdraw(conn: &Conn, code: &str, version: i64) -> Result<()> {
    joint_item::Entity::update_many()
        .col_expr(joint_item::Column::Withdrawn, Expr::value(true))
        .filter(joint_item::Column::Code.eq(code))
        .filter(joint_item::Column::Version.lte(version))
        .exec(conn)
        .await?;
    Ok(())
}

/// The applications under one, in their order.
pub(crate) async fn children(conn: &Conn, whole: Uuid) -> Result<Vec<Application>> {
    Ok(application::Entity::find()
        .filter(application::Column::JointId.eq(whole))
        .order_by_asc(application::Column::Id)
        .all(conn)
        .await?)
}

/// The same, held until the transaction ends.
pub(crate) async fn children_locked(conn: &Conn, whole: Uuid) -> Result<Vec<Tracked<Application>>> {
    let rows = application::Entity::find()
        .filter(application::Column::JointId.eq(whole))
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Tracked::new).collect())
}

/// The whole and the applications under it without one of them, held until the transaction ends.
pub(crate) async fn others_locked(
    conn: &Conn,
    whole: Uuid,
    but: Uuid,
) -> Result<Vec<Tracked<Application>>> {
    let of_it = Condition::any()
        .add(application::Column::Id.eq(whole))
        .add(application::Column::JointId.eq(whole));
    let rows = application::Entity::find()
        .filter(of_it)
        .filter(application::Column::Id.ne(but))
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Tracked::new).collect())
}

/// The application of the whole, held until the transaction ends: whoever moves one of its
/// applications takes turns here.
pub(crate) async fn whole_locked(conn: &Conn, id: Uuid) -> Result<Option<Tracked<Application>>> {
    let query = application::Entity::find_by_id(id).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}
