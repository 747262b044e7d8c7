//! Finding items, reading guides, themes, hot items, figures.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tb_catalogue::{ImportOptions, import_items};
use tb_kernel::Region;

use crate::{API, UNEMPLOYMENT, by, city, demo, names};

#[tokio::test]
async fn words_pinyin_initials_and_codes_find_an_item() {
    let app = city().await;
    for q in [
        "失业登记",
        "失业",
        "shiyedengji",
        "sydj",
        "SYDJ",
        "shiye登记",
        "11430102TB00000871443",
    ] {
        let found = app
            .client()
            .get(&format!("{API}/items?q={}", encode(q)))
            .await
            .ok();
        assert_eq!(names(&found).first(), Some(&"失业登记"), "{q}: {found}");
    }
    let nothing = app
        .client()
        .get(&format!("{API}/items?q={}", encode("飞碟驾照")))
        .await
        .ok();
    assert_eq!(
        nothing,
        json!({"items": [], "meant": [], "next_cursor": null})
    );
}

/// Value, label and count of one facet.
fn counts(list: &Value, name: &str) -> Vec<(String, String, u64)> {
    let facets = list["facets"].as_array().unwrap();
    let facet = facets.iter().find(|facet| facet["name"] == name).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |v: &Value| {
        (
            text(&v["value"]),
            text(&v["label"]),
            v["count"].as_u64().unwrap(),
        )
    };
    facet["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect()
}

fn rows(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

#[tokio::test]
async fn filters_narrow() {
    let app = city().await;
    let get = async |query: &str| {
        let path = format!("{API}/items?limit=100&{query}");
        app.client().get(&path).await.ok()
    };
    let whole_city = get("region=430100").await;
    assert_eq!(
        rows(&whole_city).len(),
        12,
        "what lies in the city is found under the city"
    );
    let district = get("region=430102").await;
    assert!((1..12).contains(&rows(&district).len()));
    assert!(
        rows(&district)
            .iter()
            .all(|item| item["region"] == "430102")
    );
    let theme = get(&format!(
        "theme={}&audience=natural_person",
        encode("就业创业")
    ))
    .await;
    assert!(names(&theme).contains(&"失业登记"));
    let enterprise = json!("enterprise");
    let for_enterprises = get("audience=enterprise").await;
    assert!((1..12).contains(&rows(&for_enterprises).len()));
    let serves = |item: &Value| item["audience"].as_array().unwrap().contains(&enterprise);
    assert!(rows(&for_enterprises).iter().all(serves));
    assert_eq!(rows(&get("online=false").await).len(), 0);
    let services = get("item_type=20&online=true&q=sydj").await;
    assert_eq!(names(&services).first(), Some(&"失业登记"));
    assert!(rows(&services).iter().all(|item| item["item_type"] == "20"));
    let path = format!("{API}/items?audience=nobody");
    app.client().get(&path).await.refused(422, "http.malformed");
}

#[tokio::test]
async fn facets_count_and_name_what_else_could_be_chosen() {
    let app = city().await;
    let get = async |query: &str| {
        let path = format!("{API}/items?limit=100&{query}");
        app.client().get(&path).await.ok()
    };
    let all = get("facets=true").await;
    assert_eq!(
        counts(&all, "online"),
        [("true".to_owned(), "true".to_owned(), 12)]
    );
    let offices = counts(&all, "department");
    assert_eq!(offices.iter().map(|(_, _, count)| count).sum::<u64>(), 12);
    for (code, label, count) in offices {
        let of_one = get(&format!("department={code}&facets=true")).await;
        assert_eq!(rows(&of_one).len() as u64, count);
        let is_theirs = |item: &Value| item["department_name"] == label.as_str();
        assert!(rows(&of_one).iter().all(is_theirs));
        let choices = counts(&of_one, "department").len();
        assert_eq!(
            choices,
            counts(&all, "department").len(),
            "the other choices stay"
        );
    }
    assert!(get("").await.get("facets").is_none());
}

#[tokio::test]
async fn pages_lead_to_the_end_without_doubles() {
    let app = city().await;
    let options = ImportOptions {
        region: Region::parse("430102").unwrap(),
        sample: true,
        dry_run: false,
        by: by(&app),
    };
    let report = import_items(app.store(), demo!("items-guangan.csv").as_bytes(), &options)
        .await
        .unwrap();
    assert_eq!(
        (report.imported, report.merged, report.rejected.len()),
        (1_132, 3, 0)
    );
    let mut seen = BTreeSet::new();
    let mut cursor = String::new();
    for _ in 0..20 {
        let page = app
            .client()
            .get(&format!("{API}/items?limit=100{cursor}"))
            .await
            .ok();
        for item in page["items"].as_array().unwrap() {
            assert!(
                seen.insert(item["code"].as_str().unwrap().to_owned()),
                "{item} came twice"
            );
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={}", encode(next)),
            None => break,
        }
    }
    assert_eq!(seen.len(), 1_144);
    app.client()
        .get(&format!("{API}/items?cursor=nonsense"))
        .await
        .refused(422, "http.bad_cursor");
    let figures = app.client().get(&format!("{API}/figures")).await.ok();
    assert_eq!(
        (&figures["items"], &figures["online_items"]),
        (&json!(1_144), &json!(12))
    );
    assert_eq!(figures["data_at"], "2026-11-22T02:00:00Z");
}

#[tokio::test]
async fn a_guide_is_found_by_each_of_its_codes_and_not_sent_twice() {
    let app = city().await;
    let business = format!("{UNEMPLOYMENT}01");
    let answer = app
        .client()
        .get(&format!("{API}/items/{UNEMPLOYMENT}"))
        .await;
    let tag = answer.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["cache-control"], "no-cache");
    let guide = answer.ok();
    assert_eq!(
        app.client()
            .get(&format!("{API}/items/{business}"))
            .await
            .ok(),
        guide
    );
    assert_eq!(
        app.client()
            .get(&format!("{API}/items/{}", business.to_lowercase()))
            .await
            .ok(),
        guide
    );
    assert_eq!(
        (&guide["code"], &guide["current"]),
        (&json!(UNEMPLOYMENT), &json!(true))
    );
    assert!(guide["materials"].is_array() && guide["form"].is_object());
    let again = app
        .client()
        .with("if-none-match", &tag)
        .get(&format!("{API}/items/{UNEMPLOYMENT}"))
        .await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    app.client()
        .get(&format!("{API}/items/unknown"))
        .await
        .refused(404, "catalogue.item_not_found");
}

#[tokio::test]
async fn themes_and_hot_items_lead_to_items() {
    let app = city().await;
    let themes = app
        .client()
        .get(&format!("{API}/themes?audience=person"))
        .await
        .ok();
    let first = &themes["items"][0];
    assert_eq!(
        (&first["name"], &first["audience"]),
        (&json!("就业创业"), &json!("person"))
    );
    assert!(first["items"].as_u64().unwrap() >= 2);
    assert!(
        themes["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|theme| theme["audience"] == "person")
    );
    let both = app.client().get(&format!("{API}/themes")).await.ok();
    assert_eq!(both["items"].as_array().unwrap().len(), 33);
    let hot: Vec<String> = serde_json::from_str(demo!("hot.json")).unwrap();
    let shown = app.client().get(&format!("{API}/hot")).await.ok();
    let codes: Vec<_> = shown["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, hot);
}

/// Percent-encodes a query value.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").unwrap();
        encoded
    })
}
