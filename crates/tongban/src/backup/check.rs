//! Looks at every byte of a backup before anything is overwritten, and names what is damaged.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use tb_storage::{FileSum, sum_of_file};

use super::manifest::Manifest;
use super::{FILES, FILES_LIST};
use crate::cli::Failure;

/// Damaged files that are named; the others are counted.
const NAMED: usize = 20;

/// A file of the list.
pub struct Listed {
    /// Its place in the store.
    pub place: String,
    /// Its sum.
    pub sum: FileSum,
}

/// The files of a backup, one after the other.
pub fn listed(folder: &Path) -> Result<impl Iterator<Item = Result<Listed, Failure>>, Failure> {
    let list = BufReader::new(File::open(folder.join(FILES_LIST))?);
    Ok(list.lines().map(|line| {
        let line = line?;
        let mut words = line.splitn(3, ' ');
        let (Some(sha256), Some(length), Some(place)) = (words.next(), words.next(), words.next())
        else {
            return Err(Failure::new(format!("{FILES_LIST}: {line}")));
        };
        // A place never leads out of the folder.
        if place.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(Failure::new(format!("{FILES_LIST}: {place}")));
        }
        Ok(Listed {
            place: place.to_owned(),
            sum: FileSum {
                sha256: sha256.to_owned(),
                length: length.parse()?,
            },
        })
    }))
}

/// Where a file lies in a backup.
pub fn file_of(folder: &Path, place: &str) -> PathBuf {
    folder.join(FILES).join(place)
}

/// Compares all sums.
pub fn check_sums(folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let mut damaged = Damaged::default();
    for (part, sum) in &manifest.parts {
        damaged.compare(part, &folder.join(part), sum);
    }
    // The list itself is told first: a wrong list would call good files damaged.
    damaged.tell()?;
    let mut files = 0;
    for file in listed(folder)? {
        let file = file?;
        files += 1;
        let place = file_of(folder, &file.place);
        damaged.compare(&format!("{FILES}/{}", file.place), &place, &file.sum);
    }
    if files != manifest.files {
        damaged.note(FILES_LIST);
    }
    damaged.tell()
}

#[derive(Default)]
struct Damaged {
    named: Vec<String>,
    count: usize,
}

impl Damaged {
    fn compare(&mut self, name: &str, file: &Path, sum: &FileSum) {
        if sum_of_file(file).ok().as_ref() != Some(sum) {
            self.note(name);
        }
    }

    fn note(&mut self, name: &str) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(name.to_owned());
        }
    }

    fn tell(&self) -> Result<(), Failure> {
        if self.count == 0 {
            return Ok(());
        }
        let (count, names) = (self.count, self.named.join("\n  "));
        Err(Failure::new(format!(
            "{}\n  {names}",
            crate::cli::both(
                &format!("备份中有 {count} 个文件已损坏或缺失，未做任何改动"),
                &format!("{count} files of the backup are damaged or missing; nothing was changed"),
            )
        )))
    }
}
