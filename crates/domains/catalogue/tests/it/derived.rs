//! Items that an office derives from another one: what is its own, what follows the parent, let go.

use serde_json::{Value, json};
use tb_testkit::{Answer, TestApp, operator};

use crate::{API, MANAGE, OFFICE, admin, city, draft, publish, publish_new, reviewer};

const PARENT: &str = "TEST-0001";
const CHILD: &str = "TEST-0002";
/// The child as a package.
const EXPORT: &str = "/api/v1/catalogue/manage/export?code=TEST-0002";
/// 长沙市人力资源和社会保障局.
const CITY_OFFICE: &str = "11430100TB000001X1";

async fn derive(app: &TestApp, from: &str, code: &str, office: &str) -> Answer {
    let body = json!({"code": code, "department_code": office});
    admin(app)
        .post(&format!("{MANAGE}/{from}/derive"), &body)
        .await
}

async fn read(app: &TestApp, code: &str) -> Value {
    admin(app).get(&format!("{MANAGE}/{code}")).await.ok()
}

async fn save(app: &TestApp, code: &str, item: &Value) -> Answer {
    let version = read(app, code).await["version"].clone();
    let body = json!({"version": version, "item": item});
    admin(app).put(&format!("{MANAGE}/{code}"), &body).await
}

async fn step(app: &TestApp, code: &str, verb: &str) -> Answer {
    let body = json!({"version": read(app, code).await["version"]});
    admin(app)
        .post(&format!("{MANAGE}/{code}/{verb}"), &body)
        .await
}

/// The derived items that are to be looked at.
async fn behind(app: &TestApp) -> Vec<String> {
    let list = admin(app).get(&format!("{MANAGE}?behind=true")).await.ok();
    let rows = list["items"].as_array().unwrap().clone();
    rows.iter()
        .map(|row| row["code"].as_str().unwrap().to_owned())
        .collect()
}

/// Takes a package in over what is here.
async fn take(app: &TestApp, package: &Value) -> Value {
    let bytes = serde_json::to_vec(package).unwrap();
    let path = "/api/v1/catalogue/manage/packages";
    let file = ("file", "items.json", bytes.as_slice());
    let fields = [("overwrite", "true")];
    admin(app).multipart(path, &fields, file).await.ok()
}

/// Three days are promised in the place of five, and the steps keep to it.
fn shorten(item: &mut Value) {
    let days = |length: u32| json!({"length": length, "unit": "working_days"});
    item["promised_term"] = days(3);
    item["steps"][0]["term"] = days(2);
    item["steps"][1]["term"] = days(1);
}

/// A published item, and a draft that the city's office derives from it.
async fn family() -> TestApp {
    let app = city().await;
    publish_new(&app, PARENT).await;
    derive(&app, PARENT, CHILD, CITY_OFFICE).await.ok();
    app
}

/// The parent says something new in force.
async fn parent_changes(app: &TestApp, change: impl FnOnce(&mut Value)) {
    let mut item = read(app, PARENT).await["item"].clone();
    change(&mut item);
    let saved = save(app, PARENT, &item).await.ok();
    publish(app, PARENT, saved["version"].as_i64().unwrap()).await;
}

#[tokio::test]
async fn a_child_says_what_its_parent_says_but_for_its_own_places() {
    let app = family().await;
    let child = read(&app, CHILD).await;
    let item = &child["item"];
    assert_eq!(
        (&item["department_code"], &item["region"], &item["code"]),
        (&json!(CITY_OFFICE), &json!("4301"), &json!(CHILD))
    );
    assert_eq!(item["materials"], draft(PARENT)["materials"]);
    assert_eq!(
        (
            &child["parent"]["code"],
            &child["parent"]["derived_at"],
            &child["derived"]
        ),
        (&json!(PARENT), &json!(1), &json!(true))
    );
    let mut own = item.clone();
    own["consultation"] = "市局电话".into();
    shorten(&mut own);
    save(&app, CHILD, &own).await.ok();
    let mut foreign = own.clone();
    foreign["summary"] = "自己的说明".into();
    foreign["materials"][0]["name"] = "别的材料".into();
    foreign["promised_term"] = json!({"length": 90, "unit": "working_days"});
    let problem = save(&app, CHILD, &foreign)
        .await
        .refused(422, "catalogue.draft_invalid");
    let told: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["path"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("/materials/0/name", "catalogue.field.derived"),
            ("/summary", "catalogue.field.derived"),
            ("/promised_term", "catalogue.field.derived_term"),
        ]
    );
    let version = read(&app, CHILD).await["version"].as_i64().unwrap();
    publish(&app, CHILD, version).await;
    let guide = app.client().get(&format!("{API}/items/{CHILD}")).await.ok();
    assert_eq!(guide["consultation"], "市局电话");
    let uses = admin(&app)
        .get(&format!("{MANAGE}/{PARENT}/uses"))
        .await
        .ok();
    assert_eq!(
        (&uses["items"][0]["kind"], &uses["items"][0]["code"]),
        (&json!("derived"), &json!(CHILD))
    );
}

#[tokio::test]
async fn a_new_version_of_the_parent_is_looked_at_and_publishes_nothing() {
    let app = family().await;
    publish(&app, CHILD, 1).await;
    assert_eq!(behind(&app).await, Vec::<String>::new());
    step(&app, CHILD, "derive-anew")
        .await
        .refused(409, "catalogue.not_behind");
    parent_changes(&app, |item| item["summary"] = "上级的新说明".into()).await;
    assert_eq!(behind(&app).await, [CHILD]);
    let guide = app.client().get(&format!("{API}/items/{CHILD}")).await.ok();
    assert_ne!(guide["summary"], "上级的新说明");
    // Its own places may still be changed, measured by the version it was made from.
    let mut item = read(&app, CHILD).await["item"].clone();
    item["complaint"] = "市局投诉电话".into();
    save(&app, CHILD, &item).await.ok();

    let parent = read(&app, CHILD).await["parent"].clone();
    assert_eq!(
        (&parent["derived_at"], &parent["published_version"]),
        (&json!(1), &json!(2))
    );
    let news = parent["news"].as_array().unwrap();
    assert_eq!((news.len(), &news[0]["path"]), (1, &json!("/summary")));
    let saved = step(&app, CHILD, "derive-anew").await.ok();
    assert_eq!(saved["changed"], true);
    // What is in force says what the older version said, until the draft is published.
    assert_eq!(behind(&app).await, [CHILD]);
    let child = read(&app, CHILD).await;
    assert_eq!(
        (
            &child["parent"]["derived_at"],
            &child["parent"]["published_derived_at"]
        ),
        (&json!(2), &json!(1))
    );
    assert_eq!(
        (&child["item"]["summary"], &child["item"]["complaint"]),
        (&json!("上级的新说明"), &json!("市局投诉电话"))
    );
    let child = publish(&app, CHILD, saved["version"].as_i64().unwrap()).await;
    assert_eq!(child["parent"]["published_derived_at"], 2);
    assert_eq!(behind(&app).await, Vec::<String>::new());
    let guide = app.client().get(&format!("{API}/items/{CHILD}")).await.ok();
    assert_eq!(guide["summary"], "上级的新说明");
}

#[tokio::test]
async fn what_says_the_same_after_an_update_has_not_to_be_published_again() {
    let app = family().await;
    let mut item = read(&app, CHILD).await["item"].clone();
    item["complaint"] = "市局投诉电话".into();
    let saved = save(&app, CHILD, &item).await.ok();
    publish(&app, CHILD, saved["version"].as_i64().unwrap()).await;
    parent_changes(&app, |item| item["complaint"] = "上级的新投诉电话".into()).await;
    assert_eq!(behind(&app).await, [CHILD]);
    let saved = step(&app, CHILD, "derive-anew").await.ok();
    assert_eq!(saved["changed"], false);
    assert_eq!(behind(&app).await, Vec::<String>::new());
    assert_eq!(read(&app, CHILD).await["parent"]["published_derived_at"], 2);
}

#[tokio::test]
async fn what_is_not_its_own_follows_the_parents_next_version() {
    let app = family().await;
    let mut item = read(&app, CHILD).await["item"].clone();
    item["complaint"] = "市局投诉电话".into();
    save(&app, CHILD, &item).await.ok();
    parent_changes(&app, |item| {
        shorten(item);
        item["complaint"] = "上级的新投诉电话".into();
        item["consultation"] = "上级的新电话".into();
    })
    .await;
    step(&app, CHILD, "derive-anew").await.ok();
    let child = read(&app, CHILD).await;
    let item = &child["item"];
    assert_eq!(
        (&item["complaint"], &item["consultation"]),
        (&json!("市局投诉电话"), &json!("上级的新电话"))
    );
    assert_eq!(item["promised_term"]["length"], 3, "so did the promise");
    assert_eq!(item["steps"][0]["term"]["length"], 2);
    assert_eq!(child["parent"]["news"], json!([]));
}

#[tokio::test]
async fn a_promise_that_has_become_worse_than_the_parents_is_mended_first() {
    let app = family().await;
    let mut item = read(&app, CHILD).await["item"].clone();
    shorten(&mut item);
    item["promised_term"]["length"] = 4.into();
    save(&app, CHILD, &item).await.ok();
    parent_changes(&app, shorten).await;
    let problem = step(&app, CHILD, "derive-anew")
        .await
        .refused(422, "catalogue.draft_invalid");
    assert_eq!(problem["fields"][0]["path"], "/promised_term");
    shorten(&mut item);
    save(&app, CHILD, &item).await.ok();
    step(&app, CHILD, "derive-anew").await.ok();
}

#[tokio::test]
async fn a_withdrawn_parent_withdraws_no_child_and_asks_for_a_look() {
    let app = family().await;
    publish(&app, CHILD, 1).await;
    parent_changes(&app, |item| item["summary"] = "上级的新说明".into()).await;
    let version = read(&app, PARENT).await["version"].clone();
    let body = json!({"version": version, "reason": "依据已废止。"});
    let path = format!("{MANAGE}/{PARENT}/withdraw");
    admin(&app).post(&path, &body).await.ok();
    app.client().get(&format!("{API}/items/{CHILD}")).await.ok();
    assert_eq!(behind(&app).await, [CHILD]);
    assert_eq!(read(&app, CHILD).await["parent"]["status"], "withdrawn");
    step(&app, CHILD, "derive-anew")
        .await
        .refused(409, "catalogue.parent_unpublished");
    // Its own places may still be changed; let go, it asks for nothing.
    let mut item = read(&app, CHILD).await["item"].clone();
    item["complaint"] = "市局投诉电话".into();
    save(&app, CHILD, &item).await.ok();
    step(&app, CHILD, "let-go").await.ok();
    assert_eq!(behind(&app).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_review_is_not_changed_by_the_parent() {
    let app = family().await;
    let review = crate::submit(&app, CHILD, 1).await.ok();
    parent_changes(&app, |item| item["summary"] = "上级的新说明".into()).await;
    for verb in ["derive-anew", "let-go"] {
        step(&app, CHILD, verb)
            .await
            .refused(409, "catalogue.under_review");
    }
    let path = format!(
        "{}/{}/approve",
        crate::REVIEWS,
        review["id"].as_str().unwrap()
    );
    let body = json!({"version": review["version"]});
    reviewer(&app).post(&path, &body).await.ok();
    let guide = app.client().get(&format!("{API}/items/{CHILD}")).await.ok();
    assert_eq!(guide["summary"], draft(PARENT)["summary"]);
    assert_eq!(behind(&app).await, [CHILD]);
}

#[tokio::test]
async fn a_parent_may_lie_beyond_the_reach_of_who_looks_at_its_child() {
    let app = city().await;
    let mut above = draft(PARENT);
    above["department_code"] = CITY_OFFICE.into();
    above["region"] = "430100".into();
    let body = json!({"item": above});
    admin(&app).post(MANAGE, &body).await.ok();
    publish(&app, PARENT, 1).await;
    derive(&app, PARENT, CHILD, OFFICE).await.ok();
    let reached = async |region: &str| {
        let seen = app.as_actor(operator(7, region));
        let child = seen.get(&format!("{MANAGE}/{CHILD}")).await.ok();
        assert_eq!(child["item"]["region"], "430102");
        child["parent"]["within_reach"].clone()
    };
    assert_eq!(reached("430102").await, false);
    assert_eq!(reached("430100").await, true);
    let district = app.as_actor(operator(7, "430102"));
    for verb in ["derive", "derive-anew", "let-go"] {
        let path = format!("{MANAGE}/{CHILD}/{verb}");
        let body = json!({"version": 1, "code": "TEST-0003", "department_code": OFFICE});
        let answer = district.post(&path, &body).await;
        answer.refused(403, "http.forbidden");
    }
}

#[tokio::test]
async fn a_child_that_is_let_go_is_an_item_of_its_own() {
    let app = family().await;
    step(&app, CHILD, "let-go").await.ok();
    let mut child = read(&app, CHILD).await;
    assert_eq!(
        (&child["parent"], &child["derived"]),
        (&Value::Null, &json!(false))
    );
    child["item"]["summary"] = "自己的说明".into();
    save(&app, CHILD, &child["item"]).await.ok();
    for verb in ["derive-anew", "let-go"] {
        step(&app, CHILD, verb)
            .await
            .refused(409, "catalogue.not_derived");
    }
}

#[tokio::test]
async fn what_cannot_be_derived_from_is_told() {
    let app = family().await;
    let unknown = derive(&app, "NOBODY-1", "TEST-0003", CITY_OFFICE).await;
    unknown.refused(404, "catalogue.item_not_found");
    let draft_only = derive(&app, CHILD, "TEST-0003", OFFICE).await;
    draft_only.refused(409, "catalogue.parent_unpublished");
    publish(&app, CHILD, 1).await;
    let chain = derive(&app, CHILD, "TEST-0003", OFFICE).await;
    chain.refused(409, "catalogue.parent_derived");
    let own_office = derive(&app, PARENT, "TEST-0003", OFFICE).await;
    let problem = own_office.refused(422, "catalogue.draft_invalid");
    assert_eq!(
        problem["fields"][0]["code"],
        "catalogue.field.derived_office"
    );
}

#[tokio::test]
async fn a_package_says_what_an_item_is_derived_from() {
    let here = family().await;
    let package = admin(&here).get(EXPORT).await.ok();
    assert_eq!(package["items"][0]["parent"], PARENT);
    let there = city().await;
    let report = take(&there, &package).await;
    assert_eq!(
        report["warnings"][0]["code"], "catalogue.field.package_parent",
        "{report}"
    );
    assert_eq!(read(&there, CHILD).await["derived"], false);
    let other = city().await;
    publish_new(&other, PARENT).await;
    take(&other, &package).await;
    assert_eq!(read(&other, CHILD).await["parent"]["code"], PARENT);
    assert_eq!(take(&other, &package).await["unchanged"], 1);
    let list = admin(&here).get(&format!("{EXPORT}&format=csv")).await;
    let list = String::from_utf8(list.bytes.to_vec()).unwrap();
    let ends: Vec<bool> = list
        .lines()
        .zip([",parent", ",TEST-0001"])
        .map(|(line, end)| line.ends_with(end))
        .collect();
    assert_eq!(ends, [true, true], "{list}");
}

#[tokio::test]
async fn a_package_leaves_a_child_that_is_behind_with_its_parent() {
    let app = family().await;
    let mut package = admin(&app).get(EXPORT).await.ok();
    parent_changes(&app, |item| item["summary"] = "上级的新说明".into()).await;
    assert_eq!(take(&app, &package).await["unchanged"], 1);
    // Of an installation that knows no parents, with a place that is the office's own.
    package["items"][0]
        .as_object_mut()
        .unwrap()
        .remove("parent");
    package["items"][0]["item"]["complaint"] = "市局投诉电话".into();
    assert_eq!(take(&app, &package).await["updated"], 1);
    let child = read(&app, CHILD).await;
    assert_eq!(
        (&child["parent"]["code"], &child["parent"]["derived_at"]),
        (&json!(PARENT), &json!(1))
    );
}

#[tokio::test]
async fn an_older_child_of_a_package_is_measured_by_the_version_it_was_made_from() {
    let app = family().await;
    let package = admin(&app).get(EXPORT).await.ok();
    parent_changes(&app, |item| item["summary"] = "上级的新说明".into()).await;
    step(&app, CHILD, "derive-anew").await.ok();
    let report = take(&app, &package).await;
    assert_eq!(report["updated"], 1, "{report}");
    let child = read(&app, CHILD).await;
    assert_eq!(
        (&child["parent"]["code"], &child["parent"]["derived_at"]),
        (&json!(PARENT), &json!(1))
    );
    assert_eq!(child["item"]["summary"], draft(PARENT)["summary"]);
    assert_eq!(behind(&app).await, [CHILD]);
}

#[tokio::test]
async fn a_package_lets_go_of_no_child() {
    let app = family().await;
    let mut package = admin(&app).get(EXPORT).await.ok();
    package["items"][0]["item"]["summary"] = "自己的说明".into();
    package["items"][0]["item"]["visits"] = 2.into();
    let refused = |report: &Value| {
        let note = &report["rejected"][0];
        assert_eq!(note["code"], "catalogue.field.package_strange", "{report}");
        assert_eq!(note["args"]["places"], "/summary", "{report}");
    };
    refused(&take(&app, &package).await);
    assert_eq!(read(&app, CHILD).await["derived"], true);
    // Nor does it bring one in that says what its parent here never said.
    let other = city().await;
    publish_new(&other, PARENT).await;
    refused(&take(&other, &package).await);
    admin(&other)
        .get(&format!("{MANAGE}/{CHILD}"))
        .await
        .refused(404, "catalogue.item_not_found");
    // Who has been let go by a clerk stays an item of its own.
    step(&app, CHILD, "let-go").await.ok();
    let report = take(&app, &package).await;
    assert_eq!(report["updated"], 1, "{report}");
    assert_eq!(
        report["warnings"][0]["code"], "catalogue.field.package_parent",
        "{report}"
    );
    assert_eq!(read(&app, CHILD).await["derived"], false);
}

/// Chains are not made, whoever is faster.
#[tokio::test]
async fn nobody_derives_from_what_a_package_ties_in_the_same_moment() {
    let app = city().await;
    for at in 1..4 {
        let [above, parent, child] = [1, 2, 3].map(|n| format!("TEST-{at}00{n}"));
        publish_new(&app, &above).await;
        publish_new(&app, &parent).await;
        let export = format!("/api/v1/catalogue/manage/export?code={parent}");
        let mut package = admin(&app).get(&export).await.ok();
        package["items"][0]["parent"] = above.as_str().into();
        let (made, report) = tokio::join!(
            derive(&app, &parent, &child, CITY_OFFICE),
            take(&app, &package)
        );
        let is_tied = read(&app, &parent).await["derived"] == true;
        assert_ne!(made.status.is_success(), is_tied, "{report}");
    }
}

#[tokio::test]
async fn of_many_children_it_is_told_how_many_they_are() {
    let app = family().await;
    let mut package = admin(&app).get(EXPORT).await.ok();
    let one = package["items"][0].clone();
    let many = (0..100).map(|n| {
        let mut one = one.clone();
        one["item"]["code"] = format!("TEST-2{n:03}").into();
        one
    });
    package["items"] = Value::Array(many.collect());
    assert_eq!(take(&app, &package).await["imported"], 100);
    let uses = admin(&app)
        .get(&format!("{MANAGE}/{PARENT}/uses"))
        .await
        .ok();
    assert_eq!(uses["derived"], 101);
    assert_eq!(uses["items"].as_array().unwrap().len(), 100);
}
