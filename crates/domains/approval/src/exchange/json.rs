//! Exchange files as JSON: a record that may come several times is a list, every value is a text, a
//! field of many values a list of texts.

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::record::{Flat, Record};
use super::records::{Application, CaseRecords, names};
use super::{ExchangeFile, ReadError, SCHEMA};

pub(super) fn open() -> String {
    format!("{{\"Schema\":\"{SCHEMA}\",\"Cases\":[")
}

pub(super) fn case(is_first: bool, case: &CaseRecords) -> String {
    // Texts under texts: nothing here fails to be written.
    let text = serde_json::to_string(&Shown(&case.flats())).unwrap_or_default();
    format!("{}\n{text}", if is_first { "" } else { "," })
}

pub(super) fn close(count: usize, failed: &[String]) -> String {
    let failed = serde_json::to_string(failed).unwrap_or_default();
    format!("\n],\"Failed\":{failed},\"Count\":\"{count}\"}}\n")
}

/// Records in the order of the table, lists where a record may come several times.
struct Shown<'a>(&'a [Flat]);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for name in names() {
            let mut of_it = self.0.iter().filter(|flat| flat.key == name.key);
            if name.key == Application::NAME.key {
                if let Some(flat) = of_it.next() {
                    map.serialize_entry(name.key, &Fields(flat))?;
                }
                continue;
            }
            let list: Vec<Fields<'_>> = of_it.map(Fields).collect();
            if !list.is_empty() {
                map.serialize_entry(name.key, &list)?;
            }
        }
        map.end()
    }
}

struct Fields<'a>(&'a Flat);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let many = |key: &str| {
            names().iter().any(|name| {
                name.key == self.0.key && name.fields.iter().any(|one| one.key == key && one.many)
            })
        };
        let mut map = serializer.serialize_map(Some(self.0.fields.len()))?;
        for (key, texts) in &self.0.fields {
            match texts.first() {
                Some(text) if !many(key) => map.serialize_entry(key, text)?,
                _ => map.serialize_entry(key, texts)?,
            }
        }
        map.end()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Read {
    schema: String,
    cases: Vec<Map<String, Value>>,
    failed: Vec<String>,
    count: String,
}

/// Reads a file.
pub fn read_json(text: &str) -> Result<ExchangeFile, ReadError> {
    let malformed = |error: serde_json::Error| ReadError::Malformed(error.to_string());
    let read: Read = serde_json::from_str(text).map_err(malformed)?;
    if read.schema != SCHEMA {
        return Err(ReadError::Schema(read.schema));
    }
    let said = read.count.parse().ok();
    if said != Some(read.cases.len()) {
        let found = read.cases.len();
        return Err(ReadError::Count { said, found });
    }
    let cases: Result<Vec<_>, _> = read.cases.into_iter().map(case_of).collect();
    Ok(ExchangeFile {
        cases: cases?,
        failed: read.failed,
    })
}

fn case_of(records: Map<String, Value>) -> Result<CaseRecords, ReadError> {
    let mut flats = Vec::new();
    for (key, value) in records {
        let list = match value {
            Value::Array(list) => list,
            one => vec![one],
        };
        for one in list {
            flats.push(flat(key.clone(), one)?);
        }
    }
    CaseRecords::from_flats(flats)
}

fn flat(key: String, value: Value) -> Result<Flat, ReadError> {
    let Value::Object(map) = value else {
        return Err(ReadError::Unknown(key));
    };
    let mut fields = Vec::with_capacity(map.len());
    for (name, value) in map {
        let texts = match value {
            Value::Array(list) => list,
            one => vec![one],
        };
        let texts: Option<Vec<String>> = texts
            .into_iter()
            .map(|text| match text {
                Value::String(text) => Some(text),
                _ => None,
            })
            .collect();
        let texts = texts.ok_or_else(|| ReadError::Unknown(format!("{key}.{name}")))?;
        fields.push((name, texts));
    }
    Ok(Flat { key, fields })
}
