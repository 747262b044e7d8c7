//! Which topics have news: rows of the outbox behind the tail last seen that are settled, read
//! without their payloads.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use tb_storage::position::{after, settled};
use tb_storage::{Conn, Position, StorageError, Store, entity::outbox};

const STEP: u64 = 1000;

/// Everything there is, when nothing has been seen yet: the tail, then every topic up to it.
pub(super) async fn everything(
    store: &Store,
) -> Result<(Position, BTreeMap<String, Position>), StorageError> {
    let conn = store.read();
    let tail = newest(&conn, store.epoch()).await?;
    let topics = topics(&conn).await?;
    Ok((
        tail,
        topics.into_iter().map(|topic| (topic, tail)).collect(),
    ))
}

/// Every topic that holds events.
pub(super) async fn topics(conn: &Conn) -> Result<Vec<String>, StorageError> {
    let mut topics: Vec<String> = Vec::new();
    // One index look-up per topic: `SELECT DISTINCT` would walk the whole log.
    while let Some(topic) = next_topic(conn, topics.last().map_or("", String::as_str)).await? {
        topics.push(topic);
    }
    Ok(topics)
}

/// What has come behind `tail`.
pub(super) async fn since(
    store: &Store,
    mut tail: Position,
) -> Result<(Position, BTreeMap<String, Position>), StorageError> {
    let conn = store.read();
    let mut topics = BTreeMap::new();
    loop {
        // The sequence alone is the commit order of SQLite, and its primary key.
        let behind = if conn.is_sqlite() {
            outbox::Column::Seq.gt(tail.seq)
        } else {
            after(tail)
        };
        let rows: Vec<(String, i64, i64, i64)> =
            in_order(outbox::Entity::find(), &conn, Order::Asc)
                .filter(behind)
                .filter(settled(&conn, store.epoch()))
                .select_only()
                .columns([
                    outbox::Column::Topic,
                    outbox::Column::Epoch,
                    outbox::Column::Xid,
                    outbox::Column::Seq,
                ])
                .limit(STEP)
                .into_tuple()
                .all(&conn)
                .await?;
        let complete = (rows.len() as u64) < STEP;
        for (topic, epoch, xid, seq) in rows {
            tail = Position { epoch, xid, seq };
            topics.insert(topic, tail);
        }
        if complete {
            return Ok((tail, topics));
        }
    }
}

async fn newest(conn: &Conn, epoch: i64) -> Result<Position, StorageError> {
    let row: Option<(i64, i64, i64)> = in_order(outbox::Entity::find(), conn, Order::Desc)
        .filter(settled(conn, epoch))
        .select_only()
        .columns([
            outbox::Column::Epoch,
            outbox::Column::Xid,
            outbox::Column::Seq,
        ])
        .into_tuple()
        .one(conn)
        .await?;
    Ok(
        row.map_or_else(Position::default, |(epoch, xid, seq)| Position {
            epoch,
            xid,
            seq,
        }),
    )
}

async fn next_topic(conn: &Conn, last: &str) -> Result<Option<String>, StorageError> {
    let next: Option<Option<String>> = outbox::Entity::find()
        .select_only()
        .column_as(Expr::col(outbox::Column::Topic).min(), "topic")
        .filter(outbox::Column::Topic.gt(last))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(next.flatten())
}

fn in_order(
    query: sea_orm::Select<outbox::Entity>,
    conn: &Conn,
    order: Order,
) -> sea_orm::Select<outbox::Entity> {
    query
        .apply_if((!conn.is_sqlite()).then_some(()), |query, ()| {
            query
                .order_by(outbox::Column::Epoch, order.clone())
                .order_by(outbox::Column::Xid, order.clone())
        })
        .order_by(outbox::Column::Seq, order.clone())
}
