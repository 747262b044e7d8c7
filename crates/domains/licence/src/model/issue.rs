//! From an order and a type to what stands on a licence.

use chrono::{Datelike, Months, NaiveDate};
use tb_contract::events::LicenceOrdered;

use super::amend::{AmendedLine, write};
use super::document::{FaceSource, HolderSource, TypeDocument, Validity};
use super::mark::{mark, next as next_mark};
use super::number::{Numbering, number};
use super::statement::{About, FORMAT, FaceLine, HolderKind, Statement};

/// What the register adds to an order.
pub(crate) struct Issue<'a> {
    /// Code of the type.
    pub type_code: &'a str,
    /// Its version.
    pub type_version: i64,
    /// Its template.
    pub document: &'a TypeDocument,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Serial of the organ's licences of this type, ever: for the identifier.
    pub serial: i64,
    /// The same within the year: for the number.
    pub serial_of_year: i64,
}

/// What stands on the licence; none where the form lacks the holder that the type wants.
pub(crate) fn statement(order: &LicenceOrdered, issue: &Issue<'_>) -> Option<Statement> {
    let document = issue.document;
    let answer = |key: &str| {
        let found = order.answers.iter().find(|answer| answer.key == key);
        found.map(|answer| answer.text.clone())
    };
    let (holder_name, holder_id, holder_kind) = match &document.holder {
        HolderSource::Applicant => (
            order.applicant.name.clone(),
            order.applicant.id_number.clone(),
            if order.organisation {
                HolderKind::Organisation
            } else {
                HolderKind::Person
            },
        ),
        HolderSource::Form { name_key, id_key } => {
            (answer(name_key)?, answer(id_key)?, HolderKind::Person)
        }
    };
    let valid_until = last_day(&document.validity, issue.issued_on);
    let value = |source: &FaceSource| match source {
        FaceSource::HolderName => holder_name.clone(),
        FaceSource::HolderId => holder_id.clone(),
        FaceSource::Form { keys } => keys.iter().filter_map(|key| answer(key)).collect(),
        FaceSource::ItemName => order.item_name.clone(),
        FaceSource::Organ => order.office.clone(),
        FaceSource::IssuedOn => day(issue.issued_on),
        FaceSource::Validity => match valid_until {
            Some(until) => format!("{}至{}", day(issue.issued_on), day(until)),
            None => "长期".to_owned(),
        },
        FaceSource::Fixed { text } => text.clone(),
    };
    let face = document.face.iter().map(|line| FaceLine {
        label: line.label.clone(),
        value: value(&line.source),
        public: line.public,
        about: About::from(&line.source),
    });
    // What the applicant left out of the form leaves no empty line.
    let face: Vec<FaceLine> = face.filter(|line| !line.value.is_empty()).collect();
    let region = order.region.as_str();
    Some(Statement {
        format: FORMAT.to_owned(),
        mark: mark(issue.type_code, &order.department_code, issue.serial, 1),
        type_code: issue.type_code.to_owned(),
        type_version: issue.type_version,
        type_name: document.name.clone(),
        number: number(
            &document.number_rule,
            &Numbering {
                year: issue.issued_on.year(),
                serial: issue.serial_of_year,
                organ: &order.department_code,
                region,
            },
        ),
        version: 1,
        holder_kind,
        organ: order.office.clone(),
        organ_code: order.department_code.clone(),
        issued_on: issue.issued_on,
        valid_until,
        face,
        layout: document.layout,
        seal: document.seal,
        case_number: order.case_number.clone(),
        sample: order.sample,
        holder_name,
        holder_id,
    })
}

/// What makes the next version of a licence another one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Next {
    /// The end that a renewal gives it.
    pub renewed: Option<NaiveDate>,
    /// What its face says from then on.
    pub amended: Vec<AmendedLine>,
}

/// What stands on the next version, issued on a day: all as it was but the days, which a renewal
/// gives a new end, and the lines that are changed.
pub(crate) fn next_version(
    mut said: Statement,
    issued_on: NaiveDate,
    next: &Next,
) -> Option<Statement> {
    let renewed = next.renewed;
    write(&mut said, &next.amended);
    said.version += 1;
    said.mark = next_mark(&said.mark, said.version)?;
    // A renewal goes on from the old end; a replacement keeps the days that were granted.
    let began = if renewed.is_some() {
        said.valid_until.and_then(|until| until.succ_opt())
    } else {
        None
    };
    said.valid_until = renewed.or(said.valid_until);
    said.issued_on = issued_on;
    for line in &mut said.face {
        match (line.about, said.valid_until, began) {
            (About::IssuedOn, _, _) => line.value = day(issued_on),
            (About::Validity, Some(until), Some(began)) => {
                line.value = format!("{}至{}", day(began), day(until));
            }
            _ => {}
        }
    }
    Some(said)
}

/// Five years from 2026-11-22 end on 2031-11-21.
pub(crate) fn last_day(validity: &Validity, from: NaiveDate) -> Option<NaiveDate> {
    match validity {
        Validity::Open => None,
        Validity::Years { years } => {
            let same_day = from.checked_add_months(Months::new(years.checked_mul(12)?))?;
            // Of a leap day the month's last day is the end.
            if same_day.day() == from.day() {
                same_day.pred_opt()
            } else {
                Some(same_day)
            }
        }
    }
}

fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Validity, last_day};

    #[test]
    fn years_end_on_the_day_before() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let five = Validity::Years { years: 5 };
        assert_eq!(last_day(&five, day(2026, 11, 22)), Some(day(2031, 11, 21)));
        assert_eq!(last_day(&five, day(2028, 2, 29)), Some(day(2033, 2, 28)));
        assert_eq!(last_day(&five, day(2026, 1, 1)), Some(day(2030, 12, 31)));
        assert_eq!(last_day(&Validity::Open, day(2026, 1, 1)), None);
    }
}
