//! Promises as they were signed, and who is barred from them.

use chrono::NaiveDate;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

pub(crate) use crate::entity::commitment::Model as Commitment;
pub(crate) use crate::entity::commitment_bar::Model as Bar;
use crate::entity::{commitment, commitment_bar};

type Result<T> = std::result::Result<T, StorageError>;

/// The promise of an application.
pub(crate) async fn find(conn: &Conn, application_id: Uuid) -> Result<Option<Commitment>> {
    Ok(commitment::Entity::find()
        .filter(commitment::Column::ApplicationId.eq(application_id))
        .one(conn)
        .await?)
}

/// Takes the promise of a draft back.
pub(crate) async fn delete(conn: &Conn, application_id: Uuid) -> Result<()> {
    commitment::Entity::delete_many()
        .filter(commitment::Column::ApplicationId.eq(application_id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Writes a promise that was signed.
pub(crate) async fn insert(conn: &Conn, row: Commitment) -> Result<()> {
    commitment::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The bar in force that ends last; `holder` is the blind index of his number.
pub(crate) async fn bar(conn: &Conn, holder: &[u8], today: NaiveDate) -> Result<Option<Bar>> {
    Ok(commitment_bar::Entity::find()
        .filter(commitment_bar::Column::HolderBidx.eq(holder.to_vec()))
        .filter(commitment_bar::Column::UntilOn.gte(today))
        .filter(commitment_bar::Column::Lifted.eq(false))
        .order_by_desc(commitment_bar::Column::UntilOn)
        .one(conn)
        .await?)
}

/// Writes what approval said of a bar.
pub(crate) async fn save_bar(conn: &Conn, row: Bar) -> Result<()> {
    let known = OnConflict::column(commitment_bar::Column::Id)
        .update_columns([
            commitment_bar::Column::UntilOn,
            commitment_bar::Column::Lifted,
        ])
        .to_owned();
    commitment_bar::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}
