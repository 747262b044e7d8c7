//! The catalogue through HTTP on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod base_items;
mod base_lists;
mod browsing;
mod calendar;
mod codes;
mod cross_region;
mod departments;
mod derived;
mod divisions;
mod events;
mod form_files;
mod freshness;
mod hot;
mod importing;
mod joint;
mod licences;
mod life_cycle;
mod publish_checks;
mod related;
mod review;
mod scope;
mod situation;
mod synonyms;
mod transfer;
mod workbooks;

use std::sync::Arc;

use serde_json::{Value, json};
use tb_catalogue::{Catalogue, seed};
use tb_contract::item::ItemDocument;
use tb_contract::licences::{KnownLicenceType, LicenceTypes};
use tb_contract::ports::{Departments, PortResult};
use tb_kernel::{DepartmentRef, RequestId};
use tb_storage::Origin;
use tb_testkit::{Answer, Client, TestApp, administrator};

pub(crate) const API: &str = "/api/v1/catalogue";
pub(crate) const MANAGE: &str = "/api/v1/catalogue/manage/items";
pub(crate) const REVIEWS: &str = "/api/v1/catalogue/manage/reviews";
/// 芙蓉区人力资源和社会保障局.
pub(crate) const OFFICE: &str = "11430102TB00000871";
/// 失业登记.
pub(crate) const UNEMPLOYMENT: &str = "11430102TB000008714432099001000";

macro_rules! demo {
    ($path:literal) => {
        include_str!(concat!("../../../../tongban/demo/", $path))
    };
}
pub(crate) use demo;

const ITEMS: [&str; 12] = [
    demo!("items/animal_epidemic_prevention.json"),
    demo!("items/birth_registration.json"),
    demo!("items/care_home_filing.json"),
    demo!("items/elder_card.json"),
    demo!("items/employment_certificate.json"),
    demo!("items/enterprise_establishment.json"),
    demo!("items/food_business_permit.json"),
    demo!("items/freight_permit.json"),
    demo!("items/nurse_registration.json"),
    demo!("items/public_place_hygiene.json"),
    demo!("items/social_security_card.json"),
    demo!("items/unemployment_registration.json"),
];

/// A licence that the register knows, and the item that issues it.
pub(crate) const PERMIT: (&str, &str) = ("11430102TB0000108H001", "食品经营许可证");

/// A register with one type.
struct Register;

#[async_trait::async_trait]
impl LicenceTypes for Register {
    async fn types(&self) -> PortResult<Vec<KnownLicenceType>> {
        let (code, name) = (PERMIT.0.to_owned(), PERMIT.1.to_owned());
        Ok(vec![KnownLicenceType { code, name }])
    }

    async fn issued_by(&self, item_code: &str) -> PortResult<Vec<String>> {
        let issues = item_code.ends_with("4430199008000");
        Ok(issues.then(|| PERMIT.0.to_owned()).into_iter().collect())
    }
}

pub(crate) fn licence_types() -> Arc<dyn LicenceTypes> {
    Arc::new(Register)
}

/// The domain with empty tables.
pub(crate) async fn empty() -> TestApp {
    TestApp::new(vec![tb_catalogue::manifest()], |edge, _| {
        let catalogue = Catalogue::new(edge.store(), licence_types()).unwrap();
        vec![tb_catalogue::module(edge, catalogue)]
    })
    .await
}

/// With the departments of the demo city.
pub(crate) async fn with_departments() -> TestApp {
    let app = empty().await;
    let departments: Vec<seed::DepartmentSeed> =
        serde_json::from_str(demo!("departments.json")).unwrap();
    let added = seed::seed_departments(app.store(), &by(&app), &departments)
        .await
        .unwrap();
    assert_eq!(added, departments.len());
    app
}

/// With its departments, themes and the 12 described items, hot ones marked.
pub(crate) async fn city() -> TestApp {
    let app = with_departments().await;
    let themes: Vec<seed::ThemeSeed> = serde_json::from_str(demo!("themes.json")).unwrap();
    let hot: Vec<String> = serde_json::from_str(demo!("hot.json")).unwrap();
    seed::seed_themes(app.store(), &by(&app), &themes)
        .await
        .unwrap();
    let added = seed::seed_items(app.store(), &by(&app), items())
        .await
        .unwrap();
    assert_eq!(added, 12);
    seed::seed_hot(app.store(), &by(&app), &hot).await.unwrap();
    app
}

pub(crate) fn by(app: &TestApp) -> Origin {
    Origin::system("test", RequestId(app.store().new_id()))
}

pub(crate) fn items() -> Vec<ItemDocument> {
    ITEMS
        .iter()
        .map(|json| serde_json::from_str(json).unwrap())
        .collect()
}

/// 失业登记 as JSON, under another code, so that it can be a new item.
pub(crate) fn draft(code: &str) -> Value {
    let mut item: Value =
        serde_json::from_str(demo!("items/unemployment_registration.json")).unwrap();
    item["code"] = code.into();
    item["business_code"] = Value::Null;
    // Its neighbours are not in every test.
    item["links"]["preceding"] = json!([]);
    item["links"]["following"] = json!([]);
    item
}

pub(crate) fn admin(app: &TestApp) -> Client {
    app.as_actor(administrator(1))
}

/// A department as accounts name it.
pub(crate) async fn office(app: &TestApp, code: &str) -> DepartmentRef {
    Catalogue::new(app.store(), licence_types())
        .unwrap()
        .by_code(code)
        .await
        .unwrap()
        .unwrap()
}

/// The second person: he has no hand in what `admin` writes.
pub(crate) fn reviewer(app: &TestApp) -> Client {
    app.as_actor(administrator(2))
}

/// Submits the working copy as its editor.
pub(crate) async fn submit(app: &TestApp, code: &str, version: i64) -> Answer {
    let path = format!("{MANAGE}/{code}/submit");
    admin(app).post(&path, &json!({"version": version})).await
}

/// Submits the working copy, which a second person approves; the item as it is then.
pub(crate) async fn publish(app: &TestApp, code: &str, version: i64) -> Value {
    let review = submit(app, code, version).await.ok();
    let path = format!("{REVIEWS}/{}/approve", review["id"].as_str().unwrap());
    let body = json!({"version": review["version"]});
    let approved = reviewer(app).post(&path, &body).await.ok();
    assert_eq!(approved["state"], "published");
    admin(app).get(&format!("{MANAGE}/{code}")).await.ok()
}

/// Creates and publishes an item.
pub(crate) async fn publish_new(app: &TestApp, code: &str) -> Value {
    let body = json!({"item": draft(code)});
    admin(app).post(MANAGE, &body).await.ok();
    publish(app, code, 1).await
}

pub(crate) fn names(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

#[test]
fn every_code_has_its_texts() {
    let mut manifest = tb_catalogue::manifest();
    tb_testkit::assert_texts(&manifest);
    manifest.codes = tb_catalogue::field::CODES;
    tb_testkit::assert_texts(&manifest);
}
