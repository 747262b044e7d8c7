//! The items: nothing lost in reading, codes, situations, terms, themes.

use serde::Deserialize;
use tb_calendar::{Term, Unit};
use tb_contract::item::{CaseKind, ItemDocument};
use tb_kernel::region::Level;

use crate::{assert_unique, departments, items, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    name: String,
    icon: String,
    audience: String,
    order: u32,
}

#[test]
fn items_are_read_without_loss() {
    let items = items();
    assert_eq!(items.len(), 16);
    for (file, mut json, item) in items {
        json["region"] = item.region.as_str().into();
        assert_eq!(
            serde_json::to_value(&item).unwrap(),
            json,
            "{file}: a key or value is not understood"
        );
        assert!(item.sample, "{file} must be marked as sample");
        assert!(item.effective_from.is_some(), "{file}");
    }
}

#[test]
fn every_item_implements_a_base_item_of_the_same_name_and_type() {
    let bases: Vec<tb_catalogue::seed::BaseItem> = read("base-items.json");
    assert_unique(
        "base-items.json",
        bases.iter().map(|base| base.code.as_str()),
    );
    for (file, _, item) in items() {
        let base = bases.iter().find(|base| item.code.ends_with(&base.code));
        assert!(base.is_some(), "{file} implements nothing");
        let base = base.unwrap();
        assert_eq!(
            (&base.name, base.item_type, base.legal_term, base.sample),
            (&item.name, item.item_type, item.legal_term, true)
        );
        assert!(
            item.department_name.contains(&base.organ) && !base.organ.is_empty(),
            "{file}: {}",
            base.organ
        );
        assert!(
            base.levels.contains(&item.authority.level.unwrap()),
            "{file}"
        );
    }
}

#[test]
fn situations_name_materials_and_leave_a_way_through() {
    for (file, _, item) in items() {
        assert_unique(&file, item.materials.iter().map(|m| m.id.as_str()));
        assert_unique(&file, item.situations.iter().map(|q| q.id.as_str()));
        for question in &item.situations {
            assert_unique(&file, question.options.iter().map(|o| o.id.as_str()));
            assert!(
                question.options.iter().any(|o| o.barred.is_none()),
                "{file}: {} has no way through",
                question.id
            );
            for option in &question.options {
                for id in &option.materials {
                    assert!(
                        item.materials.iter().any(|m| &m.id == id),
                        "{file}: no material {id}"
                    );
                }
                assert!(
                    option.barred.is_none() || option.materials.is_empty(),
                    "{file}: {} is barred",
                    option.id
                );
            }
        }
        let barred = item
            .situations
            .iter()
            .flat_map(|q| &q.options)
            .filter(|o| o.barred.is_some())
            .count();
        assert!(barred >= 1, "{file} shows no barred situation");
        assert!(
            item.materials.iter().all(|m| !m.standard.is_empty()),
            "{file}: a material without standard"
        );
    }
}

#[test]
fn item_codes_follow_the_standard_and_the_department() {
    let departments = departments();
    let items = items();
    assert_unique("items", items.iter().map(|(_, _, item)| item.code.as_str()));
    for (file, _, item) in &items {
        let department = departments.get(&item.department_code).unwrap();
        assert_eq!(
            (&department.name, &department.region),
            (&item.department_name, &item.region),
            "{file}"
        );
        assert_eq!(
            department.kind, "department",
            "{file}: a centre decides nothing"
        );
        let rest = item.code.strip_prefix(&item.department_code).unwrap();
        let level = if item.region.level() == Level::City {
            "3"
        } else {
            "4"
        };
        assert!(
            rest.len() == 13 && rest.starts_with(level) && rest.bytes().all(|b| b.is_ascii_digit()),
            "{file}: {rest}"
        );
        let type_code = serde_json::to_value(item.item_type).unwrap();
        assert_eq!(
            &rest[3..5],
            type_code.as_str().unwrap(),
            "{file}: type within the base code"
        );
        let business = item.business_code.as_deref().unwrap();
        assert!(
            business.len() == 33 && business.starts_with(&item.code),
            "{file}: {business}"
        );
    }
    let hot: Vec<String> = read("hot.json");
    assert_unique("hot.json", hot.iter().map(String::as_str));
    for code in &hot {
        assert!(
            items.iter().any(|(_, _, item)| &item.code == code),
            "hot.json: no item {code}"
        );
    }
}

/// In minutes of office time, a working day counted as the seven hours of the demo's counters.
fn minutes(term: Term) -> u32 {
    match term.unit {
        Unit::OnTheSpot => 0,
        Unit::Minutes => term.length,
        Unit::Hours => term.length * 60,
        Unit::WorkingDays => term.length * 7 * 60,
        other => panic!("no demo item counts in {other:?}"),
    }
}

#[test]
fn terms_fit_into_each_other() {
    for (file, _, item) in items() {
        let promised = item.promised_term.unwrap();
        if let Some(legal) = item.legal_term {
            assert!(
                minutes(legal) >= minutes(promised),
                "{file}: promised later than the law allows"
            );
        }
        let steps: u32 = item.steps.iter().map(|step| minutes(step.term)).sum();
        assert!(
            steps <= minutes(promised),
            "{file}: the steps take longer than promised"
        );
        assert!(
            item.steps
                .iter()
                .all(|step| matches!(step.post.as_str(), "clerk" | "head")),
            "{file}"
        );
        assert_unique(&file, item.steps.iter().map(|step| step.id.as_str()));
        let instant = item.case_kind == CaseKind::Instant;
        assert_eq!(
            instant,
            item.steps.is_empty(),
            "{file}: only an instant item has no steps"
        );
        assert_eq!(instant, promised.unit == Unit::OnTheSpot, "{file}");
        assert!(item.correction_term.is_some(), "{file}");
    }
    let with = |wanted: fn(&ItemDocument) -> bool| {
        items().iter().filter(|(_, _, item)| wanted(item)).count()
    };
    assert_eq!(with(|item| item.case_kind == CaseKind::Instant), 1);
    assert_eq!(with(|item| item.pre_review_term.is_some()), 3);
    assert!(with(|item| item.fees.iter().any(|fee| fee.amount > 0)) >= 1);
}

#[test]
fn items_lie_under_known_themes() {
    let themes: Vec<Theme> = read("themes.json");
    for audience in ["person", "enterprise"] {
        let rows: Vec<_> = themes
            .iter()
            .filter(|theme| theme.audience == audience)
            .collect();
        assert_unique("themes.json", rows.iter().map(|theme| theme.name.as_str()));
        assert!(
            rows.iter().zip(1..).all(|(theme, at)| theme.order == at),
            "{audience}: order"
        );
        assert!(
            rows.iter().all(|theme| theme.icon.chars().count() == 1),
            "{audience}: icon"
        );
    }
    assert!(
        themes
            .iter()
            .all(|theme| matches!(theme.audience.as_str(), "person" | "enterprise"))
    );
    for (file, _, item) in items() {
        assert!(
            !item.themes.is_empty() && !item.keywords.is_empty(),
            "{file}"
        );
        assert!(
            (3..=5).contains(&item.faqs.len()),
            "{file}: {} questions",
            item.faqs.len()
        );
        for name in &item.themes {
            assert!(
                themes.iter().any(|theme| &theme.name == name),
                "{file}: no theme {name}"
            );
        }
    }
}
