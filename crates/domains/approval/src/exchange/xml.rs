//! Exchange files as XML 1.0: an element for each case, in it one for each record, in it one for
//! each value.

use super::flats::{self, Reading};
use super::record::{Flat, take};
use super::records::CaseRecords;
use super::{ExchangeFile, ReadError, SCHEMA};

/// The elements around the records.
const FILE: &str = "ExchangeFile";
const CASE: &str = "Case";
const END: &str = "End";
const COUNT: &str = "Count";
const FAILED: &str = "Failed";

pub(super) fn open() -> String {
    flats::open(FILE, SCHEMA)
}

pub(super) fn case(case: &CaseRecords) -> String {
    let mut text = format!("<{CASE}>\n");
    for flat in case.flats() {
        flats::write(&mut text, &flat);
    }
    text.extend(["</", CASE, ">\n"]);
    text
}

pub(super) fn close(count: usize, failed: &[String]) -> String {
    let flat = Flat {
        key: END.to_owned(),
        fields: vec![
            (FAILED.to_owned(), failed.to_vec()),
            (COUNT.to_owned(), vec![count.to_string()]),
        ],
    };
    let mut text = String::new();
    flats::write(&mut text, &flat);
    text + &flats::close(FILE)
}

/// Reads a file.
pub fn read_xml(text: &str) -> Result<ExchangeFile, ReadError> {
    let mut reading = Reading::open(text, FILE, SCHEMA)?;
    let (mut file, mut said) = (ExchangeFile::default(), None);
    while let Some(element) = reading.begin()? {
        match flats::name(&element).as_str() {
            CASE => file.cases.push(read_case(&mut reading)?),
            END => {
                let mut fields = reading.record(END.to_owned())?.fields;
                let count = take(&mut fields, COUNT);
                said = count.first().and_then(|text| text.parse().ok());
                file.failed = take(&mut fields, FAILED);
            }
            other => return Err(ReadError::Unknown(other.to_owned())),
        }
    }
    reading.rest()?;
    let found = file.cases.len();
    if said != Some(found) {
        return Err(ReadError::Count { said, found });
    }
    Ok(file)
}

fn read_case(reading: &mut Reading<'_>) -> Result<CaseRecords, ReadError> {
    let mut flats = Vec::new();
    while let Some(element) = reading.begin()? {
        flats.push(reading.record(flats::name(&element))?);
    }
    CaseRecords::from_flats(flats)
}
