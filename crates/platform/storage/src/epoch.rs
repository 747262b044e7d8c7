//! The epoch of the database: one higher each time the same data is found on another cluster, as
//! after the restore of a backup, when transaction ids have begun anew.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, Statement};

use crate::conn::Conn;
use crate::entity::epoch;
use crate::error::StorageError;

const ONLY: i32 = 1;

/// Reads the epoch and raises it where the cluster has changed. Processes that start at the same
/// moment agree: whoever writes first wins, the others read again.
pub(crate) async fn settle(conn: &Conn) -> Result<i64, StorageError> {
    let mark = cluster_mark(conn).await?;
    loop {
        match epoch::Entity::find_by_id(ONLY).one(conn).await? {
            Some(row) if row.mark == mark => return Ok(row.epoch),
            Some(row) => raise(conn, row.epoch, &mark).await?,
            None => begin(conn, &mark).await?,
        }
    }
}

async fn begin(conn: &Conn, mark: &str) -> Result<(), StorageError> {
    let first = epoch::ActiveModel {
        id: Set(ONLY),
        epoch: Set(1),
        mark: Set(mark.to_owned()),
    };
    let only_once = OnConflict::column(epoch::Column::Id)
        .do_nothing()
        .to_owned();
    epoch::Entity::insert(first)
        .on_conflict(only_once)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

async fn raise(conn: &Conn, from: i64, mark: &str) -> Result<(), StorageError> {
    epoch::Entity::update_many()
        .col_expr(epoch::Column::Epoch, Expr::value(from + 1))
        .col_expr(epoch::Column::Mark, Expr::value(mark))
        .filter(epoch::Column::Id.eq(ONLY))
        .filter(epoch::Column::Epoch.eq(from))
        .exec(conn)
        .await?;
    Ok(())
}

/// What tells one PostgreSQL cluster from another; SQLite has no transaction ids and needs none.
async fn cluster_mark(conn: &Conn) -> Result<String, StorageError> {
    if conn.is_sqlite() {
        return Ok("sqlite".to_owned());
    }
    let sql = "SELECT system_identifier::text || '/' || (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS mark FROM pg_control_system()";
    let row = conn
        .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await?;
    let row = row.ok_or(StorageError::Misuse("pg_control_system answers one row"))?;
    Ok(row.try_get("", "mark")?)
}
