//! Code tables: names, order and further codes as a province, city or district writes them. A table
//! whose codes rules depend on may be renamed and put in another order, nothing else; the others are
//! words of the navigation, where a code is the word that items carry.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tb_contract::item::ItemLinks;
use tb_kernel::{FieldFault, Region};
use utoipa::ToSchema;

use crate::error::field;
use crate::model::publish_check::fault;

/// Most codes of one table, and the longest code or name in characters.
const MOST: usize = 500;
const LONGEST: usize = 50;

/// A table of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeTable {
    /// 事项类型
    ItemType,
    /// 服务对象
    Audience,
    /// 办件类型
    CaseKind,
    /// 人生事件、企业生命周期
    LifeEvent,
    /// 行业
    Industry,
    /// 职业
    Occupation,
    /// 绿色通道
    GreenChannel,
    /// 专题
    Topic,
}

impl CodeTable {
    /// Every table.
    pub const ALL: [Self; 8] = [
        Self::ItemType,
        Self::Audience,
        Self::CaseKind,
        Self::LifeEvent,
        Self::Industry,
        Self::Occupation,
        Self::GreenChannel,
        Self::Topic,
    ];

    /// The word in the database, in addresses and among the facets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ItemType => "item_type",
            Self::Audience => "audience",
            Self::CaseKind => "case_kind",
            Self::LifeEvent => "life_event",
            Self::Industry => "industry",
            Self::Occupation => "occupation",
            Self::GreenChannel => "green_channel",
            Self::Topic => "topic",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == word)
    }

    /// The codes that rules depend on: none of them can be taken out, none added.
    pub fn fixed(self) -> &'static [&'static str] {
        match self {
            Self::ItemType => &[
                "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20",
            ],
            Self::Audience => &[
                "natural_person",
                "enterprise",
                "public_institution",
                "social_organisation",
                "unincorporated_enterprise",
                "administrative_organ",
                "other",
            ],
            Self::CaseKind => &["instant", "promised", "joint", "reported"],
            _ => &[],
        }
    }

    /// Whether codes may be added and taken out.
    pub fn is_open(self) -> bool {
        self.fixed().is_empty()
    }
}

/// A code as somebody writes it; its place is that in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeEntry {
    /// Code; of open tables the word that items carry.
    pub code: String,
    /// Name that people read; empty: as it is inherited.
    #[serde(default)]
    pub name: String,
    /// Whether it is offered to choose from.
    #[serde(default = "yes")]
    pub offered: bool,
}

/// A code as it holds for a division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeView {
    /// Code.
    pub code: String,
    /// Name; none: nobody has written another than the program's.
    pub name: Option<String>,
    /// Whether it is offered to choose from.
    pub offered: bool,
    /// The division that wrote it, empty for all of them; none: it comes with the program.
    pub division: Option<String>,
}

fn yes() -> bool {
    true
}

/// What was written of all tables, by table and division.
#[derive(Debug, Default)]
pub(crate) struct CodeTables(BTreeMap<(CodeTable, String), Vec<CodeEntry>>);

impl CodeTables {
    pub(crate) fn new(rows: impl Iterator<Item = (CodeTable, String, Vec<CodeEntry>)>) -> Self {
        Self(
            rows.map(|(table, region, list)| ((table, region), list))
                .collect(),
        )
    }

    /// A table as it holds for a division: what wider ones wrote, under what narrower ones did.
    pub(crate) fn effective(&self, table: CodeTable, region: Option<&Region>) -> Vec<CodeView> {
        let program = table.fixed().iter().map(|code| CodeView {
            code: (*code).to_owned(),
            name: None,
            offered: true,
            division: None,
        });
        let mut codes: Vec<CodeView> = program.collect();
        for division in divisions(region) {
            if let Some(entries) = self.0.get(&(table, division.clone())) {
                codes = laid_over(table, codes, &division, entries);
            }
        }
        codes
    }

    /// Whether anybody has written anything of a table for a division.
    pub(crate) fn is_written(&self, table: CodeTable, region: Option<&Region>) -> bool {
        divisions(region).any(|division| self.0.contains_key(&(table, division)))
    }

    /// Words of an item's navigation that an open table, where it was written, does not have.
    pub(crate) fn unknown(&self, links: &ItemLinks, region: &Region) -> Vec<String> {
        let lists = [
            (CodeTable::LifeEvent, &links.life_events),
            (CodeTable::Industry, &links.industries),
            (CodeTable::Occupation, &links.occupations),
            (CodeTable::GreenChannel, &links.green_channels),
            (CodeTable::Topic, &links.topics),
        ];
        let mut unknown = Vec::new();
        for (table, words) in lists {
            if self.is_written(table, Some(region)) {
                let known = self.effective(table, Some(region));
                let lacks = |word: &&String| known.iter().all(|one| one.code != **word);
                unknown.extend(words.iter().filter(lacks).cloned());
            }
        }
        unknown
    }
}

/// The divisions whose words hold, the widest first: all of them, the province, the city …
fn divisions(region: Option<&Region>) -> impl Iterator<Item = String> {
    let path = region.map(Region::path).unwrap_or_default();
    let parts: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    std::iter::once(String::new()).chain(parts)
}

/// What is named stands first, in its order; the others follow as they stood.
fn laid_over(
    table: CodeTable,
    mut below: Vec<CodeView>,
    division: &str,
    entries: &[CodeEntry],
) -> Vec<CodeView> {
    let mut codes = Vec::with_capacity(below.len() + entries.len());
    for entry in entries {
        let at = below.iter().position(|one| one.code == entry.code);
        let inherited = at.and_then(|at| below.remove(at).name);
        let own = Some(entry.name.clone()).filter(|name| !name.is_empty());
        codes.push(CodeView {
            code: entry.code.clone(),
            name: own.or(inherited),
            offered: entry.offered || !table.is_open(),
            division: Some(division.to_owned()),
        });
    }
    codes.append(&mut below);
    codes
}

/// Codes and names without blanks around them.
pub(crate) fn tidy(entries: Vec<CodeEntry>) -> Vec<CodeEntry> {
    let trimmed = entries.into_iter().map(|entry| CodeEntry {
        code: entry.code.trim().to_owned(),
        name: entry.name.trim().to_owned(),
        offered: entry.offered,
    });
    trimmed.collect()
}

/// What stands against writing a table.
pub(crate) fn check(table: CodeTable, entries: &[CodeEntry]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let named = |path: String, code: &str, arg: (&str, String)| {
        let mut named = fault(path, code);
        named.args.insert(arg.0.to_owned(), arg.1);
        named
    };
    if entries.len() > MOST {
        let most = ("max", MOST.to_string());
        faults.push(named("/entries".to_owned(), field::CODES_MANY, most));
    }
    let mut seen = BTreeSet::new();
    for (at, entry) in entries.iter().enumerate() {
        let path = format!("/entries/{at}");
        let code = || ("code", entry.code.clone());
        if entry.code.is_empty() {
            faults.push(fault(format!("{path}/code"), field::REQUIRED));
        } else if !seen.insert(entry.code.as_str()) {
            let key = ("key", entry.code.clone());
            faults.push(named(format!("{path}/code"), field::DUPLICATE, key));
        } else if !table.is_open() && !table.fixed().contains(&entry.code.as_str()) {
            faults.push(named(format!("{path}/code"), field::CODE_FOREIGN, code()));
        } else if !table.is_open() && !entry.offered {
            faults.push(named(format!("{path}/offered"), field::CODE_NEEDED, code()));
        }
        for (key, text) in [("code", &entry.code), ("name", &entry.name)] {
            if text.chars().count() > LONGEST {
                let most = ("max", LONGEST.to_string());
                faults.push(named(format!("{path}/{key}"), field::TOO_LONG, most));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(code: &str, name: &str, offered: bool) -> CodeEntry {
        CodeEntry {
            code: code.to_owned(),
            name: name.to_owned(),
            offered,
        }
    }

    fn region(code: &str) -> Region {
        Region::parse(code).unwrap()
    }

    fn told(views: &[CodeView]) -> Vec<String> {
        let told = views.iter().map(|one| {
            let name = one.name.as_deref().unwrap_or("-");
            let hidden = if one.offered { "" } else { "!" };
            format!("{hidden}{}={name}", one.code)
        });
        told.collect()
    }

    #[test]
    fn narrower_divisions_lay_their_words_over_wider_ones() {
        let rows = [
            (
                CodeTable::CaseKind,
                "",
                vec![entry("promised", "承诺办理件", true)],
            ),
            (
                CodeTable::CaseKind,
                "4301",
                vec![entry("joint", "并联件", true), entry("promised", "", true)],
            ),
            (
                CodeTable::Industry,
                "43",
                vec![entry("餐饮业", "", true), entry("娱乐业", "", true)],
            ),
            (
                CodeTable::Industry,
                "430102",
                vec![
                    entry("夜间经济", "夜间经济业态", true),
                    entry("娱乐业", "", false),
                ],
            ),
        ];
        let rows = rows.map(|(table, region, list)| (table, region.to_owned(), list));
        let tables = CodeTables::new(rows.into_iter());
        let kinds = tables.effective(CodeTable::CaseKind, Some(&region("430102")));
        assert_eq!(
            told(&kinds),
            [
                "joint=并联件",
                "promised=承诺办理件",
                "instant=-",
                "reported=-"
            ]
        );
        let elsewhere = tables.effective(CodeTable::CaseKind, Some(&region("44")));
        assert_eq!(told(&elsewhere)[0], "promised=承诺办理件");
        let trades = tables.effective(CodeTable::Industry, Some(&region("430102")));
        assert_eq!(
            told(&trades),
            ["夜间经济=夜间经济业态", "!娱乐业=-", "餐饮业=-"]
        );
        assert!(tables.effective(CodeTable::Industry, None).is_empty());

        let links = ItemLinks {
            industries: vec!["餐饮业".to_owned(), "矿业".to_owned()],
            topics: vec!["任意专题".to_owned()],
            ..ItemLinks::default()
        };
        assert_eq!(tables.unknown(&links, &region("430102")), ["矿业"]);
        let nothing: [&str; 0] = [];
        assert_eq!(tables.unknown(&links, &region("44")), nothing);
    }

    #[test]
    fn codes_that_rules_know_are_renamed_and_nothing_else() {
        let codes = |table, entries: &[CodeEntry]| -> Vec<(String, String)> {
            let faults = check(table, entries).into_iter();
            faults.map(|one| (one.path, one.code)).collect()
        };
        let fixed = [
            entry("01", "许可", true),
            entry("20", "", false),
            entry("99", "", true),
        ];
        assert_eq!(
            codes(CodeTable::ItemType, &fixed),
            [
                (
                    "/entries/1/offered".to_owned(),
                    field::CODE_NEEDED.to_owned()
                ),
                ("/entries/2/code".to_owned(), field::CODE_FOREIGN.to_owned())
            ]
        );
        let open = [
            entry("餐饮业", "", false),
            entry("餐饮业", "", true),
            entry("", "", true),
        ];
        assert_eq!(
            codes(CodeTable::Industry, &open),
            [
                ("/entries/1/code".to_owned(), field::DUPLICATE.to_owned()),
                ("/entries/2/code".to_owned(), field::REQUIRED.to_owned())
            ]
        );
    }

    #[test]
    fn every_fixed_code_is_one_of_the_contract() {
        use tb_contract::item::{Audience, CaseKind, ItemType};
        for code in CodeTable::ItemType.fixed() {
            assert!(ItemType::from_code(code).is_some(), "{code}");
        }
        let known = |table: CodeTable, reads: fn(serde_json::Value) -> bool| {
            let mut codes = table.fixed().iter();
            codes.all(|code| reads(serde_json::Value::String((*code).to_owned())))
        };
        assert!(known(CodeTable::Audience, |code| {
            serde_json::from_value::<Audience>(code).is_ok()
        }));
        assert!(known(CodeTable::CaseKind, |code| {
            serde_json::from_value::<CaseKind>(code).is_ok()
        }));
    }
}
