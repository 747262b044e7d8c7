//! The exchange records of a case (办件数据): what other systems of government take over. One case
//! comes to a set of records, each written only where it happened, as JSON or as XML, and both read
//! back without a loss by the reader beside the writer.

pub(crate) mod flats;
mod json;
mod leaf;
pub(crate) mod record;
mod records;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod xml;

pub use json::read_json;
pub use record::{FieldName, Flat, RecordName};
pub use records::{
    Acceptance, Application, Approval, CaseRecords, Collection, Completion, CorrectionAcceptance,
    CorrectionNotice, Material, PreAcceptance, SpecialProcedureRequest, SpecialProcedureResult,
    names, table,
};
pub use xml::read_xml;

use serde::{Deserialize, Serialize};

/// What a file says it is; a change of names or meaning changes the number.
pub const SCHEMA: &str = "tongban-case-exchange-1";

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JSON.
    Json,
    /// XML 1.0, UTF-8.
    Xml,
}

impl Format {
    /// Media type of a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
        }
    }

    /// Ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    /// Begins a file.
    pub fn open(self) -> String {
        match self {
            Self::Json => json::open(),
            Self::Xml => xml::open(),
        }
    }

    /// One case, behind others unless it is the first.
    pub fn case(self, is_first: bool, case: &CaseRecords) -> String {
        match self {
            Self::Json => json::case(is_first, case),
            Self::Xml => xml::case(case),
        }
    }

    /// Ends a file: how many cases it holds, and the numbers of those that could not be written. A
    /// file without this end is not whole.
    pub fn close(self, count: usize, failed: &[String]) -> String {
        match self {
            Self::Json => json::close(count, failed),
            Self::Xml => xml::close(count, failed),
        }
    }

    /// A whole file of these cases.
    pub fn file(self, cases: &[CaseRecords]) -> String {
        let mut text = self.open();
        for (n, case) in cases.iter().enumerate() {
            text.push_str(&self.case(n == 0, case));
        }
        text.push_str(&self.close(cases.len(), &[]));
        text
    }
}

/// A file as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeFile {
    /// The cases.
    pub cases: Vec<CaseRecords>,
    /// Numbers of cases that could not be written.
    pub failed: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON, or no XML.
    #[error("not well-formed: {0}")]
    Malformed(String),
    /// It says that it is something else.
    #[error("another schema: {0:?}")]
    Schema(String),
    /// An element that the schema does not know, or not in this place.
    #[error("unknown element {0:?}")]
    Unknown(String),
    /// A value that is none of its kind.
    #[error("{record}.{field} has a wrong value")]
    Value {
        /// Record.
        record: &'static str,
        /// Field.
        field: &'static str,
    },
    /// A case has no application, or two.
    #[error("a case needs one application")]
    Application,
    /// It was cut off, or altered: the number of cases is another.
    #[error("{said:?} cases were announced, {found} are there")]
    Count {
        /// As the file says.
        said: Option<usize>,
        /// As there are.
        found: usize,
    },
}
