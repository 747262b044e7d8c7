//! The revisions of what processes keep in memory. Raising one takes its row until the commit, so
//! that revisions become visible in their order on PostgreSQL too: who has seen 7 has seen 6.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use tb_storage::{Conn, StorageError};

use crate::entity::revision::{ActiveModel, Column, Entity};

/// A list with a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Items,
    Divisions,
    Calendar,
    Synonyms,
    Codes,
}

impl List {
    fn as_str(self) -> &'static str {
        match self {
            Self::Items => "item",
            Self::Divisions => "division",
            Self::Calendar => "calendar",
            Self::Synonyms => "synonym",
            Self::Codes => "code",
        }
    }
}

/// The present revision; 0 where nothing has been written.
pub(crate) async fn current(conn: &Conn, list: List) -> Result<i64, StorageError> {
    let row = Entity::find_by_id(list.as_str()).one(conn).await?;
    Ok(row.map_or(0, |row| row.revision))
}

/// Raises the revision within the transaction and returns it.
pub(crate) async fn raise(conn: &Conn, list: List) -> Result<i64, StorageError> {
    let first = ActiveModel {
        list: Set(list.as_str().to_owned()),
        revision: Set(0),
    };
    let only_once = OnConflict::column(Column::List).do_nothing().to_owned();
    Entity::insert(first)
        .on_conflict(only_once)
        .exec_without_returning(conn)
        .await?;
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::List.eq(list.as_str()))
        .exec(conn)
        .await?;
    current(conn, list).await
}
