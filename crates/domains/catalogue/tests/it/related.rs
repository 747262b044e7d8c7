//! What comes before an item, what follows, what is like it; and the ways on which people find it.

use serde_json::{Value, json};

use crate::{API, MANAGE, UNEMPLOYMENT, admin, city, names};

/// 就业创业证申领.
const CERTIFICATE: &str = "11430102TB000008714432099005000";

fn stage<'a>(related: &'a Value, stage: &str) -> Vec<&'a str> {
    let rows = related[stage].as_array().unwrap().iter();
    rows.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn neighbours_are_told_by_stage() {
    let app = city().await;
    let related = app
        .client()
        .get(&format!("{API}/items/{UNEMPLOYMENT}/related"))
        .await
        .ok();
    assert_eq!(stage(&related, "preceding"), Vec::<&str>::new());
    assert_eq!(stage(&related, "following"), ["就业创业证申领"]);
    let alike = stage(&related, "alike");
    assert!(alike.contains(&"社会保障卡申领"), "{alike:?}");
    assert!(!alike.contains(&"就业创业证申领") && !alike.contains(&"失业登记"));
    let back = app
        .client()
        .get(&format!("{API}/items/{CERTIFICATE}/related"))
        .await
        .ok();
    assert_eq!(stage(&back, "preceding"), ["失业登记"]);

    // What is no longer offered is nobody's neighbour.
    let body = json!({"version": 1, "reason": "停用"});
    let path = format!("{MANAGE}/{CERTIFICATE}/withdraw");
    admin(&app).post(&path, &body).await.ok();
    let path = format!("{API}/items/{UNEMPLOYMENT}/related");
    let related = app.client().get(&path).await.ok();
    assert_eq!(stage(&related, "following"), Vec::<&str>::new());
    app.client()
        .get(&format!("{API}/items/NOBODY-1/related"))
        .await
        .refused(404, "catalogue.item_not_found");
}

#[tokio::test]
async fn items_are_found_by_event_industry_occupation_group_and_topic() {
    let app = city().await;
    for (filter, value, expected) in [
        ("life_event", "生育", "生育登记"),
        ("industry", "交通运输、仓储和邮政业", "道路货物运输经营许可"),
        ("occupation", "护士", "护士执业注册"),
        ("green_channel", "妇女", "生育登记"),
        ("topic", "个人创业", "企业设立登记"),
    ] {
        let value: Vec<String> = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let value = value.concat();
        let list = app
            .client()
            .get(&format!("{API}/items?facets=true&{filter}={value}"))
            .await
            .ok();
        assert!(names(&list).contains(&expected), "{filter}: {list}");
        assert!(names(&list).len() < 12, "{filter} narrows nothing");
        let facets = list["facets"].as_array().unwrap();
        assert!(facets.iter().any(|facet| facet["name"] == filter));
    }
}

#[tokio::test]
async fn a_neighbour_that_nobody_knows_stands_against_publishing() {
    let app = city().await;
    let admin = admin(&app);
    let path = format!("{MANAGE}/{UNEMPLOYMENT}");
    let mut item = admin.get(&path).await.ok()["item"].take();
    item["links"]["following"] = json!([CERTIFICATE, "NOBODY-1"]);
    let body = json!({"version": 1, "item": item});
    let saved = admin.put(&path, &body).await.ok();
    let body = json!({"version": saved["version"]});
    let problem = admin
        .post(&format!("{path}/submit"), &body)
        .await
        .refused(422, "catalogue.not_publishable");
    let field = &problem["fields"][0];
    assert_eq!(field["path"], "/links/following/1");
    assert_eq!(field["message"], "没有编码为“NOBODY-1”的事项。");
}
