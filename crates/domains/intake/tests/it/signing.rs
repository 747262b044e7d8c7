//! Signatures of co-applicants: named, asked, given over exactly what is handed in, declined, taken back,
//! lapsed; and nobody else sees a thing.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client};

use crate::town::{
    CITIZEN_ID, ENTERPRISE, LATER_ID, NAME, OTHER_ID, PDF, Town, agent, answers, complete, fields,
    item, look, path, upload,
};

const API: &str = "/api/v1/intake/signatures";
const FIRM: &str = "长沙测试商贸有限公司";

/// A town whose item two more have to sign, within three working days.
pub async fn town() -> Town {
    let town = Town::without_item().await;
    let mut item = item();
    item["audience"] = json!(["natural_person", "enterprise"]);
    item["handling"] = json!({"co_applicants": {"min": 1, "max": 2, "role": "合伙人",
        "term": {"length": 3, "unit": "working_days"}}});
    town.publish(item, 1).await;
    town
}

pub fn person(name: &str, id_number: &str) -> Value {
    json!({"organisation": false, "name": name, "id_number": id_number, "phone": "13907310002"})
}

fn firm() -> Value {
    json!({"organisation": true, "name": FIRM, "id_number": ENTERPRISE, "phone": "13907310003"})
}

pub async fn name(mine: &Client, draft: &Value, who: &[Value]) -> Answer {
    let now = look(mine, draft).await;
    let body = json!({"version": now["version"], "co_applicants": who});
    mine.put(&path(draft, "/co-applicants"), &body).await
}

pub async fn step(mine: &Client, draft: &Value, how: &str) -> Answer {
    let body = json!({"version": look(mine, draft).await["version"]});
    mine.post(&path(draft, &format!("/signatures/{how}")), &body)
        .await
}

pub async fn submit(mine: &Client, draft: &Value) -> Answer {
    let body = json!({"version": look(mine, draft).await["version"]});
    mine.post(&path(draft, "/submit"), &body).await
}

fn at(draft: &Value, rest: &str) -> String {
    format!("{API}/{}{rest}", draft["id"].as_str().unwrap())
}

pub async fn sign(other: &Client, draft: &Value) -> Answer {
    let seen = other.get(&at(draft, "")).await.ok();
    let body = json!({"digest": seen["digest"], "signature": NAME});
    other.post(&at(draft, "/sign"), &body).await
}

/// A complete draft of the first citizen that the second is asked to sign.
pub async fn asked(town: &Town) -> (Client, Client, Value) {
    let (mine, other) = (town.person(1), town.person(2));
    let draft = complete(&mine).await;
    name(&mine, &draft, &[person(NAME, OTHER_ID)]).await.ok();
    let asked = step(&mine, &draft, "ask").await.ok();
    (mine, other, asked)
}

pub async fn kinds(client: &Client) -> Vec<String> {
    let page = client.get("/api/v1/intake/messages").await.ok();
    let all = page["items"].as_array().unwrap();
    all.iter()
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect()
}

async fn waiting(client: &Client) -> usize {
    let page = client.get(API).await.ok();
    page["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn nothing_is_handed_in_before_everybody_has_signed() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    assert_eq!(draft["signing"]["role"], "合伙人");
    let refused = submit(&mine, &draft).await;
    let refused = refused.refused(422, "intake.signatures_missing");
    assert_eq!(refused["fields"][0]["code"], "intake.field.signers_few");
    let refused = step(&mine, &draft, "ask").await;
    refused.refused(422, "intake.signers_invalid");

    let who = [person(NAME, OTHER_ID), firm()];
    name(&mine, &draft, &who).await.ok();
    let asked = step(&mine, &draft, "ask").await.ok();
    assert_eq!(asked["editable"], "nothing");
    assert_eq!(asked["signing"]["state"], "open");
    assert_eq!(asked["standing"]["key"], "intake.standing.signing");
    let (other, firm) = (town.person(2), town.app.as_actor(agent(8)));
    assert_eq!((waiting(&other).await, waiting(&firm).await), (1, 1));
    let seen = other.get(&at(&draft, "")).await.ok();
    assert_eq!(seen["applicant_name"], NAME);
    assert_ne!(seen["form"]["id_number"], CITIZEN_ID, "masked");
    assert_eq!(seen["form"]["skill"], "焊工");
    let file = seen["materials"][1]["files"][0]["id"].as_str().unwrap();
    let content = other.get(&at(&draft, &format!("/materials/{file}"))).await;
    assert_eq!(content.status, 200);

    let signed = sign(&other, &draft).await.ok();
    assert_eq!(signed["signature_state"], "signed");
    sign(&other, &draft)
        .await
        .refused(409, "intake.signed_already");
    let refused = submit(&mine, &draft).await;
    let refused = refused.refused(422, "intake.signatures_missing");
    assert_eq!(fields(&refused), ["/co_applicants/1"]);
    assert_eq!(refused["fields"][0]["code"], "intake.field.signer_missing");
    sign(&firm, &draft).await.ok();
    assert!(
        kinds(&mine)
            .await
            .contains(&"signatures_complete".to_owned())
    );
    let done = submit(&mine, &draft).await.ok();
    assert_eq!(done["state"], "submitted");

    let sent = crate::feed::last(&town).await.payload["co_applicants"].clone();
    assert_eq!(sent.as_array().unwrap().len(), 2);
    assert_eq!(sent[0]["id_number"], OTHER_ID);
    assert_eq!(sent[0]["signature"], NAME);
    assert_eq!(sent[1]["organisation"], true);
    assert_eq!(sent[0]["digest"], seen["digest"]);
}

#[tokio::test]
async fn who_is_named_is_looked_at() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    let who = [
        person(NAME, CITIZEN_ID),
        person(NAME, OTHER_ID),
        person("", OTHER_ID),
    ];
    let refused = name(&mine, &draft, &who).await;
    let refused = refused.refused(422, "intake.signers_invalid");
    let wanted = [
        "/co_applicants",
        "/co_applicants/0/id_number",
        "/co_applicants/2/id_number",
        "/co_applicants/2/name",
    ];
    assert_eq!(fields(&refused), wanted);
    let none = town.person(2);
    none.put(
        &path(&draft, "/co-applicants"),
        &json!({"version": 1, "co_applicants": []}),
    )
    .await
    .refused(404, "intake.application_not_found");
    // The draft is judged as a hand-in would be.
    let bare = json!({"version": look(&mine, &draft).await["version"], "form": {}});
    let saved = mine.put(&path(&draft, "/form"), &bare).await.ok();
    name(&mine, &saved, &[person(NAME, OTHER_ID)]).await.ok();
    let refused = step(&mine, &draft, "ask").await;
    let refused = refused.refused(422, "intake.application_invalid");
    assert!(fields(&refused).contains(&"/form/name".to_owned()));
}

#[tokio::test]
async fn what_is_signed_stays_as_it_is_until_it_is_taken_back() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    let seen = other.get(&at(&draft, "")).await.ok();
    let form = json!({"version": draft["version"], "form": answers()});
    for (way, body) in [
        ("/form", form),
        (
            "/situation",
            json!({"version": draft["version"], "situation_answers": {"reason": "closed"}}),
        ),
        (
            "/co-applicants",
            json!({"version": draft["version"], "co_applicants": []}),
        ),
    ] {
        mine.put(&path(&draft, way), &body)
            .await
            .refused(409, "intake.signing_open");
    }
    let parts = [("requirement_id", "extra")];
    mine.multipart(&path(&draft, "/materials"), &parts, ("file", "a.pdf", PDF))
        .await
        .refused(409, "intake.signing_open");
    sign(&other, &draft).await.ok();
    // Somebody had the page open when it was taken back.
    step(&mine, &draft, "take-back").await.ok();
    let late = json!({"digest": seen["digest"], "signature": NAME});
    other
        .post(&at(&draft, "/sign"), &late)
        .await
        .refused(404, "intake.application_not_found");
    other
        .get(&at(&draft, ""))
        .await
        .refused(404, "intake.application_not_found");
    let now = look(&mine, &draft).await;
    assert_eq!(now["editable"], "all");
    assert_eq!(now["signing"]["signers"][0]["state"], "named");
    let mut changed = answers();
    changed["skill"] = "钳工".into();
    let body = json!({"version": now["version"], "form": changed});
    mine.put(&path(&draft, "/form"), &body).await.ok();
    let refused = submit(&mine, &draft).await;
    refused.refused(422, "intake.signatures_missing");
    step(&mine, &draft, "ask").await.ok();
    let old = json!({"digest": seen["digest"], "signature": NAME});
    other
        .post(&at(&draft, "/sign"), &old)
        .await
        .refused(409, "intake.signing_changed");
    sign(&other, &draft).await.ok();
    submit(&mine, &draft).await.ok();
}

#[tokio::test]
async fn nobody_signs_for_somebody_else() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    let digest = other.get(&at(&draft, "")).await.ok()["digest"].clone();
    let body = json!({"digest": digest, "signature": NAME});
    // The applicant, a stranger, an agent whose enterprise was not named, somebody unknown.
    for stranger in [
        mine.clone(),
        town.person(7),
        town.app.as_actor(agent(8)),
        town.person(9),
    ] {
        for way in ["", "/materials/01900000-0000-7000-8000-000000000000"] {
            stranger
                .get(&at(&draft, way))
                .await
                .refused(404, "intake.application_not_found");
        }
        stranger
            .post(&at(&draft, "/sign"), &body)
            .await
            .refused(404, "intake.application_not_found");
        stranger
            .post(&at(&draft, "/decline"), &json!({"reason": "不知情"}))
            .await
            .refused(404, "intake.application_not_found");
        assert_eq!(waiting(&stranger).await, 0);
    }
    let wrong = json!({"digest": digest, "signature": "别人"});
    other
        .post(&at(&draft, "/sign"), &wrong)
        .await
        .refused(422, "intake.signature_wrong");
    // Whoever signs beside the applicant reaches nothing of his.
    other
        .get(&path(&draft, ""))
        .await
        .refused(404, "intake.application_not_found");
    other
        .post(&path(&draft, "/submit"), &json!({"version": 1}))
        .await
        .refused(404, "intake.application_not_found");
}

#[tokio::test]
async fn whoever_is_called_otherwise_is_not_bound() {
    let town = town().await;
    let (mine, other) = (town.person(1), town.person(2));
    let draft = complete(&mine).await;
    name(&mine, &draft, &[person("独孤测乙", OTHER_ID)])
        .await
        .ok();
    step(&mine, &draft, "ask").await.ok();
    sign(&other, &draft)
        .await
        .refused(409, "intake.signer_named_wrong");
}

#[tokio::test]
async fn a_refusal_is_told_and_the_parties_may_change() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    other
        .post(&at(&draft, "/decline"), &json!({"reason": " "}))
        .await
        .refused(422, "intake.reason_invalid");
    other
        .post(&at(&draft, "/decline"), &json!({"reason": "出资额不对"}))
        .await
        .ok();
    other
        .get(&at(&draft, ""))
        .await
        .refused(404, "intake.application_not_found");
    let now = look(&mine, &draft).await;
    assert_eq!(now["signing"]["signers"][0]["state"], "declined");
    assert_eq!(now["signing"]["signers"][0]["reason"], "出资额不对");
    assert_eq!(now["editable"], "nothing");
    assert!(
        kinds(&mine)
            .await
            .contains(&"signature_declined".to_owned())
    );
    submit(&mine, &draft)
        .await
        .refused(422, "intake.signatures_missing");
    let named = name(&mine, &draft, &[person(NAME, LATER_ID)]).await.ok();
    assert_eq!(named["editable"], "all");
    assert_eq!(named["signing"]["signers"][0]["state"], "named");
}

#[tokio::test]
async fn a_signature_is_taken_back_until_the_application_is_handed_in() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    sign(&other, &draft).await.ok();
    assert_eq!(look(&mine, &draft).await["signing"]["state"], "complete");
    let page = other.get(API).await.ok();
    assert_eq!(
        page["items"][0]["signed"], true,
        "it waits for the applicant"
    );
    let why = json!({"reason": "份额没有谈好"});
    other.post(&at(&draft, "/decline"), &why).await.ok();
    let now = look(&mine, &draft).await;
    assert_eq!(now["signing"]["state"], "open");
    assert_eq!(now["signing"]["signers"][0]["state"], "declined");
    submit(&mine, &draft)
        .await
        .refused(422, "intake.signatures_missing");
    // Signed again, and handed in: now it stands.
    step(&mine, &draft, "take-back").await.ok();
    step(&mine, &draft, "ask").await.ok();
    sign(&other, &draft).await.ok();
    submit(&mine, &draft).await.ok();
    assert_eq!(waiting(&other).await, 0);
    other
        .post(&at(&draft, "/decline"), &why)
        .await
        .refused(409, "intake.signed_already");
}

#[tokio::test]
async fn a_withdrawn_draft_takes_the_request_with_it() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    assert_eq!(waiting(&other).await, 1);
    let gone = mine.delete(&path(&draft, "")).await;
    assert_eq!(gone.status, 204);
    assert_eq!(waiting(&other).await, 0);
    upload_is_gone(&mine, &draft).await;
}

async fn upload_is_gone(mine: &Client, draft: &Value) {
    mine.get(&path(draft, ""))
        .await
        .refused(404, "intake.application_not_found");
    // Another draft is as good as new.
    let next = complete(mine).await;
    upload(mine, &next, "extra", "其他.pdf", PDF).await;
    assert_eq!(next["signing"]["signers"], json!([]));
}
