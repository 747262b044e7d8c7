//! Judges the fields of a penalty, alike for the form and for a list: everything comes as text.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use tb_kernel::identity_number::{CreditCode, half_width};
use tb_kernel::{Fen, FieldFault};
use utoipa::ToSchema;

use super::{FINE, FORFEIT_GAINS, FORFEIT_GOODS, KINDS, LEAST_MONTHS, PARTED_BY, REVOKE, SUSPEND};
use crate::error::field;

/// Longest short text, in characters.
const SHORT: usize = 200;
/// Longest long one.
const LONG: usize = 2_000;
/// Digits in a row from which on they may be a number of somebody.
const NUMBER: usize = 11;
/// A penalty is shown for no longer.
const MOST_MONTHS: Months = Months::new(36);

/// The fields of a penalty as somebody writes them.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PenaltyFields {
    /// 行政相对人名称: whole; a person's is masked for the public.
    pub party: String,
    /// 行政相对人类别: `organisation` or `person`.
    pub party_kind: String,
    /// 统一社会信用代码; empty for persons.
    pub party_code: String,
    /// 法定代表人; empty for persons.
    pub legal_person: String,
    /// 行政处罚决定书文号
    pub document_number: String,
    /// 违法行为类型
    pub offence: String,
    /// 违法事实
    pub facts: String,
    /// 处罚依据
    pub basis: String,
    /// 处罚类别, parted by `、`.
    pub kinds: String,
    /// 处罚内容
    pub content: String,
    /// 罚款金额, in yuan.
    pub fine: String,
    /// 没收违法所得、没收非法财物的金额, in yuan.
    pub confiscated: String,
    /// 暂扣或吊销证照名称及编号
    pub licences: String,
    /// 处罚决定日期
    pub decided_on: String,
    /// 处罚有效期; empty where there is none.
    pub valid_to: String,
    /// 公示截止期
    pub shown_until: String,
}

/// The same, judged.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub fields: PenaltyFields,
    pub organisation: bool,
    pub fine: Option<i64>,
    pub confiscated: Option<i64>,
    pub decided_on: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub shown_until: NaiveDate,
}

/// Faults, each at its field.
#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, name: &str, code: &str, args: &[(&str, &str)]) {
        let args = args.iter();
        self.0.push(FieldFault {
            path: format!("/fields/{name}"),
            code: code.to_owned(),
            args: args
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            message: String::new(),
        });
    }

    fn text(&mut self, name: &str, text: &str, max: usize, required: bool) {
        if required && text.is_empty() {
            self.add(name, field::REQUIRED, &[]);
        } else if text.chars().count() > max {
            self.add(name, field::TOO_LONG, &[("max", &max.to_string())]);
        }
    }

    fn day(&mut self, name: &str, text: &str, required: bool) -> Option<NaiveDate> {
        if text.is_empty() {
            if required {
                self.add(name, field::REQUIRED, &[]);
            }
            return None;
        }
        let day = text.parse().ok();
        if day.is_none() {
            self.add(name, field::NO_DAY, &[]);
        }
        day
    }

    fn sum(&mut self, name: &str, text: &str, required: bool) -> Option<i64> {
        if text.is_empty() {
            if required {
                self.add(name, field::REQUIRED, &[]);
            }
            return None;
        }
        let sum = Fen::from_yuan(text).filter(|sum| sum.0 > 0);
        if sum.is_none() {
            self.add(name, field::NO_SUM, &[]);
        }
        sum.map(|sum| sum.0)
    }
}

/// Judges; an error has every fault, each at its field.
pub(crate) fn judge(written: &PenaltyFields, today: NaiveDate) -> Result<Judged, Vec<FieldFault>> {
    let mut fields = tidy(written);
    let mut faults = Faults::default();
    let organisation = fields.party_kind == "organisation";
    if !organisation && fields.party_kind != "person" {
        faults.add("party_kind", field::REQUIRED, &[]);
    }
    party(&mut faults, &mut fields, organisation);
    for (name, text, max, required) in [
        ("document_number", &fields.document_number, SHORT, true),
        ("offence", &fields.offence, SHORT, true),
        ("facts", &fields.facts, LONG, true),
        ("basis", &fields.basis, LONG, true),
        ("content", &fields.content, LONG, true),
    ] {
        faults.text(name, text, max, required);
    }
    if !organisation {
        anonymous(&mut faults, &fields);
    }
    let kinds = kinds(&mut faults, &fields.kinds);
    let has = |some: &[&str]| kinds.iter().any(|kind| some.contains(&kind.as_str()));
    fields.kinds = kinds.join(PARTED_BY);
    let fine = faults.sum("fine", &fields.fine, has(&[FINE]));
    let forfeits = has(&[FORFEIT_GAINS, FORFEIT_GOODS]);
    let confiscated = faults.sum("confiscated", &fields.confiscated, forfeits);
    faults.text("licences", &fields.licences, SHORT, has(&[SUSPEND, REVOKE]));
    let days = days(&mut faults, &fields, today);
    match days {
        Some((decided_on, valid_to, shown_until)) if faults.0.is_empty() => Ok(Judged {
            fields,
            organisation,
            fine,
            confiscated,
            decided_on,
            valid_to,
            shown_until,
        }),
        _ => Err(faults.0),
    }
}

/// Without blanks around; a person has neither code nor legal person.
fn tidy(written: &PenaltyFields) -> PenaltyFields {
    let mut fields = written.clone();
    for text in [
        &mut fields.party,
        &mut fields.party_kind,
        &mut fields.party_code,
        &mut fields.legal_person,
        &mut fields.document_number,
        &mut fields.offence,
        &mut fields.facts,
        &mut fields.basis,
        &mut fields.kinds,
        &mut fields.content,
        &mut fields.fine,
        &mut fields.confiscated,
        &mut fields.licences,
        &mut fields.decided_on,
        &mut fields.valid_to,
        &mut fields.shown_until,
    ] {
        *text = text.trim().to_owned();
    }
    fields
}

fn party(faults: &mut Faults, fields: &mut PenaltyFields, organisation: bool) {
    faults.text("party", &fields.party, SHORT, true);
    if !organisation {
        for (name, text) in [
            ("party_code", &fields.party_code),
            ("legal_person", &fields.legal_person),
        ] {
            if !text.is_empty() {
                faults.add(name, field::OF_PERSON, &[]);
            }
        }
        return;
    }
    faults.text("legal_person", &fields.legal_person, SHORT, true);
    match CreditCode::parse(&fields.party_code) {
        Ok(code) => code.as_str().clone_into(&mut fields.party_code),
        Err(_) if fields.party_code.is_empty() => {
            faults.add("party_code", field::REQUIRED, &[]);
        }
        Err(_) => faults.add("party_code", field::NO_CREDIT_CODE, &[]),
    }
}

/// Nothing that the public reads of a person says who it is.
fn anonymous(faults: &mut Faults, fields: &PenaltyFields) {
    for (name, text) in [
        ("offence", &fields.offence),
        ("facts", &fields.facts),
        ("basis", &fields.basis),
        ("content", &fields.content),
        ("licences", &fields.licences),
    ] {
        if tells_who(text, &fields.party) {
            faults.add(name, field::PERSON_NAMED, &[]);
        }
    }
}

/// Whether a text has the name in it, or what may be a number of somebody.
pub(crate) fn tells_who(text: &str, name: &str) -> bool {
    let named = name.chars().count() > 1 && text.contains(name);
    named || has_number(text)
}

fn has_number(text: &str) -> bool {
    let mut row = 0;
    half_width(text).chars().any(|c| {
        row = if c.is_ascii_digit() { row + 1 } else { 0 };
        row >= NUMBER
    })
}

fn kinds(faults: &mut Faults, text: &str) -> Vec<String> {
    let parts = text.split(['、', ',', '，', ';', '；', ' ', '|']);
    let kinds: Vec<String> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    if kinds.is_empty() {
        faults.add("kinds", field::REQUIRED, &[]);
    }
    for kind in kinds.iter().filter(|kind| !KINDS.contains(&kind.as_str())) {
        faults.add("kinds", field::NO_KIND, &[("kind", kind)]);
    }
    kinds
}

type Days = (NaiveDate, Option<NaiveDate>, NaiveDate);

fn days(faults: &mut Faults, fields: &PenaltyFields, today: NaiveDate) -> Option<Days> {
    let decided_on = faults.day("decided_on", &fields.decided_on, true);
    let valid_to = faults.day("valid_to", &fields.valid_to, false);
    let shown_until = faults.day("shown_until", &fields.shown_until, true);
    let (decided_on, shown_until) = (decided_on?, shown_until?);
    if decided_on > today {
        faults.add("decided_on", field::DAY_AHEAD, &[]);
    }
    if valid_to.is_some_and(|day| day < decided_on) {
        faults.add("valid_to", field::DAY_BEFORE, &[]);
    }
    let least = decided_on.checked_add_months(LEAST_MONTHS);
    let most = decided_on.checked_add_months(MOST_MONTHS);
    let is_fit =
        least.is_some_and(|day| shown_until >= day) && most.is_some_and(|day| shown_until <= day);
    if !is_fit {
        faults.add("shown_until", field::SHOWN_ASTRAY, &[]);
    }
    Some((decided_on, valid_to, shown_until))
}

#[cfg(test)]
mod tests {
    use super::{PenaltyFields, judge};

    fn good() -> PenaltyFields {
        let text = str::to_owned;
        PenaltyFields {
            party: text("长沙样例餐饮管理有限公司"),
            party_kind: text("organisation"),
            party_code: text("91430102MATB000187"),
            legal_person: text("李样例"),
            document_number: text("芙市监罚〔2026〕12号"),
            offence: text("经营超过保质期的食品"),
            facts: text("在售食品超过保质期 3 天。"),
            basis: text("《食品安全法》第一百二十四条"),
            kinds: text("罚款, 没收违法所得"),
            content: text("罚款 5000 元，没收违法所得 120.50 元。"),
            fine: text("5000"),
            confiscated: text("120.50"),
            decided_on: text("2026-11-20"),
            shown_until: text("2027-11-19"),
            ..PenaltyFields::default()
        }
    }

    fn faults(change: impl FnOnce(&mut PenaltyFields)) -> Vec<String> {
        let mut fields = good();
        change(&mut fields);
        let today = "2026-11-23".parse().unwrap();
        let faults = judge(&fields, today).err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| format!("{} {}", fault.path, fault.code))
            .collect()
    }

    #[test]
    fn a_good_one_is_put_into_its_form() {
        let judged = judge(&good(), "2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(judged.fields.kinds, "罚款、没收违法所得");
        assert_eq!(
            (judged.fine, judged.confiscated),
            (Some(500_000), Some(12_050))
        );
        assert!(judged.organisation && judged.valid_to.is_none());
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let one = |name: &str, code: &str| vec![format!("/fields/{name} insight.field.{code}")];
        assert_eq!(faults(|of| of.party.clear()), one("party", "required"));
        assert_eq!(
            faults(|of| of.party_code.clear()),
            one("party_code", "required")
        );
        assert_eq!(
            faults(|of| of.party_code.push('1')),
            one("party_code", "no_credit_code")
        );
        assert_eq!(faults(|of| of.fine.clear()), one("fine", "required"));
        assert_eq!(
            faults(|of| of.fine = "五千".to_owned()),
            one("fine", "no_sum")
        );
        assert_eq!(
            faults(|of| of.fine = "-5".to_owned()),
            one("fine", "no_sum")
        );
        assert_eq!(
            faults(|of| of.facts = "长".repeat(2_001)),
            one("facts", "too_long")
        );
        assert_eq!(
            faults(|of| of.kinds.push_str("、打板子")),
            one("kinds", "no_kind")
        );
        assert_eq!(
            faults(|of| of.kinds.push_str("、吊销许可证件")),
            one("licences", "required")
        );
        assert_eq!(
            faults(|of| of.decided_on = "昨天".to_owned()),
            one("decided_on", "no_day")
        );
        assert_eq!(
            faults(|of| of.valid_to = "2026-11-19".to_owned()),
            one("valid_to", "day_before")
        );
        for day in ["2026-12-31", "2029-11-21"] {
            assert_eq!(
                faults(|of| of.shown_until = day.to_owned()),
                one("shown_until", "shown_astray")
            );
        }
        let ahead = faults(|of| {
            of.decided_on = "2026-11-24".to_owned();
        });
        assert_eq!(ahead, one("decided_on", "day_ahead"));
    }

    #[test]
    fn nothing_that_is_shown_of_a_person_says_who_it_is() {
        let person = |of: &mut PenaltyFields| {
            of.party_kind = "person".to_owned();
            of.party = "李样例".to_owned();
            of.party_code.clear();
            of.legal_person.clear();
        };
        assert!(faults(person).is_empty());
        for text in [
            "李样例占道经营",
            "电话13907310001",
            "身份证４３０１０２１９９３０７１６９９８６",
        ] {
            let named = faults(|of| {
                person(of);
                of.facts = text.to_owned();
            });
            assert_eq!(
                named,
                ["/fields/facts insight.field.person_named"],
                "{text}"
            );
        }
        let coded = faults(|of| {
            person(of);
            of.party_code = "430102199307169986".to_owned();
        });
        assert_eq!(coded, ["/fields/party_code insight.field.of_person"]);
    }
}
