//! Promises (告知承诺): offered where the item has them, signed by name, handed in, and barred.

use serde_json::{Value, json};
use tb_contract::events::CommitmentBarred;
use tb_contract::topics;
use tb_testkit::Client;
use uuid::Uuid;

use crate::town::{
    CITIZEN_ID, ITEM, NAME, OTHER_ID, PDF, Town, answers, fields, item, look, number, path, upload,
};

/// A town whose item is decided on a promise, and takes one in the place of the proof.
async fn town() -> Town {
    let town = Town::without_item().await;
    let mut item = item();
    item["materials"][1]["commitment"] = true.into();
    item["commitment"] = json!({"whole": true, "told": "条件与后果", "promised": "所述属实",
        "for_materials": {"told": "以承诺代替证明", "promised": "证明的事项属实"},
        "check_term": {"length": 20, "unit": "working_days"}, "method": "现场核查"});
    town.publish(item, 1).await;
    town
}

/// A draft that lacks nothing but the proof.
async fn filled(mine: &Client) -> Value {
    let body =
        json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "channel": "pc"});
    let draft = mine.post("/api/v1/intake/applications", &body).await.ok();
    let body = json!({"version": draft["version"], "form": answers()});
    mine.put(&path(&draft, "/form"), &body).await.ok()
}

fn promise(draft: &Value, whole: bool, materials: &[&str], name: &str) -> Value {
    json!({"version": draft["version"], "whole": whole, "materials": materials, "signature": name})
}

async fn submit(mine: &Client, draft: &Value) -> tb_testkit::Answer {
    let body = json!({"version": draft["version"]});
    mine.post(&path(draft, "/submit"), &body).await
}

fn proof(view: &Value) -> &Value {
    let materials = view["materials"].as_array().unwrap();
    materials.iter().find(|one| one["id"] == "proof").unwrap()
}

async fn bar(town: &Town, id_number: &str, lifted: bool) {
    let id = Uuid::from_u128(5);
    let told = CommitmentBarred {
        bar_id: id,
        id_number: id_number.to_owned(),
        office: "芙蓉区人力资源和社会保障局".to_owned(),
        reason: "承诺不实".to_owned(),
        until: "2099-01-01".parse().unwrap(),
        lifted,
    };
    let kind = if lifted {
        "approval.commitment.bar_lifted"
    } else {
        "approval.commitment.barred"
    };
    let version = 1 + i64::from(lifted);
    town.emit(topics::COMMITMENT, &id.to_string(), kind, version, &told)
        .await;
    town.app.run_events().await;
}

#[tokio::test]
async fn a_promise_is_signed_by_name_and_takes_the_place_of_a_material() {
    let town = town().await;
    let mine = town.person(1);
    let draft = filled(&mine).await;
    assert_eq!(draft["commitment"]["told"], "条件与后果");
    assert_eq!(
        draft["commitment"]["for_materials"]["told"],
        "以承诺代替证明"
    );
    assert_eq!(draft["commitment"]["materials"][0]["id"], "proof");
    assert_eq!(draft["commitment"]["signed"], Value::Null);
    let refused = submit(&mine, &draft)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/materials/proof"]);

    let sign = path(&draft, "/commitment");
    mine.put(&sign, &promise(&draft, false, &["proof"], "别人"))
        .await
        .refused(422, "intake.signature_wrong");
    let refused = mine
        .put(&sign, &promise(&draft, false, &["extra"], NAME))
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(
        refused["fields"][0]["code"],
        "intake.field.commitment_not_offered"
    );
    let signed = mine
        .put(&sign, &promise(&draft, false, &["proof"], NAME))
        .await
        .ok();
    assert_eq!(signed["commitment"]["signed"]["signer"], NAME);
    assert_eq!(proof(&signed)["committed"], true);
    // Taken back, the material is wanted again.
    let none = mine
        .put(&sign, &promise(&signed, false, &[], ""))
        .await
        .ok();
    assert_eq!(none["commitment"]["signed"], Value::Null);
    let signed = mine
        .put(&sign, &promise(&none, false, &["proof"], NAME))
        .await
        .ok();
    let done = submit(&mine, &signed).await.ok();
    let sent = crate::feed::last(&town).await.payload["commitment"].clone();
    assert_eq!(sent["materials"], json!(["proof"]));
    assert_eq!(sent["signer"], NAME);
    // What was read: the words for a material, not those for the whole.
    assert_eq!(sent["told"], "以承诺代替证明");
    assert_eq!(sent["promised"], "证明的事项属实");
    assert_eq!(sent["signed_at"], signed["commitment"]["signed"]["at"]);
    let view = look(&mine, &done).await;
    assert_eq!(view["commitment"]["signed"]["whole"], false);
    let late = promise(&view, false, &[], "");
    mine.put(&sign, &late)
        .await
        .refused(409, "intake.not_draft");
}

#[tokio::test]
async fn a_file_takes_the_place_of_the_promise_again() {
    let town = town().await;
    let mine = town.person(1);
    let draft = filled(&mine).await;
    let sign = path(&draft, "/commitment");
    let signed = mine
        .put(&sign, &promise(&draft, false, &["proof"], NAME))
        .await
        .ok();
    upload(&mine, &signed, "proof", "证明.pdf", PDF).await;
    submit(&mine, &signed).await.ok();
    let sent = crate::feed::last(&town).await.payload["commitment"].clone();
    assert_eq!(sent, Value::Null);
}

#[tokio::test]
async fn whoever_is_barred_is_offered_nothing_until_it_is_lifted() {
    let town = town().await;
    let (mine, other) = (town.person(1), town.person(2));
    let draft = filled(&mine).await;
    let sign = path(&draft, "/commitment");
    let signed = mine
        .put(&sign, &promise(&draft, true, &["proof"], NAME))
        .await
        .ok();
    bar(&town, CITIZEN_ID, false).await;
    let view = look(&mine, &draft).await;
    let offer = &view["commitment"];
    assert_eq!(offer["whole"], false);
    assert_eq!(offer["materials"], json!([]));
    assert_eq!(offer["told"], "");
    assert_eq!(offer["for_materials"], Value::Null);
    assert_eq!(offer["barred"]["until"], "2099-01-01");
    assert_eq!(offer["barred"]["reason"], "承诺不实");
    submit(&mine, &signed)
        .await
        .refused(409, "intake.commitment_barred");
    mine.put(&sign, &promise(&signed, true, &[], NAME))
        .await
        .refused(409, "intake.commitment_barred");
    assert_ne!(OTHER_ID, CITIZEN_ID);
    let free = filled(&other).await;
    assert_eq!(free["commitment"]["barred"], Value::Null, "nobody else is");

    bar(&town, CITIZEN_ID, true).await;
    let view = look(&mine, &draft).await;
    assert_eq!(view["commitment"]["whole"], true);
    let done = submit(&mine, &signed).await.ok();
    assert_eq!(done["state"], "submitted");
}

#[tokio::test]
async fn the_holder_is_heard_before_a_revocation() {
    let town = town().await;
    let mine = town.person(1);
    let draft = filled(&mine).await;
    let sign = path(&draft, "/commitment");
    let signed = mine
        .put(&sign, &promise(&draft, true, &["proof"], NAME))
        .await
        .ok();
    let done = submit(&mine, &signed).await.ok();
    let result = json!({"result": "granted"});
    town.feed_back(number(&done), 1, "decided", "decided", result)
        .await;
    let words = |view: &Value| json!({"version": view["version"], "statement": "已经整改"});
    let view = look(&mine, &done).await;
    let answer = path(&view, "/statement");
    mine.post(&answer, &words(&view))
        .await
        .refused(409, "intake.nothing_to_state");

    let told = json!({"result": "granted", "revocation": {"reason": "承诺不实", "basis": "某规定", "answer_until": "2099-01-01"}});
    town.feed_back(number(&done), 2, "revocation_proposed", "decided", told)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["revocation"]["open"], true);
    assert_eq!(view["next_action"]["key"], "intake.next.make_statement");
    let said = mine.post(&answer, &words(&view)).await.ok();
    assert_eq!(said["revocation"]["open"], false);
    let change = crate::feed::last(&town).await;
    assert_eq!(change.kind, "intake.application.stated");
    assert_eq!(change.payload["statement"], "已经整改");
    mine.post(&answer, &words(&said))
        .await
        .refused(409, "intake.nothing_to_state");

    let over = json!({"result": "granted", "revoked": true});
    town.feed_back(number(&done), 3, "decision_revoked", "decided", over)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["revoked"], true);
    assert_eq!(view["revocation"], Value::Null);
    assert_eq!(view["standing"]["key"], "intake.standing.revoked");
}
