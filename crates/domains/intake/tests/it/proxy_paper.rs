//! Acting for somebody by a paper: it is a material like any other, and the application becomes his
//! whom it names.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tb_kernel::office_time;
use tb_testkit::citizen;

use crate::counter::{COUNTER, body, our_counter, person};
use crate::proxy::{MINE, hand_in, ids, town};
use crate::town::{
    CITIZEN_ID, ITEM, LATER_ID, PDF, PHONE, Town, answers, fields, look, number, path, upload,
};

fn letter(town: &Town, id_number: &str, relation: &str) -> Value {
    let today = office_time::day(town.app.now());
    let on_behalf = json!({"by": "letter", "name": "欧阳测甲", "id_number": id_number, "phone": PHONE,
        "relation": relation, "from": today, "until": today + chrono::Days::new(9)});
    json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "on_behalf": on_behalf})
}

#[tokio::test]
async fn the_letter_is_a_material_and_can_be_asked_for_again() {
    let town = town().await;
    let (proxy, principal) = (town.person(2), town.person(1));
    let draft = proxy
        .post(MINE, &letter(&town, CITIZEN_ID, "proxy"))
        .await
        .ok();
    assert_eq!(draft["form"]["id_number"], CITIZEN_ID);
    assert_eq!(
        (&draft["materials"][0]["id"], &draft["materials"][0]["name"]),
        (&json!("proxy.letter"), &json!("授权委托书"))
    );
    assert!(ids(&principal).await.is_empty(), "a draft is nobody's yet");
    let body = json!({"version": draft["version"], "form": answers()});
    let saved = proxy.put(&path(&draft, "/form"), &body).await.ok();
    upload(&proxy, &saved, "proof", "证明.pdf", PDF).await;
    let submit = json!({"version": saved["version"]});
    let problem = proxy
        .post(&path(&saved, "/submit"), &submit)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&problem), ["/materials/proxy.letter"]);
    upload(&proxy, &saved, "proxy.letter", "委托书.pdf", PDF).await;
    let done = proxy.post(&path(&saved, "/submit"), &submit).await.ok();
    let told = crate::feed::last(&town).await;
    assert_eq!(
        told.payload["applicant"]["account_id"],
        json!(citizen(1).id)
    );
    assert_eq!(told.payload["proxy"]["mandate_id"], Value::Null);
    let sent = told.payload["materials"].as_array().unwrap();
    assert!(
        sent.iter()
            .any(|one| one["requirement_id"] == "proxy.letter")
    );
    assert_eq!(ids(&principal).await, [done["id"].as_str().unwrap()]);
    // Nobody fills somebody else's vault by a paper.
    let vault = principal.get("/api/v1/intake/vault/documents").await.ok();
    assert_eq!(vault["items"], json!([]));
    assert_eq!(proxy.get(&path(&done, "/vault")).await.ok(), json!([]));
    let correction = json!({"fields": [], "materials": ["proxy.letter"], "reason": "委托书没有签名",
        "applicant_due": "2026-12-04"});
    town.feed_back(
        number(&done),
        1,
        "correction_requested",
        "correcting",
        correction,
    )
    .await;
    let seen = look(&proxy, &done).await;
    assert_eq!(seen["correction"]["materials"], json!(["proxy.letter"]));
    upload(&proxy, &seen, "proxy.letter", "签名的委托书.pdf", PDF).await;
    let body = json!({"version": look(&proxy, &done).await["version"], "form": null, "remark": ""});
    proxy.post(&path(&done, "/correct"), &body).await.ok();
    let told = crate::feed::last(&town).await;
    assert_eq!(told.payload["changed"], json!(["proxy.letter"]));
}

#[tokio::test]
async fn the_paper_counts_until_its_last_day() {
    let town = town().await;
    let proxy = town.person(2);
    let draft = proxy
        .post(MINE, &letter(&town, CITIZEN_ID, "proxy"))
        .await
        .ok();
    upload(&proxy, &draft, "proxy.letter", "委托书.pdf", PDF).await;
    let done = hand_in(&proxy, &draft).await;
    town.app.clock().advance(chrono::TimeDelta::days(9));
    look(&proxy, &done).await;
    town.app.clock().advance(chrono::TimeDelta::days(1));
    proxy
        .get(&path(&done, ""))
        .await
        .refused(404, "intake.application_not_found");
    let seen = look(&town.person(1), &done).await;
    assert_eq!(seen["proxy"]["over"], true);
    let why = json!({"version": seen["version"], "reason": "不办了"});
    town.person(1)
        .post(&path(&done, "/withdraw"), &why)
        .await
        .ok();
}

/// How many applications there are, whoever reaches them.
async fn rows(town: &Town) -> i64 {
    let conn = town.app.store().read();
    let sql = "SELECT count(*) AS rows_there FROM intake_application";
    let sql = Statement::from_string(conn.get_database_backend(), sql);
    let row = conn.query_one_raw(sql).await.unwrap().unwrap();
    row.try_get("", "rows_there").unwrap()
}

#[tokio::test]
async fn a_draft_that_nobody_can_reach_is_not_kept() {
    let town = town().await;
    let proxy = town.person(2);
    let wanted = letter(&town, CITIZEN_ID, "proxy");
    let laid_down = proxy.post(MINE, &wanted).await.ok();
    upload(&proxy, &laid_down, "proxy.letter", "委托书.pdf", PDF).await;
    let body = json!({"version": laid_down["version"]});
    let ended = proxy
        .post(&path(&laid_down, "/proxy/end"), &body)
        .await
        .ok();
    assert_eq!(ended["proxy"]["over"], true);
    assert_eq!(rows(&town).await, 0);
    // He may take it away without a word as well.
    let thrown = proxy.post(MINE, &wanted).await.ok();
    assert_eq!(proxy.delete(&path(&thrown, "")).await.status, 204);
    let left = proxy.post(MINE, &wanted).await.ok();
    let done = proxy.post(MINE, &wanted).await.ok();
    upload(&proxy, &done, "proxy.letter", "委托书.pdf", PDF).await;
    hand_in(&proxy, &done).await;
    let own = json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}});
    proxy.post(MINE, &own).await.ok();
    town.app.clock().advance(chrono::TimeDelta::days(9));
    town.app.run_periodic("intake.delete_lapsed_drafts").await;
    look(&proxy, &left).await;
    town.app.clock().advance(chrono::TimeDelta::days(1));
    town.app.run_periodic("intake.delete_lapsed_drafts").await;
    assert_eq!(rows(&town).await, 2, "what is handed in, and his own");
}

#[tokio::test]
async fn a_guardian_acts_for_who_has_no_account_and_may_have_one_later() {
    let town = Town::new().await;
    let guardian = town.person(2);
    let refused = guardian.post(MINE, &letter(&town, LATER_ID, "proxy")).await;
    refused.refused(409, "intake.proxy_not_allowed");
    let draft = guardian
        .post(MINE, &letter(&town, LATER_ID, "guardian"))
        .await
        .ok();
    assert_eq!(draft["materials"][0]["id"], "proxy.guardianship");
    upload(&guardian, &draft, "proxy.guardianship", "出生证明.pdf", PDF).await;
    let done = hand_in(&guardian, &draft).await;
    let told = crate::feed::last(&town).await;
    assert_eq!(
        told.payload["applicant"]["account_id"],
        json!(uuid::Uuid::nil())
    );
    assert_eq!(told.payload["proxy"]["relation"], "guardian");
    assert!(ids(&town.person(1)).await.is_empty());
    assert_eq!(ids(&town.person(7)).await, [done["id"].as_str().unwrap()]);
    look(&guardian, &done).await;
}

#[tokio::test]
async fn entries_are_judged_at_once() {
    let town = town().await;
    let proxy = town.person(2);
    let mut wrong = letter(&town, "110105194912310021", "proxy");
    wrong["on_behalf"]["name"] = json!("");
    wrong["on_behalf"]["until"] = json!("2020-01-01");
    let problem = proxy
        .post(MINE, &wrong)
        .await
        .refused(422, "intake.proxy_invalid");
    assert_eq!(
        fields(&problem),
        [
            "/on_behalf/id_number",
            "/on_behalf/name",
            "/on_behalf/until"
        ]
    );
    let own = letter(&town, crate::town::OTHER_ID, "proxy");
    let problem = proxy
        .post(MINE, &own)
        .await
        .refused(422, "intake.proxy_invalid");
    assert_eq!(problem["fields"][0]["code"], "intake.field.proxy_oneself");
}

#[tokio::test]
async fn who_comes_to_the_counter_for_somebody_else_stands_on_the_application() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let today = office_time::day(town.app.now());
    let mut wanted = body(person(LATER_ID));
    wanted["proxy"] = json!({"name": "独孤测丙", "id_number": LATER_ID, "phone": PHONE,
        "relation": "proxy", "from": today, "until": today + chrono::Days::new(9)});
    let problem = counter
        .post(COUNTER, &wanted)
        .await
        .refused(422, "intake.proxy_invalid");
    assert_eq!(fields(&problem), ["/proxy/id_number"]);
    wanted["proxy"]["id_number"] = json!(CITIZEN_ID);
    let draft = counter.post(COUNTER, &wanted).await.ok();
    assert_eq!(
        (&draft["proxy"]["name"], &draft["materials"][0]["id"]),
        (&json!("独孤测丙"), &json!("proxy.letter"))
    );
    assert!(
        ids(&town.person(1)).await.is_empty(),
        "he reaches nothing by it"
    );
}
