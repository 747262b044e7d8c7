//! The demo city's files say what the program can read, and agree with each other: a wrong code,
//! a dead reference or a form that cannot be filled in is found here, not at `tongban demo`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod city;
mod forms;
mod items;
mod licences;
mod sites;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;
use tb_contract::item::ItemDocument;
use tb_kernel::Region;

/// A row of `departments.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Department {
    code: String,
    name: String,
    short_name: String,
    region: Region,
    kind: String,
    phone: String,
    address: String,
    sample: bool,
    #[serde(default)]
    import_names: Vec<String>,
}

fn demo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_str(&std::fs::read_to_string(demo().join(name)).unwrap()).unwrap()
}

/// Every item with its file name and its JSON as it stands there.
fn items() -> Vec<(String, Value, ItemDocument)> {
    let mut files: Vec<_> = std::fs::read_dir(demo().join("items"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read_item = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let json: Value = read(&format!("items/{name}"));
        let item = serde_json::from_value(json.clone()).unwrap();
        (name, json, item)
    };
    files.into_iter().map(read_item).collect()
}

fn departments() -> BTreeMap<String, Department> {
    let rows: Vec<Department> = read("departments.json");
    let count = rows.len();
    let by_code: BTreeMap<_, _> = rows
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect();
    assert_eq!(by_code.len(), count, "a department code stands twice");
    by_code
}

fn assert_unique<'a>(what: &str, keys: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for key in keys {
        assert!(seen.insert(key), "{what}: {key} stands twice");
    }
}
