//! The epoch of the database: one higher each time the same data is found on another cluster, as
//! after the restore of a backup, when transaction ids have begun anew.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set, Statement};

use crate::conn::Conn;
use crate::entity::epoch;
use crate::error::StorageError;

const ONLY: i32 = 1;

/// Reads the epoch and raises it where the cluster has changed.
pub(crate) async fn settle(conn: &Conn) -> Result<i64, StorageError> {
    let mark = cluster_mark(conn).await?;
    match epoch::Entity::find_by_id(ONLY).one(conn).await? {
        Some(row) if row.mark == mark => Ok(row.epoch),
        Some(row) => {
            let raised = row.epoch + 1;
            epoch::ActiveModel {
                id: Set(ONLY),
                epoch: Set(raised),
                mark: Set(mark),
            }
            .update(conn)
            .await?;
            Ok(raised)
        }
        None => {
            epoch::ActiveModel {
                id: Set(ONLY),
                epoch: Set(1),
                mark: Set(mark),
            }
            .insert(conn)
            .await?;
            Ok(1)
        }
    }
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
