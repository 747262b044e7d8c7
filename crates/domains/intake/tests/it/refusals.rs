//! Bad input: each gets a code or a message beside its field, and nothing is lost or half done.

use serde_json::{Value, json};

use crate::town::{
    ITEM, PDF, Town, agent, answers, complete, draft, fields, item, look, path, upload,
};

const APPLICATIONS: &str = "/api/v1/intake/applications";

fn apply(code: &str) -> Value {
    json!({"item_code": code, "situation_answers": {}, "channel": "pc"})
}

async fn publish_as(town: &Town, code: &str, bend: impl FnOnce(&mut Value)) {
    let mut other = item();
    other["code"] = code.into();
    bend(&mut other);
    town.publish(other, 1).await;
}

#[tokio::test]
async fn what_cannot_be_applied_for_is_refused_at_once() {
    let town = Town::new().await;
    publish_as(&town, "penalty", |item| item["item_type"] = "02".into()).await;
    publish_as(&town, "offline", |item| item["form"] = Value::Null).await;
    publish_as(&town, "enterprises", |item| {
        item["audience"] = json!(["enterprise"]);
    })
    .await;
    let mine = town.person(1);
    mine.post(APPLICATIONS, &apply("unknown"))
        .await
        .refused(404, "intake.item_not_found");
    mine.post(APPLICATIONS, &apply("penalty"))
        .await
        .refused(422, "intake.item_ex_officio");
    mine.post(APPLICATIONS, &apply("offline"))
        .await
        .refused(422, "intake.item_not_online");
    mine.post(APPLICATIONS, &apply("enterprises"))
        .await
        .refused(422, "intake.audience_mismatch");
    let company = town.app.as_actor(agent(3));
    company
        .post(APPLICATIONS, &apply(ITEM))
        .await
        .refused(422, "intake.audience_mismatch");
    let made = company.post(APPLICATIONS, &apply("enterprises")).await.ok();
    assert_eq!(made["applicant"]["name"], "长沙测试商贸有限公司");
    assert_eq!(made["applicant"]["agent_name"], crate::town::NAME);
    town.person(9)
        .post(APPLICATIONS, &apply(ITEM))
        .await
        .refused(403, "intake.profile_missing");
    town.app
        .client()
        .post(APPLICATIONS, &apply(ITEM))
        .await
        .refused(401, "http.unauthenticated");
    mine.post(APPLICATIONS, &json!({"situation_answers": {}}))
        .await
        .refused(422, "http.malformed");
}

#[tokio::test]
async fn the_situation_guide_is_judged() {
    let town = Town::new().await;
    let mine = town.person(1);
    let with = |answers: Value| json!({"item_code": ITEM, "situation_answers": answers, "channel": "mobile"});
    let barred = mine
        .post(APPLICATIONS, &with(json!({"reason": "retired"})))
        .await
        .refused(422, "intake.situation_barred");
    assert_eq!(fields(&barred), ["/situation_answers/reason"]);
    assert_eq!(barred["fields"][0]["message"], "已退休的不用办理失业登记。");
    let unknown = mine
        .post(APPLICATIONS, &with(json!({"reason": "x", "y": "z"})))
        .await
        .refused(422, "intake.situation_invalid");
    assert_eq!(
        fields(&unknown),
        ["/situation_answers/reason", "/situation_answers/y"]
    );

    let open = mine.post(APPLICATIONS, &with(json!({}))).await.ok();
    assert_eq!(open["channel"], "mobile");
    let body = json!({"version": open["version"], "situation_answers": {"reason": "closed"}});
    let answered = mine.put(&path(&open, "/situation"), &body).await.ok();
    let asked: Vec<&Value> = answered["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["id"])
        .collect();
    assert!(asked.contains(&&json!("closure_proof")));
    let body = json!({"version": answered["version"], "situation_answers": {"reason": "retired"}});
    mine.put(&path(&open, "/situation"), &body)
        .await
        .refused(422, "intake.situation_barred");
}

#[tokio::test]
async fn a_submission_names_everything_that_is_missing_at_once() {
    let town = Town::new().await;
    let mine = town.person(1);
    let body = json!({"item_code": ITEM, "channel": "pc"});
    let open = mine.post(APPLICATIONS, &body).await.ok();
    let mut form = answers();
    form["id_number"] = "110105194912310021".into();
    form["phone"] = "123".into();
    form["home"] = Value::Null;
    let saved = mine
        .put(
            &path(&open, "/form"),
            &json!({"version": open["version"], "form": form}),
        )
        .await
        .ok();
    assert_eq!(
        saved["form"]["id_number"], "110105194912310021",
        "a draft keeps what is not right yet"
    );
    let problem = mine
        .post(
            &path(&open, "/submit"),
            &json!({"version": saved["version"]}),
        )
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(
        fields(&problem),
        [
            "/form/home",
            "/form/id_number",
            "/form/phone",
            "/materials/proof",
            "/situation_answers/reason"
        ]
    );
    for field in problem["fields"].as_array().unwrap() {
        let message = field["message"].as_str().unwrap();
        assert!(
            !message.is_empty() && !message.contains("form.") && !message.contains("110105"),
            "{message}"
        );
    }
    let english = mine.clone().with("accept-language", "en");
    let problem = english
        .post(
            &path(&open, "/submit"),
            &json!({"version": saved["version"]}),
        )
        .await
        .refused(422, "intake.application_invalid");
    assert!(
        problem["fields"]
            .as_array()
            .unwrap()
            .iter()
            .any(|field| field["message"] == "Upload: 解除劳动合同证明")
    );
    assert_eq!(look(&mine, &open).await["state"], "draft");
}

#[tokio::test]
async fn wrong_types_and_unknown_fields_are_refused_even_in_a_draft() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    for (form, bad) in [
        (json!({"name": {"a": 1}}), "/form/name"),
        (json!({"role": "admin"}), "/form/role"),
        (json!({"family": vec![json!({}); 21]}), "/form/family"),
        (json!({"skill": "长".repeat(20_001)}), "/form/skill"),
    ] {
        let problem = mine
            .put(&path(&open, "/form"), &json!({"version": 1, "form": form}))
            .await
            .refused(422, "intake.form_invalid");
        assert_eq!(fields(&problem), [bad]);
    }
    let mut deep = json!("x");
    for _ in 0..40 {
        deep = json!([deep]);
    }
    mine.put(
        &path(&open, "/form"),
        &json!({"version": 1, "form": {"name": deep}}),
    )
    .await
    .refused(422, "http.too_deep");
    let long = "长".repeat(400_000);
    mine.put(
        &path(&open, "/form"),
        &json!({"version": 1, "form": {"skill": long}}),
    )
    .await
    .refused(413, "http.too_large");
    assert_eq!(look(&mine, &open).await["version"], 1);
}

#[tokio::test]
async fn an_item_withdrawn_while_somebody_fills_it_in() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    town.withdraw_item(1).await;
    mine.post(APPLICATIONS, &apply(ITEM))
        .await
        .refused(409, "intake.item_withdrawn");
    let mut form = answers();
    form["skill"] = "钳工".into();
    let saved = mine
        .put(
            &path(&ready, "/form"),
            &json!({"version": ready["version"], "form": form}),
        )
        .await
        .ok();
    upload(&mine, &ready, "extra", "a.pdf", PDF).await;
    mine.post(
        &path(&ready, "/submit"),
        &json!({"version": saved["version"]}),
    )
    .await
    .refused(409, "intake.item_withdrawn");
    let kept = look(&mine, &ready).await;
    assert_eq!(
        (&kept["state"], &kept["form"]["skill"]),
        (&json!("draft"), &json!("钳工"))
    );
    // Published again, the draft can be handed in against its own version.
    town.publish(item(), 2).await;
    let done = mine
        .post(
            &path(&ready, "/submit"),
            &json!({"version": kept["version"]}),
        )
        .await
        .ok();
    assert_eq!(done["item_version"], 1);
}

#[tokio::test]
async fn files_of_another_situation_are_not_handed_in() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    let closed = json!({"version": ready["version"], "situation_answers": {"reason": "closed"}});
    let closed = mine.put(&path(&ready, "/situation"), &closed).await.ok();
    upload(&mine, &ready, "closure_proof", "a.pdf", PDF).await;
    let back = json!({"version": closed["version"], "situation_answers": {"reason": "resigned"}});
    let back = mine.put(&path(&ready, "/situation"), &back).await.ok();
    mine.post(
        &path(&ready, "/submit"),
        &json!({"version": back["version"]}),
    )
    .await
    .ok();
    let change = crate::feed::last(&town).await;
    let sent: Vec<&Value> = change.payload["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["requirement_id"])
        .collect();
    assert_eq!(sent, ["proof"]);
}
