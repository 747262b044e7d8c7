//! Licences of ours in the place of uploads: whose they are, when they are taken, and that what ended is
//! not handed in.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tb_testkit::Client;
use uuid::Uuid;

use crate::counter::{COUNTER, at, body, our_counter, person};
use crate::register::{PERMIT, SHEET};
use crate::town::{
    CITIZEN_ID, ENTERPRISE, OTHER_ID, PDF, Town, agent, answers, draft, fields, item, look, number,
    path, upload,
};
use crate::{joint, proxy};

const VAULT: &str = "/api/v1/intake/vault/documents";

/// The item whose proof a permit replaces, and of firms too.
fn replaceable() -> Value {
    let mut bent = item();
    bent["audience"] = json!(["natural_person", "enterprise"]);
    bent["handling"] = json!({"proxy": true});
    bent["materials"][1]["licence_types"] = json!([{"code": PERMIT, "name": "食品经营许可证"}]);
    bent["materials"][2]["licence_types"] = json!([{"code": PERMIT, "name": "食品经营许可证"}]);
    bent
}

async fn town() -> Town {
    let town = Town::without_item().await;
    town.publish(replaceable(), 1).await;
    town
}

fn files<'a>(application: &'a Value, requirement: &str) -> &'a Vec<Value> {
    let materials = application["materials"].as_array().unwrap();
    let found = materials.iter().find(|one| one["id"] == requirement);
    found.unwrap()["files"].as_array().unwrap()
}

/// Fills the form in and hands in; the draft has what it has.
async fn hand_in(client: &Client, open: &Value) -> tb_testkit::Answer {
    let form = json!({"version": look(client, open).await["version"], "form": answers()});
    let saved = client.put(&path(open, "/form"), &form).await.ok();
    let body = json!({"version": saved["version"]});
    client.post(&path(&saved, "/submit"), &body).await
}

fn wish(id: Uuid) -> Value {
    json!({"requirement_id": "proof", "licence_id": id})
}

/// The materials of the last change that was told of a case.
async fn told(town: &Town, number: &str) -> Value {
    let events = joint::told(town).await;
    let last = events.iter().rfind(|event| event.key == number).unwrap();
    last.payload["materials"].clone()
}

#[tokio::test]
async fn the_one_licence_in_force_is_filled_in_and_handed_in_without_an_upload() {
    let town = town().await;
    let id = town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let open = draft(&mine).await;
    let file = &files(&open, "proof")[0];
    assert_eq!(file["file_name"], "食品经营许可证 JY4301020000001.pdf");
    assert_eq!(file["licence"]["number"], "JY4301020000001");
    assert_eq!(file["licence"]["issued_on"], "2026-11-20");
    assert_eq!(file["vault"], Value::Null);
    let sheet = path(
        &open,
        &format!("/materials/{}", file["id"].as_str().unwrap()),
    );
    assert_eq!(&mine.get(&sheet).await.bytes[..], SHEET);
    // The same one again: nothing twice.
    let again = mine.post(&path(&open, "/licences"), &wish(id)).await.ok();
    assert_eq!(again, json!([]));

    let done = hand_in(&mine, &open).await.ok();
    let sent = told(&town, number(&done)).await;
    assert_eq!(sent[0]["licence"]["id"], id.to_string());
    assert_eq!(sent[0]["licence"]["mark"], "1.2.156.3005.2.1");
    assert_eq!(sent[0]["blob"], format!("licence/{id}"));
    let kept = mine.get(VAULT).await.ok();
    assert_eq!(kept["items"], json!([]), "it is no document of the vault");
    let dump = crate::privacy::dump(&town).await;
    assert!(!dump.contains("JY4301020000001"), "its number is sealed");
}

#[tokio::test]
async fn one_chooses_among_several_takes_out_and_uploads_instead() {
    let town = town().await;
    let first = town.register.issue(1, CITIZEN_ID);
    let second = town.register.issue(2, CITIZEN_ID);
    let others = town.register.issue(3, OTHER_ID);
    let mine = town.person(1);
    let open = draft(&mine).await;
    assert!(files(&open, "proof").is_empty(), "between two he chooses");
    let offered = mine.get(&path(&open, "/licences")).await.ok();
    let ids: Vec<&str> = offered
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["licence"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [first.to_string(), second.to_string()]);
    mine.post(&path(&open, "/licences"), &wish(others))
        .await
        .refused(404, "intake.licence_not_held");
    let astray = json!({"requirement_id": "extra", "licence_id": first});
    mine.post(&path(&open, "/licences"), &astray)
        .await
        .refused(422, "intake.material_not_asked");
    let taken = mine
        .post(&path(&open, "/licences"), &wish(second))
        .await
        .ok();
    let id = taken[0]["id"].as_str().unwrap();
    let one = path(&open, &format!("/materials/{id}"));
    assert_eq!(mine.delete(&one).await.status, StatusCode::NO_CONTENT);
    upload(&mine, &open, "proof", "证明.pdf", PDF).await;
    let done = hand_in(&mine, &open).await.ok();
    assert_eq!(
        told(&town, number(&done)).await[0]["licence"],
        Value::Null,
        "an upload is an upload"
    );
    // Nobody asks in the name of somebody else's draft.
    town.person(2)
        .get(&path(&open, "/licences"))
        .await
        .refused(404, "intake.application_not_found");
}

#[tokio::test]
async fn what_was_revoked_in_between_is_refused_and_nothing_else_is_lost() {
    let town = town().await;
    let id = town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let open = draft(&mine).await;
    town.register.end(id, "2026-11-21");
    let refused = hand_in(&mine, &open)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/materials/proof"]);
    assert_eq!(refused["fields"][0]["code"], "intake.field.licence_ended");
    let message = refused["fields"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("JY4301020000001") && message.contains("2026-11-21"),
        "{message}"
    );
    let after = look(&mine, &open).await;
    assert_eq!(after["form"]["skill"], "焊工");
    let file = files(&after, "proof")[0]["id"].as_str().unwrap().to_owned();
    mine.delete(&path(&open, &format!("/materials/{file}")))
        .await;
    mine.post(&path(&open, "/licences"), &wish(id))
        .await
        .refused(404, "intake.licence_not_held");
    upload(&mine, &open, "proof", "证明.pdf", PDF).await;
    hand_in(&mine, &open).await.ok();
}

#[tokio::test]
async fn a_correction_looks_again_at_what_it_lists() {
    let town = town().await;
    let id = town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let done = hand_in(&mine, &draft(&mine).await).await.ok();
    town.register.end(id, "2026-11-22");
    let notice = json!({"fields": ["/skill"], "materials": ["proof"], "reason": "许可证已被撤销"});
    town.feed_back(
        number(&done),
        1,
        "correction_requested",
        "correcting",
        notice,
    )
    .await;
    let open = look(&mine, &done).await;
    let mut form = answers();
    form["skill"] = "钳工".into();
    let body = json!({"version": open["version"], "form": form, "remark": "没有别的证"});
    let refused = mine
        .post(&path(&open, "/correct"), &body)
        .await
        .refused(422, "intake.correction_incomplete");
    assert_eq!(refused["fields"][0]["code"], "intake.field.licence_ended");
    let next = town.register.issue(2, CITIZEN_ID);
    let old = files(&open, "proof")[0]["id"].as_str().unwrap();
    mine.delete(&path(&open, &format!("/materials/{old}")))
        .await;
    mine.post(&path(&open, "/licences"), &wish(next)).await.ok();
    mine.post(&path(&open, "/correct"), &body).await.ok();
    let sent = told(&town, number(&done)).await;
    assert_eq!(sent.as_array().unwrap().len(), 1);
    assert_eq!(sent[0]["licence"]["id"], next.to_string());
}

#[tokio::test]
async fn a_licence_that_is_not_listed_holds_no_correction_up() {
    let town = town().await;
    let id = town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let done = hand_in(&mine, &draft(&mine).await).await.ok();
    town.register.end(id, "2026-11-22");
    let notice = json!({"fields": ["/skill"], "materials": [], "reason": "请补充"});
    town.feed_back(
        number(&done),
        1,
        "correction_requested",
        "correcting",
        notice,
    )
    .await;
    let open = look(&mine, &done).await;
    let mut form = answers();
    form["skill"] = "钳工".into();
    let body = json!({"version": open["version"], "form": form});
    mine.post(&path(&open, "/correct"), &body).await.ok();
}

#[tokio::test]
async fn a_new_situation_brings_its_licence_and_what_was_taken_out_stays_out() {
    let town = town().await;
    town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let open = draft(&mine).await;
    let taken = files(&open, "proof")[0]["id"].as_str().unwrap();
    mine.delete(&path(&open, &format!("/materials/{taken}")))
        .await;
    let closed = json!({"version": look(&mine, &open).await["version"], "situation_answers": {"reason": "closed"}});
    let view = mine.put(&path(&open, "/situation"), &closed).await.ok();
    assert!(files(&view, "proof").is_empty());
    assert_eq!(files(&view, "closure_proof").len(), 1);
}

#[tokio::test]
async fn an_enterprises_licences_are_its_agents_and_a_persons_are_not() {
    let town = town().await;
    town.register.issue(1, ENTERPRISE);
    town.register.issue(2, CITIZEN_ID);
    let firm = draft(&town.app.as_actor(agent(8))).await;
    let number = &files(&firm, "proof")[0]["licence"]["number"];
    assert_eq!(number, "JY4301020000001");
    let other = draft(&town.app.as_actor(agent(3))).await;
    assert!(files(&other, "proof").is_empty(), "of another enterprise");
}

#[tokio::test]
async fn a_proxy_brings_the_principals_licence_and_one_by_paper_learns_nothing() {
    let town = town().await;
    town.register.issue(1, CITIZEN_ID);
    let acting = town.app.as_actor(proxy::acting(&town, &[]));
    let by_mandate = acting.post(proxy::MINE, &proxy::by_mandate()).await.ok();
    assert_eq!(files(&by_mandate, "proof").len(), 1);
    let letter = json!({"by": "letter", "name": "欧阳测甲", "id_number": CITIZEN_ID, "phone": "13907310001",
        "relation": "proxy", "from": "2026-11-22", "until": "2026-12-22"});
    let begun = town.person(2);
    let open = begun.post(proxy::MINE, &proxy::wanted(&letter)).await.ok();
    assert!(files(&open, "proof").is_empty());
    assert_eq!(begun.get(&path(&open, "/licences")).await.ok(), json!([]));
}

#[tokio::test]
async fn a_counter_offers_the_licences_of_who_stands_there_and_of_nobody_before_him() {
    let town = town().await;
    town.register.issue(1, CITIZEN_ID);
    let clerk = our_counter(&town, 21);
    let open = clerk.post(COUNTER, &body(person(CITIZEN_ID))).await.ok();
    assert_eq!(files(&open, "proof").len(), 1);
    let offered = clerk.get(&at(&open, "/licences")).await.ok();
    assert_eq!(offered[0]["licence"]["number"], "JY4301020000001");
    // It was somebody else after all.
    let change =
        json!({"version": open["version"], "applicant": person(OTHER_ID), "id_checked": true});
    let changed = clerk.put(&at(&open, "/applicant"), &change).await.ok();
    assert!(files(&changed, "proof").is_empty());
    assert_eq!(clerk.get(&at(&open, "/licences")).await.ok(), json!([]));
    let his = town.register.issue(2, OTHER_ID);
    clerk.post(&at(&open, "/licences"), &wish(his)).await.ok();
}

#[tokio::test]
async fn a_draft_is_made_while_the_register_does_not_answer() {
    let town = town().await;
    town.register.issue(1, CITIZEN_ID);
    town.register.fall_silent();
    let mine = town.person(1);
    let open = draft(&mine).await;
    assert!(files(&open, "proof").is_empty());
    upload(&mine, &open, "proof", "证明.pdf", PDF).await;
    hand_in(&mine, &open).await.ok();
}

#[tokio::test]
async fn a_joint_matter_takes_a_licence_once_for_each_of_its_items() {
    let town = joint::town().await;
    for at in 0..3 {
        let mut member = joint::member(at);
        member["materials"][1]["licence_types"] =
            json!([{"code": PERMIT, "name": "食品经营许可证"}]);
        town.publish(member, 2).await;
    }
    let id = town.register.issue(1, CITIZEN_ID);
    let mine = town.person(1);
    let open = joint::begun(&mine, "small", "no").await;
    assert_eq!(files(&open, "proof").len(), 1);
    // Another item joins in: what is there already is enough for it too.
    let larger =
        json!({"version": open["version"], "situation_answers": {"size": "large", "sign": "no"}});
    let open = mine.put(&path(&open, "/situation"), &larger).await.ok();
    assert_eq!(files(&open, "proof").len(), 1);
    let form = json!({"version": open["version"], "form": joint::answers()});
    let saved = mine.put(&path(&open, "/form"), &form).await.ok();
    town.register.end(id, "2026-11-22");
    let hand_in = json!({"version": saved["version"]});
    let refused = mine.post(&path(&open, "/submit"), &hand_in).await;
    let refused = refused.refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/materials/proof"]);
    let old = files(&saved, "proof")[0]["id"].as_str().unwrap();
    mine.delete(&path(&open, &format!("/materials/{old}")))
        .await;
    let next = town.register.issue(2, CITIZEN_ID);
    mine.post(&path(&open, "/licences"), &wish(next)).await.ok();
    let done = mine.post(&path(&open, "/submit"), &hand_in).await.ok();
    for name in ["食品经营许可", "消防安全检查"] {
        let sent = told(&town, &joint::number_of(&done, name)).await;
        assert_eq!(sent[0]["licence"]["id"], next.to_string(), "{name}");
    }
}
