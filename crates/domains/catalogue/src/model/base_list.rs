//! Lists of base items as files: CSV and workbooks, and the JSON of another installation.
//! Cells may hold codes or the Chinese words; what the export writes is read again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_calendar::Term;
use tb_contract::item::{ExerciseLevel, LegalBasis};
use tb_sheet::Unreadable;
use utoipa::ToSchema;

use crate::error::field;
use crate::model::base_item::{BaseItem, tidy};
use crate::model::columns::BASE_ITEMS;
use crate::model::row::{RowNote, type_of};
use crate::model::word;

/// By what a package is known.
const FORMAT: &str = "tongban.base_items";
/// The version of the package that this program writes and reads.
const VERSION: u32 = 1;

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
    pub columns: Option<BTreeSet<String>>,
}

/// Reads a package, or a list as CSV or workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<BaseList, Unreadable> {
    match tb_sheet::decode(bytes) {
        Some(text) if text.trim_start().starts_with('{') => {
            read_package(&text).map_err(Unreadable::Damaged)
        }
        _ => read_list(bytes),
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

fn read_list(bytes: &[u8]) -> Result<BaseList, Unreadable> {
    let read = tb_sheet::read(bytes, &BASE_ITEMS)?;
    let mut list = BaseList {
        columns: Some(read.columns),
        ..BaseList::default()
    };
    for read in read.rows {
        if read.opened {
            list.warnings
                .push(RowNote::new(read.line, field::ROW_ENTITIES, &[]));
        }
        let cells = read
            .cells
            .map_err(|flaw| RowNote::of_flaw(read.line, &flaw));
        match cells.and_then(|cells| row(read.line, |name| cells.get(name))) {
            Ok(item) => list.rows.push((read.line, item)),
            Err(note) => list.rejected.push(note),
        }
    }
    Ok(list)
}

fn row<'a>(line: u64, cell: impl Fn(&str) -> &'a str) -> Result<BaseItem, RowNote> {
    let bad = |code, name: &str, value: &str| RowNote::new(line, code, &[(name, value)]);
    let written = cell("item_type");
    let item_type = type_of(written).ok_or_else(|| bad(field::ROW_TYPE, "type", written))?;
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

/// `《某法》第三条；《某条例》`: the law in its brackets, which may hold others, the article behind it.
/// Where laws stand in brackets, what follows a semicolon without them belongs to the article.
fn bases(text: &str) -> Vec<LegalBasis> {
    let in_brackets = text.starts_with('《');
    let mut parts: Vec<String> = Vec::new();
    let (mut depth, mut part_ended) = (0_u32, true);
    for (at, c) in text.char_indices() {
        depth = match c {
            '《' => depth + 1,
            '》' => depth.saturating_sub(1),
            _ => depth,
        };
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let ends = depth == 0
            && matches!(c, '；' | ';' | '\n')
            && (!in_brackets
                || rest
                    .trim_start_matches([' ', '；', ';', '\n'])
                    .starts_with('《'));
        match parts.last_mut() {
            _ if ends => {}
            Some(part) if !part_ended => part.push(c),
            _ => parts.push(c.to_string()),
        }
        part_ended = ends;
    }
    let parts = parts
        .iter()
        .map(|part| part.trim_matches([' ', '；', ';', '\n', '\r']));
    parts.filter(|part| !part.is_empty()).map(basis).collect()
}

fn basis(part: &str) -> LegalBasis {
    let (name, article) = law(part).unwrap_or((part, ""));
    LegalBasis {
        name: name.trim().to_owned(),
        number: String::new(),
        article: article.trim().to_owned(),
        text: String::new(),
        issuer: String::new(),
        date: None,
    }
}

/// The law in the outermost brackets, and what stands behind them.
fn law(part: &str) -> Option<(&str, &str)> {
    let inner = part.strip_prefix('《')?;
    let mut depth = 1_u32;
    for (at, c) in inner.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inner.get(..at)?, inner.get(at + c.len_utf8()..)?));
        }
    }
    None
}

/// The cells of base items, in the order of the columns.
pub(crate) fn rows(items: &[BaseItem]) -> Vec<Vec<String>> {
    items.iter().map(cells).collect()
}

fn cells(item: &BaseItem) -> Vec<String> {
    let levels: Vec<String> = item.levels.iter().map(word).collect();
    let bases: Vec<String> = item
        .legal_bases
        .iter()
        .map(|basis| format!("《{}》{}", basis.name, basis.article))
        .collect();
    let day = item.effective_from.map(|day| day.to_string());
    vec![
        item.code.clone(),
        item.name.clone(),
        word(&item.item_type),
        item.organ.clone(),
        levels.join(" "),
        item.legal_term.map_or_else(String::new, |t| t.to_string()),
        bases.join("；"),
        item.note.clone(),
        day.unwrap_or_default(),
    ]
}

/// What a list says of a base item that is known: parts that it has no columns for stay.
pub(crate) fn over(
    known: &BaseItem,
    mut row: BaseItem,
    columns: Option<&BTreeSet<String>>,
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
    use tb_contract::item::ItemType;

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
        let again = read(&tb_sheet::csv(&BASE_ITEMS, &rows(&items)).unwrap()).unwrap();
        let again: Vec<BaseItem> = again.rows.into_iter().map(|(_, item)| item).collect();
        assert_eq!(again, items);
    }

    #[test]
    fn laws_keep_their_brackets_and_semicolons() {
        let laws = [
            ("关于《就业促进法》第三条；第四条的解释", "第一项；第二项"),
            ("社会保险法", ""),
            ("某条例; 修订", "第九条"),
        ];
        let item = read(LIST.as_bytes()).unwrap().rows.remove(0).1;
        let item = BaseItem {
            legal_bases: laws
                .map(|(name, article)| LegalBasis {
                    article: article.to_owned(),
                    ..basis(name)
                })
                .to_vec(),
            ..item
        };
        let file = tb_sheet::csv(&BASE_ITEMS, &rows(std::slice::from_ref(&item))).unwrap();
        assert_eq!(read(&file).unwrap().rows[0].1, item);
        let plain = bases("就业促进法；社会保险法\n劳动法");
        assert_eq!(plain.len(), 3, "{plain:?}");
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
