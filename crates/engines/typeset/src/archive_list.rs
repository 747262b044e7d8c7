//! 归档移交清单 as data: what a department hands over to its archive, with places for signatures.

use chrono::NaiveDate;
use serde::Serialize;

/// One list. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveList {
    /// Number of the list.
    pub number: String,
    /// The department that hands over.
    pub organ: String,
    /// 全宗号
    pub fonds: String,
    /// Day on which it was made.
    pub made_on: NaiveDate,
    /// Who handed it over, and when; none until then.
    pub handed_over: Option<SignedBy>,
    /// Who received it, and when; none until then.
    pub received: Option<SignedBy>,
    /// The packages.
    pub rows: Vec<ArchiveRow>,
    /// Files in all packages.
    pub files: u64,
    /// Size of all files in words: 3.2 MB.
    pub size: String,
}

/// Somebody with the day of his signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedBy {
    /// Name.
    pub name: String,
    /// Day.
    pub on: NaiveDate,
}

/// One package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveRow {
    /// 档号
    pub archive_number: String,
    /// 办件编号
    pub case_number: String,
    /// Name of the item.
    pub item: String,
    /// 保管期限
    pub retention: String,
    /// Number of files.
    pub files: u64,
    /// SHA-256 of the package's list of files.
    pub sum: String,
    /// Remark: 退回 where it was sent back.
    pub remark: String,
}
