//! Who acts for an applicant (委托代理人, 监护人): what has to be said of both, and until when he may.

use chrono::{Months, NaiveDate};
use serde::Deserialize;
use tb_contract::events::ProxyRelation;
use tb_contract::item::ItemDocument;
use tb_kernel::{FieldFault, Locale};
use uuid::Uuid;

use super::counter::{Identity, Presented, identify};
use crate::error::{Error, fault_at, field};

/// Longest time that a letter authorises for, in months, as for authorisations given online.
const LONGEST: u32 = 12;

/// For whom somebody applies, where not for himself.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum OnBehalf {
    /// For somebody who has authorised him online.
    Mandate {
        /// The authorisation.
        mandate_id: Uuid,
    },
    /// For somebody who proves it by a paper that is handed in with the materials.
    Letter(ByPaper),
}

/// The other of two of whom one acts for the other by a paper: online for whom the caller acts, at a
/// counter who stands there for the applicant.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct ByPaper {
    /// Full name.
    pub name: String,
    /// His citizen id.
    pub id_number: String,
    /// His phone.
    pub phone: String,
    /// By which right.
    pub relation: ProxyRelation,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Whether an item takes applications by somebody of this relation. A guardian acts by law, for who
/// cannot act himself: what the item says of proxies does not concern him.
pub(crate) fn expect_allowed(item: &ItemDocument, relation: ProxyRelation) -> Result<(), Error> {
    if item.handling.proxy || relation == ProxyRelation::Guardian {
        Ok(())
    } else {
        Err(Error::ProxyNotAllowed {
            item: item.name.clone(),
        })
    }
}

/// The other of the two, or everything that is wrong with what was entered at `place`. `own` is the
/// number of the one who is known already.
pub(crate) fn other(
    entered: &ByPaper,
    own: &str,
    place: &str,
    today: NaiveDate,
    locale: Locale,
) -> Result<Identity, Vec<FieldFault>> {
    let presented = Presented {
        organisation: false,
        name: entered.name.clone(),
        id_number: entered.id_number.clone(),
        phone: entered.phone.clone(),
        agent_name: String::new(),
        agent_id_number: String::new(),
    };
    let (who, mut faults) = match identify(&presented, today, locale) {
        Ok(who) => (Some(who), Vec::new()),
        Err(faults) => (None, faults),
    };
    for fault in &mut faults {
        fault.path = fault.path.replacen("/applicant", place, 1);
    }
    if who.as_ref().is_some_and(|who| who.citizen_id == own) {
        let path = format!("{place}/id_number");
        faults.push(fault_at(path, field::PROXY_ONESELF, &[]));
    }
    faults.extend(day_fault(entered, place, today));
    match who {
        Some(who) if faults.is_empty() => Ok(who),
        _ => Err(faults),
    }
}

/// What is wrong with the days of a letter: it counts today, and a year at most. A guardian's right
/// lasts as long as his proof says.
fn day_fault(entered: &ByPaper, place: &str, today: NaiveDate) -> Option<FieldFault> {
    let at = |key: &str, code| Some(fault_at(format!("{place}/{key}"), code, &[]));
    if entered.from > today {
        return at("from", field::PROXY_NOT_YET);
    }
    if entered.until < today {
        return at("until", field::PROXY_OVER);
    }
    let next = entered.from.checked_add_months(Months::new(LONGEST));
    let too_long = next.is_none_or(|next| entered.until >= next);
    if too_long && entered.relation == ProxyRelation::Proxy {
        return at("until", field::PROXY_TOO_LONG);
    }
    None
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tb_contract::events::ProxyRelation;
    use tb_kernel::Locale;

    use super::{ByPaper, other};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn entered() -> ByPaper {
        ByPaper {
            name: "欧阳测甲".to_owned(),
            id_number: "11010519491231002x".to_owned(),
            phone: "13907310001".to_owned(),
            relation: ProxyRelation::Proxy,
            from: day(2026, 11, 1),
            until: day(2027, 10, 31),
        }
    }

    fn paths(entered: &ByPaper, own: &str) -> Vec<String> {
        let today = day(2026, 11, 23);
        let judged = other(entered, own, "/on_behalf", today, Locale::Chinese);
        let faults = judged.err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn the_applicant_is_said_in_full_and_is_somebody_else() {
        assert!(paths(&entered(), "").is_empty());
        assert_eq!(
            paths(&entered(), "11010519491231002X"),
            ["/on_behalf/id_number"]
        );
        let mut wrong = entered();
        wrong.name = " ".to_owned();
        wrong.id_number = "110105194912310021".to_owned();
        wrong.until = day(2026, 11, 22);
        assert_eq!(
            paths(&wrong, ""),
            [
                "/on_behalf/name",
                "/on_behalf/id_number",
                "/on_behalf/until"
            ]
        );
    }

    #[test]
    fn a_letter_counts_today_and_for_a_year_at_most() {
        let mut letter = entered();
        letter.until = day(2027, 11, 1);
        assert_eq!(paths(&letter, ""), ["/on_behalf/until"]);
        letter.relation = ProxyRelation::Guardian;
        assert!(
            paths(&letter, "").is_empty(),
            "a guardian is one for longer"
        );
        letter.from = day(2026, 11, 24);
        assert_eq!(paths(&letter, ""), ["/on_behalf/from"]);
    }
}
