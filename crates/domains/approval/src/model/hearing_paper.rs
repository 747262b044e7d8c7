//! The papers of a hearing, as they are frozen.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::identity_number::mask_name;
use tb_typeset as t;

use super::hearing::{Hearing, in_words};

/// What names of organisations end in; whatever else stands there is taken for a person's.
const ENDINGS: [&str; 21] = [
    "公司",
    "集团",
    "企业",
    "厂",
    "店",
    "行",
    "社",
    "院",
    "所",
    "局",
    "中心",
    "学校",
    "大学",
    "中学",
    "小学",
    "幼儿园",
    "委员会",
    "居委会",
    "业委会",
    "协会",
    "基金会",
];
/// Shorter ones are people's, whatever they end in.
const SHORTEST: usize = 5;

/// 听证告知书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Right {
    /// Provision, where the item is a permit.
    pub basis: Option<String>,
    /// Names of the interested persons, people masked.
    pub persons: Vec<String>,
    /// What is at stake.
    pub reason: String,
    /// Last day for asking.
    pub ask_by: NaiveDate,
}

/// 听证通知书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// Provision, where the item is a permit.
    pub basis: Option<String>,
    /// Names of the interested persons, people masked.
    pub persons: Vec<String>,
    /// Who asked.
    pub asked_by: String,
    /// When it is held.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// Who presides.
    pub presider: String,
    /// What else is to be known.
    pub remark: String,
}

impl Right {
    pub(super) fn template(&self) -> t::Template {
        t::Template::HearingRight(t::HearingRight {
            basis: self.basis.clone(),
            persons: self.persons.clone(),
            reason: self.reason.clone(),
            ask_by: self.ask_by,
        })
    }
}

impl Call {
    pub(super) fn template(&self) -> t::Template {
        t::Template::HearingNotice(t::HearingNotice {
            basis: self.basis.clone(),
            persons: self.persons.clone(),
            asked_by: self.asked_by.clone(),
            at: in_words(self.at),
            place: self.place.clone(),
            presider: self.presider.clone(),
            remark: self.remark.clone(),
        })
    }
}

/// Who was told, as papers name them.
pub(crate) fn names(hearing: &Hearing<'_>) -> Vec<String> {
    let persons = hearing.persons.iter();
    persons.map(|one| veiled(&one.name)).collect()
}

/// Who asked, as papers say it; the applicant by what he is.
pub(crate) fn askers(hearing: &Hearing<'_>) -> String {
    let asker = |person: Option<usize>| match person.and_then(|at| hearing.persons.get(at)) {
        Some(person) => format!("利害关系人{}", veiled(&person.name)),
        None => "申请人".to_owned(),
    };
    let all: Vec<String> = hearing.asked.iter().map(|one| asker(one.person)).collect();
    all.join("、")
}

/// A name for others who are heard: one paper goes to the applicant, to everybody who signed with him and
/// to all interested persons. Neighbours know themselves by it; organisations stand in full.
pub(crate) fn veiled(name: &str) -> String {
    let name = name.trim();
    let long = name.chars().count() >= SHORTEST;
    if long && ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        name.to_owned()
    } else {
        mask_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn people_are_masked_and_organisations_named() {
        for (name, shown) in [
            ("李示例", "李*例"),
            (" 王行 ", "王*"),
            ("欧阳建行", "欧**行"),
            ("阿不都·热合曼", "阿*****曼"),
            ("John Smith", "J******h"),
            ("样例有限公司", "样例有限公司"),
            ("芙蓉区城南路社区居民委员会", "芙蓉区城南路社区居民委员会"),
        ] {
            assert_eq!(veiled(name), shown);
        }
    }
}
