//! Serials of case numbers. The row of a division and day is taken by the submitting transaction:
//! two submissions cannot get the same serial, and one that fails leaves no gap.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use tb_storage::{Conn, StorageError};

use crate::entity::serial;

/// The next serial of a division and day, from 1.
pub(crate) async fn next(conn: &Conn, series: &str) -> Result<i64, StorageError> {
    let grow = OnConflict::column("id")
        .value(
            "last",
            Expr::col((serial::Entity, serial::Column::Last)).add(1),
        )
        .to_owned();
    let mut upsert = Query::insert();
    upsert
        .into_table(serial::Entity)
        .columns([serial::Column::Id, serial::Column::Last])
        .values_panic([series.into(), 1_i64.into()])
        .on_conflict(grow)
        .returning_col(serial::Column::Last);
    let row = conn.query_one(&upsert).await?.ok_or(StorageError::Misuse(
        "the serial just written was not returned",
    ))?;
    Ok(row.try_get("", "last")?)
}
