//! Lists from files and into files, off the reactor: a large workbook takes seconds.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use tb_kernel::Fault;
use tb_sheet::{Column, Unreadable, Workbook};

use crate::model::columns::REMARKS;

/// Reads a file. A reader that breaks over a file has been given a broken one.
pub(crate) async fn read<T: Send + 'static>(
    bytes: Vec<u8>,
    reader: fn(&[u8]) -> Result<T, Unreadable>,
) -> Result<T, Unreadable> {
    let read = tokio::task::spawn_blocking(move || reader(&bytes)).await;
    read.unwrap_or_else(|_| Err(Unreadable::Damaged(".xlsx".to_owned())))
}

/// The list as CSV.
pub(crate) fn csv(columns: &[Column<'_>], rows: &[Vec<String>]) -> Result<Bytes, Fault> {
    let file = tb_sheet::csv(columns, rows).map_err(Fault::internal)?;
    Ok(file.into())
}

/// The list as a workbook.
pub(crate) async fn workbook(
    title: &'static str,
    columns: &'static [Column<'static>],
    rows: Vec<Vec<String>>,
    written_at: DateTime<Utc>,
) -> Result<Bytes, Fault> {
    let write = move || {
        tb_sheet::workbook(&Workbook {
            title,
            columns,
            rows: &rows,
            remarks: &REMARKS,
            written_at,
        })
    };
    let file = tokio::task::spawn_blocking(write)
        .await
        .map_err(Fault::internal)?
        .map_err(Fault::internal)?;
    Ok(file.into())
}
