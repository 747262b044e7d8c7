//! Checks a package by what it says of itself, on any machine: structure, sums, the list of files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::manifest::{line, listing};
use super::pack::sum_of;
use super::{FILES, MANIFEST, Manifest, SEAL};

/// The longest manifest or list of files that is read.
const MOST_TEXT: u64 = 64 * 1024 * 1024;
/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// A package that is what it says.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its manifest.
    pub manifest: Manifest,
    /// SHA-256 of the manifest: what stands on a hand-over list pins the whole package.
    pub seal: String,
}

/// What is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is no ZIP, was cut off, or a part of it cannot be read.
    #[error("no readable package, or cut off: {0}")]
    Unreadable(String),
    /// Manifest, list of files or their sums are not there.
    #[error("{0} is missing")]
    Missing(String),
    /// The manifest cannot be read, or its totals are not those of its files.
    #[error("the manifest is not well-formed or not whole: {0}")]
    Manifest(String),
    /// A file is another than the one that was packed.
    #[error("{0} was altered")]
    Altered(String),
    /// A file that the manifest does not list.
    #[error("{0} is not in the manifest")]
    Unlisted(String),
    /// The same path twice.
    #[error("{0} is there twice")]
    Twice(String),
}

impl Flaw {
    /// In Chinese.
    pub fn chinese(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("不是可读取的归档信息包，或者文件不完整：{why}"),
            Self::Missing(path) => format!("缺少文件：{path}"),
            Self::Manifest(why) => format!("归档信息包的说明文件有误或者不完整：{why}"),
            Self::Altered(path) => format!("文件已被改动：{path}"),
            Self::Unlisted(path) => format!("有说明文件未列出的文件：{path}"),
            Self::Twice(path) => format!("文件重复：{path}"),
        }
    }

    /// What it is about: a path, or the reader's words.
    pub fn about(&self) -> &str {
        match self {
            Self::Unreadable(about)
            | Self::Missing(about)
            | Self::Manifest(about)
            | Self::Altered(about)
            | Self::Unlisted(about)
            | Self::Twice(about) => about,
        }
    }
}

fn unreadable(error: impl ToString) -> Flaw {
    Flaw::Unreadable(error.to_string())
}

/// Checks a package. Blocks.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(package: impl Read + Seek) -> Result<Report, Flaw> {
    let mut zip = ZipArchive::new(package).map_err(unreadable)?;
    let xml = text(&mut zip, MANIFEST)?;
    let sums = text(&mut zip, FILES)?;
    let seal = sum_of(xml.as_bytes());
    let sealed = line(&seal, MANIFEST) + &line(&sum_of(sums.as_bytes()), FILES);
    if text(&mut zip, SEAL)? != sealed {
        return Err(Flaw::Altered(MANIFEST.to_owned()));
    }
    let manifest = Manifest::from_xml(&xml).map_err(|error| Flaw::Manifest(error.to_string()))?;
    if manifest.listing != sum_of(sums.as_bytes()) || listing(&manifest.files) != sums {
        return Err(Flaw::Altered(FILES.to_owned()));
    }
    files(&mut zip, &manifest)?;
    Ok(Report { manifest, seal })
}

fn text<R: Read + Seek>(zip: &mut ZipArchive<R>, path: &str) -> Result<String, Flaw> {
    let file = match zip.by_name(path) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Err(Flaw::Missing(path.to_owned())),
        Err(error) => return Err(unreadable(error)),
    };
    let mut text = String::new();
    file.take(MOST_TEXT)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    Ok(text)
}

/// Every file of the manifest is there as it was packed, and no other.
fn files<R: Read + Seek>(zip: &mut ZipArchive<R>, manifest: &Manifest) -> Result<(), Flaw> {
    let listed: BTreeMap<&str, _> = manifest
        .files
        .iter()
        .map(|file| (file.path.as_str(), (file.size, file.sha256.as_str())))
        .collect();
    if listed.len() != manifest.files.len() {
        return Err(Flaw::Manifest("文件重复".to_owned()));
    }
    let mut found = BTreeSet::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).map_err(unreadable)?;
        let path = file.name().map_err(unreadable)?.into_owned();
        if !found.insert(path.clone()) {
            return Err(Flaw::Twice(path));
        }
        if [MANIFEST, FILES, SEAL].contains(&path.as_str()) {
            continue;
        }
        let Some((size, sum)) = listed.get(path.as_str()) else {
            return Err(Flaw::Unlisted(path));
        };
        if read(&mut file, *size).map_err(|_| Flaw::Altered(path.clone()))? != **sum {
            return Err(Flaw::Altered(path));
        }
    }
    let missing = listed.keys().find(|path| !found.contains(**path));
    missing.map_or(Ok(()), |path| Err(Flaw::Missing((*path).to_owned())))
}

/// The sum of a file that has a size; of a longer one no more than a byte is read.
fn read(file: &mut impl Read, size: u64) -> std::io::Result<String> {
    let (mut sum, mut length, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    let mut file = file.take(size.saturating_add(1));
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        length += read as u64;
        sum.update(piece.get(..read).unwrap_or_default());
    }
    if length == size {
        Ok(hex::encode(sum.finalize()))
    } else {
        Err(std::io::Error::other("another size"))
    }
}
