//! `tongban import items|divisions FILE`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use tb_catalogue::{ImportOptions, ImportReport, import_items, seed};
use tb_http::Texts;
use tb_kernel::{Locale, Region, RequestId};
use tb_storage::{Origin, Store};

use super::{Failure, Outcome, both, refusal, say};

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Service items: a workbook (.xlsx) or CSV file with the columns department, category, name, `item_code`,
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
            let rows = seed::divisions_from_csv(&read(file)?)
                .map_err(|fault| refusal(&fault, &tb_catalogue::manifest()))?;
            let changed = seed::seed_divisions(store, &by, rows).await?;
            say(&both(
                &format!("新增或变更区划 {changed} 个"),
                &format!("{changed} divisions new or changed"),
            ))
        }
        Import::Items {
            file,
            region,
            sample,
            dry_run,
        } => {
            let list = read(file)?;
            let code = region
                .clone()
                .or_else(|| area_code(&list))
                .unwrap_or_default();
            let region = Region::parse(&code).ok_or_else(|| {
                Failure::new(both(
                    &format!("“{code}”不是区划代码，请用 --region 指明事项所属区划"),
                    &format!("“{code}” is no division code: name one with --region"),
                ))
            })?;
            let options = ImportOptions {
                region,
                sample: *sample,
                dry_run: *dry_run,
                by,
            };
            let report = import_items(store, &list, &options)
                .await
                .map_err(|fault| refusal(&fault, &tb_catalogue::manifest()))?;
            tell(report)
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        let what = both("文件读不出来", "the file cannot be read");
        Failure::new(format!("{what}: {}: {error}", file.display()))
    })
}

/// Every note in both languages, then the sum.
fn tell(mut report: ImportReport) -> Outcome {
    let texts = Texts::new(&tb_catalogue::manifest().texts)?;
    report.fill(&texts, Locale::Chinese);
    let mut english = report.clone();
    english.fill(&texts, Locale::English);
    for (what, chinese, english) in [
        ("warning", &report.warnings, &english.warnings),
        ("rejected", &report.rejected, &english.rejected),
    ] {
        for (zh, en) in chinese.iter().zip(english) {
            let note = both(&zh.message, &en.message);
            say(&format!("{what}: row {}: {note}", zh.row))?;
        }
    }
    let ImportReport {
        imported,
        updated,
        unchanged,
        merged,
        ..
    } = report;
    let (warnings, rejected) = (report.warnings.len(), report.rejected.len());
    say(&format!(
        "导入 {imported}，更新 {updated}，未变 {unchanged}，并入 {merged}，提示 {warnings}，拒收 {rejected}"
    ))?;
    say(&format!(
        "{imported} imported, {updated} updated, {unchanged} unchanged, {merged} merged, {warnings} warnings, {rejected} rejected"
    ))
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
