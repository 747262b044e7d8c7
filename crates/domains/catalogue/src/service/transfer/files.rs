//! The files of a package: packed with the items that name them, and looked at again where they
//! arrive: a package may have been altered on its way.

use std::io::Cursor;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tb_contract::item::FormFile;
use tb_http::{clean_name, sniff};
use tb_kernel::Fault;
use tb_storage::{Blobs, Conn};

use crate::error::Error;
use crate::model::form_file::sums;
use crate::model::package::{PackedFile, PackedItem};
use crate::service::form_files::sum_of;
use crate::store;

/// Bytes of all files of a package.
const MOST: i64 = 40 * 1024 * 1024;
/// The same for people.
const MOST_WORDS: &str = "40 MiB";
/// Bytes of one file, as an editor may bring it.
const MOST_OF_ONE: usize = 10 * 1024 * 1024;

/// The files that the items name, each once.
pub(super) async fn pack(
    conn: &Conn,
    blobs: &Blobs,
    items: &[PackedItem],
) -> Result<Vec<PackedFile>, Fault> {
    let mut wanted: Vec<String> = items.iter().flat_map(|one| sums(&one.item)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let rows = store::form_file::of(conn, &wanted).await?;
    if rows.iter().map(|row| row.size).sum::<i64>() > MOST {
        return Err(Error::PackageFilesTooLarge {
            max: MOST_WORDS.to_owned(),
        }
        .into());
    }
    let mut files = Vec::new();
    for row in rows {
        let content = blobs.get(&row.blob).await?;
        let content =
            content.ok_or_else(|| Fault::internal(format!("no content of {}", row.sum)))?;
        files.push(PackedFile {
            sum: row.sum,
            name: row.name,
            content: BASE64_STANDARD.encode(content),
        });
    }
    Ok(files)
}

/// The sound files of a package, each with the address of its content; whoever names another one is
/// told so. Of a dry run no content is kept.
pub(super) async fn unpack(
    blobs: &Blobs,
    files: Vec<PackedFile>,
    dry_run: bool,
) -> Result<Vec<(FormFile, String)>, Fault> {
    let sound = move || files.iter().filter_map(opened).collect::<Vec<_>>();
    let sound = tokio::task::spawn_blocking(sound)
        .await
        .map_err(Fault::internal)?;
    let mut kept = Vec::new();
    for (file, content) in sound {
        let blob = if dry_run {
            String::new()
        } else {
            blobs.put(&content).await?
        };
        kept.push((file, blob));
    }
    Ok(kept)
}

/// A file with its content, if it is what its sum says, of a kind that is taken, and not too large.
fn opened(packed: &PackedFile) -> Option<(FormFile, Vec<u8>)> {
    let content = BASE64_STANDARD.decode(&packed.content).ok()?;
    let is_sound = !content.is_empty()
        && content.len() <= MOST_OF_ONE
        && clean_name(&packed.name) == packed.name
        && sum_of(&packed.name, content.as_slice()).ok()? == packed.sum;
    let kind = sniff(Cursor::new(&content), &packed.name).ok()??;
    let file = FormFile {
        sum: packed.sum.clone(),
        name: packed.name.clone(),
        media_type: kind.media_type.to_owned(),
        size: content.len() as u64,
    };
    is_sound.then_some((file, content))
}
