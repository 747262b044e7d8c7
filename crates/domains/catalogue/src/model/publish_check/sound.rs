//! Checks that every item must pass, described or not.

use tb_calendar::{Term, Unit};
use tb_contract::access::{self, CaseExamine, Permission, Role};
use tb_contract::item::{CaseKind, Fee, ItemDocument, MaterialRequirement};
use tb_forms::Kind;

use super::Faults;
use crate::error::field;
use crate::model::{code, terms};

/// The longest name.
const LONGEST_NAME: usize = 200;
/// The largest fee in fen: ten million yuan.
const LARGEST_FEE: i64 = 1_000_000_000;

pub(super) fn check(item: &ItemDocument, faults: &mut Faults) {
    names(item, faults);
    situations(item, faults);
    parts(item, faults);
    item_terms(item, faults);
    if item.form.is_some() && !item.item_type.is_on_application() {
        faults.add("/form", field::EX_OFFICIO);
    }
    if item.online_depth > 4 {
        faults.add_with("/online_depth", field::RANGE, &[("min", &0), ("max", &4)]);
    }
}

/// Name and codes.
pub(super) fn names(item: &ItemDocument, faults: &mut Faults) {
    faults.require("/name", &item.name);
    if item.name.chars().count() > LONGEST_NAME {
        faults.add_with("/name", field::TOO_LONG, &[("max", &LONGEST_NAME)]);
    }
    faults.require("/department_code", &item.department_code);
    if !code::is_written_well(&item.code) {
        faults.add("/code", field::CODE);
    } else if !code::names_a_valid_office(&item.code) {
        faults.add("/code", field::CREDIT_CODE);
    } else if code::is_cut_short(&item.code) {
        faults.add("/code", field::CODE_LENGTH);
    } else if code::is_implementation(&item.code) && code::level(&item.code).is_none() {
        faults.add("/code", field::CODE_LEVEL);
    }
    if item
        .business_code
        .as_deref()
        .is_some_and(|business| !code::belongs(business, &item.code))
    {
        faults.add("/business_code", field::BUSINESS_CODE);
    }
    for (at, external) in item.external_codes.iter().enumerate() {
        if code::normal(external).is_empty() || external.len() > code::LONGEST {
            faults.add(format!("/external_codes/{at}"), field::CODE);
        }
    }
}

fn situations(item: &ItemDocument, faults: &mut Faults) {
    faults.unique(
        "/situations",
        "id",
        item.situations.iter().map(|question| question.id.as_str()),
    );
    for (at, question) in item.situations.iter().enumerate() {
        let path = format!("/situations/{at}");
        faults.require(format!("{path}/question"), &question.question);
        faults.unique(
            &format!("{path}/options"),
            "id",
            question.options.iter().map(|option| option.id.as_str()),
        );
        if question
            .options
            .iter()
            .all(|option| option.barred.is_some())
        {
            faults.add(format!("{path}/options"), field::NO_WAY_THROUGH);
        }
        for (nth, option) in question.options.iter().enumerate() {
            faults.require(format!("{path}/options/{nth}/label"), &option.label);
            if let Some(condition) = &option.condition
                && !item.conditions.contains(condition)
            {
                faults.add(format!("{path}/options/{nth}/condition"), field::CONDITION);
            }
            for (place, id) in option.materials.iter().enumerate() {
                if !item.materials.iter().any(|material| &material.id == id) {
                    faults.add_with(
                        format!("{path}/options/{nth}/materials/{place}"),
                        field::MATERIAL,
                        &[("id", id)],
                    );
                }
            }
        }
    }
}

fn parts(item: &ItemDocument, faults: &mut Faults) {
    faults.unique(
        "/materials",
        "id",
        item.materials.iter().map(|material| material.id.as_str()),
    );
    for (at, material) in item.materials.iter().enumerate() {
        faults.require(format!("/materials/{at}/name"), &material.name);
        licences(faults, at, material);
    }
    faults.unique(
        "/steps",
        "id",
        item.steps.iter().map(|step| step.id.as_str()),
    );
    for (at, step) in item.steps.iter().enumerate() {
        faults.require(format!("/steps/{at}/name"), &step.name);
        let post = format!("/steps/{at}/post");
        faults.require(&post, &step.post);
        if !step.post.trim().is_empty() && !may_examine(&step.post) {
            faults.add_with(post, field::POST, &[("post", &step.post)]);
        }
    }
    let procedures = &item.special_procedures;
    faults.unique(
        "/special_procedures",
        "kind",
        procedures.iter().map(|one| one.kind.label()),
    );
    for (at, one) in procedures.iter().enumerate() {
        faults.require(format!("/special_procedures/{at}/name"), &one.name);
        if !terms::is_sound(one.term) {
            faults.add(format!("/special_procedures/{at}/term"), field::TERM);
        }
    }
    for (at, fee) in item.fees.iter().enumerate() {
        faults.require(format!("/fees/{at}/name"), &fee.name);
        faults.require(format!("/fees/{at}/basis"), &fee.basis);
        if !(0..=LARGEST_FEE).contains(&fee.amount) {
            faults.add_with(
                format!("/fees/{at}/amount"),
                field::RANGE,
                &[("min", &0), ("max", &LARGEST_FEE)],
            );
        }
        fee_fields(faults, at, item, fee);
    }
}

/// A licence takes the place of a file, so a file must be asked for.
fn licences(faults: &mut Faults, at: usize, material: &MaterialRequirement) {
    let path = format!("/materials/{at}/licence_types");
    if !material.licence_types.is_empty() && !material.takes_files() {
        faults.add(path.clone(), field::LICENCE_NO_UPLOAD);
    }
    let named = material.licence_types.iter();
    faults.unique(&path, "code", named.map(|one| one.code.as_str()));
}

/// What a fee asks of the form has to be in it, and of a kind that can answer: else nobody could be
/// charged, or nobody would be without a word.
fn fee_fields(faults: &mut Faults, at: usize, item: &ItemDocument, fee: &Fee) {
    let kind = |key: &str| {
        let mut fields = item.form.iter().flat_map(tb_forms::FormDocument::fields);
        let found = fields.find(|field| field.key == key);
        found.map(|field| &field.kind)
    };
    let mut expect = |key: &str, path: &str, fits: &dyn Fn(&Kind) -> bool, wrong| {
        let fault = match kind(key) {
            None => field::FORM_FIELD,
            Some(kind) if !fits(kind) => wrong,
            Some(_) => return,
        };
        faults.add(format!("/fees/{at}/{path}"), fault);
    };
    let counted = &fee.quantity_field;
    if !counted.is_empty() {
        let is_number = |kind: &Kind| matches!(kind, Kind::Number(_));
        expect(counted, "quantity_field", &is_number, field::FEE_QUANTITY);
    }
    if let Some(condition) = &fee.charged_if {
        let offers = |kind: &Kind| offers(kind, &condition.values);
        expect(
            &condition.field,
            "charged_if",
            &offers,
            field::FEE_CONDITION,
        );
    }
}

/// Whether a field can be answered by each of these values; what a code table holds is not asked.
fn offers(kind: &Kind, values: &[String]) -> bool {
    let Kind::Dictionary(dictionary) = kind else {
        return false;
    };
    let known = |value: &String| {
        let options = dictionary.options.as_ref();
        options.is_none_or(|options| options.iter().any(|option| option.value == *value))
    };
    !values.is_empty() && values.iter().all(known)
}

/// Whether somebody of this post could ever do a step: a case would wait there for good.
fn may_examine(post: &str) -> bool {
    let grants = |role: &Role| role.grants.iter().any(|(key, _)| *key == CaseExamine::KEY);
    access::role(post).is_some_and(|role| role.staff && grants(role))
}

fn item_terms(item: &ItemDocument, faults: &mut Faults) {
    let named: [(&str, Option<Term>); 4] = [
        ("/legal_term", item.legal_term),
        ("/promised_term", item.promised_term),
        ("/pre_review_term", item.pre_review_term),
        ("/correction_term", item.correction_term),
    ];
    for (path, term) in named {
        if term.is_some_and(|term| !terms::is_sound(term)) {
            faults.add(path, field::TERM);
        }
    }
    for (at, step) in item.steps.iter().enumerate() {
        if !terms::is_sound(step.term) {
            faults.add(format!("/steps/{at}/term"), field::TERM);
        }
    }
    let Some(promised) = item.promised_term else {
        return;
    };
    if let Some(legal) = item
        .legal_term
        .filter(|legal| terms::is_longer(promised, *legal))
    {
        faults.add_with(
            "/promised_term",
            field::PROMISED_TOO_LATE,
            &[("legal", &legal), ("promised", &promised)],
        );
    }
    let steps: u64 = item
        .steps
        .iter()
        .map(|step| terms::office_minutes(step.term))
        .sum();
    if steps > terms::office_minutes(promised) {
        faults.add_with("/steps", field::STEPS_TOO_LONG, &[("promised", &promised)]);
    }
    let on_the_spot = promised.unit == Unit::OnTheSpot;
    if (item.case_kind == CaseKind::Instant) != on_the_spot {
        faults.add("/promised_term", field::INSTANT);
    }
}
