//! The file in which items go from one installation to another, and the rows of the flat list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::item::ItemDocument;
use utoipa::ToSchema;

use crate::model::{ItemStatus, word};

/// By what a package is known.
const FORMAT: &str = "tongban.items";
/// The version of the package that this program writes and reads.
const VERSION: u32 = 1;

/// Items on their way to another installation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemPackage {
    /// `tongban.items`.
    pub format: String,
    /// Version of the format, 1.
    pub version: u32,
    /// When it was written.
    pub exported_at: DateTime<Utc>,
    /// The items.
    pub items: Vec<PackedItem>,
    /// The blank forms and samples that they name, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<PackedFile>,
}

/// A file of a package.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PackedFile {
    /// SHA-256 over name and content, as hex, by which items name it.
    pub sum: String,
    /// Its name.
    pub name: String,
    /// Its content in base64.
    pub content: String,
}

/// One item of a package: its working copy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PackedItem {
    /// Where it stood.
    pub status: ItemStatus,
    /// Its newest published version; 0: none.
    pub published_version: i64,
    /// Code of the item that it is derived from, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The description.
    pub item: ItemDocument,
}

impl ItemPackage {
    pub(crate) fn new(
        exported_at: DateTime<Utc>,
        items: Vec<PackedItem>,
        files: Vec<PackedFile>,
    ) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            exported_at,
            items,
            files,
        }
    }
}

/// A package that has been read, each item by itself: one that cannot be read does not spoil the
/// others. Files that cannot be read are left out.
#[derive(Debug)]
pub(crate) struct ReadPackage {
    pub items: Vec<Result<ReadItem, String>>,
    pub files: Vec<PackedFile>,
}

/// An item of a package that has been read.
#[derive(Debug, Deserialize)]
pub(crate) struct ReadItem {
    #[serde(default)]
    pub parent: Option<String>,
    pub item: ItemDocument,
}

/// Reads a package.
pub(crate) fn read(bytes: &[u8]) -> Result<ReadPackage, String> {
    let mut file: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let format = file.get("format").and_then(Value::as_str);
    let version = file.get("version").and_then(Value::as_u64);
    if format != Some(FORMAT) || version != Some(u64::from(VERSION)) {
        return Err(format!("format ≠ {FORMAT} {VERSION}"));
    }
    let items = file.get("items").and_then(Value::as_array);
    let items = items.ok_or("items")?;
    let items = items
        .iter()
        .map(|packed| serde_json::from_value(packed.clone()).map_err(|error| error.to_string()))
        .collect();
    let files = match file.get_mut("files").map(Value::take) {
        Some(Value::Array(files)) => files,
        _ => Vec::new(),
    };
    let files = files.into_iter().map(serde_json::from_value);
    Ok(ReadPackage {
        items,
        files: files.filter_map(Result::ok).collect(),
    })
}

/// The cells of items in a flat list, in the order of its columns.
pub(crate) fn rows(items: &[PackedItem]) -> Vec<Vec<String>> {
    items.iter().map(cells).collect()
}

fn cells(packed: &PackedItem) -> Vec<String> {
    let item = &packed.item;
    let audience: Vec<String> = item.audience.iter().map(word).collect();
    let term = |term: Option<tb_calendar::Term>| term.map_or_else(String::new, |t| t.to_string());
    vec![
        item.department_name.clone(),
        item.category.clone(),
        item.name.clone(),
        item.code.clone(),
        word(&item.item_type),
        item.department_code.clone(),
        item.business_code.clone().unwrap_or_default(),
        item.region.as_str().to_owned(),
        packed.status.as_str().to_owned(),
        packed.published_version.to_string(),
        audience.join(" "),
        word(&item.case_kind),
        term(item.legal_term),
        term(item.promised_term),
        item.visits.to_string(),
        item.online_depth.to_string(),
        packed.parent.clone().unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_packages_are_read_and_one_bad_item_spoils_no_other() {
        assert!(read(b"[]").is_err() && read(b"{").is_err());
        assert!(read(br#"{"format":"tongban.items","version":2,"items":[]}"#).is_err());
        let file = br#"{"format":"tongban.items","version":1,"items":[{"item":{"code":1}},{}]}"#;
        let items = read(file).unwrap().items;
        assert!(items.len() == 2 && items.iter().all(Result::is_err));
    }
}
