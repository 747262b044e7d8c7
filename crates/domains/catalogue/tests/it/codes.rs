//! Tables of codes: renamed, ordered and added to by division; shown in filters, asked at imports.

use serde_json::{Value, json};
use tb_testkit::{TestApp, operator};

use crate::{API, admin, city, draft};

const CODES: &str = "/api/v1/catalogue/manage/codes";

async fn table(app: &TestApp, name: &str, region: &str) -> Value {
    let tables = app
        .client()
        .get(&format!("{API}/codes?region={region}"))
        .await
        .ok();
    let all = tables["items"].as_array().unwrap();
    let found = all.iter().find(|one| one["table"] == name).unwrap();
    found["entries"].clone()
}

/// The values and labels of a filter.
async fn filter(app: &TestApp, name: &str, query: &str) -> Vec<(String, String)> {
    let list = app
        .client()
        .get(&format!("{API}/items?facets=true{query}"))
        .await
        .ok();
    let facets = list["facets"].as_array().unwrap();
    let facet = facets.iter().find(|one| one["name"] == name).unwrap();
    let of = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let values = facet["values"].as_array().unwrap().iter();
    values
        .map(|one| (of(one, "value"), of(one, "label")))
        .collect()
}

#[tokio::test]
async fn a_city_calls_a_type_otherwise_and_the_filters_follow_at_once() {
    let app = city().await;
    let admin = admin(&app);
    let before = table(&app, "item_type", "430102").await;
    assert_eq!(
        (&before[0]["code"], &before[0]["name"]),
        (&json!("01"), &Value::Null)
    );
    let body =
        json!({"region": "4301", "version": 0, "entries": [{"code": "20", "name": "便民服务"}]});
    let saved = admin.put(&format!("{CODES}/item_type"), &body).await.ok();
    assert_eq!(
        (&saved["version"], &saved["entries"][0]["name"]),
        (&json!(1), &json!("便民服务"))
    );
    let here = table(&app, "item_type", "430102").await;
    assert_eq!(
        (&here[0]["code"], &here[0]["division"]),
        (&json!("20"), &json!("4301"))
    );
    assert_eq!(here.as_array().unwrap().len(), 11, "nothing is lost");
    assert_eq!(table(&app, "item_type", "44").await[0]["code"], "01");
    let shown = filter(&app, "item_type", "&region=430102").await;
    assert_eq!(shown[0], ("20".to_owned(), "便民服务".to_owned()));
    let everywhere = filter(&app, "item_type", "").await;
    assert!(everywhere.iter().all(|(value, label)| value == label));

    admin
        .put(&format!("{CODES}/item_type"), &body)
        .await
        .refused(409, "catalogue.stale_version");
    let body = json!({"region": "4301", "version": 1, "entries": []});
    admin.put(&format!("{CODES}/item_type"), &body).await.ok();
    assert_eq!(
        table(&app, "item_type", "430102").await[0]["code"],
        "01",
        "inherited again"
    );
}

#[tokio::test]
async fn what_rules_depend_on_stays_and_what_is_wrong_is_named() {
    let app = city().await;
    let admin = admin(&app);
    let entries = json!([{"code": "01", "offered": false}, {"code": "99", "name": "新类型"}]);
    let body = json!({"version": 0, "entries": entries});
    let problem = admin
        .put(&format!("{CODES}/item_type"), &body)
        .await
        .refused(422, "catalogue.code_table_invalid");
    let told: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "catalogue.field.code_needed",
            "catalogue.field.code_foreign"
        ]
    );
    admin
        .put(
            &format!("{CODES}/colours"),
            &json!({"version": 0, "entries": []}),
        )
        .await
        .refused(404, "catalogue.code_table_not_found");
    admin
        .put(
            &format!("{CODES}/industry"),
            &json!({"region": "43x", "version": 0, "entries": []}),
        )
        .await
        .refused(422, "catalogue.code_table_invalid");
    let operator = app.as_actor(operator(3, "430102"));
    operator.get(CODES).await.refused(403, "http.forbidden");
}

#[tokio::test]
async fn words_are_hidden_renamed_and_asked_for_at_imports() {
    let app = city().await;
    let admin = admin(&app);
    let before = filter(&app, "life_event", "").await;
    assert!(before.len() > 2, "{before:?}");
    let (hidden, renamed) = (before[0].0.clone(), before[1].0.clone());
    let entries = json!([{"code": renamed, "name": "换了名称"}, {"code": hidden, "offered": false}, {"code": "新的事件"}]);
    let body = json!({"version": 0, "entries": entries});
    admin.put(&format!("{CODES}/life_event"), &body).await.ok();
    let after = filter(&app, "life_event", "").await;
    assert_eq!(after[0], (renamed.clone(), "换了名称".to_owned()));
    assert!(after.iter().all(|(value, _)| *value != hidden));
    assert_eq!(
        after.len(),
        before.len() - 1,
        "words that items carry stay to be found"
    );

    let mut item = draft("TEST-0001");
    item["links"]["life_events"] = json!([renamed, "没有这个事件"]);
    let package = json!({"format": "tongban.items", "version": 1, "items": [{"item": item}]});
    let bytes = serde_json::to_vec(&package).unwrap();
    let fields = [("dry_run", "true")];
    let path = format!("{API}/manage/packages");
    let report = admin
        .multipart(&path, &fields, ("file", "items.json", &bytes))
        .await
        .ok();
    let note = &report["warnings"][0];
    assert_eq!(note["code"], "catalogue.field.code_unknown");
    assert!(note["message"].as_str().unwrap().contains("没有这个事件"));
    assert!(!note["message"].as_str().unwrap().contains(&renamed));
}
