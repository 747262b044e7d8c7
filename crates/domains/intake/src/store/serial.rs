//! Serials of case numbers, taken by the block: a row that every submission held until its commit
//! would let a whole division submit one by one. What a process has not used of its block when
//! it ends is a gap, which case numbers may have.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use tb_storage::{Conn, StorageError};

use crate::entity::serial;

/// Takes the next `n` serials of a division and day, from 1; the last of them.
pub(crate) async fn take(conn: &Conn, series: &str, n: i64) -> Result<i64, StorageError> {
    let grow = OnConflict::column("id")
        .value(
            "last",
            Expr::col((serial::Entity, serial::Column::Last)).add(n),
        )
        .to_owned();
    let mut upsert = Query::insert();
    upsert
        .into_table(serial::Entity)
        .columns([serial::Column::Id, serial::Column::Last])
        .values_panic([series.into(), n.into()])
        .on_conflict(grow)
        .returning_col(serial::Column::Last);
    let row = conn.query_one(&upsert).await?.ok_or(StorageError::Misuse(
        "the serial just written was not returned",
    ))?;
    Ok(row.try_get("", "last")?)
}
