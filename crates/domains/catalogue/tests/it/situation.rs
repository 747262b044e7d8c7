//! The situation guide of 失业登记.

use serde_json::{Value, json};

use crate::{API, UNEMPLOYMENT, city};

#[tokio::test]
async fn answers_decide_materials_and_whether_one_may_apply() {
    let app = city().await;
    let path = format!("{API}/items/{UNEMPLOYMENT}/situation");
    let judge = async |answers: Value| {
        app.client()
            .post(&path, &json!({"answers": answers}))
            .await
            .ok()
    };
    let materials = |view: &Value| -> Vec<String> {
        view["materials"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let open = judge(json!({})).await;
    assert_eq!(
        (&open["may_apply"], &open["unanswered"]),
        (&json!(false), &json!(["status", "residence", "reason"]))
    );

    let common = materials(&open);
    assert!(
        common.contains(&"id_card".to_owned()) && !common.contains(&"residence_proof".to_owned())
    );
    let done =
        judge(json!({"status": "jobless", "residence": "permit", "reason": "graduate"})).await;
    assert_eq!(
        (&done["may_apply"], &done["unanswered"]),
        (&json!(true), &json!([]))
    );
    let asked = materials(&done);
    let added: Vec<_> = asked
        .iter()
        .filter(|id| !common.contains(id))
        .map(String::as_str)
        .collect();
    assert_eq!(added.len(), 2, "{asked:?}");
    assert!(added.contains(&"residence_proof") && added.contains(&"school_proof"));

    let barred =
        judge(json!({"status": "employed", "residence": "local", "reason": "other"})).await;
    assert_eq!(barred["may_apply"], false);
    assert_eq!(
        (
            &barred["barred"][0]["question_id"],
            &barred["barred"][0]["option_id"]
        ),
        (&json!("status"), &json!("employed"))
    );
    assert!(
        barred["barred"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("就业登记")
    );
}

#[tokio::test]
async fn answers_to_what_is_not_asked_are_refused() {
    let app = city().await;
    let path = format!("{API}/items/{UNEMPLOYMENT}/situation");
    let body = json!({"answers": {"status": "on_the_moon", "a/b": "x"}});
    let problem = app
        .client()
        .post(&path, &body)
        .await
        .refused(422, "catalogue.answers_invalid");
    let found: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["path"].as_str().unwrap(), f["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("/answers/a~1b", "catalogue.field.question"),
            ("/answers/status", "catalogue.field.option")
        ]
    );
}

#[tokio::test]
async fn it_is_told_which_condition_fails_and_why() {
    let app = city().await;
    let path = format!("{API}/items/{UNEMPLOYMENT}/situation");
    let judge = async |answers: Value| {
        let view = app
            .client()
            .post(&path, &json!({"answers": answers}))
            .await
            .ok();
        let conditions = view["conditions"].as_array().unwrap().clone();
        let state = |one: &Value| one["state"].as_str().unwrap().to_owned();
        (conditions.iter().map(state).collect::<Vec<_>>(), conditions)
    };
    let (states, _) = judge(json!({})).await;
    assert_eq!(states, ["open", "open", "open"]);
    let (states, conditions) = judge(json!({"status": "employed", "residence": "permit"})).await;
    // Whether he is of age was not asked: another condition bars him first.
    assert_eq!(states, ["open", "failed", "met"]);
    let reason = conditions[1]["reason"].as_str().unwrap();
    assert!(reason.contains("不属于失业登记范围"), "{reason}");
    assert_eq!(conditions[2]["reason"], Value::Null);
    let (states, _) = judge(json!({"status": "jobless", "residence": "permit"})).await;
    assert_eq!(states, ["met", "met", "met"]);
}
