//! What a backup says about itself, and what speaks against restoring it here.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_storage::{FileSum, Inventory, Sealer};

use super::{MANIFEST, SEAL, refused, write};
use crate::cli::Failure;

/// The form of the folder; a higher one is of a newer product.
pub const FORMAT: u32 = 1;
const PURPOSE: &str = "backup manifest";

/// The kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Kind {
    /// Of an address.
    pub fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite
        } else {
            Self::Postgres
        }
    }

    /// The file of the database in a backup.
    pub fn part(self) -> &'static str {
        match self {
            Self::Sqlite => "database.sqlite",
            Self::Postgres => "database.pgdump",
        }
    }
}

/// What is in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the folder.
    pub format: u32,
    /// Version of the program that made it.
    pub product: String,
    /// The moment of the database.
    pub made_at: DateTime<Utc>,
    /// Kind of database.
    pub database: Kind,
    /// PostgreSQL: version of the server, as 150004.
    pub server_version: i32,
    /// Rows, migrations, end of the audit trail.
    pub inventory: Inventory,
    /// Fingerprints of the keys that open it, by their ids.
    pub keys: BTreeMap<String, String>,
    /// Whether the keys are in it, under a passphrase.
    pub keys_included: bool,
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub file_bytes: u64,
    /// Files that the database names and the store did not have.
    pub missing: Vec<String>,
    /// Sums of what lies beside the manifest.
    pub parts: BTreeMap<String, FileSum>,
}

#[derive(Deserialize)]
struct Form {
    format: u32,
}

impl Manifest {
    /// Writes it with its seal.
    pub fn write(&self, folder: &Path, sealer: &Sealer) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(self)?;
        write(&folder.join(MANIFEST), &text)?;
        let seal = sealer.signature(PURPOSE, &text);
        write(&folder.join(SEAL), seal.as_bytes())?;
        Ok(())
    }

    /// Reads it. A newer form is refused before anything else is understood of it.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let place = folder.join(MANIFEST);
        let damaged = |error: &dyn std::fmt::Display| {
            refused(
                &format!("这不是备份，或清单已损坏：{}：{error}", place.display()),
                &format!(
                    "no backup, or its manifest is damaged: {}: {error}",
                    place.display()
                ),
            )
        };
        let text = std::fs::read(&place).map_err(|error| damaged(&error))?;
        let form: Form = serde_json::from_slice(&text).map_err(|error| damaged(&error))?;
        if form.format > FORMAT {
            let found = form.format;
            return Err(refused(
                &format!("备份格式为 {found}，本程序只认识到 {FORMAT}；请用更新的版本恢复"),
                &format!(
                    "the backup has form {found}, this program knows up to {FORMAT}: restore it with a newer version"
                ),
            ));
        }
        serde_json::from_slice(&text).map_err(|error| damaged(&error))
    }

    /// Compares the keys by their fingerprints, then the seal over the manifest.
    pub fn check_keys(&self, folder: &Path, sealer: &Sealer) -> Result<(), Failure> {
        let ours = sealer.key_fingerprints();
        let strange = |(id, print): &(&String, &String)| ours.get(*id) != Some(*print);
        let wrong: Vec<&str> = self
            .keys
            .iter()
            .filter(strange)
            .map(|(id, _)| id.as_str())
            .collect();
        if !wrong.is_empty() {
            let wrong = wrong.join(", ");
            return Err(refused(
                &format!("密钥不对：密钥文件中没有封存这份备份的密钥 {wrong}"),
                &format!(
                    "wrong keys: the key file does not hold the keys that sealed this backup: {wrong}"
                ),
            ));
        }
        let text = std::fs::read(folder.join(MANIFEST))?;
        let seal = std::fs::read_to_string(folder.join(SEAL)).unwrap_or_default();
        if seal.trim() != sealer.signature(PURPOSE, &text) {
            return Err(refused(
                &format!("已损坏：{MANIFEST} 与其封印 {SEAL} 不符"),
                &format!("damaged: {MANIFEST} does not match its seal {SEAL}"),
            ));
        }
        Ok(())
    }

    /// Whether this program can hold it: the same kind of database, no migration of a newer one.
    pub fn check_fits(
        &self,
        kind: Kind,
        known: &BTreeMap<String, Vec<String>>,
    ) -> Result<(), Failure> {
        if self.database != kind {
            let (theirs, ours) = (self.database, kind);
            return Err(refused(
                &format!("备份的数据库是 {theirs:?}，设置中的是 {ours:?}"),
                &format!("the backup is of {theirs:?}, the settings name {ours:?}"),
            ));
        }
        for (table, applied) in &self.inventory.migrations {
            let ours = known.get(table).map_or(&[][..], Vec::as_slice);
            if let Some(newer) = applied.iter().find(|name| !ours.contains(name)) {
                let product = &self.product;
                return Err(refused(
                    &format!("备份来自更新的版本 {product}，本程序不认识 {table} 中的 {newer}"),
                    &format!(
                        "the backup is of a newer version, {product}: this program does not know {newer} of {table}"
                    ),
                ));
            }
        }
        Ok(())
    }
}
