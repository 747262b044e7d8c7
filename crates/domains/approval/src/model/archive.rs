//! Archiving: how long what is kept, what archive numbers look like, how far lists and their entries
//! have come.

use chrono::{DateTime, NaiveDate, Utc};
use tb_contract::item::ItemType;
use tb_kernel::office_time::start_of_day;

use super::words::{Word, words};

/// The most cases of one list.
pub(crate) const MOST_CASES: usize = 200;
/// The longest archive number, and the longest pattern of one.
const MOST_NUMBER: usize = 80;
/// The widest serial.
const MOST_DIGITS: usize = 9;

words! {
    /// 保管期限
    pub(crate) enum Retention {
        /// 永久
        Permanent = "permanent",
        /// 定期30年
        Thirty = "thirty_years",
        /// 定期10年
        Ten = "ten_years",
    }
}

impl Retention {
    /// As archives write it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Permanent => "永久",
            Self::Thirty => "定期30年",
            Self::Ten => "定期10年",
        }
    }

    /// 保管期限代码 (DA/T 22).
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Permanent => "Y",
            Self::Thirty => "D30",
            Self::Ten => "D10",
        }
    }

    /// What holds where a department has no rule: what gives or settles a right is kept longer than
    /// what serves once. Ours, until the department has its own table approved.
    pub(crate) fn of_type(item_type: ItemType) -> Self {
        match item_type {
            ItemType::Confirmation | ItemType::Adjudication => Self::Permanent,
            ItemType::Permit
            | ItemType::Penalty
            | ItemType::Coercion
            | ItemType::Levy
            | ItemType::Benefit => Self::Thirty,
            ItemType::Inspection | ItemType::Reward | ItemType::Other | ItemType::PublicService => {
                Self::Ten
            }
        }
    }
}

words! {
    /// How far a hand-over list has come.
    pub(crate) enum ListState {
        /// Packages are being made.
        Building = "building",
        /// All are made, or it is known why not.
        Built = "built",
        /// With the archivist.
        HandedOver = "handed_over",
        /// 已归档
        Received = "received",
        /// Sent back whole.
        Returned = "returned",
        /// Given up before it was handed over.
        Cancelled = "cancelled",
    }
}

words! {
    /// How far a case of a list has come.
    pub(crate) enum EntryState {
        /// To be packed.
        Waiting = "waiting",
        /// Packed, and read back.
        Packed = "packed",
        /// It cannot be packed, or its package is not what it was.
        Failed = "failed",
        /// Taken off the list before it was handed over.
        Dropped = "dropped",
        /// Sent back by the archivist.
        Returned = "returned",
    }
}

/// What a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// All items of a type, by its national code.
    Type(String),
    /// One item.
    Item(String),
}

impl Subject {
    /// As it is kept.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Type(code) => format!("type:{code}"),
            Self::Item(code) => format!("item:{code}"),
        }
    }

    /// What was kept; `None` for what is neither.
    pub(crate) fn parse(key: &str) -> Option<Self> {
        if let Some(code) = key.strip_prefix("type:") {
            let known = type_of(code).is_some();
            return known.then(|| Self::Type(code.to_owned()));
        }
        let code = key.strip_prefix("item:")?;
        let plain = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (plain && code.len() <= 64).then(|| Self::Item(code.to_owned()))
    }
}

/// A type by its national code.
pub(crate) fn type_of(code: &str) -> Option<ItemType> {
    serde_json::from_value(code.into()).ok()
}

/// The national code of a type.
pub(crate) fn type_code(item_type: ItemType) -> String {
    let code = serde_json::to_value(item_type).ok();
    let code = code.as_ref().and_then(serde_json::Value::as_str);
    code.unwrap_or_default().to_owned()
}

/// How long an item's cases are kept: by the rule of the item, else of its type, else by the default.
/// `rules` are subjects with what they rule.
pub(crate) fn retention(
    rules: &[(String, String)],
    item_code: &str,
    item_type: ItemType,
) -> Retention {
    let rule = |subject: Subject| {
        let key = subject.key();
        let found = rules.iter().find(|(subject, _)| *subject == key);
        found.and_then(|(_, word)| Retention::parse(word))
    };
    rule(Subject::Item(item_code.to_owned()))
        .or_else(|| rule(Subject::Type(type_code(item_type))))
        .unwrap_or_else(|| Retention::of_type(item_type))
}

/// What an archive number is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// 全宗号
    pub fonds: &'a str,
    /// 档案门类代码
    pub category: &'a str,
    /// Year of the end of the case.
    pub year: i32,
    /// 保管期限
    pub retention: Retention,
    /// 件号
    pub serial: i64,
}

/// A pattern of archive numbers: text with `{fonds}`, `{category}`, `{year}`, `{retention}` and
/// `{serial}` or `{serial:4}`. One without fonds, year and serial would give a number twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Fonds,
    Category,
    Year,
    Retention,
    Serial(usize),
}

impl Pattern {
    /// Reads a pattern; `None` where it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mut parts, mut rest) = (Vec::new(), text.trim());
        if rest.chars().count() > MOST_NUMBER {
            return None;
        }
        while !rest.is_empty() {
            let (before, after) = rest.split_once('{').unwrap_or((rest, ""));
            if !before.chars().all(is_plain) {
                return None;
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            if before.len() == rest.len() {
                break;
            }
            let (name, behind) = after.split_once('}')?;
            parts.push(part(name)?);
            rest = behind;
        }
        let has = |wanted: fn(&Part) -> bool| parts.iter().filter(|part| wanted(part)).count() == 1;
        let whole = has(|part| matches!(part, Part::Fonds))
            && has(|part| matches!(part, Part::Year))
            && has(|part| matches!(part, Part::Serial(_)));
        whole.then_some(Self(parts))
    }

    /// The number of a place.
    pub(crate) fn number(&self, place: &Place<'_>) -> String {
        let said = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Fonds => place.fonds.to_owned(),
            Part::Category => place.category.to_owned(),
            Part::Year => place.year.to_string(),
            Part::Retention => place.retention.code().to_owned(),
            Part::Serial(width) => format!("{:0width$}", place.serial),
        };
        self.0.iter().map(said).collect()
    }
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "fonds" => Part::Fonds,
        "category" => Part::Category,
        "year" => Part::Year,
        "retention" => Part::Retention,
        "serial" => Part::Serial(1),
        other => {
            let width = other.strip_prefix("serial:")?.parse().ok()?;
            let fits = (1..=MOST_DIGITS).contains(&width);
            fits.then_some(Part::Serial(width))?
        }
    })
}

/// Characters that may stand in an archive number, which is also a file's name.
pub(crate) fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '·' | '.' | '_' | '〔' | '〕' | '(' | ')')
}

/// The first moment of a year in the office, and of the next.
pub(crate) fn year(year: i32) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(start_of_day);
    Some((first(year)?, first(year.checked_add(1)?)?))
}

#[cfg(test)]
mod tests {
    use tb_contract::item::ItemType;

    use super::{Pattern, Place, Retention, Subject, retention};

    const PLACE: Place<'_> = Place {
        fonds: "Z109",
        category: "ZW",
        year: 2026,
        retention: Retention::Thirty,
        serial: 7,
    };

    #[test]
    fn a_number_says_where_a_case_lies() {
        let number = |text| Pattern::parse(text).map(|pattern| pattern.number(&PLACE));
        let usual = "{fonds}-{category}·{year}-{retention}-{serial:4}";
        assert_eq!(number(usual).as_deref(), Some("Z109-ZW·2026-D30-0007"));
        assert_eq!(
            number("{fonds}〔{year}〕{serial}").as_deref(),
            Some("Z109〔2026〕7")
        );
    }

    #[test]
    fn a_pattern_that_could_give_a_number_twice_is_none() {
        for wrong in [
            "",
            "{fonds}-{year}",
            "{fonds}-{serial}",
            "{year}-{serial}",
            "{fonds}-{year}-{serial}-{serial}",
            "{fonds}-{year}-{serial:0}",
            "{fonds}-{year}-{serial:10}",
            "{fonds}/{year}-{serial}",
            "{fonds}-{year}-{serial",
            "{fonds}-{year}-{number}-{serial}",
            &format!("{{fonds}}{{year}}{{serial}}{}", "字".repeat(80)),
        ] {
            assert_eq!(Pattern::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_rule_of_an_item_goes_before_that_of_its_type() {
        let rules = [("type:01", "permanent"), ("item:A1", "ten_years")];
        let rules = rules.map(|(subject, word)| (subject.to_owned(), word.to_owned()));
        let of = |code, item_type| retention(&rules, code, item_type);
        assert_eq!(of("A1", ItemType::Permit), Retention::Ten);
        assert_eq!(of("A2", ItemType::Permit), Retention::Permanent);
        assert_eq!(of("A2", ItemType::PublicService), Retention::Ten);
        assert_eq!(of("A2", ItemType::Confirmation), Retention::Permanent);
    }

    #[test]
    fn a_subject_is_a_known_type_or_an_item() {
        for key in ["type:01", "type:20", "item:11430102TB000008714432099001000"] {
            assert_eq!(Subject::parse(key).unwrap().key(), key);
        }
        for wrong in ["", "type:", "type:99", "item:", "item:a b", "other:1"] {
            assert_eq!(Subject::parse(wrong), None, "{wrong}");
        }
    }
}
