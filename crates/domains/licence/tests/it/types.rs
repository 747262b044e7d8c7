//! Types are edited by administrators, and every change is a version.

use serde_json::json;

use crate::world::{API, OURS, World, new_type, permit};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_a_version_and_issued_licences_keep_theirs() {
    let world = World::new().await;
    world.order(&permit("430102202611220000341")).await;
    let admin = world.admin();
    let page = admin.get(&format!("{API}/types?limit=100")).await.ok();
    let types = page["items"].as_array().unwrap();
    let mut kind = types
        .iter()
        .find(|one| one["document"]["name"] == "食品经营许可证")
        .unwrap()
        .clone();
    let code = kind["code"].as_str().unwrap().to_owned();
    kind["document"]["name"] = "食品经营许可证（新版）".into();
    let path = format!("{API}/types/{code}");
    let body = json!({"version": kind["version"], "document": kind["document"]});
    let saved = admin.put(&path, &body).await.ok();
    assert_eq!(saved["version"], 2);
    admin
        .put(&path, &body)
        .await
        .refused(409, "licence.stale_version");
    let versions = admin.get(&format!("{path}/versions")).await.ok();
    assert_eq!(versions.as_array().unwrap().len(), 2);
    world.app.clock().advance(chrono::TimeDelta::seconds(1));
    world.order(&permit("430102202611220000359")).await;
    let names: Vec<_> = world
        .mine(3)
        .await
        .iter()
        .map(|row| row["type_name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["食品经营许可证（新版）", "食品经营许可证"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_type_is_said_field_by_field() {
    let world = World::new().await;
    let admin = world.admin();
    let path = format!("{API}/types");
    let mut body = new_type();
    body["code"] = "11430102TB0000108X009".into();
    body["document"]["name"] = " ".into();
    body["document"]["number_rule"] = "{year}{month}".into();
    body["document"]["validity"]["years"] = 0.into();
    body["document"]["items"] = json!(["4430199008000"]);
    body["document"]["face"][0]["source"] = json!({"kind": "form", "keys": []});
    let problem = admin
        .post(&path, &body)
        .await
        .refused(422, "licence.type_invalid");
    let mut paths: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    let wanted = [
        "/code",
        "/document/face/0/source",
        "/document/items/0",
        "/document/name",
        "/document/number_rule",
        "/document/validity/years",
    ];
    assert_eq!(paths, wanted);
    admin.post(&path, &new_type()).await.ok();
    admin
        .post(&path, &new_type())
        .await
        .refused(409, "licence.type_taken");
    let clerk = world.clerk(OURS);
    clerk.get(&path).await.refused(403, "http.forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_says_what_may_change_of_the_holders_own_lines_and_within_the_statutory_term() {
    let world = World::new().await;
    let mut kind = new_type();
    kind["document"]["amend_days"] = 21.into();
    let proofs = vec!["证明"; 6];
    kind["document"]["face"] = json!([
        {"label": "名称", "source": {"kind": "holder_name"}, "public": true, "amend": {"proofs": proofs}},
        {"label": "有效期", "source": {"kind": "validity"}, "public": true, "amend": {"proofs": []}},
        {"label": "地址", "source": {"kind": "form", "keys": ["x"]}, "public": true, "amend": {"proofs": [" "]}}]);
    let refused = world.admin().post(&format!("{API}/types"), &kind).await;
    let refused = refused.refused(422, "licence.type_invalid");
    let found: Vec<_> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["path"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    let wanted = [
        ("/document/amend_days", "licence.field.amend_days"),
        ("/document/face/0/amend", "licence.field.proofs"),
        ("/document/face/1/amend", "licence.field.not_amendable"),
        ("/document/face/2/amend", "licence.field.required"),
    ];
    assert_eq!(found, wanted);
    kind["document"]["amend_days"] = 20.into();
    kind["document"]["face"] = json!([
        {"label": "名称", "source": {"kind": "holder_name"}, "public": true, "amend": {"proofs": ["证明"]}}]);
    let made = world
        .admin()
        .post(&format!("{API}/types"), &kind)
        .await
        .ok();
    assert_eq!(made["document"]["face"][0]["amend"]["proofs"][0], "证明");
}
