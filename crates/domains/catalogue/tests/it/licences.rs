//! Licences that replace materials: named by code, published with their names, found from the item that
//! issues them, and carried to other installations.

use serde_json::json;

use crate::{API, MANAGE, PERMIT, admin, city, draft, publish, with_departments};

/// 食品经营许可, whose grant issues the permit.
const ISSUER: &str = "11430102TB0000108H4430199008000";
/// 养老机构备案, which takes it in the place of an upload.
const FILING: &str = "11430102TB0000095U4431099010000";

#[tokio::test]
async fn a_published_item_says_what_replaces_its_material() {
    let app = with_departments().await;
    let types = admin(&app)
        .get(&format!("{API}/manage/licence-types"))
        .await
        .ok();
    assert_eq!(types, json!([{"code": PERMIT.0, "name": PERMIT.1}]));
    let mut item = draft("TEST-0001");
    // Whatever it was called when it was named: it is published with its name of today.
    item["materials"][1]["licence_types"] = json!([{"code": PERMIT.0, "name": "旧名"}]);
    admin(&app).post(MANAGE, &json!({"item": item})).await.ok();
    publish(&app, "TEST-0001", 1).await;
    let guide = app
        .client()
        .get(&format!("{API}/items/TEST-0001"))
        .await
        .ok();
    assert_eq!(
        guide["materials"][1]["licence_types"],
        json!([{"code": PERMIT.0, "name": PERMIT.1}])
    );
}

#[tokio::test]
async fn the_issuer_sees_who_takes_its_licence_and_a_package_keeps_it() {
    let app = city().await;
    let uses = admin(&app)
        .get(&format!("{MANAGE}/{ISSUER}/uses"))
        .await
        .ok();
    let all = uses["items"].as_array().unwrap();
    let found = all.iter().find(|one| one["kind"] == "licence").unwrap();
    assert_eq!(found["code"], FILING);

    let package = admin(&app).get(&format!("{API}/manage/export")).await.ok();
    let there = with_departments().await;
    let bytes = serde_json::to_vec(&package).unwrap();
    admin(&there)
        .multipart(
            &format!("{API}/manage/packages"),
            &[("dry_run", "false"), ("overwrite", "false")],
            ("file", "items.json", &bytes),
        )
        .await
        .ok();
    let taken = admin(&there).get(&format!("{MANAGE}/{FILING}")).await.ok();
    let materials = taken["item"]["materials"].as_array().unwrap();
    let permit = materials.iter().find(|one| one["id"] == "food_permit");
    assert_eq!(permit.unwrap()["licence_types"][0]["code"], PERMIT.0);
}
