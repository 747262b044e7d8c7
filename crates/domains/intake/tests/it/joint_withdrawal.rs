//! A joint matter taken back by its applicant, or not offered any more.

use serde_json::{Value, json};
use tb_contract::events::JointItemWithdrawn;
use tb_contract::topics;

use crate::joint::{JOINT, answers, begun, code, filled, handed_in, number_of, part, told, town};
use crate::town::{look, path};

#[tokio::test]
async fn the_whole_or_one_of_it_can_be_withdrawn() {
    let town = town().await;
    let mine = town.person(1);
    let done = handed_in(&mine, "large", "yes").await;
    let sign = look(&mine, part(&done, "户外招牌")).await;
    let ask = |one: &Value| json!({"version": one["version"], "reason": "不办了"});
    let taken = mine.post(&path(&sign, "/withdraw"), &ask(&sign)).await.ok();
    assert_eq!(taken["state"], "withdrawn", "no department has it yet");
    let whole = look(&mine, &done).await;
    assert_eq!(whole["withdrawal_pending"], false);
    let asked = mine
        .post(&path(&whole, "/withdraw"), &ask(&whole))
        .await
        .ok();
    assert_eq!(asked["withdrawal_pending"], true);
    let events = told(&town).await;
    let withdrawn = events
        .iter()
        .filter(|one| one.kind == "intake.application.withdrawn");
    assert_eq!(withdrawn.count(), 2);
    for name in ["食品经营许可", "消防安全检查"] {
        let number = number_of(&done, name);
        town.feed_back(&number, 1, "withdrawn", "withdrawn", json!({}))
            .await;
    }
    let end = look(&mine, &done).await;
    assert_eq!(
        (&end["state"], &end["withdrawal_pending"]),
        (&json!("withdrawn"), &json!(false))
    );
    mine.post(&path(&end, "/withdraw"), &ask(&end))
        .await
        .refused(409, "intake.not_withdrawable");
}

#[tokio::test]
async fn what_is_withdrawn_takes_no_applications() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "small", "no").await;
    let ready = filled(&mine, &draft, answers()).await;
    let payload = JointItemWithdrawn {
        code: JOINT.to_owned(),
        version: 1,
    };
    let kind = "catalogue.joint_item.withdrawn";
    town.emit(topics::CATALOGUE, JOINT, kind, 2, &payload).await;
    town.app.run_events().await;
    let body = json!({"version": ready["version"]});
    mine.post(&path(&ready, "/submit"), &body)
        .await
        .refused(409, "intake.item_withdrawn");
    let body = json!({"item_code": JOINT, "situation_answers": {}, "channel": "pc"});
    mine.post("/api/v1/intake/applications", &body)
        .await
        .refused(409, "intake.item_withdrawn");
}

#[tokio::test]
async fn an_item_that_is_gone_is_missed_where_it_belongs_to_the_matter() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "large", "no").await;
    let ready = filled(&mine, &draft, answers()).await;
    town.withdraw(&code("fire"), 1).await;
    let body = json!({"version": ready["version"]});
    mine.post(&path(&ready, "/submit"), &body)
        .await
        .refused(409, "intake.joint_item_missing");
    let body = |size: &str| json!({"item_code": JOINT, "situation_answers": {"size": size, "sign": "no"}, "channel": "pc"});
    mine.post("/api/v1/intake/applications", &body("large"))
        .await
        .refused(409, "intake.joint_item_missing");
    // Without it the matter is open as before.
    let done = handed_in(&mine, "small", "no").await;
    assert_eq!(done["parts"].as_array().unwrap().len(), 1);
}
