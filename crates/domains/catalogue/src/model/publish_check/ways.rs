//! Checks of how an item is handled, by what power, and where it stands among the others.

use std::collections::BTreeSet;
use std::fmt::Display;

use tb_calendar::{Term, Unit};
use tb_contract::events::MOST_BATCH_ROWS;
use tb_contract::item::{
    Audience, CoApplicantRule, CommitmentRule, CrossRegionMode, CrossRegionRule, HandlingWay,
    ItemDocument, MOST_CO_APPLICANTS, OfficeNature, ResultDelivery, ResultSender,
};
use tb_forms::{Table, TableObstacle};

use super::Faults;
use crate::error::field;
use crate::model::code;

/// The longest name of a theme, an event or an industry.
const LONGEST_WORD: usize = 40;
/// The longest address on the web.
const LONGEST_URL: usize = 500;

pub(super) fn check(item: &ItemDocument, faults: &mut Faults) {
    authority(item, faults);
    handling(item, faults);
    if let Some(rule) = &item.commitment {
        promise(item, rule, faults);
    }
    links(item, faults);
}

/// Whoever signs a promise reads what it says; one for a material does not say what holds of the whole.
fn promise(item: &ItemDocument, rule: &CommitmentRule, faults: &mut Faults) {
    faults.require("/commitment/told", &rule.told);
    faults.require("/commitment/promised", &rule.promised);
    faults.require("/commitment/method", &rule.method);
    let of_materials = item.materials.iter().any(|one| one.commitment);
    match &rule.for_materials {
        Some(words) => {
            faults.require("/commitment/for_materials/told", &words.told);
            faults.require("/commitment/for_materials/promised", &words.promised);
        }
        None if rule.whole && of_materials => {
            faults.add("/commitment/for_materials", field::PROMISE_WORDS);
        }
        None => {}
    }
}

fn authority(item: &ItemDocument, faults: &mut Faults) {
    let authority = &item.authority;
    if authority.nature == Some(OfficeNature::Delegated) {
        faults.require("/authority/delegated_by", &authority.delegated_by);
    }
    if let (Some(level), Some(coded)) = (authority.level, code::level(&item.code))
        && level != coded
    {
        faults.add("/authority/level", field::LEVEL);
    }
    words(
        "/authority/joint_offices",
        &authority.joint_offices,
        200,
        faults,
    );
    if authority
        .quota
        .as_ref()
        .is_some_and(|quota| quota.number == 0)
    {
        faults.add_with(
            "/authority/quota/number",
            field::RANGE,
            &[("min", &1), ("max", &u32::MAX)],
        );
    }
}

fn handling(item: &ItemDocument, faults: &mut Faults) {
    let handling = &item.handling;
    if item.form.is_some() && item.visits > 0 {
        faults.require("/handling/visit_reason", &handling.visit_reason);
    }
    let says_online = handling.ways.contains(&HandlingWay::Online);
    if item.form.is_some() && !handling.ways.is_empty() && !says_online {
        faults.add("/handling/ways", field::WAY_ONLINE_MISSING);
    }
    if item.form.is_none() && says_online && handling.addresses.is_empty() {
        faults.add("/handling/addresses", field::REQUIRED);
    }
    if handling.fee_gate.is_some() && item.fees.is_empty() {
        faults.add("/handling/fee_gate", field::FEE_GATE);
    }
    if let Some(rule) = &handling.co_applicants {
        co_applicants(item, rule, faults);
    }
    if let Some(rule) = &handling.cross_region {
        cross_region(item, rule, faults);
    }
    if let Some(rows) = handling.batch_rows {
        batches(item, rows, faults);
    }
    for (at, address) in handling.addresses.iter().enumerate() {
        faults.require(format!("/handling/addresses/{at}/name"), &address.name);
        if !is_address(&address.url) {
            faults.add(format!("/handling/addresses/{at}/url"), field::URL);
        }
    }
    for (at, one) in handling.intermediaries.iter().enumerate() {
        faults.require(format!("/handling/intermediaries/{at}/name"), &one.name);
        faults.require(format!("/handling/intermediaries/{at}/basis"), &one.basis);
    }
    if let Some(inspection) = &handling.annual_inspection {
        faults.require("/handling/annual_inspection/period", &inspection.period);
    }
}

/// Who signs besides the applicant does so on what is filled in online.
fn co_applicants(item: &ItemDocument, rule: &CoApplicantRule, faults: &mut Faults) {
    let path = |key: &str| format!("/handling/co_applicants/{key}");
    faults.require(path("role"), &rule.role);
    if !(1..=MOST_CO_APPLICANTS).contains(&rule.max) {
        let bounds: [(&str, &dyn Display); 2] = [("min", &1), ("max", &MOST_CO_APPLICANTS)];
        faults.add_with(path("max"), field::RANGE, &bounds);
    }
    if rule.min > rule.max {
        let bounds: [(&str, &dyn Display); 2] = [("min", &0), ("max", &rule.max)];
        faults.add_with(path("min"), field::RANGE, &bounds);
    }
    let is_days = |term: Term| matches!(term.unit, Unit::WorkingDays | Unit::NaturalDays);
    if rule
        .term
        .is_some_and(|term| !is_days(term) || term.length == 0)
    {
        faults.add(path("term"), field::SIGNING_TERM);
    }
    if item.form.is_none() {
        faults.add("/handling/co_applicants", field::SIGNING_FORM);
    }
}

/// Applicants who are elsewhere need nothing that only people on the spot can have.
fn cross_region(item: &ItemDocument, rule: &CrossRegionRule, faults: &mut Faults) {
    const PLACE: &str = "/handling/cross_region";
    if rule.modes.is_empty() {
        faults.add(format!("{PLACE}/modes"), field::REQUIRED);
    }
    if item.form.is_none() {
        faults.add(PLACE, field::CROSS_FORM);
    }
    let delivery = &item.handling.delivery;
    let is_sent = delivery
        .iter()
        .any(|way| matches!(way, ResultDelivery::Courier | ResultDelivery::Online));
    if rule.has(CrossRegionMode::Online) && item.visits > 0 {
        faults.add(format!("{PLACE}/modes"), field::CROSS_VISITS);
    }
    let sends = rule.has(CrossRegionMode::Online) || rule.results == ResultSender::Office;
    if sends && !is_sent {
        faults.add("/handling/delivery", field::CROSS_DELIVERY);
    }
    if !rule.has(CrossRegionMode::Collect) {
        return;
    }
    if item.handling.co_applicants.is_some() {
        faults.add(PLACE, field::CROSS_SIGNERS);
    }
    let range = item.authority.scope.range(&item.region);
    if range.is_none() {
        faults.add("/authority/scope", field::CROSS_SCOPE);
    }
    let codes = rule.places.iter().map(|one| one.division.as_str());
    faults.unique(&format!("{PLACE}/places"), "division", codes);
    for (at, one) in rule.places.iter().enumerate() {
        faults.require(format!("{PLACE}/places/{at}/name"), &one.name);
        let within = |range: &String| one.division.as_str().starts_with(range);
        if range.as_ref().is_some_and(|range| !within(range)) {
            faults.add(format!("{PLACE}/places/{at}/division"), field::CROSS_PLACE);
        }
    }
}

/// An organisation applies for many persons with a sheet: the form must fit into one, and whoever
/// applies must be able to.
fn batches(item: &ItemDocument, rows: u32, faults: &mut Faults) {
    const PLACE: &str = "/handling/batch_rows";
    if !(2..=MOST_BATCH_ROWS).contains(&rows) {
        let bounds: [(&str, &dyn Display); 2] = [("min", &2), ("max", &MOST_BATCH_ROWS)];
        faults.add_with(PLACE, field::RANGE, &bounds);
    }
    let of_organisations = item
        .audience
        .iter()
        .any(|who| *who != Audience::NaturalPerson);
    if !of_organisations && !item.handling.proxy {
        faults.add(PLACE, field::BATCH_AUDIENCE);
    }
    if item.commitment.is_some() {
        faults.add(PLACE, field::BATCH_COMMITMENT);
    }
    if item.handling.co_applicants.is_some() {
        faults.add(PLACE, field::BATCH_SIGNERS);
    }
    match item.form.as_ref().map(Table::of) {
        None => faults.add(PLACE, field::BATCH_OFFLINE),
        Some(Err(TableObstacle::Field { label })) => {
            faults.add_with(PLACE, field::BATCH_FIELD, &[("field", &label)]);
        }
        Some(Err(TableObstacle::Nobody)) => faults.add(PLACE, field::BATCH_NOBODY),
        Some(Ok(_)) => {}
    }
}

/// An address that a browser may be sent to.
fn is_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    url.len() <= LONGEST_URL
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn links(item: &ItemDocument, faults: &mut Faults) {
    let links = &item.links;
    let named = [
        ("/links/life_events", &links.life_events),
        ("/links/industries", &links.industries),
        ("/links/occupations", &links.occupations),
        ("/links/green_channels", &links.green_channels),
        ("/links/topics", &links.topics),
    ];
    for (path, list) in named {
        words(path, list, LONGEST_WORD, faults);
    }
    for (path, list) in [
        ("/links/preceding", &links.preceding),
        ("/links/following", &links.following),
    ] {
        words(path, list, code::LONGEST, faults);
        for (at, other) in list.iter().enumerate() {
            if code::normal(other) == code::normal(&item.code) {
                faults.add(format!("{path}/{at}"), field::ITSELF);
            }
        }
    }
}

/// Every entry says something, once.
fn words(path: &str, list: &[String], most: usize, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (at, word) in list.iter().enumerate() {
        let place = format!("{path}/{at}");
        faults.require(&place, word);
        if word.chars().count() > most {
            faults.add_with(&place, field::TOO_LONG, &[("max", &most)]);
        }
        if !seen.insert(word.trim()) {
            faults.add_with(place, field::DUPLICATE, &[("key", word)]);
        }
    }
}
