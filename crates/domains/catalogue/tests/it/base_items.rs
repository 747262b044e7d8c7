//! The base catalogue: kept, checked at publishing, implemented by offices, followed by items.

use serde_json::{Value, json};
use tb_testkit::{Client, TestApp, clerk, head, operator};

use crate::{MANAGE, UNEMPLOYMENT, admin, city, draft, office, publish, submit};

pub(crate) const BASE: &str = "/api/v1/catalogue/manage/base-items";
/// The base item of 失业登记.
const REGISTRATION: &str = "432099001000";

fn registration() -> Value {
    json!({
        "code": REGISTRATION, "name": "失业登记", "item_type": "20", "organ": "人力资源和社会保障", "levels": ["county", "city"],
        "legal_term": {"length": 10, "unit": "working_days"}, "effective_from": "2025-01-01", "sample": true,
        "legal_bases": [{"name": "中华人民共和国就业促进法", "article": "第三十五条", "text": ""}],
    })
}

/// Creates and publishes; the version of the row.
async fn put(admin: &Client, item: &Value) -> i64 {
    let made = admin.post(BASE, &json!({"item": item})).await.ok();
    let path = format!("{BASE}/{}/publish", item["code"].as_str().unwrap());
    let done = admin
        .post(&path, &json!({"version": made["version"]}))
        .await
        .ok();
    assert_eq!(done["status"], "published");
    done["version"].as_i64().unwrap()
}

/// Changes what is published of the base item.
async fn change(admin: &Client, version: i64, item: &Value) -> i64 {
    let path = format!("{BASE}/{}", item["code"].as_str().unwrap());
    let saved = admin
        .put(&path, &json!({"version": version, "item": item}))
        .await
        .ok();
    assert_eq!(saved["changed"], true);
    let body = json!({"version": saved["version"]});
    let done = admin.post(&format!("{path}/publish"), &body).await.ok();
    done["version"].as_i64().unwrap()
}

fn codes(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().unwrap();
    rows.iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect()
}

/// The faults with which a submission is refused.
async fn refused(app: &TestApp, code: &str) -> Vec<(String, String)> {
    let problem = submit(app, code, 1)
        .await
        .refused(422, "catalogue.not_publishable");
    let of = |field: &Value, key: &str| field[key].as_str().unwrap().to_owned();
    let fields = problem["fields"].as_array().unwrap();
    fields
        .iter()
        .map(|field| (of(field, "path"), of(field, "code")))
        .collect()
}

async fn create(app: &TestApp, item: &Value) {
    admin(app).post(MANAGE, &json!({"item": item})).await.ok();
}

#[tokio::test]
async fn a_base_item_is_kept_in_versions_and_its_code_stays() {
    let app = city().await;
    let admin = admin(&app);
    let problem = admin
        .post(
            BASE,
            &json!({"item": {"code": "4320", "name": "", "item_type": "20"}}),
        )
        .await
        .refused(422, "catalogue.base_item_invalid");
    let paths: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["path"])
        .collect();
    assert_eq!(paths, [&json!("/code"), &json!("/name")]);

    let mut bare = registration();
    bare["levels"] = json!([]);
    let made = admin.post(BASE, &json!({"item": bare})).await.ok();
    assert_eq!(
        (&made["status"], &made["published_version"]),
        (&json!("draft"), &json!(0))
    );
    admin
        .post(BASE, &json!({"item": registration()}))
        .await
        .refused(409, "catalogue.code_taken");
    let path = format!("{BASE}/{REGISTRATION}");
    let body = json!({"version": 1});
    admin
        .post(&format!("{path}/publish"), &body)
        .await
        .refused(422, "catalogue.base_item_invalid");
    let version = change(&admin, 1, &registration()).await;
    admin
        .post(&format!("{path}/publish"), &json!({"version": version}))
        .await
        .refused(409, "catalogue.unchanged");
    admin
        .put(&path, &json!({"version": 1, "item": registration()}))
        .await
        .refused(409, "catalogue.stale_version");
    let mut other = registration();
    other["code"] = "432099001001".into();
    let problem = admin
        .put(&path, &json!({"version": version, "item": other}))
        .await
        .refused(422, "catalogue.base_item_invalid");
    assert_eq!(problem["fields"][0]["code"], "catalogue.field.code_fixed");

    let mut longer = registration();
    longer["name"] = "失业人员登记".into();
    let body = json!({"version": version, "item": longer});
    let saved = admin.put(&path, &body).await.ok();
    let view = admin.get(&path).await.ok();
    assert_eq!(
        (&view["name"], &view["item"]["name"]),
        (&json!("失业登记"), &json!("失业人员登记"))
    );
    assert_eq!(view["published"]["name"], "失业登记");
    admin
        .post(
            &format!("{path}/publish"),
            &json!({"version": saved["version"]}),
        )
        .await
        .ok();
    let view = admin.get(&path).await.ok();
    assert_eq!(view["versions"].as_array().unwrap().len(), 2);
    assert_eq!(view["name"], "失业人员登记");
    admin
        .get(&format!("{BASE}/000000000000"))
        .await
        .refused(404, "catalogue.base_item_not_found");
}

#[tokio::test]
async fn the_list_is_searched_counted_and_paged() {
    let app = city().await;
    let admin = admin(&app);
    put(&admin, &registration()).await;
    for (code, name, kind) in [
        ("430199008000", "食品经营许可", "01"),
        ("430199007000", "企业设立登记", "01"),
    ] {
        let item = json!({"code": code, "name": name, "item_type": kind, "levels": ["county"]});
        admin.post(BASE, &json!({"item": item})).await.ok();
    }
    let first = admin.get(&format!("{BASE}?limit=2&facets=true")).await.ok();
    assert_eq!(codes(&first["items"]), ["430199007000", "430199008000"]);
    assert_eq!(first["items"][1]["implementations"], 1);
    let next = first["next_cursor"].as_str().unwrap();
    let rest = admin
        .get(&format!("{BASE}?limit=2&cursor={next}"))
        .await
        .ok();
    assert_eq!(codes(&rest["items"]), [REGISTRATION]);
    assert_eq!(rest["next_cursor"], Value::Null);
    assert_eq!(
        first["facets"][0]["values"][0],
        json!({"value": "draft", "label": "draft", "count": 2})
    );
    let found = admin
        .get(&format!(
            "{BASE}?item_type=01&status=draft&q=430199008&facets=true"
        ))
        .await
        .ok();
    assert_eq!(codes(&found["items"]), ["430199008000"]);
    assert_eq!(
        found["facets"][1]["values"],
        json!([{"value": "01", "label": "01", "count": 1}])
    );

    let clerk_of_region = app.as_actor(operator(3, "430102"));
    clerk_of_region.get(BASE).await.ok();
    clerk_of_region
        .post(BASE, &json!({"item": registration()}))
        .await
        .refused(403, "http.forbidden");
}

#[tokio::test]
async fn an_unknown_base_code_is_told_only_where_the_catalogue_is_filled() {
    let app = city().await;
    let admin = admin(&app);
    let code = "11430102TB000008714432099777000";
    create(&app, &draft(code)).await;
    // A city that has not filled its base catalogue goes on as before.
    let review = submit(&app, code, 1).await.ok();
    let back = format!(
        "{}/{}/take-back",
        crate::REVIEWS,
        review["id"].as_str().unwrap()
    );
    admin
        .post(&back, &json!({"version": review["version"]}))
        .await
        .ok();

    // Another type is filled: still nothing to hold against it.
    let permit = json!({"code": "430199008000", "name": "食品经营许可", "item_type": "01", "levels": ["county"]});
    put(&admin, &permit).await;
    let review = submit(&app, code, 1).await.ok();
    let back = format!(
        "{}/{}/take-back",
        crate::REVIEWS,
        review["id"].as_str().unwrap()
    );
    admin
        .post(&back, &json!({"version": review["version"]}))
        .await
        .ok();

    put(&admin, &registration()).await;
    let fault = |path: &str, code: &str| (path.to_owned(), format!("catalogue.field.{code}"));
    assert_eq!(refused(&app, code).await, [fault("/code", "base_unknown")]);

    // A code of one's own names its base item by itself, and rightly.
    let mut own = draft("OWN-0001");
    own["base_code"] = "432099777000".into();
    create(&app, &own).await;
    assert_eq!(
        refused(&app, "OWN-0001").await,
        [fault("/base_code", "base_unknown")]
    );
    let mut both = draft("11430102TB000008714432099001000");
    both["base_code"] = "432099777000".into();
    both["code"] = "11430102TB000008714432099778000".into();
    create(&app, &both).await;
    let code = "11430102TB000008714432099778000";
    assert_eq!(
        refused(&app, code).await,
        [fault("/base_code", "base_mismatch")]
    );
    // An item without any base code is not held up.
    create(&app, &draft("OWN-0002")).await;
    submit(&app, "OWN-0002", 1).await.ok();
}

#[tokio::test]
async fn a_version_that_is_still_to_come_takes_nothing_away() {
    let app = city().await;
    let admin = admin(&app);
    let version = put(&admin, &registration()).await;
    let mut next = registration();
    next["effective_from"] = "2027-01-01".into();
    change(&admin, version, &next).await;
    let mut own = draft("OWN-0001");
    own["base_code"] = REGISTRATION.into();
    create(&app, &own).await;
    submit(&app, "OWN-0001", 1).await.ok();
}

#[tokio::test]
async fn what_is_abolished_or_not_yet_in_force_cannot_be_implemented() {
    let app = city().await;
    let admin = admin(&app);
    let mut base = registration();
    base["effective_from"] = "2027-01-01".into();
    let version = put(&admin, &base).await;
    let mut own = draft("OWN-0001");
    own["base_code"] = REGISTRATION.into();
    create(&app, &own).await;
    let fault = |code: &str| ("/base_code".to_owned(), format!("catalogue.field.{code}"));
    assert_eq!(refused(&app, "OWN-0001").await, [fault("base_not_yet")]);
    // For that day it may be submitted.
    let body = json!({"version": 1, "effective_on": "2027-01-01"});
    let review = admin
        .post(&format!("{MANAGE}/OWN-0001/submit"), &body)
        .await
        .ok();
    let back = format!(
        "{}/{}/take-back",
        crate::REVIEWS,
        review["id"].as_str().unwrap()
    );
    admin
        .post(&back, &json!({"version": review["version"]}))
        .await
        .ok();

    let path = format!("{BASE}/{REGISTRATION}/abolish");
    admin
        .post(
            &path,
            &json!({"version": version, "reason": " ", "abolished_on": "2020-01-01"}),
        )
        .await
        .refused(422, "catalogue.base_item_invalid");
    let version = change(&admin, version, &registration()).await;
    let body = json!({"version": version, "reason": "并入就业登记", "abolished_on": "2027-06-01"});
    let done = admin.post(&path, &body).await.ok();
    assert_eq!(done["status"], "abolished");
    // Until that day it is still good, but everybody is told.
    let review = submit(&app, "OWN-0001", 1).await.ok();
    admin
        .post(
            &format!(
                "{}/{}/take-back",
                crate::REVIEWS,
                review["id"].as_str().unwrap()
            ),
            &json!({"version": review["version"]}),
        )
        .await
        .ok();
    let body = json!({"version": 1, "effective_on": "2027-06-01"});
    let problem = admin
        .post(&format!("{MANAGE}/OWN-0001/submit"), &body)
        .await
        .refused(422, "catalogue.not_publishable");
    assert_eq!(
        problem["fields"][0]["code"],
        "catalogue.field.base_abolished"
    );
    assert!(
        problem["fields"][0]["message"]
            .as_str()
            .unwrap()
            .contains("2027-06-01")
    );
    let rows = admin.get(&format!("{BASE}/to-follow")).await.ok();
    let mut following = codes(&rows["items"]);
    following.sort_unstable();
    assert_eq!(following, [UNEMPLOYMENT, "OWN-0001"]);
    for verb in ["publish", "abolish"] {
        let body = json!({"version": done["version"], "reason": "再次"});
        let answer = admin
            .post(&format!("{BASE}/{REGISTRATION}/{verb}"), &body)
            .await;
        assert_eq!(answer.status.as_u16(), 409, "{verb}");
    }
}

#[tokio::test]
async fn a_changed_base_item_shows_who_has_to_follow_and_who_is_missing() {
    let app = city().await;
    let admin = admin(&app);
    let version = put(&admin, &registration()).await;
    let path = format!("{BASE}/{REGISTRATION}");
    let view = admin.get(&path).await.ok();
    assert_eq!(codes(&view["implementers"]), [UNEMPLOYMENT]);
    assert_eq!(view["implementers"][0]["to_follow"], false);
    let missing = view["missing"].as_array().unwrap();
    let names: Vec<_> = missing
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["长沙市人力资源和社会保障局"],
        "the district's office has it"
    );
    assert_eq!(
        admin.get(&format!("{BASE}/to-follow")).await.ok()["items"],
        json!([])
    );

    let mut shorter = registration();
    shorter["legal_term"]["length"] = 5.into();
    shorter["levels"] = json!(["county"]);
    change(&admin, version, &shorter).await;
    let rows = admin.get(&format!("{BASE}/to-follow")).await.ok();
    let row = &rows["items"][0];
    assert_eq!(
        (&row["code"], &row["base_name"]),
        (&json!(UNEMPLOYMENT), &json!("失业登记"))
    );
    let deviation = &row["deviations"][0];
    assert_eq!(deviation["path"], "/legal_term");
    assert_eq!(
        (&deviation["base"]["length"], &deviation["item"]["length"]),
        (&json!(5), &json!(10))
    );
    assert_eq!(admin.get(&path).await.ok()["missing"], json!([]));

    // The clerk sees it beside his working copy; it follows with the next version.
    let item = admin.get(&format!("{MANAGE}/{UNEMPLOYMENT}")).await.ok();
    assert_eq!(item["base"]["item"]["name"], "失业登记");
    assert_eq!(item["base"]["deviations"].as_array().unwrap().len(), 1);
    let mut document = item["item"].clone();
    document["legal_term"]["length"] = 5.into();
    document["promised_term"] = json!({"length": 3, "unit": "working_days"});
    document["steps"] = json!([]);
    document["form"] = Value::Null;
    document["handling"]["cross_region"] = Value::Null;
    document["handling"]["ways"] = json!(["counter"]);
    let body = json!({"version": item["version"], "item": document});
    let saved = admin
        .put(&format!("{MANAGE}/{UNEMPLOYMENT}"), &body)
        .await
        .ok();
    assert_eq!(
        admin.get(&format!("{MANAGE}/{UNEMPLOYMENT}")).await.ok()["base"]["deviations"],
        json!([])
    );
    assert_eq!(
        codes(&admin.get(&format!("{BASE}/to-follow")).await.ok()["items"]),
        [UNEMPLOYMENT],
        "what is published counts"
    );
    publish(&app, UNEMPLOYMENT, saved["version"].as_i64().unwrap()).await;
    assert_eq!(
        admin.get(&format!("{BASE}/to-follow")).await.ok()["items"],
        json!([])
    );
}

#[tokio::test]
async fn everybody_sees_the_items_within_his_reach() {
    let app = city().await;
    let admin = admin(&app);
    let mut base = registration();
    base["name"] = "失业人员登记".into();
    put(&admin, &base).await;
    let here = app.as_actor(operator(3, "430102"));
    let elsewhere = app.as_actor(operator(4, "430103"));
    let path = format!("{BASE}/to-follow");
    assert_eq!(codes(&here.get(&path).await.ok()["items"]), [UNEMPLOYMENT]);
    assert_eq!(elsewhere.get(&path).await.ok()["items"], json!([]));
    let view = elsewhere.get(&format!("{BASE}/{REGISTRATION}")).await.ok();
    assert_eq!(
        (&view["implementers"], &view["missing"]),
        (&json!([]), &json!([]))
    );
    let listed = elsewhere.get(BASE).await.ok();
    assert_eq!(listed["items"][0]["implementations"], 0);
    let own = office(&app, crate::OFFICE).await;
    let neighbour = office(&app, "11430102TB0000108H").await;
    let rows = app.as_actor(head(5, &own)).get(&path).await.ok();
    assert_eq!(codes(&rows["items"]), [UNEMPLOYMENT]);
    let rows = app.as_actor(head(6, &neighbour)).get(&path).await.ok();
    assert_eq!(rows["items"], json!([]));
    let clerk = app.as_actor(clerk(7, &own));
    clerk.get(&path).await.refused(403, "http.forbidden");
}

#[tokio::test]
async fn a_copy_goes_on_implementing_the_same_base_item() {
    let app = city().await;
    let admin = admin(&app);
    put(&admin, &registration()).await;
    let path = format!("{MANAGE}/{UNEMPLOYMENT}/copy");
    let body = json!({"code": "OWN-0009", "department_code": "11430100TB000001X1"});
    admin.post(&path, &body).await.ok();
    let copy = admin.get(&format!("{MANAGE}/OWN-0009")).await.ok();
    assert_eq!(copy["item"]["base_code"], REGISTRATION);
    let view = admin.get(&format!("{BASE}/{REGISTRATION}")).await.ok();
    assert_eq!(view["implementers"].as_array().unwrap().len(), 2);
    assert_eq!(view["missing"], json!([]), "both offices have it now");
}
