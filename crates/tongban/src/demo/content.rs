//! The files of the demo city, embedded.

use serde::Deserialize;
use tb_catalogue::seed::{BaseItem, CityDivisions, DepartmentSeed, ThemeSeed};
use tb_contract::item::ItemDocument;
use tb_contract::joint::JointItem;
use tb_hall::seed::SiteSeed;
use tb_kernel::{AccountKind, EnterpriseRef, Region};
use tb_licence::seed::TypeSeed;

/// A demo account as its file describes it.
#[derive(Debug, Deserialize)]
pub(super) struct DemoAccount {
    pub account: String,
    pub kind: AccountKind,
    pub name: String,
    pub roles: Vec<String>,
    pub department_code: Option<String>,
    pub region: Option<Region>,
    pub citizen_id: Option<String>,
    pub phone: Option<String>,
    pub enterprise: Option<EnterpriseRef>,
}

/// The list of items of another district, as the catalogue of 芙蓉区.
pub(super) const ITEMS_CSV: &[u8] = include_bytes!("../../demo/items-guangan.csv");
/// The district that the list stands for.
pub(super) const ITEMS_REGION: &str = "430102";

const ITEMS: [&str; 16] = [
    include_str!("../../demo/items/animal_epidemic_prevention.json"),
    include_str!("../../demo/items/birth_registration.json"),
    include_str!("../../demo/items/care_home_filing.json"),
    include_str!("../../demo/items/elder_card.json"),
    include_str!("../../demo/items/employment_certificate.json"),
    include_str!("../../demo/items/employment_registration.json"),
    include_str!("../../demo/items/enterprise_establishment.json"),
    include_str!("../../demo/items/equity_pledge.json"),
    include_str!("../../demo/items/fire_safety_check.json"),
    include_str!("../../demo/items/food_business_permit.json"),
    include_str!("../../demo/items/freight_permit.json"),
    include_str!("../../demo/items/nurse_registration.json"),
    include_str!("../../demo/items/public_place_hygiene.json"),
    include_str!("../../demo/items/shop_signboard.json"),
    include_str!("../../demo/items/social_security_card.json"),
    include_str!("../../demo/items/unemployment_registration.json"),
];

pub(super) fn divisions() -> serde_json::Result<CityDivisions> {
    serde_json::from_str(include_str!("../../demo/divisions.changsha.json"))
}

pub(super) fn departments() -> serde_json::Result<Vec<DepartmentSeed>> {
    serde_json::from_str(include_str!("../../demo/departments.json"))
}

pub(super) fn themes() -> serde_json::Result<Vec<ThemeSeed>> {
    serde_json::from_str(include_str!("../../demo/themes.json"))
}

pub(super) fn licence_types() -> serde_json::Result<Vec<TypeSeed>> {
    serde_json::from_str(include_str!("../../demo/licence-types.json"))
}

pub(super) fn sites() -> serde_json::Result<Vec<SiteSeed>> {
    serde_json::from_str(include_str!("../../demo/sites.json"))
}

pub(super) fn hot() -> serde_json::Result<Vec<String>> {
    serde_json::from_str(include_str!("../../demo/hot.json"))
}

pub(super) fn accounts() -> serde_json::Result<Vec<DemoAccount>> {
    serde_json::from_str(include_str!("../../demo/accounts.json"))
}

pub(super) fn items() -> serde_json::Result<Vec<ItemDocument>> {
    ITEMS
        .iter()
        .map(|json| serde_json::from_str(json))
        .collect()
}

pub(super) fn base_items() -> serde_json::Result<Vec<BaseItem>> {
    serde_json::from_str(include_str!("../../demo/base-items.json"))
}

pub(super) fn joint_items() -> serde_json::Result<Vec<JointItem>> {
    serde_json::from_str(include_str!("../../demo/joint.json"))
}

/// The name of a demo department.
pub(super) fn department_name(code: &str) -> serde_json::Result<String> {
    Ok(departments()?
        .into_iter()
        .find(|seed| seed.code == code)
        .map(|seed| seed.name)
        .unwrap_or_default())
}
