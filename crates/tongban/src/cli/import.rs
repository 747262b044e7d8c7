//! `tongban import items|divisions FILE.csv`.

use std::path::PathBuf;

use clap::Subcommand;
use tb_catalogue::{ImportOptions, import_items, seed};
use tb_kernel::{Region, RequestId};
use tb_storage::{Origin, Store};

use super::{Failure, Outcome, say};

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Service items: a CSV file with the columns department, category, name, `item_code`,
    /// `item_type`, `office_code`. Prints a report of warnings and rejected rows.
    Items {
        /// The file.
        file: PathBuf,
        /// Division code of the offices that handle the items; the file's own `area_code` without.
        #[arg(long)]
        region: Option<String>,
        /// Mark the items as sample data.
        #[arg(long)]
        sample: bool,
        /// Only report.
        #[arg(long)]
        dry_run: bool,
    },
    /// Divisions: a CSV file with the columns code, name and, as wanted, kind (division or zone).
    Divisions {
        /// The file.
        file: PathBuf,
    },
}

/// Runs the command.
pub async fn run(import: &Import, store: &Store) -> Outcome {
    let by = Origin::system("command.import", RequestId(store.new_id()));
    match import {
        Import::Divisions { file } => {
            let rows = seed::divisions_from_csv(&std::fs::read(file)?)?;
            let changed = seed::seed_divisions(store, &by, rows).await?;
            say(&format!("{changed} divisions new or changed"))
        }
        Import::Items {
            file,
            region,
            sample,
            dry_run,
        } => {
            let list = std::fs::read(file)?;
            let code = region
                .clone()
                .or_else(|| area_code(&list))
                .unwrap_or_default();
            let region = Region::parse(&code).ok_or_else(|| {
                Failure::new(format!(
                    "`{code}` is no division code: name one with --region"
                ))
            })?;
            let options = ImportOptions {
                region,
                sample: *sample,
                dry_run: *dry_run,
                by,
            };
            let mut report = import_items(store, &list, &options).await?;
            let texts = tb_http::Texts::new(&tb_catalogue::manifest().texts)?;
            report.fill(&texts, tb_kernel::Locale::Chinese);
            for (what, notes) in [
                ("warning", &report.warnings),
                ("rejected", &report.rejected),
            ] {
                for note in notes {
                    say(&format!("{what}: row {}: {}", note.row, note.message))?;
                }
            }
            say(&format!(
                "{} imported, {} updated, {} unchanged, {} merged, {} warnings, {} rejected",
                report.imported,
                report.updated,
                report.unchanged,
                report.merged,
                report.warnings.len(),
                report.rejected.len()
            ))
        }
    }
}

/// The `area_code` of a list, its last column, in the first row that has a valid one.
fn area_code(list: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(list).ok()?;
    let mut lines = text.lines();
    lines
        .next()?
        .trim_end()
        .ends_with("area_code")
        .then_some(())?;
    lines
        .filter_map(|line| line.trim_end().rsplit(',').next())
        .find(|code| Region::parse(code).is_some())
        .map(str::to_owned)
}
