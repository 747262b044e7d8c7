//! A lease on a name: one owner at a time among all processes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use tb_storage::{Origin, StorageError, Store, Tx};
use uuid::Uuid;

use crate::entity::lease;

/// Takes or renews the lease; until when it is held, or until when another holds it.
pub(crate) async fn take(
    store: &Store,
    name: &'static str,
    owner: Uuid,
    length: Duration,
) -> Result<Result<DateTime<Utc>, DateTime<Utc>>, StorageError> {
    // Whoever waits for another's lease to end only reads.
    if let Some(row) = lease::Entity::find_by_id(name).one(&store.read()).await?
        && row.owner != owner
        && row.lease_until > store.clock().now()
    {
        return Ok(Err(row.lease_until));
    }
    let tx = begin(store).await?;
    let until = tx.now() + length;
    let fresh = lease::ActiveModel {
        name: Set(name.to_owned()),
        owner: Set(owner),
        lease_until: Set(until),
    };
    let mut taken = lease::Entity::insert(fresh)
        .on_conflict(
            OnConflict::column(lease::Column::Name)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    if taken == 0 {
        taken = lease::Entity::update_many()
            .col_expr(lease::Column::Owner, Expr::value(owner))
            .col_expr(lease::Column::LeaseUntil, Expr::value(until))
            .filter(lease::Column::Name.eq(name))
            .filter(
                lease::Column::Owner
                    .eq(owner)
                    .or(lease::Column::LeaseUntil.lte(tx.now())),
            )
            .exec(tx.conn())
            .await?
            .rows_affected;
    }
    tx.commit(&()).await?;
    Ok(if taken == 1 { Ok(until) } else { Err(until) })
}

/// Gives the lease back.
pub(crate) async fn give_back(
    store: &Store,
    name: &'static str,
    owner: Uuid,
) -> Result<(), StorageError> {
    let tx = begin(store).await?;
    lease::Entity::delete_many()
        .filter(lease::Column::Name.eq(name))
        .filter(lease::Column::Owner.eq(owner))
        .exec(tx.conn())
        .await?;
    tx.commit(&()).await
}

async fn begin(store: &Store) -> Result<Tx, StorageError> {
    store
        .begin(Origin::system("lease", store.new_id().into()))
        .await
}
