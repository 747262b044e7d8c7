//! `tongban archive verify FILE`: checks a package on any machine, without settings or a database.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use tb_approval::archive::verify;

use super::{Failure, Outcome, both, say};

/// What to do with archive packages.
#[derive(Debug, Subcommand)]
pub enum Archive {
    /// Check structure, sums and the list of files; exit status 1 if anything is wrong. A package of
    /// packages, as it is downloaded for a whole list, is checked from outside.
    Verify {
        /// The package.
        file: PathBuf,
    },
}

/// Runs the command.
pub fn run(archive: &Archive) -> Outcome {
    let Archive::Verify { file } = archive;
    let opened = File::open(file).map_err(|error| {
        Failure::new(format!(
            "{}: {}: {error}",
            both("文件打不开", "the file cannot be opened"),
            file.display()
        ))
    })?;
    match verify(BufReader::new(opened)) {
        Ok(report) => {
            let manifest = &report.manifest;
            let about = manifest.fact("档号").or(manifest.fact("移交清单"));
            say(&format!(
                "{}: {}\n{}: {}\n{}: {}\n{}: {}",
                both("归档信息包完好", "the package is sound"),
                about.unwrap_or_default(),
                both("文件数", "files"),
                manifest.files.len(),
                both("字节数", "bytes"),
                manifest.size(),
                both("目录摘要", "sum of the manifest"),
                report.seal,
            ))
        }
        Err(flaw) => {
            say(&both(&flaw.chinese(), &flaw.to_string()))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
