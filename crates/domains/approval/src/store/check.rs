//! Cases whose promises want looking at.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError};

use super::case::within;
use super::list::Place;
use crate::entity::case::{Column, Entity, Model};

/// Which of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filter<'a> {
    /// At this stage only.
    pub stage: Option<&'a str>,
    /// Late at this moment only.
    pub late_at: Option<DateTime<Utc>>,
}

/// Open checks within reach, the most urgent first; one row more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter<'_>,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let later = after.map(|place| {
        let same = Condition::all()
            .add(Column::CheckUntil.eq(place.due_until))
            .add(Column::Id.gt(place.id));
        Condition::any()
            .add(Column::CheckUntil.gt(place.due_until))
            .add(same)
    });
    Ok(Entity::find()
        .filter(within(scope))
        .filter(Column::CheckUntil.is_not_null())
        .filter(
            Condition::all()
                .add_option(filter.stage.map(|stage| Column::CheckStage.eq(stage)))
                .add_option(filter.late_at.map(|now| Column::CheckUntil.lte(now)))
                .add_option(later),
        )
        .order_by(Column::CheckUntil, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}
