//! Rules of the vault (材料库): whose it is, which paper fits which requirement, and how long a
//! paper is good.
//!
//! What makes two papers the same kind is their name in normal form. Requirement ids are keys
//! within one item (`id_card` is another paper in another item), and offices give materials no
//! common code that could be relied upon; the name is what the applicant reads and what he holds
//! in his hand. Words that say only in which form it is wanted (原件, 复印件, 电子版 …) do not
//! count; words that say whose it is (法定代表人…) do.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use tb_contract::events::Applicant;
use tb_contract::item::MaterialRequirement;
use tb_kernel::identity_number::half_width;
use uuid::Uuid;

/// The most documents one owner keeps.
pub(crate) const MAX_DOCUMENTS: u64 = 200;
/// The longest name of a document.
pub(crate) const MAX_NAME: usize = 100;

/// What says only in which form a paper is wanted; longer words before their parts.
const FORM_WORDS: &[&str] = &[
    "原件及复印件",
    "原件和复印件",
    "复印件加盖公章",
    "加盖公章",
    "复印件",
    "扫描件",
    "电子版",
    "电子件",
    "原件",
];

/// The words that a vault is found by: of the person or of the enterprise that applies, whoever
/// acts for it. An account of which no number is known has a vault of its own.
pub(crate) fn owner(who: &Applicant) -> String {
    let number = half_width(&who.id_number).trim().to_uppercase();
    match (number.is_empty(), who.agent_name.is_empty()) {
        (true, _) => format!("account:{}", who.account_id),
        (false, true) => format!("person:{number}"),
        (false, false) => format!("enterprise:{number}"),
    }
}

/// The kind of a paper: its name in normal form.
pub(crate) fn kind(name: &str) -> String {
    let plain: String = half_width(name)
        .to_lowercase()
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '"' | '\'' | '“' | '”' | '《' | '》' | '、' | ',')
        })
        .collect();
    let mut kind = plain.clone();
    for word in FORM_WORDS {
        for form in [format!("({word})"), (*word).to_owned()] {
            if kind.ends_with(&form) {
                kind.truncate(kind.len() - form.len());
            }
        }
    }
    if kind.is_empty() { plain } else { kind }
}

/// Whether what is given for a requirement is kept and may be offered for it: not what is written
/// for one application alone.
pub(crate) fn is_kept(requirement: &MaterialRequirement) -> bool {
    requirement.takes_files() && requirement.reuse_days != Some(0)
}

/// Last day on which a paper given on `given` is good for a requirement: the earlier of its own
/// last day and of the days that the requirement allows.
pub(crate) fn good_until(
    given: NaiveDate,
    own: Option<NaiveDate>,
    reuse_days: Option<u32>,
) -> Option<NaiveDate> {
    let allowed = reuse_days.and_then(|days| given.checked_add_days(Days::new(days.into())));
    own.into_iter().chain(allowed).min()
}

/// Whether something good until `last` is over on `today`.
pub(crate) fn is_over(last: Option<NaiveDate>, today: NaiveDate) -> bool {
    last.is_some_and(|last| last < today)
}

/// The application that an edition came with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub application_id: Uuid,
    pub account_id: Uuid,
    pub item_name: String,
    pub case_number: String,
}

/// What a file of an application remembers of the document it was taken from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub name: String,
    pub edition: i32,
    pub given_on: NaiveDate,
    /// Item of the application it came with; empty where it was put into the vault itself.
    pub item_name: String,
    /// Last day on which it is good for this requirement.
    pub good_until: Option<NaiveDate>,
    /// Taken although it was over already, which the applicant was told.
    pub although_over: bool,
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_contract::events::Applicant;
    use tb_kernel::AccountId;
    use uuid::Uuid;

    use super::{good_until, is_over, kind, owner};

    #[test]
    fn the_form_of_a_paper_does_not_count_but_whose_it_is() {
        let same = [
            "居民身份证",
            " 居民 身份证 ",
            "居民身份证（原件及复印件）",
            "居民身份证复印件（加盖公章）",
            "《居民身份证》扫描件",
        ];
        for name in same {
            assert_eq!(kind(name), "居民身份证", "{name}");
        }
        assert_ne!(kind("法定代表人（负责人）居民身份证"), kind("居民身份证"));
        assert_eq!(kind("ＩＤ Card"), kind("id card"));
        assert_eq!(kind("复印件"), "复印件");
    }

    #[test]
    fn the_earlier_day_ends_it() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let given = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
        assert_eq!(good_until(given, None, None), None);
        assert_eq!(good_until(given, None, Some(30)), day("2026-12-01"));
        assert_eq!(
            good_until(given, day("2026-11-20"), Some(30)),
            day("2026-11-20")
        );
        assert_eq!(
            good_until(given, day("2027-11-20"), Some(30)),
            day("2026-12-01")
        );
        assert!(!is_over(
            day("2026-11-20"),
            day("2026-11-20").unwrap_or_default()
        ));
        assert!(is_over(
            day("2026-11-20"),
            day("2026-11-21").unwrap_or_default()
        ));
    }

    #[test]
    fn a_vault_belongs_to_who_applies() {
        let who = |number: &str, agent: &str| Applicant {
            account_id: AccountId(Uuid::from_u128(7)),
            name: String::new(),
            id_number: number.to_owned(),
            phone: String::new(),
            agent_name: agent.to_owned(),
        };
        assert_eq!(
            owner(&who("11010519491231002x", "")),
            owner(&who(" 11010519491231002Ｘ", ""))
        );
        assert_eq!(
            owner(&who("91430102MA4L0TEST1", "甲")),
            owner(&who("91430102MA4L0TEST1", "乙"))
        );
        assert_ne!(
            owner(&who("11010519491231002X", "")),
            owner(&who("11010519491231002X", "甲"))
        );
        assert_eq!(
            owner(&who("", "")),
            "account:00000000-0000-0000-0000-000000000007"
        );
    }
}
