//! 变更: lines of the face say something else from then on, once the organ has seen the proof.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tb_testkit::{Answer, Client, department, head};

use crate::world::{API, CREDIT_CODE, OTHERS, OURS, World, permit};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

struct Scene {
    world: World,
    id: String,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        world.order(&permit("430102202611220000405")).await;
        let id = world.mine(3).await[0]["id"].as_str().unwrap().to_owned();
        Self { world, id }
    }

    fn holder(&self) -> Client {
        self.world.holder(3)
    }

    fn clerk(&self) -> Client {
        self.world.clerk(OURS)
    }

    fn head(&self) -> Client {
        self.world.app.as_actor(head(12, &department(OURS)))
    }

    fn own(&self, verb: &str) -> String {
        format!("{API}/mine/{}/{verb}", self.id)
    }

    fn ours(&self, verb: &str) -> String {
        format!("{API}/licences/{}/{verb}", self.id)
    }

    async fn view(&self) -> Value {
        self.holder()
            .get(&format!("{API}/mine/{}", self.id))
            .await
            .ok()
    }

    async fn send(&self, who: &Client, verb: &str, data: &Value, files: usize) -> Answer {
        let files = vec![("file", "证明.pdf", PDF); files];
        let data = data.to_string();
        who.multipart_of(&self.own(verb), &[("data", &data)], &files)
            .await
    }

    async fn ask(&self, data: &Value) -> Answer {
        let files = data["proofs"].as_array().unwrap().len();
        self.send(&self.holder(), "ask-amendment", data, files)
            .await
    }

    async fn decide(&self, granted: bool) -> Answer {
        let body = json!({"granted": granted, "reason": "经审查，材料齐全。"});
        self.head().post(&self.ours("decide-change"), &body).await
    }
}

fn rename() -> Value {
    json!({"row_version": 1, "reason": "企业更名。", "proofs": ["营业执照", "法定代表人（负责人）身份证明"],
           "face": [{"label": "经营者名称", "value": "长沙市新名餐饮有限公司"},
                    {"label": "法定代表人（负责人）", "value": "王示例"}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_a_new_edition_and_the_history_says_from_what_to_what() {
    let scene = Scene::new().await;
    let old = scene.view().await;
    assert_eq!(old["may_ask"][0], "amend");
    let labels: Vec<&str> = old["amendable"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["经营者名称", "法定代表人（负责人）"]);
    let asked = scene.ask(&rename()).await.ok();
    // Ten working days from 2026-11-22, a Sunday.
    assert_eq!(asked["changes"][0]["due_on"], "2026-12-04");
    assert_eq!(asked["changes"][0]["light"], "green");
    let staff = scene
        .clerk()
        .get(&format!("{API}/licences?waiting=true"))
        .await;
    assert_eq!(staff.ok()["items"][0]["waiting"]["kind"], "amend");
    let amended = scene.clerk().get(&scene.ours("amendment")).await.ok();
    assert_eq!(amended["face"][1]["from"], "李示例");
    let new = scene.decide(true).await.ok();
    assert_eq!(
        (new["version"].as_i64(), &new["number"]),
        (Some(2), &old["number"])
    );
    assert_eq!(new["holder_name"], "长沙市新名餐饮有限公司");
    assert_eq!(new["valid_until"], old["valid_until"]);
    assert_eq!(new["genuine"], true);
    // Staff see what is public; the person stays masked.
    assert_eq!(new["history"][0]["amended"][1]["to"], "***");
    let id = new["id"].as_str().unwrap();
    let own = scene.holder().get(&format!("{API}/mine/{id}")).await.ok();
    assert_eq!(
        own["history"][0]["amended"][0]["from"],
        "长沙市示例餐饮有限公司"
    );
    assert_eq!(own["history"][0]["amended"][1]["to"], "王示例");
    assert_eq!(own["face"][2]["value"], "王示例");
    let code = old["verify_address"].as_str().unwrap();
    let code = code.rsplit('/').next().unwrap();
    let anybody = scene.world.app.client();
    let said = anybody.get(&format!("{API}/verify/{code}")).await.ok();
    assert_eq!(said["standing"], "replaced");
    assert_eq!(said["genuine"], true);
    assert_eq!(said["history"][1]["amended"], json!([]));
    let path = format!("{API}/licences?q=长沙市新名餐饮有限公司");
    let found = scene.clerk().get(&path).await.ok();
    assert_eq!(found["items"][0]["id"], id);
    let kinds: Vec<String> = scene
        .world
        .said()
        .await
        .into_iter()
        .map(|e| e.kind)
        .collect();
    let wanted = [
        "licence.licence.issued",
        "licence.change.asked",
        "licence.change.granted",
        "licence.licence.replaced",
        "licence.licence.issued",
    ];
    assert_eq!(kinds, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_may_not_change_is_said_beside_its_field() {
    let scene = Scene::new().await;
    let faults = async |data: Value, path: &str, code: &str| {
        let fields = scene
            .ask(&data)
            .await
            .refused(422, "licence.amendment_invalid");
        let fields = fields["fields"].as_array().unwrap().clone();
        let found = fields.iter().find(|one| one["path"] == path).cloned();
        assert_eq!(found.unwrap()["code"], format!("licence.field.{code}"));
    };
    let mut body = rename();
    body["face"][0]["label"] = "统一社会信用代码".into();
    faults(body, "/face/0/label", "no_such_line").await;
    let mut body = rename();
    body["face"][1]["value"] = "李示例".into();
    faults(body, "/face/1/value", "unchanged").await;
    let mut body = rename();
    body["proofs"] = json!(["营业执照"]);
    faults(
        body,
        "/proofs/法定代表人（负责人）身份证明",
        "proof_missing",
    )
    .await;
    let mut body = rename();
    body["face"] = json!([]);
    faults(body, "/face", "nothing_amended").await;
    scene
        .send(&scene.holder(), "ask-amendment", &rename(), 1)
        .await
        .refused(422, "licence.amendment_invalid");
    scene
        .send(&scene.world.holder(1), "ask-amendment", &rename(), 2)
        .await
        .refused(404, "licence.licence_not_found");
    let plain = json!({"row_version": 1, "kind": "amend", "reason": "更名。"});
    scene
        .holder()
        .post(&scene.own("ask"), &plain)
        .await
        .refused(422, "licence.amendment_invalid");
    assert_eq!(scene.view().await["changes"], json!([]), "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_asked_for_once_and_the_term_begins_anew() {
    let scene = Scene::new().await;
    let missing =
        json!({"row_version": 2, "missing": "营业执照不清晰，请重新上传。", "answer_days": 5});
    let back = async |body: &Value| scene.clerk().post(&scene.ours("return-change"), body).await;
    let nothing = json!({"row_version": 1, "missing": "营业执照。", "answer_days": 5});
    back(&nothing)
        .await
        .refused(409, "licence.nothing_to_return");
    scene.ask(&rename()).await.ok();
    let supply = json!({"statement": "已重新拍照。", "proofs": ["营业执照"]});
    scene
        .send(&scene.holder(), "supply-proof", &supply, 1)
        .await
        .refused(409, "licence.nothing_to_supply");
    let mut hasty = missing.clone();
    hasty["answer_days"] = 1.into();
    back(&hasty).await.refused(422, "licence.wrong_term");
    let view = back(&missing).await.ok();
    assert_eq!(view["changes"][0]["answer_until"], "2026-11-27");
    assert_eq!(view["changes"][0]["due_on"], "2026-12-11");
    let again = json!({"row_version": 3, "missing": "还缺一样。", "answer_days": 5});
    back(&again).await.refused(409, "licence.nothing_to_return");
    scene
        .decide(true)
        .await
        .refused(409, "licence.proof_awaited");
    scene.world.app.clock().advance(TimeDelta::days(1));
    let view = scene
        .send(&scene.holder(), "supply-proof", &supply, 1)
        .await;
    let view = view.ok();
    assert_eq!(view["changes"][0]["answer"], "已重新拍照。");
    assert_eq!(view["changes"][0]["due_on"], "2026-12-07");
    let proofs = view["changes"][0]["proofs"].as_array().unwrap();
    assert_eq!(proofs.len(), 3);
    let file = proofs[2]["id"].as_str().unwrap();
    let own = scene
        .holder()
        .get(&scene.own(&format!("proofs/{file}")))
        .await;
    assert_eq!(own.status, 200);
    let path = scene.ours(&format!("proofs/{file}"));
    let theirs = scene.world.clerk(OTHERS).get(&path).await;
    theirs.refused(404, "licence.licence_not_found");
    let ours = scene
        .clerk()
        .get(&scene.ours(&format!("proofs/{file}")))
        .await;
    assert_eq!(ours.status, 200);
    let view = scene.decide(false).await.ok();
    assert_eq!(view["changes"][0]["state"], "rejected");
    assert_eq!(
        (&view["standing"], &view["version"]),
        (&json!("valid"), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_grants_no_change_and_the_light_tells_that_it_is_late() {
    let scene = Scene::new().await;
    scene.ask(&rename()).await.ok();
    scene.world.app.clock().advance(TimeDelta::days(40));
    scene.world.app.run_periodic("licence.deem_renewed").await;
    let view = scene.view().await;
    assert_eq!(view["standing"], "valid");
    assert_eq!(view["changes"][0]["light"], "red");
    assert_eq!(view["version"], 1);
    // Once the licence has run out, only a denial is left.
    let late = chrono::DateTime::parse_from_rfc3339("2031-11-23T10:00:00+08:00").unwrap();
    scene.world.app.clock().set(late.to_utc());
    scene
        .decide(true)
        .await
        .refused(409, "licence.not_in_force");
    scene.decide(false).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_thing_at_a_time_is_asked_for_about_a_licence() {
    let scene = Scene::new().await;
    let propose = |version: i64| {
        json!({"row_version": version, "kind": "revoke", "reason": "虚假材料。",
               "basis": "《中华人民共和国行政许可法》第六十九条", "answer_days": 5})
    };
    let path = scene.ours("propose-change");
    scene.clerk().post(&path, &propose(1)).await.ok();
    let mut body = rename();
    body["row_version"] = 2.into();
    scene.ask(&body).await.refused(409, "licence.change_open");
    scene
        .decide(false)
        .await
        .refused(409, "licence.holder_not_heard");
    let said = json!({"statement": "材料属实。"});
    scene.holder().post(&scene.own("answer"), &said).await.ok();
    scene.decide(false).await.ok();
    scene.world.app.clock().advance(TimeDelta::seconds(1));
    body["row_version"] = scene.view().await["row_version"].clone();
    scene.ask(&body).await.ok();
    let version = scene.view().await["row_version"].as_i64().unwrap();
    scene
        .clerk()
        .post(&path, &propose(version))
        .await
        .refused(409, "licence.change_open");
    let back = json!({"row_version": version});
    scene
        .holder()
        .post(&scene.own("take-back"), &back)
        .await
        .ok();
    let left = scene.view().await;
    assert_eq!(left["changes"][1]["state"], "withdrawn");
    assert_eq!(left["changes"][1]["due_on"], Value::Null);
    assert_eq!(left["holder_id"], CREDIT_CODE);
}
