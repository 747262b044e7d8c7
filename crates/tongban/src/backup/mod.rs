//! Backup and restore: database, files and (under a passphrase) keys in one folder, with a manifest
//! that says what is in it and is sealed against change. A backup appears whole or not at all; a
//! restore is checked beside its place and then moved in.

mod check;
mod journal;
mod make;
mod manifest;
mod postgres;
mod restore;

use std::path::{Path, PathBuf};

pub(crate) use journal::refuse_half_restored;
pub(crate) use make::make;
pub(crate) use restore::{Asked, Restored, restore};

use crate::cli::{Failure, both};

/// The manifest, and the seal over it.
const MANIFEST: &str = "manifest.json";
const SEAL: &str = "manifest.seal";
/// One line a file: SHA-256, bytes, place.
const FILES_LIST: &str = "files.list";
/// The files as they lie in the store, sealed.
const FILES: &str = "files";
/// The key file under the passphrase.
const KEYS: &str = "keys.sealed";

/// A refusal in both languages.
fn refused(chinese: &str, english: &str) -> Failure {
    Failure::new(both(chinese, english))
}

/// A path beside another: `name` and the ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a file or a folder, if it is there.
fn remove(path: &Path) -> std::io::Result<()> {
    let removed = match std::fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Writes a file that is on the disk when this returns.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename last through a power cut.
fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
