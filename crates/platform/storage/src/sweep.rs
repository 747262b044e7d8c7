//! Sweeping the file store: a file that no row names, as after a draft was deleted, is first moved
//! out of the way and a day later deleted. Content is stored once, so another may be storing the
//! same file in that very moment and trust that it lies there: its row brings the file back.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStoreExt};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::blob::{Blobs, failed, path};
use crate::error::StorageError;
use crate::store::Store;

/// Where files wait for their end, by the day on which they were moved: `trash/20260301/<address>`.
const TRASH: &str = "trash";
/// Files looked up in one question to the database.
const BATCH: usize = 500;
/// A file is left alone for so long after it was stored, and kept for as long in the trash.
const GRACE: Duration = Duration::days(1);

/// A column that names files by their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobColumn {
    /// Table.
    pub table: &'static str,
    /// Column; needs an index.
    pub column: &'static str,
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that no row names, moved out of the way.
    pub moved: u64,
    /// Files that a row names after all, brought back.
    pub brought_back: u64,
    /// Files deleted for good.
    pub deleted: u64,
}

/// Sweeps. `columns` are all that name files: what is in none of them goes. Papers and whatever else
/// was stored under a name of its own stays.
pub async fn sweep_blobs(store: &Store, columns: &[BlobColumn]) -> Result<Swept, StorageError> {
    let mut swept = Swept::default();
    if !columns.is_empty() {
        move_orphans(store, columns, &mut swept).await?;
        empty_trash(store, columns, &mut swept).await?;
    }
    Ok(swept)
}

async fn move_orphans(
    store: &Store,
    columns: &[BlobColumn],
    swept: &mut Swept,
) -> Result<(), StorageError> {
    let now = store.clock().now();
    let is_old = |meta: &ObjectMeta| meta.last_modified < now - GRACE;
    let blobs = store.blobs();
    let mut all = blobs.store.list(None).try_chunks(BATCH);
    while let Some(files) = all.next().await {
        let files = files.map_err(|error| failed(error.1))?;
        let old = files.iter().filter(|meta| is_old(meta));
        let addresses: BTreeSet<String> = old.filter_map(|meta| address(&meta.location)).collect();
        let named = named(store, columns, &addresses).await?;
        for address in addresses.difference(&named) {
            let trash = Path::from(format!("{TRASH}/{}/{address}", now.format("%Y%m%d")));
            swept.moved += u64::from(rename(blobs, &path(address), &trash).await?);
        }
    }
    Ok(())
}

async fn empty_trash(
    store: &Store,
    columns: &[BlobColumn],
    swept: &mut Swept,
) -> Result<(), StorageError> {
    let now = store.clock().now();
    let blobs = store.blobs();
    let trash = Path::from(TRASH);
    let mut all = blobs.store.list(Some(&trash)).try_chunks(BATCH);
    while let Some(files) = all.next().await {
        let files = files.map_err(|error| failed(error.1))?;
        let places: Vec<Path> = files.into_iter().map(|meta| meta.location).collect();
        let addresses = places.iter().filter_map(Path::filename);
        let addresses = addresses.map(str::to_owned).collect();
        let named = named(store, columns, &addresses).await?;
        for place in places {
            let address = place.filename().unwrap_or_default();
            if named.contains(address) {
                // Where it was stored anew meanwhile, the same content lies over it.
                swept.brought_back += u64::from(rename(blobs, &place, &path(address)).await?);
            } else if is_over(&place, now) {
                blobs.store.delete(&place).await.map_err(failed)?;
                swept.deleted += 1;
            }
        }
    }
    Ok(())
}

/// Whether a file has lain in the trash long enough.
fn is_over(place: &Path, now: DateTime<Utc>) -> bool {
    let day = place.parts().nth(1);
    let day = day.and_then(|day| NaiveDate::parse_from_str(day.as_ref(), "%Y%m%d").ok());
    day.is_some_and(|day| now.date_naive() - day > GRACE)
}

/// Moves a file; `false` where another process was faster.
async fn rename(blobs: &Blobs, from: &Path, to: &Path) -> Result<bool, StorageError> {
    match blobs.store.rename(from, to).await {
        Ok(()) => Ok(true),
        Err(object_store::Error::NotFound { .. }) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// The address of a file that lies where content lies; nothing else is an orphan.
fn address(location: &Path) -> Option<String> {
    let address = location.filename()?;
    let is_hash = address.len() == 64 && address.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && *location == path(address)).then(|| address.to_owned())
}

/// Those of the addresses that a row names.
async fn named(
    store: &Store,
    columns: &[BlobColumn],
    addresses: &BTreeSet<String>,
) -> Result<BTreeSet<String>, StorageError> {
    let mut named = BTreeSet::new();
    if addresses.is_empty() {
        return Ok(named);
    }
    let conn = store.read();
    for BlobColumn { table, column } in columns {
        let query = Query::select()
            .distinct()
            .column(*column)
            .from(*table)
            .and_where(Expr::col(*column).is_in(addresses))
            .to_owned();
        for row in conn.query_all(&query).await? {
            named.insert(row.try_get("", column)?);
        }
    }
    Ok(named)
}
