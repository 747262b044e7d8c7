//! Divisions.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use tb_contract::divisions::{Division, DivisionKind};
use tb_storage::{Conn, StorageError};

use crate::entity::division::{Column, Entity, Model};

/// Every division, in the order of siblings.
pub(crate) async fn all(conn: &Conn) -> Result<Vec<Division>, StorageError> {
    let rows = Entity::find()
        .order_by_asc(Column::Sort)
        .order_by_asc(Column::Code)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(division).collect())
}

/// Adds divisions; those that are there are written over.
pub(crate) async fn put(conn: &Conn, rows: Vec<Model>) -> Result<(), StorageError> {
    let over = OnConflict::column(Column::Code)
        .update_columns([
            Column::Name,
            Column::Level,
            Column::Parent,
            Column::Kind,
            Column::Path,
            Column::Sort,
        ])
        .to_owned();
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    Entity::insert_many(rows)
        .on_conflict(over)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

fn division(row: Model) -> Division {
    let kind = if row.kind == "zone" {
        DivisionKind::Zone
    } else {
        DivisionKind::Division
    };
    Division {
        code: row.code,
        name: row.name,
        kind,
    }
}
