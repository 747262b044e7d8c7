//! Restoring: the backup is checked to the last byte, everything is brought beside its place and
//! opened there, the audit trail is verified and its head compared; only then is it moved in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tb_kernel::{Clock, RequestId};
use tb_storage::{
    Blobs, Database, Inventory, KeyRing, Origin, PostgresPlace, Sealer, Store,
    close_sqlite_for_moving, open_with_passphrase, seal_audit, sqlite_file, verify_audit,
};
use zeroize::Zeroizing;

use super::check::{check_sums, file_of, listed};
use super::journal::{Journal, is_taken, move_in};
use super::manifest::{Kind, Manifest};
use super::{KEYS, beside, postgres, refused, remove, write};
use crate::cli::Failure;
use crate::config::Config;
use crate::system::{SystemClock, SystemEntropy};
use crate::wiring;

const RESTORING: &str = ".restoring";

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The backup.
    pub folder: &'a Path,
    /// For keys in the backup.
    pub passphrase: Option<&'a Zeroizing<String>>,
    /// Whether what is there may be set aside.
    pub replace: bool,
    /// Only look.
    pub check_only: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Restored {
    /// Everything is in place.
    Done {
        manifest: Box<Manifest>,
        /// What was there before, and where it is now.
        set_aside: Vec<String>,
        audit_rows: u64,
    },
    /// The backup is good; nothing was changed.
    Checked(Box<Manifest>),
    /// An earlier restore, cut off while it moved, was finished.
    Finished,
}

/// Restores, or only checks.
pub(crate) async fn restore(config: &Config, asked: &Asked<'_>) -> Result<Restored, Failure> {
    let earlier = if asked.check_only {
        None
    } else {
        Journal::read(config)?
    };
    if let Some(Journal::Moving { steps }) = &earlier {
        move_in(steps)?;
        Journal::forget(config)?;
        return Ok(Restored::Finished);
    }
    let manifest = Manifest::read(asked.folder)?;
    let kind = Kind::of(&config.database.url);
    manifest.check_fits(kind, &wiring::known_migrations())?;
    let keys = keys(config, asked, &manifest)?;
    let sealer = Arc::new(Sealer::new(KeyRing::parse(&keys)?, Arc::new(SystemEntropy)));
    manifest.check_keys(asked.folder, &sealer)?;
    let (folder, checked) = (asked.folder.to_owned(), manifest.clone());
    tokio::task::spawn_blocking(move || check_sums(&folder, &checked)).await??;
    if asked.check_only {
        return Ok(Restored::Checked(Box::new(manifest)));
    }
    let plan = Plan::new(config, asked, keys)?;
    plan.clean()?;
    let mut set_aside = match &earlier {
        Some(Journal::Filling { set_aside }) => set_aside.clone(),
        _ => None,
    };
    if kind == Kind::Postgres {
        let began_before = earlier.is_some();
        prepare_postgres(config, asked, &manifest, began_before, &mut set_aside).await?;
    } else {
        close_old_sqlite(config).await?;
        Journal::Filling { set_aside: None }.note(config)?;
    }
    match plan.fill(asked, &manifest, &sealer).await {
        Ok(audit_rows) => {
            let steps = plan.steps();
            Journal::Moving {
                steps: steps.clone(),
            }
            .note(config)?;
            move_in(&steps)?;
            Journal::forget(config)?;
            Ok(Restored::Done {
                manifest: Box::new(manifest),
                set_aside: plan.told(set_aside),
                audit_rows,
            })
        }
        Err(failure) => {
            plan.undo(config, set_aside.as_deref()).await;
            Err(failure)
        }
    }
}

/// The keys to restore with: those of the backup where a passphrase opens them, else the key file.
fn keys(
    config: &Config,
    asked: &Asked<'_>,
    manifest: &Manifest,
) -> Result<Zeroizing<String>, Failure> {
    if let Some(passphrase) = asked.passphrase
        && manifest.keys_included
    {
        let sealed = std::fs::read_to_string(asked.folder.join(KEYS))?;
        return open_with_passphrase(&sealed, passphrase)?.ok_or_else(|| {
            refused(
                "口令不对，或备份中的密钥已损坏",
                "wrong passphrase, or the keys in the backup are damaged",
            )
        });
    }
    let file = &config.keys.file;
    std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .map_err(|error| {
            let file = file.display();
            refused(
                &format!("没有密钥：{file}（{error}）；请放入密钥文件，或给出备份中密钥的口令"),
                &format!("no keys: {file} ({error}); put the key file there, or give the passphrase of the keys in the backup"),
            )
        })
}

/// Makes sure that the schema is empty, setting aside what is there.
async fn prepare_postgres(
    config: &Config,
    asked: &Asked<'_>,
    manifest: &Manifest,
    began_before: bool,
    set_aside: &mut Option<String>,
) -> Result<(), Failure> {
    let place = PostgresPlace::open(&config.database.url).await?;
    let version = place.version().await?;
    if version / 10_000 < manifest.server_version / 10_000 {
        let (theirs, ours) = (manifest.server_version / 10_000, version / 10_000);
        return Err(refused(
            &format!("备份来自 PostgreSQL {theirs}，这里是较旧的 {ours}"),
            &format!("the backup is of PostgreSQL {theirs}, this is the older {ours}"),
        ));
    }
    postgres::check_tool("pg_restore", Some(manifest.server_version)).await?;
    if began_before {
        // What is there is half of our own.
        place.empty().await?;
        return Ok(place.close().await?);
    }
    if place.tables().await? > 0 {
        if !asked.replace {
            return Err(not_empty(&crate::config::without_password(
                &config.database.url,
            )));
        }
        if place.others().await? > 0 {
            return Err(in_use());
        }
        *set_aside = Some(format!("before_{}", stamp()));
    }
    Journal::Filling {
        set_aside: set_aside.clone(),
    }
    .note(config)?;
    match set_aside {
        Some(name) => place.set_aside(name).await?,
        None => place.empty().await?,
    }
    Ok(place.close().await?)
}

/// What is set aside is one file, and nobody has it open.
async fn close_old_sqlite(config: &Config) -> Result<(), Failure> {
    let old = sqlite_file(&config.database.url).filter(|file| file.exists());
    if let Some(old) = old
        && !close_sqlite_for_moving(&old).await?
    {
        return Err(in_use());
    }
    Ok(())
}

fn stamp() -> String {
    SystemClock::default()
        .now()
        .format("%Y%m%d%H%M%S")
        .to_string()
}

fn not_empty(place: &str) -> Failure {
    refused(
        &format!("不是空的，不会覆盖：{place}；确要替换请加 --replace，原有内容会另存"),
        &format!(
            "it is not empty and is not overwritten: {place}; with --replace what is there is set aside"
        ),
    )
}

fn in_use() -> Failure {
    refused(
        "数据库正在使用，请先停止 tongban serve",
        "the database is in use: stop `tongban serve` first",
    )
}

/// A thing that is moved into its place.
struct Move {
    from: PathBuf,
    to: PathBuf,
    /// Where what is there goes.
    aside: Option<PathBuf>,
}

/// What is brought where.
struct Plan {
    moves: Vec<Move>,
    /// The settings with the places beside.
    beside: Config,
    keys: Zeroizing<String>,
    replace: bool,
    stamp: String,
}

impl Plan {
    fn new(config: &Config, asked: &Asked<'_>, keys: Zeroizing<String>) -> Result<Self, Failure> {
        let mut plan = Self {
            moves: Vec::new(),
            beside: config.clone(),
            keys,
            replace: asked.replace,
            stamp: stamp(),
        };
        if std::fs::read_to_string(&config.keys.file).ok().as_deref() != Some(plan.keys.as_str()) {
            plan.beside.keys.file = plan.add(&config.keys.file)?;
        }
        if !config.blobs.url.starts_with("s3://") {
            let folder = PathBuf::from(config.blobs.url.trim_end_matches('/'));
            plan.beside.blobs.url = plan.add(&folder)?.display().to_string();
        }
        if let Some(file) = sqlite_file(&config.database.url) {
            for ending in ["-wal", "-shm"] {
                let rest = beside(&file, ending);
                if rest.exists() && !asked.replace {
                    return Err(not_empty(&rest.display().to_string()));
                }
            }
            let new = plan.add(&file)?;
            plan.beside.database.url = format!("sqlite://{}", new.display());
        }
        Ok(plan)
    }

    fn add(&mut self, place: &Path) -> Result<PathBuf, Failure> {
        let taken = is_taken(place);
        if taken && !self.replace {
            return Err(not_empty(&place.display().to_string()));
        }
        let from = beside(place, RESTORING);
        self.moves.push(Move {
            from: from.clone(),
            to: place.to_owned(),
            aside: taken.then(|| beside(place, &format!(".before-{}", self.stamp))),
        });
        Ok(from)
    }

    /// Removes what an earlier restore has left beside.
    fn clean(&self) -> std::io::Result<()> {
        for step in &self.moves {
            if let Some(folder) = step.from.parent() {
                std::fs::create_dir_all(folder)?;
            }
            remove(&step.from)?;
            for ending in ["-wal", "-shm"] {
                remove(&beside(&step.from, ending))?;
            }
        }
        Ok(())
    }

    /// Everything old goes first, everything new comes after it.
    fn steps(&self) -> Vec<(PathBuf, PathBuf)> {
        let old = self
            .moves
            .iter()
            .filter_map(|step| Some((step.to.clone(), step.aside.clone()?)));
        // What a database that was not sound has left beside itself.
        let rests = old.clone().flat_map(|(from, to)| {
            let of = move |ending| (beside(&from, ending), beside(&to, ending));
            ["-wal", "-shm"].map(of)
        });
        let rests = rests.filter(|(from, _)| from.exists());
        let new = self
            .moves
            .iter()
            .map(|step| (step.from.clone(), step.to.clone()));
        rests.chain(old.clone()).chain(new).collect()
    }

    fn told(&self, schema: Option<String>) -> Vec<String> {
        let paths = self.moves.iter().filter_map(|step| step.aside.as_ref());
        let paths = paths.map(|path| path.display().to_string());
        paths
            .chain(schema.map(|name| format!("schema {name}")))
            .collect()
    }

    /// Brings everything beside its place and opens it there; the rows of its audit trail.
    async fn fill(
        &self,
        asked: &Asked<'_>,
        manifest: &Manifest,
        sealer: &Arc<Sealer>,
    ) -> Result<u64, Failure> {
        let config = &self.beside;
        if !config.keys.file.exists() {
            write(&config.keys.file, self.keys.as_bytes())?;
        }
        let blobs = wiring::open_blobs(config, sealer)?;
        if config.blobs.url.starts_with("s3://") {
            self.check_bucket(asked.folder, &blobs).await?;
        }
        for file in listed(asked.folder)? {
            let place = file?.place;
            blobs
                .copy_in(&place, &file_of(asked.folder, &place))
                .await?;
        }
        let dump = asked.folder.join(manifest.database.part());
        match sqlite_file(&config.database.url) {
            Some(new) => {
                tokio::fs::copy(&dump, &new).await?;
            }
            None => postgres::fill(&config.database.url, &dump).await?,
        }
        open_and_verify(config, manifest, sealer, blobs).await
    }

    /// A bucket cannot be moved: it holds nothing, or only what this backup brings (as after a
    /// restore that was cut off), or what has a name of its own is kept under another.
    async fn check_bucket(&self, folder: &Path, blobs: &Blobs) -> Result<(), Failure> {
        use futures::TryStreamExt;
        let mut stored = blobs.stored();
        while let Some(file) = stored.try_next().await? {
            let is_probe = file.place.starts_with("doctor/");
            if !is_probe && !self.replace && !file_of(folder, &file.place).exists() {
                return Err(not_empty(&format!(
                    "{}: {}",
                    self.beside.blobs.url, file.place
                )));
            }
        }
        if self.replace {
            for file in listed(folder)? {
                let place = file?.place;
                let address = place.rsplit('/').next().unwrap_or_default();
                // Content is found by its sum: what lies there is the same.
                if Blobs::place_of(address) != place {
                    let aside = format!("before-{}/{place}", self.stamp);
                    blobs.keep_aside(&place, &aside).await?;
                }
            }
        }
        Ok(())
    }

    /// Nothing half stays. What fails here is told by the journal at the next start.
    async fn undo(&self, config: &Config, schema: Option<&str>) {
        let mut undone = self.clean().is_ok();
        if Kind::of(&config.database.url) == Kind::Postgres {
            undone &= empty_postgres(&config.database.url, schema).await.is_ok();
        }
        if undone {
            drop(Journal::forget(config));
        }
    }
}

async fn empty_postgres(url: &str, schema: Option<&str>) -> Result<(), Failure> {
    let place = PostgresPlace::open(url).await?;
    match schema {
        Some(name) => place.bring_back(name).await?,
        None => place.empty().await?,
    }
    Ok(place.close().await?)
}

/// Opens what was restored, compares it with the manifest, brings it up to date and verifies its
/// audit trail.
async fn open_and_verify(
    config: &Config,
    manifest: &Manifest,
    sealer: &Arc<Sealer>,
    blobs: Blobs,
) -> Result<u64, Failure> {
    let database = Database::connect(&config.database).await?;
    let found = tb_storage::inventory(&database.read()).await;
    database.close().await?;
    compare(&manifest.inventory, &found?)?;
    let store = wiring::open_database(config, sealer.clone(), blobs).await?;
    let verified = note_and_verify(&store, manifest).await;
    store.database().close().await?;
    let rows = verified?;
    if let Some(file) = sqlite_file(&config.database.url) {
        close_sqlite_for_moving(&file).await?;
        remove(&file.with_extension("migrate.lock"))?;
    }
    Ok(rows)
}

async fn note_and_verify(store: &Store, manifest: &Manifest) -> Result<u64, Failure> {
    // The tail of the trail at the moment of the backup is older than a tail may be.
    seal_audit(store).await?;
    let by = Origin::system("platform.restore", RequestId(store.new_id()));
    let mut tx = store.begin(by).await?;
    let backup = manifest.made_at.to_rfc3339();
    tx.done("platform.restored", "backup", backup);
    tx.commit(&()).await?;
    seal_audit(store).await?;
    let report = verify_audit(store).await?;
    if report.faults.is_empty() {
        return Ok(report.sealed_rows + report.tail_rows);
    }
    let faults = report.faults.join("\n  ");
    Err(refused(
        &format!("恢复出的审计记录有问题，未作替换：\n  {faults}"),
        "the restored audit trail is damaged; nothing was replaced",
    ))
}

fn compare(told: &Inventory, found: &Inventory) -> Result<(), Failure> {
    let mut differing: Vec<String> = told
        .tables
        .iter()
        .filter(|(table, rows)| found.tables.get(*table) != Some(*rows))
        .map(|(table, rows)| {
            let there = found.tables.get(table).copied().unwrap_or_default();
            format!("{table}: {rows} / {there}")
        })
        .collect();
    if told.audit != found.audit {
        differing.push(format!("audit: {:?} / {:?}", told.audit, found.audit));
    }
    if differing.is_empty() {
        return Ok(());
    }
    let differing = differing.join("\n  ");
    Err(refused(
        &format!("恢复出的数据与清单不符，未作替换：\n  {differing}"),
        "what was restored differs from the manifest; nothing was replaced",
    ))
}
