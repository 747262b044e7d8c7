//! `tongban backup` and `tongban restore`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use zeroize::Zeroizing;

use super::{Failure, Outcome, both, say};
use crate::backup::{Asked, Restored, make, restore};
use crate::config::Config;

/// Exit status of a backup that was made although the store lacks files.
const FILES_MISSING: u8 = 3;
/// Missing files that are named; the manifest has them all.
const NAMED: usize = 20;

/// What to back up to.
#[derive(Debug, Args)]
pub struct Backup {
    /// Folder to make; it must not exist.
    #[arg(long)]
    to: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

/// What to restore from.
#[derive(Debug, Args)]
pub struct Restore {
    /// Folder of the backup.
    #[arg(long)]
    from: PathBuf,
    /// Set aside what is there, under another name.
    #[arg(long)]
    replace: bool,
    /// Only check the backup: every byte, the keys, whether it fits. Changes nothing.
    #[arg(long, conflicts_with = "replace")]
    check: bool,
    #[command(flatten)]
    passphrase: Passphrase,
}

/// The passphrase of the keys.
#[derive(Debug, Args)]
struct Passphrase {
    /// File with the passphrase of the keys in the backup; else the setting `backup.passphrase`.
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

impl Passphrase {
    fn read(&self, config: &Config) -> Result<Option<Zeroizing<String>>, Failure> {
        let text = match &self.passphrase_file {
            Some(file) => Zeroizing::new(read(file)?),
            None => Zeroizing::new(config.backup.passphrase.clone()),
        };
        let text = Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
        if self.passphrase_file.is_some() && text.chars().count() < 12 {
            return Err(Failure::new(both(
                "口令至少 12 个字符",
                "a passphrase has at least 12 characters",
            )));
        }
        Ok((!text.is_empty()).then_some(text))
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}

/// Makes a backup.
pub async fn run_backup(backup: &Backup, config: &Config) -> Outcome {
    let passphrase = backup.passphrase.read(config)?;
    let made = make(config, &backup.to, passphrase.as_ref()).await?;
    let manifest = &made.manifest;
    let rows: u64 = manifest.inventory.tables.values().sum();
    say(&format!(
        "{}: {}\n  {rows} rows in {} tables, {} files ({} bytes), audit segment {} {}",
        both("备份已完成", "backup made"),
        made.folder.display(),
        manifest.inventory.tables.len(),
        manifest.files,
        manifest.file_bytes,
        manifest.inventory.audit.segments,
        manifest.inventory.audit.head,
    ))?;
    say(&if manifest.keys_included {
        both(
            "密钥在备份中，由口令保护；口令请另存",
            "the keys are in it, under the passphrase: keep that apart",
        )
    } else {
        both(
            "密钥不在备份中：没有密钥文件，这份备份无法打开，请确认已另存",
            "the keys are NOT in it: without the key file this backup cannot be opened; make sure that you keep a copy",
        )
    })?;
    if manifest.missing.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let named: Vec<&str> = manifest
        .missing
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect();
    say(&format!(
        "{}:\n  {}",
        both(
            &format!(
                "注意：数据库中有 {} 个文件在文件存储中找不到",
                manifest.missing.len()
            ),
            &format!(
                "WARNING: {} files that the database names are not in the store",
                manifest.missing.len()
            ),
        ),
        named.join("\n  ")
    ))?;
    Ok(ExitCode::from(FILES_MISSING))
}

/// Restores a backup.
pub async fn run_restore(asked: &Restore, config: &Config) -> Outcome {
    let passphrase = asked.passphrase.read(config)?;
    let restored = restore(
        config,
        &Asked {
            folder: &asked.from,
            passphrase: passphrase.as_ref(),
            replace: asked.replace,
            check_only: asked.check,
        },
    )
    .await?;
    match restored {
        Restored::Checked(manifest) => say(&format!(
            "{}: {} {}, {} files, {} missing",
            both("备份完好", "the backup is good"),
            manifest.made_at.to_rfc3339(),
            manifest.product,
            manifest.files,
            manifest.missing.len(),
        )),
        Restored::Finished => say(&both(
            "上次中断的恢复已完成",
            "the restore that was cut off is finished",
        )),
        Restored::Done {
            manifest,
            set_aside,
            audit_rows,
        } => {
            say(&format!(
                "{}: {}, {} files; {} ({audit_rows} rows, segment {} {})",
                both("恢复已完成", "restored"),
                manifest.made_at.to_rfc3339(),
                manifest.files,
                both(
                    "审计记录完好，链头一致",
                    "the audit trail is sound, its head is the same"
                ),
                manifest.inventory.audit.segments,
                manifest.inventory.audit.head,
            ))?;
            for place in set_aside {
                say(&format!(
                    "{}: {place}",
                    both("原有内容另存于", "what was there before")
                ))?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
