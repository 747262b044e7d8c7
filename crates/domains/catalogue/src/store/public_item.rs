//! Items as the public sees them: the newest published version of each.

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::{item, item_version};

/// What is public of an item.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct PublicItem {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub status: String,
    pub hot_rank: Option<i32>,
    pub coming_on: Option<chrono::NaiveDate>,
    pub version: i64,
    pub document: String,
    pub published_at: chrono::DateTime<chrono::Utc>,
}

/// Items whose public side has changed after `revision`, in pieces by id.
pub(crate) async fn changed_since(
    conn: &Conn,
    revision: i64,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<PublicItem>, StorageError> {
    let mut query = select().filter(item::Column::Revision.gt(revision));
    if let Some(after) = after {
        query = query.filter(item::Column::Id.gt(after));
    }
    let query = query.order_by_asc(item::Column::Id).limit(limit);
    Ok(query.into_model::<PublicItem>().all(conn).await?)
}

/// The public side of one item; `None` where it was never published.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<PublicItem>, StorageError> {
    Ok(select()
        .filter(item::Column::Id.eq(id))
        .into_model::<PublicItem>()
        .one(conn)
        .await?)
}

fn select() -> sea_orm::Select<item::Entity> {
    item::Entity::find()
        .select_only()
        .columns([
            item::Column::Id,
            item::Column::Code,
            item::Column::Name,
            item::Column::Status,
            item::Column::HotRank,
            item::Column::ComingOn,
        ])
        .column(item_version::Column::Version)
        .column(item_version::Column::Document)
        .column(item_version::Column::PublishedAt)
        .join(JoinType::InnerJoin, newest_version())
}

fn newest_version() -> RelationDef {
    use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
    let mut relation: RelationDef = item::Entity::belongs_to(item_version::Entity)
        .from(item::Column::Id)
        .to(item_version::Column::ItemId)
        .into();
    relation = relation.on_condition(|item, version| {
        Expr::col((version, item_version::Column::Version))
            .eq(Expr::col((item, item::Column::PublishedVersion)))
            .into_condition()
    });
    relation
}
