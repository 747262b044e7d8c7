//! Checks the audit trail: every row's MAC, every segment's head and length, and that the tail not
//! yet sealed is short and young.

use chrono::Duration;
use sea_orm::sea_query::Order;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::audit::mac_of;
use crate::entity::{audit, audit_segment};
use crate::error::StorageError;
use crate::position::{Position, after, up_to};
use crate::seal_audit::{end_of, head, last_segment};
use crate::store::Store;

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// Rows under segments.
    pub sealed_rows: u64,
    /// Segments.
    pub segments: u64,
    /// Rows not yet sealed.
    pub tail_rows: u64,
    /// What is wrong, in words for the operator; empty when all is well.
    pub faults: Vec<String>,
}

/// Checks everything from the first row on.
pub async fn verify_audit(store: &Store) -> Result<AuditReport, StorageError> {
    let conn = store.read();
    let mut report = AuditReport::default();
    let mut previous: Option<audit_segment::Model> = None;
    // What is sealed from here on counts as tail: a check beside a working product finds no fault.
    let newest = last_segment(&conn).await?;
    for number in 1..=newest.map_or(0, |segment| segment.number) {
        // A segment missing in the middle shows in the highest number.
        let Some(segment) = audit_segment::Entity::find_by_id(number).one(&conn).await? else {
            report.faults.push(format!("segment {number} is missing"));
            break;
        };
        let start = previous.as_ref().map_or_else(Position::default, end_of);
        let rows = rows_between(store, start, Some(end_of(&segment))).await?;
        check_macs(&rows, store, &mut report.faults);
        let counted = i64::from(segment.rows);
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) != counted {
            report.faults.push(format!(
                "segment {number}: {counted} rows were sealed, {} are there",
                rows.len()
            ));
        } else if head(store.sealer(), previous.as_ref(), number, &rows).as_slice() != segment.head
        {
            report
                .faults
                .push(format!("segment {number}: the chain is broken"));
        }
        report.sealed_rows += rows.len() as u64;
        report.segments += 1;
        previous = Some(segment);
    }
    let start = previous.as_ref().map_or_else(Position::default, end_of);
    let tail = rows_between(store, start, None).await?;
    check_macs(&tail, store, &mut report.faults);
    report.tail_rows = tail.len() as u64;
    if let Some(oldest) = tail.first()
        && store.clock().now() - oldest.at > Duration::minutes(5)
    {
        report.faults.push(format!(
            "rows since {} are not sealed: the sealing job stands still",
            oldest.at
        ));
    }
    Ok(report)
}

async fn rows_between(
    store: &Store,
    start: Position,
    end: Option<Position>,
) -> Result<Vec<audit::Model>, StorageError> {
    let mut query = audit::Entity::find().filter(after(start));
    if let Some(end) = end {
        query = query.filter(up_to(end));
    }
    let rows = query
        .order_by(audit::Column::Epoch, Order::Asc)
        .order_by(audit::Column::Xid, Order::Asc)
        .order_by(audit::Column::Seq, Order::Asc)
        .limit(1_000_000)
        .all(&store.read())
        .await?;
    Ok(rows)
}

fn check_macs(rows: &[audit::Model], store: &Store, faults: &mut Vec<String>) {
    let wrong = rows
        .iter()
        .filter(|row| mac_of(row, store.sealer()).as_slice() != row.mac);
    faults.extend(wrong.map(|row| format!("row {} ({}): altered", row.seq, row.id)));
}
