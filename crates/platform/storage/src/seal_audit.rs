//! Chains committed audit rows, in commit order, into segments of at most a thousand rows:
//! head(n) = MAC(head(n-1), rows, MACs and places of the rows). A job runs it every second.

use sea_orm::sea_query::Order;
use sea_orm::{ActiveModelTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::conn::Conn;
use crate::entity::{audit, audit_segment};
use crate::error::{StorageError, is_unique_violation};
use crate::position::{Position, after, settled};
use crate::sealed::Sealer;
use crate::store::Store;

/// The most rows of a segment.
pub const SEGMENT_ROWS: u64 = 1000;

/// Seals what has been committed since the last segment; returns the number of rows sealed.
pub async fn seal_audit(store: &Store) -> Result<usize, StorageError> {
    let mut sealed = 0;
    loop {
        let rows = seal_segment(store).await?;
        sealed += rows;
        if rows < usize::try_from(SEGMENT_ROWS).unwrap_or(usize::MAX) {
            return Ok(sealed);
        }
    }
}

async fn seal_segment(store: &Store) -> Result<usize, StorageError> {
    let reader = store.read();
    let last = last_segment(&reader).await?;
    let start = last.as_ref().map_or_else(Position::default, end_of);
    let rows = audit::Entity::find()
        .filter(after(start))
        .filter(settled(&reader, store.epoch()))
        .order_by(audit::Column::Epoch, Order::Asc)
        .order_by(audit::Column::Xid, Order::Asc)
        .order_by(audit::Column::Seq, Order::Asc)
        .limit(SEGMENT_ROWS)
        .all(&reader)
        .await?;
    let Some(end) = rows.last() else { return Ok(0) };
    let number = last.as_ref().map_or(1, |segment| segment.number + 1);
    let segment = audit_segment::ActiveModel {
        number: Set(number),
        rows: Set(i32::try_from(rows.len()).unwrap_or(i32::MAX)),
        last_epoch: Set(end.epoch),
        last_xid: Set(end.xid),
        last_seq: Set(end.seq),
        head: Set(head(store.sealer(), last.as_ref(), number, &rows).to_vec()),
        sealed_at: Set(store.clock().now()),
    };
    let writer = store.writer();
    match segment.insert(&writer).await {
        Ok(_) => Ok(rows.len()),
        // Another process has sealed these rows in the same moment.
        Err(error) if is_unique_violation(&error) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn last_segment(
    conn: &Conn,
) -> Result<Option<audit_segment::Model>, StorageError> {
    let newest = audit_segment::Entity::find().order_by(audit_segment::Column::Number, Order::Desc);
    Ok(newest.one(conn).await?)
}

pub(crate) fn end_of(segment: &audit_segment::Model) -> Position {
    Position {
        epoch: segment.last_epoch,
        xid: segment.last_xid,
        seq: segment.last_seq,
    }
}

/// The head of a segment.
pub(crate) fn head(
    sealer: &Sealer,
    previous: Option<&audit_segment::Model>,
    number: i64,
    rows: &[audit::Model],
) -> [u8; 32] {
    let places: Vec<[u8; 16]> = rows.iter().map(|row| place(row.xid, row.seq)).collect();
    let number = number.to_be_bytes();
    let mut parts: Vec<&[u8]> = vec![
        b"segment",
        &number,
        previous.map_or(&[], |p| p.head.as_slice()),
    ];
    for (row, place) in rows.iter().zip(&places) {
        parts.push(place);
        parts.push(&row.mac);
    }
    sealer.audit_mac(&parts)
}

fn place(xid: i64, seq: i64) -> [u8; 16] {
    ((u128::from(xid.cast_unsigned()) << 64) | u128::from(seq.cast_unsigned())).to_be_bytes()
}
