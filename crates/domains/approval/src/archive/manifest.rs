//! The manifest: facts about what is archived, the files, and their totals.

use crate::exchange::ReadError;
use crate::exchange::flats::{self, Reading};
use crate::exchange::record::{Flat, take};

use super::SCHEMA;

const ROOT: &str = "归档信息包";
const FACTS: &str = "元数据";
const FILE: &str = "文件";
const TOTALS: &str = "总计";
const COUNT: &str = "文件数";
const SIZE: &str = "字节数";
const LISTING: &str = "文件目录摘要";

/// A file of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it lies in the package.
    pub path: String,
    /// What it is: 申请表, 申请材料 …
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Name under which it was handed in; empty for what the office made.
    pub original: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What a package says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Facts: name and value, in order; a name may come more than once.
    pub facts: Vec<(String, String)>,
    /// The files, in order.
    pub files: Vec<FileEntry>,
    /// SHA-256 of `files.sha256`.
    pub listing: String,
}

impl FileEntry {
    fn flat(&self) -> Flat {
        let size = self.size.to_string();
        let fields = [
            ("路径", &self.path),
            ("类别", &self.kind),
            ("题名", &self.title),
            ("原文件名", &self.original),
            ("格式", &self.media_type),
            (SIZE, &size),
            ("SHA-256", &self.sha256),
        ];
        flat(FILE, &fields)
    }

    fn from_flat(mut read: Flat) -> Result<Self, ReadError> {
        let mut text = |key| take(&mut read.fields, key).into_iter().next();
        Ok(Self {
            path: text("路径").unwrap_or_default(),
            kind: text("类别").unwrap_or_default(),
            title: text("题名").unwrap_or_default(),
            original: text("原文件名").unwrap_or_default(),
            media_type: text("格式").unwrap_or_default(),
            size: number(FILE, text(SIZE))?,
            sha256: text("SHA-256").unwrap_or_default(),
        })
    }
}

fn flat(key: &str, fields: &[(&str, &String)]) -> Flat {
    let held = fields.iter().filter(|(_, text)| !text.is_empty());
    Flat {
        key: key.to_owned(),
        fields: held
            .map(|(key, text)| ((*key).to_owned(), vec![(*text).clone()]))
            .collect(),
    }
}

fn number(record: &'static str, text: Option<String>) -> Result<u64, ReadError> {
    let wrong = ReadError::Value {
        record,
        field: SIZE,
    };
    text.and_then(|text| text.parse().ok()).ok_or(wrong)
}

/// The list of files as `sha256sum` writes it.
pub(super) fn listing(files: &[FileEntry]) -> String {
    let lines = files.iter().map(|file| line(&file.sha256, &file.path));
    lines.collect()
}

/// A line of `sha256sum`.
pub(super) fn line(sum: &str, path: &str) -> String {
    format!("{sum}  {path}\n")
}

impl Manifest {
    /// The first value of a fact.
    pub fn fact(&self, name: &str) -> Option<&str> {
        let found = self.facts.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Bytes of all files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// As XML.
    pub fn to_xml(&self) -> String {
        let mut text = flats::open(ROOT, SCHEMA);
        let facts = self.facts.iter().filter(|(_, value)| !value.is_empty());
        let facts = Flat {
            key: FACTS.to_owned(),
            fields: facts
                .map(|(key, value)| (key.clone(), vec![value.clone()]))
                .collect(),
        };
        flats::write(&mut text, &facts);
        for file in &self.files {
            flats::write(&mut text, &file.flat());
        }
        let (count, size) = (self.files.len().to_string(), self.size().to_string());
        let totals = [(COUNT, &count), (SIZE, &size), (LISTING, &self.listing)];
        flats::write(&mut text, &flat(TOTALS, &totals));
        text + &flats::close(ROOT)
    }

    /// Reads it. One whose totals are not those of its files was altered.
    ///
    /// # Errors
    /// Where it is no manifest, or not whole.
    pub fn from_xml(text: &str) -> Result<Self, ReadError> {
        let mut reading = Reading::open(text, ROOT, SCHEMA)?;
        let (mut manifest, mut said) = (Self::default(), None);
        while let Some(element) = reading.begin()? {
            let key = flats::name(&element);
            let mut read = reading.record(key.clone())?;
            match key.as_str() {
                FACTS => {
                    let several = read.fields.into_iter();
                    manifest.facts = several
                        .flat_map(|(key, values)| {
                            values.into_iter().map(move |value| (key.clone(), value))
                        })
                        .collect();
                }
                FILE => manifest.files.push(FileEntry::from_flat(read)?),
                TOTALS => {
                    let count = take(&mut read.fields, COUNT).into_iter().next();
                    let size = take(&mut read.fields, SIZE).into_iter().next();
                    said = Some((number(TOTALS, count)?, number(TOTALS, size)?));
                    let listing = take(&mut read.fields, LISTING).into_iter().next();
                    manifest.listing = listing.unwrap_or_default();
                }
                _ => return Err(ReadError::Unknown(key)),
            }
        }
        reading.rest()?;
        let found = manifest.files.len();
        let (count, size) = said.unwrap_or_default();
        if count != found as u64 || size != manifest.size() {
            let said = said.and_then(|(count, _)| usize::try_from(count).ok());
            return Err(ReadError::Count { said, found });
        }
        Ok(manifest)
    }
}
