//! What the operator does with dead letters. Each action is one transaction with its audit rows.

use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::{Conn, Origin, StorageError};
use uuid::Uuid;

use super::node::Node;
use super::park::{self, BEHIND, DEAD, WAITING};
use crate::entity::{inbox, parked};
use crate::log::{ReplayReport, Selection};

const OBJECT: &str = "dead_letter";

/// Puts dead letters back to work.
pub(super) async fn replay(
    node: &Node,
    origin: Origin,
    selection: Selection,
    dry_run: bool,
) -> Result<ReplayReport, Fault> {
    if dry_run {
        let conn = node.store.read();
        let rows = selected(&conn, &selection).await?;
        return Ok(count(&conn, &rows).await?);
    }
    let mut tx = node.store.begin(origin).await?;
    let rows = selected(tx.conn(), &selection).await?;
    let report = count(tx.conn(), &rows).await?;
    let mut groups = Vec::new();
    for row in rows {
        let put_back = parked::Entity::update_many()
            .col_expr(parked::Column::State, Expr::value(WAITING))
            .col_expr(parked::Column::Reason, Expr::value("replayed"))
            .col_expr(parked::Column::Attempts, Expr::value(0))
            .col_expr(parked::Column::NextAt, Expr::value(tx.now()))
            .col_expr(parked::Column::ParkedAt, Expr::value(tx.now()))
            .filter(parked::Column::Id.eq(row.id))
            .filter(parked::Column::State.eq(DEAD))
            .exec(tx.conn())
            .await
            .map_err(StorageError::from)?;
        if put_back.rows_affected == 1 {
            tx.done("governance.dead_letter.replayed", OBJECT, row.id);
            groups.push(row.group_name);
        }
    }
    tx.commit(&report).await?;
    node.notice_due(groups);
    Ok(report)
}

/// Drops a dead letter for good.
pub(super) async fn discard(node: &Node, origin: Origin, id: Uuid) -> Result<(), Fault> {
    let mut tx = node.store.begin(origin).await?;
    let found = parked::Entity::find_by_id(id)
        .one(tx.conn())
        .await
        .map_err(StorageError::from)?;
    let row = found.ok_or_else(|| Fault::new(ErrorKind::NotFound, "events.no_such_dead_letter"))?;
    let taken = parked::Entity::delete_many()
        .filter(parked::Column::Id.eq(id))
        .filter(parked::Column::State.eq(DEAD))
        .exec(tx.conn())
        .await
        .map_err(StorageError::from)?;
    if taken.rows_affected != 1 {
        return Err(Fault::new(ErrorKind::Conflict, "events.not_dead"));
    }
    let mark = inbox::ActiveModel {
        group_name: Set(row.group_name.clone()),
        event_id: Set(row.event_id),
        outcome: Set("discarded".to_owned()),
        handled_at: Set(tx.now()),
    };
    inbox::Entity::insert(mark)
        .exec_without_returning(tx.conn())
        .await
        .map_err(StorageError::from)?;
    park::release(&tx, &row).await?;
    tx.done("governance.dead_letter.discarded", OBJECT, id);
    tx.commit(&()).await?;
    node.notice_due([row.group_name]);
    Ok(())
}

async fn selected(conn: &Conn, selection: &Selection) -> Result<Vec<parked::Model>, StorageError> {
    let dead = parked::Entity::find()
        .filter(parked::Column::State.eq(DEAD))
        .order_by(parked::Column::Id, Order::Asc);
    let query = match selection {
        Selection::Id(id) => dead.filter(parked::Column::Id.eq(*id)),
        Selection::Key { group, key } => dead
            .filter(parked::Column::GroupName.eq(group))
            .filter(parked::Column::Key.eq(key)),
        Selection::Time { group, from, until } => {
            let dead = dead
                .filter(parked::Column::ParkedAt.gte(*from))
                .filter(parked::Column::ParkedAt.lt(*until));
            match group {
                Some(group) => dead.filter(parked::Column::GroupName.eq(group)),
                None => dead,
            }
        }
    };
    Ok(query.all(conn).await?)
}

async fn count(conn: &Conn, rows: &[parked::Model]) -> Result<ReplayReport, StorageError> {
    let mut followers = 0;
    for row in rows {
        followers += parked::Entity::find()
            .filter(parked::Column::GroupName.eq(&row.group_name))
            .filter(parked::Column::Topic.eq(&row.topic))
            .filter(parked::Column::Key.eq(&row.key))
            .filter(parked::Column::State.eq(BEHIND))
            .count(conn)
            .await?;
    }
    Ok(ReplayReport {
        dead_letters: rows.len() as u64,
        followers,
    })
}
