//! Whose an application is that a counter took in.

use serde_json::{Value, json};

use crate::counter::{COUNTER, at, body, our_counter, person, taken_in, town, with_papers};
use crate::town::{
    AGENT_ID, CITIZEN_ID, ENTERPRISE, LATER_ID, PDF, PHONE, agent, answers, look, number, path,
};

const MINE: &str = "/api/v1/intake/applications";

fn ids(list: &Value) -> Vec<String> {
    let rows = list["items"].as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn who_gets_an_account_later_finds_it_there() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let done = taken_in(&counter, person(LATER_ID)).await;
    let id = done["id"].as_str().unwrap().to_owned();
    let told = crate::feed::last(&town).await;
    assert_eq!(
        told.payload["applicant"]["account_id"],
        json!(uuid::Uuid::nil())
    );
    town.feed_back(number(&done), 1, "received", "received", json!({}))
        .await;

    // Others do not come by it, whatever they do.
    assert_eq!(ids(&town.person(2).get(MINE).await.ok()), [""; 0]);
    assert_eq!(
        ids(&town.app.as_actor(agent(7)).get(MINE).await.ok()),
        [""; 0]
    );
    let late = town.person(7);
    late.get(&path(&done, ""))
        .await
        .refused(404, "intake.application_not_found");
    assert_eq!(ids(&late.get(MINE).await.ok()), [id.as_str()]);
    assert_eq!(ids(&late.get(MINE).await.ok()), [id.as_str()]);
    let inbox = late.get("/api/v1/intake/messages").await.ok();
    assert_eq!(inbox["items"].as_array().unwrap().len(), 2);
    let seen = look(&late, &done).await;
    assert_eq!(seen["state"], "received");
    assert_eq!(seen["applicant"]["id_number"], LATER_ID);
    let why = json!({"version": seen["version"], "reason": "不办了"});
    late.post(&path(&done, "/withdraw"), &why).await.ok();
}

#[tokio::test]
async fn a_draft_is_nobodys_yet() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let draft = counter.post(COUNTER, &body(person(LATER_ID))).await.ok();
    assert_eq!(ids(&town.person(7).get(MINE).await.ok()), [""; 0]);
    assert_eq!(
        draft["form"]["id_number"], LATER_ID,
        "filled in from the document shown"
    );
}

#[tokio::test]
async fn an_enterprise_is_found_by_who_acts_for_it() {
    let town = town().await;
    let mut open = with_papers();
    open["audience"] = json!(["natural_person", "enterprise"]);
    town.publish(open, 3).await;
    let counter = our_counter(&town, 20);
    let company = json!({"organisation": true, "name": "长沙样例餐饮管理有限公司", "id_number": ENTERPRISE,
        "phone": PHONE, "agent_name": "陈示例", "agent_id_number": AGENT_ID});
    let done = taken_in(&counter, company).await;
    assert_eq!(done["applicant"]["name"], "长沙样例餐饮管理有限公司");
    assert_eq!(done["applicant"]["agent_name"], "陈示例");
    assert_eq!(done["counter"]["agent_id_number"], "");
    let listed = counter.get(&format!("{COUNTER}?handed=true")).await.ok();
    assert_eq!(listed["items"][0]["applicant"], "长沙样例餐饮管理有限公司");

    // Another agent of the same enterprise, and the same person for himself, are others.
    assert_eq!(
        ids(&town.app.as_actor(agent(10)).get(MINE).await.ok()),
        [""; 0]
    );
    assert_eq!(ids(&town.person(8).get(MINE).await.ok()), [""; 0]);
    let his = town.app.as_actor(agent(8)).get(MINE).await.ok();
    assert_eq!(ids(&his), [done["id"].as_str().unwrap()]);
}

#[tokio::test]
async fn nobody_looks_into_a_vault_at_the_counter() {
    let town = town().await;
    // What the person gave before lies in his vault …
    let mine = town.person(1);
    let before = mine
        .post(MINE, &json!({"item_code": crate::town::ITEM, "situation_answers": {"reason": "resigned"}, "channel": "pc"}))
        .await
        .ok();
    let form = json!({"version": before["version"], "form": answers()});
    let saved = mine.put(&path(&before, "/form"), &form).await.ok();
    crate::town::upload(&mine, &saved, "proof", "证明.pdf", PDF).await;
    mine.post(
        &path(&before, "/submit"),
        &json!({"version": saved["version"]}),
    )
    .await
    .ok();
    let again = mine
        .post(MINE, &json!({"item_code": crate::town::ITEM, "situation_answers": {"reason": "resigned"}, "channel": "pc"}))
        .await
        .ok();
    assert_eq!(again["materials"][1]["files"].as_array().unwrap().len(), 1);

    // … and is not laid out before a clerk; what the counter takes in comes to it all the same.
    let counter = our_counter(&town, 20);
    let draft = counter.post(COUNTER, &body(person(CITIZEN_ID))).await.ok();
    assert_eq!(draft["materials"][1]["files"], json!([]));
    let answer = json!({"version": draft["version"], "situation_answers": {"reason": "closed"}});
    let moved = counter.put(&at(&draft, "/situation"), &answer).await.ok();
    assert!(
        moved["materials"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["files"] == json!([]))
    );
    let done = taken_in(&counter, person(LATER_ID)).await;
    let late = town.person(7);
    late.get(MINE).await.ok();
    let kept = late.get("/api/v1/intake/vault/documents").await.ok();
    let origin = &kept["items"][0]["origin"];
    assert_eq!(origin["case_number"], done["case_number"]);
}
