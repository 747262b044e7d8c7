//! How large a workbook becomes, found out before any of it is kept.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::flaw::Unreadable;
use crate::list::MAX_ROWS;

/// Most bytes that the parts of a workbook may have together once they are opened.
const OPENED: u64 = 256 * 1024 * 1024;

/// Opens every part and counts: what an archive says of its sizes may be a lie.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let damaged = |error: &dyn std::error::Error| Unreadable::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = OPENED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        let mut bounded = part.take(left + 1);
        let read = io::copy(&mut bounded, &mut io::sink()).map_err(|error| damaged(&error))?;
        left = left
            .checked_sub(read)
            .ok_or(Unreadable::TooLarge { max: MAX_ROWS })?;
    }
    Ok(())
}
