//! Records as XML 1.0, one element each and in it one for each value: what exchange files and the
//! manifests of archive packages share.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::ReadError;
use super::record::Flat;
use super::text::{SPELLED, escape, spell, unspell};

const SCHEMA_NAME: &str = "schema";

/// Begins a file of a schema.
pub(crate) fn open(file: &str, schema: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{file} {SCHEMA_NAME}=\"{schema}\">\n")
}

/// Ends it.
pub(crate) fn close(file: &str) -> String {
    format!("</{file}>\n")
}

/// Writes a record.
pub(crate) fn write(text: &mut String, flat: &Flat) {
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

fn malformed(error: impl ToString) -> ReadError {
    ReadError::Malformed(error.to_string())
}

/// The name of an element.
pub(crate) fn name(element: &BytesStart<'_>) -> String {
    element.name().as_ref().to_owned()
}

/// Reads a file element by element.
pub(crate) struct Reading<'a> {
    reader: Reader<&'a [u8]>,
}

impl<'a> Reading<'a> {
    /// Begins a file of a schema.
    pub(crate) fn open(text: &'a str, file: &str, schema: &str) -> Result<Self, ReadError> {
        let mut reading = Self {
            reader: Reader::from_str(text),
        };
        match reading.begin()? {
            Some(found) if name(&found) == file => check_schema(&found, schema)?,
            Some(other) => return Err(ReadError::Unknown(name(&other))),
            None => return Err(malformed("nothing is there")),
        }
        Ok(reading)
    }

    /// Behind the last element nothing may come.
    pub(crate) fn rest(&mut self) -> Result<(), ReadError> {
        match self.reader.read_event().map_err(malformed)? {
            Event::Eof => Ok(()),
            Event::Text(text) if text.trim().is_empty() => self.rest(),
            other => Err(malformed(format!("{other:?} has no place here"))),
        }
    }

    /// The element that begins next; `None` where the one around it ends.
    pub(crate) fn begin(&mut self) -> Result<Option<BytesStart<'a>>, ReadError> {
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

    /// The record of an element that has begun.
    pub(crate) fn record(&mut self, key: String) -> Result<Flat, ReadError> {
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

fn check_schema(file: &BytesStart<'_>, schema: &str) -> Result<(), ReadError> {
    let found = file.try_get_attribute(SCHEMA_NAME).map_err(malformed)?;
    let found = found.map(|one| one.value.into_owned()).unwrap_or_default();
    if found == schema {
        Ok(())
    } else {
        Err(ReadError::Schema(found))
    }
}
