//! Making a backup beside a running product: first the database at one moment, then the files. A
//! file is stored before the row that names it, and swept a day after, so that every file of that
//! moment is still there.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::TryStreamExt;
use tb_kernel::Clock;
use tb_storage::{
    BlobColumn, Blobs, FileSum, Frozen, Sealer, seal_with_passphrase, sqlite_file, sum_of_file,
};
use zeroize::Zeroizing;

use super::manifest::{FORMAT, Kind, Manifest};
use super::{FILES, FILES_LIST, KEYS, beside, postgres, refused, remove, sync_folder_of, write};
use crate::cli::Failure;
use crate::config::Config;
use crate::system::{SystemClock, SystemEntropy};
use crate::wiring;

/// What was made.
#[derive(Debug)]
pub(crate) struct Made {
    /// Where it lies.
    pub folder: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

/// Makes a backup in a folder that must not exist.
pub(crate) async fn make(
    config: &Config,
    folder: &Path,
    passphrase: Option<&Zeroizing<String>>,
) -> Result<Made, Failure> {
    if folder.exists() {
        let place = folder.display();
        return Err(refused(
            &format!("已经存在，不会覆盖：{place}"),
            &format!("it exists and is not overwritten: {place}"),
        ));
    }
    let sealer = wiring::open_keys(config)?;
    let blobs = wiring::open_blobs(config, &sealer)?;
    let work = Work::begin(folder)?;
    let made = fill(config, &work.folder, &sealer, &blobs, passphrase).await;
    match made {
        Ok(manifest) => {
            work.finish(folder)?;
            Ok(Made {
                folder: folder.to_owned(),
                manifest,
            })
        }
        Err(failure) => {
            work.abandon();
            Err(failure)
        }
    }
}

/// The folder while it is being filled: `<name>.partial`, locked. What a killed process left there
/// goes at the next beginning.
struct Work {
    folder: PathBuf,
    lock_file: PathBuf,
    _lock: File,
}

impl Work {
    fn begin(folder: &Path) -> Result<Self, Failure> {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let lock_file = beside(folder, ".lock");
        let lock = File::create(&lock_file)?;
        if lock.try_lock().is_err() {
            let place = folder.display();
            return Err(refused(
                &format!("另一个备份正在写入：{place}"),
                &format!("another backup is writing there: {place}"),
            ));
        }
        let partial = beside(folder, ".partial");
        remove(&partial)?;
        std::fs::create_dir(&partial)?;
        std::fs::set_permissions(
            &partial,
            std::os::unix::fs::PermissionsExt::from_mode(0o700),
        )?;
        Ok(Self {
            folder: partial,
            lock_file,
            _lock: lock,
        })
    }

    fn finish(self, folder: &Path) -> Result<(), Failure> {
        File::open(&self.folder)?.sync_all()?;
        std::fs::rename(&self.folder, folder)?;
        sync_folder_of(folder)?;
        remove(&self.lock_file)?;
        Ok(())
    }

    /// What fails here is found and removed by the next backup.
    fn abandon(self) {
        drop(remove(&self.folder));
        drop(remove(&self.lock_file));
    }
}

async fn fill(
    config: &Config,
    folder: &Path,
    sealer: &Arc<Sealer>,
    blobs: &Blobs,
    passphrase: Option<&Zeroizing<String>>,
) -> Result<Manifest, Failure> {
    let kind = Kind::of(&config.database.url);
    if let Some(file) = sqlite_file(&config.database.url).filter(|file| !file.exists()) {
        let file = file.display();
        return Err(refused(
            &format!("没有数据库可备份：{file}"),
            &format!("there is no database to back up: {file}"),
        ));
    }
    if kind == Kind::Postgres {
        postgres::check_tool("pg_dump", None).await?;
    }
    let dump = folder.join(kind.part());
    let made_at = SystemClock::default().now();
    let frozen = Frozen::take(&config.database, &dump).await?;
    if let Some(snapshot) = &frozen.snapshot {
        postgres::check_tool("pg_dump", Some(frozen.server_version)).await?;
        postgres::dump(&config.database.url, snapshot, &dump).await?;
    }
    let mut manifest = Manifest {
        format: FORMAT,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        database: kind,
        server_version: frozen.server_version,
        inventory: frozen.inventory().await?,
        keys: sealer.key_fingerprints(),
        keys_included: passphrase.is_some(),
        files: 0,
        file_bytes: 0,
        missing: Vec::new(),
        parts: std::collections::BTreeMap::new(),
    };
    copy_files(folder, blobs, &frozen, &mut manifest).await?;
    frozen.end().await?;
    if let Some(passphrase) = passphrase {
        let keys = Zeroizing::new(std::fs::read_to_string(&config.keys.file)?);
        let closed = seal_with_passphrase(&keys, passphrase, &SystemEntropy)?;
        write(&folder.join(KEYS), closed.as_bytes())?;
    }
    let included = passphrase.is_some().then_some(KEYS);
    for part in [kind.part(), FILES_LIST].into_iter().chain(included) {
        let sum = sum_of_file(&folder.join(part))?;
        manifest.parts.insert(part.to_owned(), sum);
    }
    manifest.write(folder, sealer)?;
    Ok(manifest)
}

/// The files, with their sums in a list of their own: there may be millions.
async fn copy_files(
    folder: &Path,
    blobs: &Blobs,
    frozen: &Frozen,
    manifest: &mut Manifest,
) -> Result<(), Failure> {
    let files = folder.join(FILES);
    std::fs::create_dir(&files)?;
    let mut list = List(BufWriter::new(File::create(folder.join(FILES_LIST))?));
    let mut all = blobs.stored();
    while let Some(file) = all.try_next().await? {
        if is_passing(&file.place) {
            continue;
        }
        // Swept since it was listed: looked for below if a row names it.
        if let Some(sum) = blobs
            .copy_out(&file.place, &files.join(&file.place))
            .await?
        {
            list.add(&file.place, &sum, manifest)?;
        }
    }
    let columns: Vec<BlobColumn> = wiring::manifests()
        .iter()
        .flat_map(|domain| domain.blobs)
        .copied()
        .collect();
    for column in columns {
        let mut after = String::new();
        loop {
            let named = frozen.named_files(column, &after).await?;
            let Some(end) = named.last() else { break };
            after.clone_from(end);
            for address in named {
                find_again(&files, blobs, &address, &mut list, manifest).await?;
            }
        }
    }
    list.0.flush()?;
    list.0.get_ref().sync_all()?;
    manifest.missing.sort_unstable();
    manifest.missing.dedup();
    Ok(())
}

/// A file that the database names is in the backup, or comes from where it waits for its end, or
/// is reported as missing.
async fn find_again(
    files: &Path,
    blobs: &Blobs,
    address: &str,
    list: &mut List,
    manifest: &mut Manifest,
) -> Result<(), Failure> {
    let place = Blobs::place_of(address);
    let target = files.join(&place);
    if target.exists() {
        return Ok(());
    }
    let mut found = blobs.copy_out(&place, &target).await?;
    if found.is_none()
        && let Some(trash) = blobs.place_in_trash(address).await?
    {
        found = blobs.copy_out(&trash, &target).await?;
    }
    match found {
        Some(sum) => list.add(&place, &sum, manifest)?,
        None => manifest.missing.push(address.to_owned()),
    }
    Ok(())
}

/// Whether a file is on its way out, a probe, or what a restore has set aside.
fn is_passing(place: &str) -> bool {
    ["trash/", "doctor/", "before-"]
        .iter()
        .any(|start| place.starts_with(start))
}

struct List(BufWriter<File>);

impl List {
    fn add(&mut self, place: &str, sum: &FileSum, manifest: &mut Manifest) -> std::io::Result<()> {
        manifest.files += 1;
        manifest.file_bytes += sum.length;
        writeln!(self.0, "{} {} {place}", sum.sha256, sum.length)
    }
}
