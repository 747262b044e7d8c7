//! 变更: which lines of a face its holder may have changed, what he has to prove, and by when the organ decides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::{Calendar, CalendarError, LightRules, Request, Term};
use tb_kernel::FieldFault;
use utoipa::ToSchema;

use super::document::{AmendRule, STATUTORY_DAYS, TypeDocument};
use super::statement::{About, Statement};
use crate::error::field;

/// Most characters of what a line says.
const MOST_VALUE: usize = 200;

/// A fifth of the term is yellow, its last day at least.
const YELLOW: LightRules = LightRules {
    yellow_working_days: 0,
    yellow_percent: 20,
    yellow_minutes: 0,
};

/// What a line shall say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewLine {
    /// Label of the line.
    pub label: String,
    /// What it says from then on.
    pub value: String,
}

/// A line that changes, or has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AmendedLine {
    /// Label of the line.
    pub label: String,
    /// What it said.
    pub from: String,
    /// What it says from then on.
    pub to: String,
}

/// A line that may be changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amendable<'a> {
    /// Label of the line.
    pub label: &'a str,
    /// What it says now.
    pub value: &'a str,
    /// What has to be proved.
    pub rule: &'a AmendRule,
}

/// The lines of a licence that may be changed, by the template of today: what stands on the face and is
/// the holder's to change.
pub(crate) fn amendable<'a>(said: &'a Statement, document: &'a TypeDocument) -> Vec<Amendable<'a>> {
    let rule = |label: &str| {
        let mut lines = document.face.iter().filter(|line| line.label == label);
        lines.find_map(|line| line.amend.as_ref())
    };
    let lines = said
        .face
        .iter()
        .filter(|line| matches!(line.about, About::HolderName | About::Other));
    lines
        .filter_map(|line| {
            Some(Amendable {
                label: &line.label,
                value: &line.value,
                rule: rule(&line.label)?,
            })
        })
        .collect()
}

/// What changes, once everything that is asked for may change, is another text than before and is proved;
/// `proofs` names the papers that came. Paths lead into the request.
pub(crate) fn amended(
    lines: &[Amendable<'_>],
    wanted: &[NewLine],
    proofs: &[String],
) -> Result<Vec<AmendedLine>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut wrong = |path: String, code: &str, arg: (&str, String)| {
        faults.push(FieldFault {
            path,
            code: code.to_owned(),
            args: BTreeMap::from([(arg.0.to_owned(), arg.1)]),
            message: String::new(),
        });
    };
    let (mut seen, mut needed, mut all) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (n, line) in wanted.iter().enumerate() {
        let label = || ("name", line.label.clone());
        let found = lines.iter().find(|one| one.label == line.label);
        let Some(found) = found.filter(|_| seen.insert(line.label.as_str())) else {
            wrong(format!("/face/{n}/label"), field::NO_SUCH_LINE, label());
            continue;
        };
        let value = line.value.trim();
        let path = format!("/face/{n}/value");
        if value.is_empty() {
            wrong(path, field::REQUIRED, label());
        } else if value.chars().count() > MOST_VALUE {
            wrong(path, field::TOO_LONG, ("max", MOST_VALUE.to_string()));
        } else if value == found.value {
            wrong(path, field::UNCHANGED, label());
        }
        needed.extend(found.rule.proofs.iter());
        all.push(AmendedLine {
            label: line.label.clone(),
            from: found.value.to_owned(),
            to: value.to_owned(),
        });
    }
    if wanted.is_empty() {
        let nothing = ("name", String::new());
        wrong("/face".to_owned(), field::NOTHING_AMENDED, nothing);
    }
    for name in needed {
        if !proofs.contains(name) {
            let missing = ("name", name.clone());
            wrong(format!("/proofs/{name}"), field::PROOF_MISSING, missing);
        }
    }
    if faults.is_empty() {
        Ok(all)
    } else {
        Err(faults)
    }
}

/// Writes what changes into what stands on the licence.
pub(crate) fn write(said: &mut Statement, amended: &[AmendedLine]) {
    for change in amended {
        for line in &mut said.face {
            if line.label == change.label {
                line.value.clone_from(&change.to);
                if line.about == About::HolderName {
                    said.holder_name.clone_from(&change.to);
                }
            }
        }
    }
    // The holder is named alike wherever he stands.
    for line in &mut said.face {
        if line.about == About::HolderName {
            line.value.clone_from(&said.holder_name);
        }
    }
}

/// By when the organ decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DecideTerm {
    /// Last day.
    pub due: NaiveDate,
    /// From when on it is yellow.
    pub yellow_from: NaiveDate,
}

/// The term of a type in working days, from the day after everything was there.
pub(crate) fn decide_term(
    calendar: &Calendar,
    document: &TypeDocument,
    from: NaiveDate,
    region: &str,
) -> Result<DecideTerm, CalendarError> {
    let days = Term::working_days(document.amend_days.unwrap_or(STATUTORY_DAYS));
    let request = Request::new(from, days).in_region(region);
    let due = calendar.due(&request)?;
    let yellow_from = calendar.yellow_from(&request, &due, &YELLOW)?.day();
    Ok(DecideTerm {
        due: due.date,
        yellow_from,
    })
}

/// How the term of a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeLight {
    /// There is time.
    Green,
    /// The end is near.
    Yellow,
    /// Its last day is over.
    Red,
}

/// The light of a term on a day.
pub(crate) fn light(today: NaiveDate, due: NaiveDate, yellow_from: NaiveDate) -> ChangeLight {
    if today > due {
        ChangeLight::Red
    } else if today >= yellow_from {
        ChangeLight::Yellow
    } else {
        ChangeLight::Green
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde_json::json;
    use tb_calendar::Calendar;

    use super::{AmendedLine, ChangeLight, NewLine, amendable, amended, decide_term, light, write};
    use crate::model::document::TypeDocument;
    use crate::model::statement::Statement;

    fn document() -> TypeDocument {
        let line = |label: &str, source: &str, proofs: Option<&[&str]>| {
            let source = match source {
                "form" => json!({"kind": "form", "keys": ["x"]}),
                kind => json!({"kind": kind}),
            };
            json!({"label": label, "source": source, "amend": proofs.map(|proofs| json!({"proofs": proofs}))})
        };
        serde_json::from_value(json!({
            "name": "证", "items": [], "holder": {"kind": "applicant"}, "number_rule": "{serial}",
            "validity": {"kind": "open"}, "layout": "portrait", "seal": false, "amend_days": 7,
            "face": [line("名称", "holder_name", Some(&["营业执照"])), line("又名", "holder_name", None),
                     line("地址", "form", Some(&["营业执照", "产权证明"])), line("面积", "form", None)],
        }))
        .unwrap()
    }

    fn statement() -> Statement {
        let line = |label: &str, value: &str, about: &str| json!({"label": label, "value": value, "public": true, "about": about});
        serde_json::from_value(json!({
            "format": "f", "mark": "m", "type_code": "t", "type_version": 1, "type_name": "证", "number": "1",
            "version": 1, "holder_name": "甲店", "holder_kind": "organisation", "holder_id": "9", "organ": "局",
            "organ_code": "1", "issued_on": "2026-01-01", "valid_until": null, "layout": "portrait", "seal": false,
            "case_number": "c", "sample": true,
            "face": [line("名称", "甲店", "holder_name"), line("又名", "甲店", "holder_name"), line("地址", "一路", "other")],
        }))
        .unwrap()
    }

    fn new(label: &str, value: &str) -> NewLine {
        NewLine {
            label: label.to_owned(),
            value: value.to_owned(),
        }
    }

    fn faults(wanted: &[NewLine], proofs: &[&str]) -> Vec<(String, String)> {
        let (said, document) = (statement(), document());
        let proofs: Vec<String> = proofs.iter().map(|name| (*name).to_owned()).collect();
        let found = amended(&amendable(&said, &document), wanted, &proofs);
        let found = found.unwrap_err();
        let short = |code: &str| code.rsplit('.').next().unwrap_or_default().to_owned();
        found
            .into_iter()
            .map(|one| (one.path, short(&one.code)))
            .collect()
    }

    #[test]
    fn only_what_the_type_names_and_the_face_shows_may_change() {
        let (said, document) = (statement(), document());
        let labels: Vec<&str> = amendable(&said, &document)
            .iter()
            .map(|line| line.label)
            .collect();
        assert_eq!(labels, ["名称", "地址"]);
        let owned = |path: &str, code: &str| (path.to_owned(), code.to_owned());
        assert_eq!(
            faults(&[new("又名", "乙店"), new("面积", "9")], &[]),
            [
                owned("/face/0/label", "no_such_line"),
                owned("/face/1/label", "no_such_line")
            ]
        );
        assert_eq!(faults(&[], &[]), [owned("/face", "nothing_amended")]);
        assert_eq!(
            faults(
                &[new("名称", " "), new("名称", "乙店"), new("地址", "一路 ")],
                &["营业执照", "产权证明"]
            ),
            [
                owned("/face/0/value", "required"),
                owned("/face/1/label", "no_such_line"),
                owned("/face/2/value", "unchanged")
            ]
        );
        let long = "长".repeat(201);
        assert_eq!(
            faults(&[new("名称", &long)], &["营业执照"]),
            [owned("/face/0/value", "too_long")]
        );
        assert_eq!(
            faults(&[new("地址", "二路")], &["营业执照"]),
            [owned("/proofs/产权证明", "proof_missing")]
        );
    }

    #[test]
    fn a_new_name_is_the_holders_wherever_he_stands() {
        let (mut said, document) = (statement(), document());
        let proofs = ["营业执照".to_owned()];
        let lines = amended(
            &amendable(&said, &document),
            &[new("名称", " 乙店 ")],
            &proofs,
        );
        let lines = lines.unwrap();
        let wanted = AmendedLine {
            label: "名称".to_owned(),
            from: "甲店".to_owned(),
            to: "乙店".to_owned(),
        };
        assert_eq!(lines, [wanted]);
        write(&mut said, &lines);
        let values: Vec<&str> = said.face.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(values, ["乙店", "乙店", "一路"]);
        assert_eq!(said.holder_name, "乙店");
    }

    #[test]
    fn the_term_is_the_types_in_working_days_and_else_the_statutory_one() {
        let calendar = Calendar::embedded().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut document = document();
        let term = decide_term(&calendar, &document, day("2026-11-23"), "430102").unwrap();
        assert_eq!(term.due, day("2026-12-02"));
        document.amend_days = None;
        let term = decide_term(&calendar, &document, day("2026-11-23"), "430102").unwrap();
        assert_eq!(term.due, day("2026-12-21"));
        let on = |text| light(day(text), term.due, term.yellow_from);
        assert_eq!(on("2026-11-24"), ChangeLight::Green);
        assert_eq!(on("2026-12-21"), ChangeLight::Yellow);
        assert_eq!(on("2026-12-22"), ChangeLight::Red);
    }
}
