//! Histories.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use tb_storage::{Conn, StorageError, Tx};
use uuid::Uuid;

use crate::entity::event;
use crate::sealed::{DETAIL, Detail};

/// Something that happened to a licence.
pub(crate) struct Entry<'a> {
    /// Licence.
    pub licence_id: Uuid,
    /// Place in the history, from 1.
    pub seq: i32,
    /// What.
    pub kind: &'a str,
    /// State before; empty for a new one.
    pub from: &'a str,
    /// State after.
    pub to: &'a str,
    /// What is said to it.
    pub detail: Detail,
}

/// Adds an entry, done by whoever acts in this transaction.
pub(crate) async fn add(tx: &Tx, entry: Entry<'_>) -> Result<(), StorageError> {
    let id = tx.new_id();
    let row = event::Model {
        id,
        licence_id: entry.licence_id,
        seq: entry.seq,
        kind: entry.kind.to_owned(),
        at: tx.now(),
        actor_id: tx.actor().id.0,
        actor_name: tx.actor().name.clone(),
        from_state: entry.from.to_owned(),
        to_state: entry.to.to_owned(),
        detail: tx.sealer().seal_json(DETAIL, id, &entry.detail)?,
    };
    event::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The history of a licence that was found within reach.
pub(crate) async fn of_licence(
    conn: &Conn,
    licence_id: Uuid,
) -> Result<Vec<event::Model>, StorageError> {
    Ok(event::Entity::find()
        .filter(event::Column::LicenceId.eq(licence_id))
        .order_by_asc(event::Column::Seq)
        .all(conn)
        .await?)
}
