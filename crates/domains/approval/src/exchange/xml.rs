//! Exchange files as XML 1.0: an element for each case, in it one for each record, in it one for
//! each value.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::record::{Flat, take};
use super::records::CaseRecords;
use super::text::{SPELLED, escape, spell, unspell};
use super::{ExchangeFile, ReadError, SCHEMA};

/// The elements around the records.
const FILE: &str = "ExchangeFile";
const CASE: &str = "Case";
const END: &str = "End";
const COUNT: &str = "Count";
const FAILED: &str = "Failed";
const SCHEMA_NAME: &str = "schema";

pub(super) fn open() -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{FILE} {SCHEMA_NAME}=\"{SCHEMA}\">\n")
}

pub(super) fn case(case: &CaseRecords) -> String {
    let mut text = format!("<{CASE}>\n");
    for flat in case.flats() {
        record(&mut text, &flat);
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
    record(&mut text, &flat);
    text.extend(["</", FILE, ">\n"]);
    text
}

fn record(text: &mut String, flat: &Flat) {
    text.extend(["<", &flat.key, ">"]);
    for (key, values) in &flat.fields {
        for value in values {
            let (value, spelled) = spell(value);
            text.extend(["<", key]);
            if spelled {
                text.extend([" ", SPELLED, "=\"true\""]);
            }
            text.extend([">", &escape(&value), "</", key, ">"]);
        }
    }
    text.extend(["</", &flat.key, ">\n"]);
}

/// Reads a file.
pub fn read_xml(text: &str) -> Result<ExchangeFile, ReadError> {
    let mut reading = Reading {
        reader: Reader::from_str(text),
        file: ExchangeFile::default(),
        said: None,
    };
    match reading.begin()? {
        Some(file) if name(&file) == FILE => check_schema(&file)?,
        Some(other) => return Err(ReadError::Unknown(name(&other))),
        None => return Err(malformed("nothing is there")),
    }
    while let Some(element) = reading.begin()? {
        match name(&element).as_str() {
            CASE => reading.case()?,
            END => reading.end()?,
            other => return Err(ReadError::Unknown(other.to_owned())),
        }
    }
    reading.rest()?;
    let found = reading.file.cases.len();
    if reading.said != Some(found) {
        let said = reading.said;
        return Err(ReadError::Count { said, found });
    }
    Ok(reading.file)
}

fn malformed(error: impl ToString) -> ReadError {
    ReadError::Malformed(error.to_string())
}

fn name(element: &BytesStart<'_>) -> String {
    element.name().as_ref().to_owned()
}

fn check_schema(file: &BytesStart<'_>) -> Result<(), ReadError> {
    let found = file.try_get_attribute(SCHEMA_NAME).map_err(malformed)?;
    let found = found.map(|one| one.value.into_owned()).unwrap_or_default();
    if found == SCHEMA {
        Ok(())
    } else {
        Err(ReadError::Schema(found))
    }
}

struct Reading<'a> {
    reader: Reader<&'a [u8]>,
    file: ExchangeFile,
    said: Option<usize>,
}

impl<'a> Reading<'a> {
    /// Behind the last element nothing may come.
    fn rest(&mut self) -> Result<(), ReadError> {
        match self.reader.read_event().map_err(malformed)? {
            Event::Eof => Ok(()),
            Event::Text(text) if text.trim().is_empty() => self.rest(),
            other => Err(malformed(format!("{other:?} has no place here"))),
        }
    }

    /// The element that begins next; `None` where the one around it ends.
    fn begin(&mut self) -> Result<Option<BytesStart<'a>>, ReadError> {
        loop {
            match self.reader.read_event().map_err(malformed)? {
                Event::Start(element) => return Ok(Some(element)),
                Event::End(_) => return Ok(None),
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Decl(_) | Event::Comment(_) => {}
                other => return Err(malformed(format!("{other:?} has no place here"))),
            }
        }
    }

    fn case(&mut self) -> Result<(), ReadError> {
        let mut flats = Vec::new();
        while let Some(element) = self.begin()? {
            flats.push(self.record(name(&element))?);
        }
        self.file.cases.push(CaseRecords::from_flats(flats)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), ReadError> {
        let mut fields = self.record(END.to_owned())?.fields;
        let count = take(&mut fields, COUNT);
        self.said = count.first().and_then(|text| text.parse().ok());
        self.file.failed = take(&mut fields, FAILED);
        Ok(())
    }

    fn record(&mut self, key: String) -> Result<Flat, ReadError> {
        let mut fields: Vec<(String, Vec<String>)> = Vec::new();
        while let Some(element) = self.begin()? {
            let (key, text) = (name(&element), self.text(&element)?);
            match fields.iter_mut().find(|(found, _)| *found == key) {
                Some((_, texts)) => texts.push(text),
                None => fields.push((key, vec![text])),
            }
        }
        Ok(Flat { key, fields })
    }

    fn text(&mut self, element: &BytesStart<'_>) -> Result<String, ReadError> {
        let spelled = element.try_get_attribute(SPELLED).map_err(malformed)?;
        let mut text = String::new();
        loop {
            match self.reader.read_event().map_err(malformed)? {
                Event::Text(part) => text.push_str(&part.xml_content(XmlVersion::Explicit1_0)),
                Event::CData(part) => text.push_str(&part.xml_content(XmlVersion::Explicit1_0)),
                Event::GeneralRef(part) => match part.resolve_char_ref().map_err(malformed)? {
                    Some(c) => text.push(c),
                    None => text.push_str(entity(&part).ok_or_else(|| malformed(&*part))?),
                },
                Event::End(_) => break,
                Event::Comment(_) => {}
                other => return Err(malformed(format!("{other:?} has no place in a text"))),
            }
        }
        if spelled.is_none() {
            return Ok(text);
        }
        unspell(&text).ok_or_else(|| malformed("a spelled text is not spelled"))
    }
}

fn entity(name: &str) -> Option<&'static str> {
    match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    }
}
