//! Payloads as they came on the department's own topic.

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::Value;
use tb_storage::{Conn, Sealer, StorageError, Tx};

use crate::entity::payload::{ActiveModel, Column, Entity, Model};
use crate::sealed;

/// Stores a payload; the same version a second time changes nothing.
pub(crate) async fn save(
    tx: &Tx,
    number: &str,
    version: i64,
    kind: &str,
    payload: &Value,
) -> Result<(), StorageError> {
    let id = tx.new_id();
    let row = ActiveModel {
        id: Set(id),
        case_number: Set(number.to_owned()),
        version: Set(version),
        kind: Set(kind.to_owned()),
        payload: Set(tx.sealer().seal_json(sealed::PAYLOAD, id, payload)?),
        stored_at: Set(tx.now()),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::CaseNumber, Column::Version])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The payload of a version.
pub(crate) async fn find(
    conn: &Conn,
    sealer: &Sealer,
    number: &str,
    version: i64,
) -> Result<Option<Value>, StorageError> {
    let row = Entity::find()
        .filter(Column::CaseNumber.eq(number))
        .filter(Column::Version.eq(version))
        .one(conn)
        .await?;
    row.map(|row| sealer.open_json(sealed::PAYLOAD, row.id, &row.payload))
        .transpose()
}

/// All payloads of a case: kind and what was sent, in the order of their versions.
pub(crate) async fn of_case(
    conn: &Conn,
    sealer: &Sealer,
    number: &str,
) -> Result<Vec<(String, Value)>, StorageError> {
    let rows = Entity::find()
        .filter(Column::CaseNumber.eq(number))
        .order_by(Column::Version, Order::Asc)
        .all(conn)
        .await?;
    let open = |row: Model| {
        let payload = sealer.open_json(sealed::PAYLOAD, row.id, &row.payload)?;
        Ok((row.kind, payload))
    };
    rows.into_iter().map(open).collect()
}
