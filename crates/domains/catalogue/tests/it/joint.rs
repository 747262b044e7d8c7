//! Joint matters: made, published, read by the public, withdrawn.

use serde_json::{Value, json};
use tb_catalogue::seed;
use tb_testkit::{Client, TestApp, head};

use crate::{API, MANAGE, OFFICE, UNEMPLOYMENT, admin, by, city, demo, office};

const JOINT: &str = "/api/v1/catalogue/manage/joint-items";
const FOOD: &str = "11430102TB0000108H4430199008000";

/// The demo city with the two items that the sample matter has besides.
async fn with_members() -> TestApp {
    let app = city().await;
    let items = [
        demo!("items/fire_safety_check.json"),
        demo!("items/shop_signboard.json"),
    ];
    let items = items.map(|json| serde_json::from_str(json).unwrap());
    seed::seed_items(app.store(), &by(&app), items.into())
        .await
        .unwrap();
    app
}

fn matter() -> Value {
    serde_json::from_str::<Value>(demo!("joint.json")).unwrap()[0].take()
}

fn paths(problem: &Value) -> Vec<(&str, &str)> {
    let all = problem["fields"].as_array().unwrap();
    all.iter()
        .map(|one| (one["path"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_matter_is_published_and_judges_situations() {
    let app = with_members().await;
    let admin = admin(&app);
    let code = matter()["code"].as_str().unwrap().to_owned();
    let made = admin.post(JOINT, &json!({"item": matter()})).await.ok();
    assert_eq!(
        (&made["status"], &made["version"]),
        (&json!("draft"), &json!(1))
    );
    admin
        .post(JOINT, &json!({"item": matter()}))
        .await
        .refused(409, "catalogue.code_taken");
    app.client()
        .get(&format!("{API}/joint-items/{code}"))
        .await
        .refused(404, "catalogue.joint_item_not_found");
    let publish = format!("{JOINT}/{code}/publish");
    let done = admin.post(&publish, &json!({"version": 1})).await.ok();
    assert_eq!(done["published_version"], 1);
    admin
        .post(&publish, &json!({"version": 2}))
        .await
        .refused(409, "catalogue.unchanged");

    let cards = app.client().get(&format!("{API}/joint-items")).await.ok();
    assert_eq!(cards["items"][0]["departments"], 3);
    let judge = |answers: Value| json!({ "answers": answers });
    let path = format!("{API}/joint-items/{code}/situation");
    let all = json!({"licence": "yes", "size": "large", "sign": "yes", "premises": "leased", "agent": "self"});
    let large = app.client().post(&path, &judge(all)).await.ok();
    assert_eq!(large["may_apply"], true);
    let materials: Vec<&str> = large["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert!(
        materials.contains(&"sign_lease") && !materials.contains(&"proxy_letter"),
        "{materials:?}"
    );
    assert_eq!(materials.iter().filter(|id| **id == "layout").count(), 1);
    assert!(large["questions_apart"].as_u64() > large["questions"].as_u64());
    let few = json!({"licence": "yes", "size": "small", "sign": "no", "premises": "owned", "agent": "self"});
    let small = app.client().post(&path, &judge(few)).await.ok();
    let applies: Vec<bool> = small["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["applies"].as_bool().unwrap())
        .collect();
    assert_eq!(applies, [true, false, false]);
    let barred = app
        .client()
        .post(&path, &judge(json!({"licence": "no"})))
        .await
        .ok();
    assert_eq!(
        (
            &barred["may_apply"],
            barred["barred"].as_array().unwrap().len()
        ),
        (&json!(false), 1)
    );

    used_and_withdrawn(&app, &admin, &code).await;
}

/// Where an item is used; then nobody is offered the matter any more.
async fn used_and_withdrawn(app: &TestApp, admin: &Client, code: &str) {
    let used = admin
        .get(&format!("{API}/manage/items/{FOOD}/uses"))
        .await
        .ok();
    assert_eq!(used["items"][0]["code"], code);
    assert_eq!(used["items"][0]["kind"], "joint");
    let withdraw = format!("{JOINT}/{code}/withdraw");
    admin
        .post(&withdraw, &json!({"version": 2, "reason": ""}))
        .await
        .refused(422, "catalogue.draft_invalid");
    admin
        .post(&withdraw, &json!({"version": 2, "reason": "停办"}))
        .await
        .ok();
    app.client()
        .get(&format!("{API}/joint-items/{code}"))
        .await
        .refused(404, "catalogue.joint_item_withdrawn");
}

#[tokio::test]
async fn what_cannot_be_joined_is_named_by_its_place() {
    let app = with_members().await;
    let admin = admin(&app);
    let mut wrong = matter();
    wrong["members"][0]["item_code"] = UNEMPLOYMENT.into();
    wrong["members"][1]["after"] = json!(["sign"]);
    wrong["members"][2]["when"][0]["options"] = json!(["perhaps"]);
    wrong["members"][2]["answers"] = json!({});
    wrong["shared_fields"][0]["parts"][1]["key"] = "area".into();
    wrong["shared_materials"][0]["parts"][1]["key"] = "nothing".into();
    let code = wrong["code"].as_str().unwrap().to_owned();
    admin.post(JOINT, &json!({"item": wrong})).await.ok();
    let refused = admin
        .post(&format!("{JOINT}/{code}/publish"), &json!({"version": 1}))
        .await
        .refused(422, "catalogue.not_publishable");
    let found = paths(&refused);
    for wanted in [
        ("/members/0/item_code", "catalogue.field.joint_audience"),
        ("/members/0/answers", "catalogue.field.joint_answer"),
        ("/members/1/after/0", "catalogue.field.joint_order"),
        ("/members/2/when/0", "catalogue.field.question"),
        ("/members/2/answers", "catalogue.field.joint_answer"),
        ("/shared_fields/0/parts/0", "catalogue.field.joint_part"),
        ("/shared_materials/0/parts/1", "catalogue.field.joint_part"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    assert!(
        found
            .iter()
            .any(|(path, code)| path.starts_with("/shared_fields/0/")
                && code.ends_with("joint_kind")),
        "{found:?}"
    );
    let mut nameless = matter();
    nameless["name"] = "".into();
    let body = json!({"version": 1, "item": nameless});
    admin
        .put(&format!("{JOINT}/{code}"), &body)
        .await
        .refused(422, "catalogue.draft_invalid");
    let body = json!({"version": 9, "item": matter()});
    admin
        .put(&format!("{JOINT}/{code}"), &body)
        .await
        .refused(409, "catalogue.stale_version");
}

#[tokio::test]
async fn makers_see_what_their_offices_lead() {
    let app = with_members().await;
    admin(&app)
        .post(JOINT, &json!({"item": matter()}))
        .await
        .ok();
    let ours = head(2, &office(&app, "11430102TB0000108H").await);
    let others = head(3, &office(&app, OFFICE).await);
    for (who, count) in [(ours, 1), (others, 0)] {
        let list = app.as_actor(who).get(JOINT).await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn an_item_does_not_take_the_code_of_a_joint_matter() {
    let app = with_members().await;
    let admin = admin(&app);
    admin.post(JOINT, &json!({"item": matter()})).await.ok();
    let code = matter()["code"].as_str().unwrap().to_owned();
    let problem = admin
        .post(MANAGE, &json!({"item": crate::draft(&code)}))
        .await
        .refused(409, "catalogue.code_taken");
    assert_eq!(problem["args"]["code"], code);
    let body = json!({"code": code, "name": "复制"});
    admin
        .post(&format!("{MANAGE}/{UNEMPLOYMENT}/copy"), &body)
        .await
        .refused(409, "catalogue.code_taken");
}
