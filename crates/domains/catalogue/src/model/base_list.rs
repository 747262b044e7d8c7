//! Lists of base items as files: CSV as spreadsheets write it, and the JSON of another installation.
//! Cells may hold codes or the Chinese words; what the export writes is read again.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_calendar::Term;
use tb_contract::item::{ExerciseLevel, ItemType, LegalBasis};
use utoipa::ToSchema;

use crate::error::field;
use crate::model::base_item::{BaseItem, tidy};
use crate::model::package::harmless;
use crate::model::row::{RowNote, opened};
use crate::model::{list_text, word};

/// By what a package is known.
const FORMAT: &str = "tongban.base_items";
/// The version of the package that this program writes and reads.
const VERSION: u32 = 1;

/// The columns, each with the heading that people write.
const COLUMNS: [(&str, &str); 9] = [
    ("base_code", "基本编码"),
    ("name", "事项名称"),
    ("item_type", "事项类型"),
    ("organ", "主管条线"),
    ("levels", "行使层级"),
    ("legal_term", "法定时限"),
    ("legal_bases", "设定依据"),
    ("note", "备注"),
    ("effective_from", "施行日期"),
];

/// The types by their names.
const TYPES: [(&str, &str); 11] = [
    ("行政许可", "01"),
    ("行政处罚", "02"),
    ("行政强制", "03"),
    ("行政征收", "04"),
    ("行政给付", "05"),
    ("行政检查", "06"),
    ("行政确认", "07"),
    ("行政奖励", "08"),
    ("行政裁决", "09"),
    ("其他行政权力", "10"),
    ("公共服务", "20"),
];

/// The first character of a level's name.
const LEVELS: [(char, char); 8] = [
    ('国', '1'),
    ('省', '2'),
    ('市', '3'),
    ('县', '4'),
    ('区', '4'),
    ('镇', '5'),
    ('乡', '5'),
    ('村', '6'),
];

/// Base items on their way to another installation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct BasePackage {
    /// `tongban.base_items`.
    pub format: String,
    /// Version of the format, 1.
    pub version: u32,
    /// When it was written.
    pub exported_at: DateTime<Utc>,
    /// The base items.
    pub items: Vec<BaseItem>,
}

impl BasePackage {
    pub(crate) fn new(exported_at: DateTime<Utc>, items: Vec<BaseItem>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            exported_at,
            items,
        }
    }
}

/// A file that has been read: each row by its line, one that cannot be read with the reason.
#[derive(Debug, Default)]
pub(crate) struct BaseList {
    pub rows: Vec<(u64, BaseItem)>,
    pub warnings: Vec<RowNote>,
    pub rejected: Vec<RowNote>,
    /// The columns that the file has; none where it says everything.
    pub columns: Option<BTreeSet<&'static str>>,
}

/// Reads a package or a list; the error is the reader's own words.
pub(crate) fn read(bytes: &[u8]) -> Result<BaseList, String> {
    let text = list_text::decode(bytes).ok_or("UTF-8, GB 18030")?;
    if text.trim_start().starts_with('{') {
        read_package(&text)
    } else {
        read_csv(&text)
    }
}

fn read_package(text: &str) -> Result<BaseList, String> {
    let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let format = file.get("format").and_then(Value::as_str);
    let version = file.get("version").and_then(Value::as_u64);
    if format != Some(FORMAT) || version != Some(u64::from(VERSION)) {
        return Err(format!("format ≠ {FORMAT} {VERSION}"));
    }
    let items = file.get("items").and_then(Value::as_array);
    let mut list = BaseList::default();
    for (at, item) in (1_u64..).zip(items.ok_or("items")?) {
        match serde_json::from_value::<BaseItem>(item.clone()) {
            Ok(item) => list.rows.push((at, tidy(item))),
            Err(error) => {
                let reason = error.to_string();
                let note = RowNote::new(at, field::PACKAGE_ITEM, &[("reason", &reason)]);
                list.rejected.push(note);
            }
        }
    }
    Ok(list)
}

fn read_csv(text: &str) -> Result<BaseList, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let places = places(&headers)?;
    let mut list = BaseList {
        columns: Some(places.keys().copied().collect()),
        ..BaseList::default()
    };
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let read = opened(line, &record, headers.len()).and_then(|(cells, warning)| {
            list.warnings.extend(warning);
            let cell = |name: &str| {
                let at = places.get(name).copied();
                at.and_then(|at| cells.get(at)).unwrap_or_default()
            };
            row(line, cell)
        });
        match read {
            Ok(item) => list.rows.push((line, item)),
            Err(note) => list.rejected.push(note),
        }
    }
    Ok(list)
}

/// Where the columns stand; a file without those that every row needs is no list at all.
fn places(headers: &csv::StringRecord) -> Result<HashMap<&'static str, usize>, String> {
    let mut places = HashMap::new();
    for (name, written) in COLUMNS {
        let found = headers
            .iter()
            .position(|header| header == name || header == written);
        if let Some(at) = found {
            places.insert(name, at);
        }
    }
    let missing: Vec<&str> = ["base_code", "name", "item_type"]
        .into_iter()
        .filter(|wanted| !places.contains_key(wanted))
        .collect();
    if missing.is_empty() {
        Ok(places)
    } else {
        Err(missing.join(", "))
    }
}

fn row<'a>(line: u64, cell: impl Fn(&str) -> &'a str) -> Result<BaseItem, RowNote> {
    let bad = |code, name: &str, value: &str| RowNote::new(line, code, &[(name, value)]);
    let written = cell("item_type");
    let item_type = item_type(written).ok_or_else(|| bad(field::ROW_TYPE, "type", written))?;
    let written = cell("levels");
    let levels = levels(written).ok_or_else(|| bad(field::BASE_LEVELS, "levels", written))?;
    let written = cell("legal_term");
    let legal_term = match written {
        "" | "无" => None,
        text => Some(
            text.parse::<Term>()
                .map_err(|_| bad(field::BASE_TERM, "term", text))?,
        ),
    };
    let written = cell("effective_from");
    let effective_from = match written {
        "" => None,
        text => Some(
            text.replace(['/', '.'], "-")
                .parse()
                .map_err(|_| bad(field::BASE_DAY, "day", text))?,
        ),
    };
    Ok(tidy(BaseItem {
        code: cell("base_code").trim_start_matches('\'').to_owned(),
        name: cell("name").to_owned(),
        item_type,
        organ: cell("organ").to_owned(),
        levels,
        legal_term,
        legal_bases: bases(cell("legal_bases")),
        note: cell("note").to_owned(),
        effective_from,
        sample: false,
    }))
}

fn item_type(text: &str) -> Option<ItemType> {
    let named = TYPES.iter().find(|(name, _)| *name == text);
    ItemType::from_code(named.map_or(text, |(_, code)| code))
}

/// Levels by their words, digits or names; `None` where one is none of these.
fn levels(text: &str) -> Option<Vec<ExerciseLevel>> {
    text.split([' ', ',', '、', '，', ';', '；', '/'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let first = part.chars().next()?;
            let named = LEVELS.iter().find(|(name, _)| *name == first);
            ExerciseLevel::from_digit(named.map_or(first, |(_, digit)| *digit))
                .or_else(|| serde_json::from_value(Value::String(part.to_owned())).ok())
        })
        .collect()
}

/// `《某法》第三条；《某条例》`: the law in its brackets, the article behind it.
fn bases(text: &str) -> Vec<LegalBasis> {
    let parts = text.split(['；', ';', '\n']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|part| {
            let inner = part
                .strip_prefix('《')
                .and_then(|rest| rest.split_once('》'));
            let (name, article) = inner.unwrap_or((part, ""));
            LegalBasis {
                name: name.trim().to_owned(),
                number: String::new(),
                article: article.trim().to_owned(),
                text: String::new(),
                issuer: String::new(),
                date: None,
            }
        })
        .collect()
}

/// The list as CSV, with the mark by which spreadsheets know UTF-8.
pub(crate) fn csv(items: &[BaseItem]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for item in items {
        let levels: Vec<String> = item.levels.iter().map(word).collect();
        let bases: Vec<String> = item
            .legal_bases
            .iter()
            .map(|basis| format!("《{}》{}", basis.name, basis.article))
            .collect();
        let cells = [
            item.code.clone(),
            item.name.clone(),
            word(&item.item_type),
            item.organ.clone(),
            levels.join(" "),
            item.legal_term.map_or_else(String::new, |t| t.to_string()),
            bases.join("；"),
            item.note.clone(),
            item.effective_from
                .map_or_else(String::new, |day| day.to_string()),
        ];
        writer.write_record(cells.map(harmless))?;
    }
    writer
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()).into())
}

/// What a list says of a base item that is known: parts that it has no columns for stay.
pub(crate) fn over(
    known: &BaseItem,
    mut row: BaseItem,
    columns: Option<&BTreeSet<&'static str>>,
) -> BaseItem {
    let is_silent = |name: &str| columns.is_some_and(|columns| !columns.contains(name));
    row.sample = known.sample;
    if is_silent("organ") {
        row.organ.clone_from(&known.organ);
    }
    if is_silent("levels") {
        row.levels.clone_from(&known.levels);
    }
    if is_silent("legal_term") {
        row.legal_term = known.legal_term;
    }
    if is_silent("legal_bases") {
        row.legal_bases.clone_from(&known.legal_bases);
    }
    if is_silent("note") {
        row.note.clone_from(&known.note);
    }
    if is_silent("effective_from") {
        row.effective_from = known.effective_from;
    }
    for basis in &mut row.legal_bases {
        let same = |one: &&LegalBasis| one.name == basis.name && one.article == basis.article;
        if let Some(kept) = known.legal_bases.iter().find(same)
            && basis.text.is_empty()
        {
            basis.clone_from(kept);
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use tb_contract::item::ExerciseLevel::{City, County};

    use super::*;

    const LIST: &str = "基本编码,事项名称,事项类型,行使层级,法定时限,设定依据,施行日期\n\
        432099001000,失业登记,公共服务,市级、县级,10个工作日,《就业促进法》第三十五条；《社会保险法》,2026/1/1\n\
        430199008000,食品经营许可,1,county 3,,,\n";

    #[test]
    fn what_people_write_is_read() {
        let list = read(LIST.as_bytes()).unwrap();
        assert_eq!(list.rejected, []);
        let (line, first) = &list.rows[0];
        assert_eq!((*line, first.item_type), (2, ItemType::PublicService));
        assert_eq!(first.levels, [City, County]);
        assert_eq!(first.legal_term, Some(Term::working_days(10)));
        let laws: Vec<_> = first
            .legal_bases
            .iter()
            .map(|one| (one.name.as_str(), one.article.as_str()))
            .collect();
        assert_eq!(laws, [("就业促进法", "第三十五条"), ("社会保险法", "")]);
        assert_eq!(first.effective_from.unwrap().to_string(), "2026-01-01");
        assert_eq!(list.rows[1].1.levels, [City, County]);
    }

    #[test]
    fn a_list_takes_nothing_away_that_it_has_no_column_for() {
        let known = read(LIST.as_bytes()).unwrap().rows.remove(0).1;
        let short = "基本编码,事项名称,事项类型,设定依据\n432099001000,失业登记（新）,公共服务,\n";
        let list = read(short.as_bytes()).unwrap();
        let row = list.rows[0].1.clone();
        let after = over(&known, row, list.columns.as_ref());
        assert_eq!(after.name, "失业登记（新）");
        assert_eq!(
            after.legal_bases,
            [],
            "a column that is there and empty says so"
        );
        let rest = BaseItem {
            name: after.name.clone(),
            legal_bases: Vec::new(),
            ..known
        };
        assert_eq!(after, rest);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let items: Vec<BaseItem> = read(LIST.as_bytes())
            .unwrap()
            .rows
            .into_iter()
            .map(|(_, item)| item)
            .collect();
        let again = read(&csv(&items).unwrap()).unwrap();
        let again: Vec<BaseItem> = again.rows.into_iter().map(|(_, item)| item).collect();
        assert_eq!(again, items);
    }

    #[test]
    fn a_bad_cell_costs_its_row_only() {
        let list = "base_code,name,item_type,levels,legal_term,effective_from\n\
            a,甲,99,,,\na,乙,20,星级,,\na,丙,20,,3天,\na,丁,20,,,明天\na,戊,20,,无,\n";
        let list = read(list.as_bytes()).unwrap();
        let codes: Vec<_> = list
            .rejected
            .iter()
            .map(|note| note.code.as_str())
            .collect();
        assert_eq!(
            codes,
            [
                field::ROW_TYPE,
                field::BASE_LEVELS,
                field::BASE_TERM,
                field::BASE_DAY
            ]
        );
        assert_eq!(list.rows.len(), 1);
        assert!(read("name\n甲\n".as_bytes()).is_err());
        assert!(read(br#"{"format":"tongban.items","version":1,"items":[]}"#).is_err());
    }
}
