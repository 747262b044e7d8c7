//! Signatures by the clock, and what co-applicants see and hear of an application after its hand-in.

use chrono::TimeDelta;
use serde_json::json;

use crate::signing::{asked, kinds, name, person, sign, step, submit, town};
use crate::town::{LATER_ID, NAME, complete, look, number, path};

const DUE: &str = "intake.signatures_due";

#[tokio::test]
async fn the_clock_reminds_and_ends() {
    let town = town().await;
    let (mine, _, draft) = asked(&town).await;
    // The account of the first citizen is the only one that identity finds by a number.
    let until: chrono::NaiveDate = draft["signing"]["until"].as_str().unwrap().parse().unwrap();
    town.app.run_periodic(DUE).await;
    assert_eq!(look(&mine, &draft).await["signing"]["state"], "open");
    step(&mine, &draft, "urge").await.ok();
    step(&mine, &draft, "urge")
        .await
        .refused(409, "intake.urged_today");
    let days = until - tb_kernel::office_time::day(town.app.now());
    town.app.clock().advance(days + TimeDelta::days(1));
    town.app.run_periodic(DUE).await;
    let now = look(&mine, &draft).await;
    assert_eq!(now["signing"]["state"], "lapsed");
    assert_eq!(now["editable"], "all");
    assert_eq!(now["form"]["skill"], "焊工", "nothing is lost");
    assert!(kinds(&mine).await.contains(&"signatures_lapsed".to_owned()));
    // Asked anew, the term runs anew.
    let again = step(&mine, &draft, "ask").await.ok();
    assert_eq!(again["signing"]["state"], "open");
}

#[tokio::test]
async fn whoever_has_an_account_is_told_by_it() {
    let town = town().await;
    // The second citizen applies; identity knows the account of the first.
    let (mine, known) = (town.person(2), town.person(1));
    let draft = complete(&mine).await;
    let who = [person(NAME, crate::town::CITIZEN_ID)];
    name(&mine, &draft, &who).await.ok();
    let opened = step(&mine, &draft, "ask").await.ok();
    assert_eq!(kinds(&known).await, ["co_asked"]);
    step(&mine, &draft, "urge").await.ok();
    let until: chrono::NaiveDate = opened["signing"]["until"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let days = until - tb_kernel::office_time::day(town.app.now());
    town.app.clock().advance(days - TimeDelta::days(1));
    town.app.run_periodic(DUE).await;
    town.app.run_periodic(DUE).await;
    let told = kinds(&known).await;
    let reminded = told.iter().filter(|kind| *kind == "co_reminded").count();
    assert_eq!(reminded, 1, "{told:?}");
    assert!(told.contains(&"co_urged".to_owned()));
    step(&mine, &draft, "take-back").await.ok();
    assert!(kinds(&known).await.contains(&"co_taken_back".to_owned()));
}

#[tokio::test]
async fn nobody_is_asked_again_and_again_on_one_day() {
    let town = town().await;
    let (mine, known) = (town.person(2), town.person(1));
    let draft = complete(&mine).await;
    let who = [person(NAME, crate::town::CITIZEN_ID)];
    name(&mine, &draft, &who).await.ok();
    for _ in 0..3 {
        step(&mine, &draft, "ask").await.ok();
        step(&mine, &draft, "take-back").await.ok();
    }
    step(&mine, &draft, "ask")
        .await
        .refused(409, "intake.asked_often");
    town.app.clock().advance(TimeDelta::days(1));
    step(&mine, &draft, "ask").await.ok();
    let asked = kinds(&known).await;
    assert_eq!(asked.iter().filter(|kind| *kind == "co_asked").count(), 4);
}

#[tokio::test]
async fn whoever_is_called_otherwise_gets_no_message() {
    let town = town().await;
    let (mine, known) = (town.person(2), town.person(1));
    let draft = complete(&mine).await;
    let who = [person("独孤测乙", crate::town::CITIZEN_ID)];
    name(&mine, &draft, &who).await.ok();
    step(&mine, &draft, "ask").await.ok();
    assert!(kinds(&known).await.is_empty());
    // He finds it by his number, and may say that it is not him.
    let page = known.get("/api/v1/intake/signatures").await.ok();
    assert_eq!(page["items"][0]["id"], draft["id"]);
}

#[tokio::test]
async fn what_all_have_signed_is_handed_in_within_the_term() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    town.app.clock().advance(TimeDelta::days(1));
    sign(&other, &draft).await.ok();
    let signed = look(&mine, &draft).await;
    let until: chrono::NaiveDate = signed["signing"]["until"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let asked_until: chrono::NaiveDate =
        draft["signing"]["until"].as_str().unwrap().parse().unwrap();
    assert!(until > asked_until, "the term runs from the last signature");
    let days = until - tb_kernel::office_time::day(town.app.now());
    town.app.clock().advance(days);
    town.app.run_periodic(DUE).await;
    assert_eq!(look(&mine, &draft).await["signing"]["state"], "complete");
    town.app.clock().advance(TimeDelta::days(1));
    town.app.run_periodic(DUE).await;
    let now = look(&mine, &draft).await;
    assert_eq!(now["signing"]["state"], "lapsed");
    assert_eq!(now["editable"], "all");
    submit(&mine, &draft)
        .await
        .refused(422, "intake.signatures_missing");
}

#[tokio::test]
async fn the_clock_leaves_alone_what_was_handed_in() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    sign(&other, &draft).await.ok();
    submit(&mine, &draft).await.ok();
    town.app.clock().advance(TimeDelta::days(60));
    town.app.run_periodic(DUE).await;
    let now = look(&mine, &draft).await;
    assert_eq!(now["signing"]["state"], "handed_in");
    assert_eq!(now["signing"]["signers"][0]["state"], "signed");
}

#[tokio::test]
async fn whoever_registers_later_finds_the_request() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    name(&mine, &draft, &[person(NAME, LATER_ID)]).await.ok();
    step(&mine, &draft, "ask").await.ok();
    // Identity has found no account by this number; his own profile bears it.
    let later = town.person(7);
    let page = later.get("/api/v1/intake/signatures").await.ok();
    assert_eq!(page["items"][0]["id"], draft["id"]);
    sign(&later, &draft).await.ok();
    submit(&mine, &draft).await.ok();
}

#[tokio::test]
async fn co_applicants_look_on_and_hear_the_main_steps() {
    let town = town().await;
    let (mine, other, draft) = asked(&town).await;
    sign(&other, &draft).await.ok();
    let done = submit(&mine, &draft).await.ok();
    let number = number(&done);
    town.feed_back(number, 1, "submitted", "submitted", json!({}))
        .await;
    town.feed_back(number, 2, "received", "received", json!({}))
        .await;
    town.feed_back(
        number,
        3,
        "correction_requested",
        "correcting",
        json!({"fields": ["/skill"], "materials": [], "reason": "请补充技能", "applicant_due": "2099-01-01"}),
    )
    .await;
    let row = other.get("/api/v1/intake/applications").await.ok()["items"][0].clone();
    assert_eq!(row["id"], draft["id"]);
    assert_eq!(row["signed_for"], "欧**甲");
    assert_eq!(
        (&row["needs_action"], &row["next_action"]["key"]),
        (&json!(false), &json!("intake.next.none"))
    );
    let one = format!(
        "/api/v1/intake/signatures/{}",
        draft["id"].as_str().unwrap()
    );
    let seen = other.get(&one).await.ok();
    assert_eq!(seen["state"], "correcting");
    assert_eq!(seen["case_number"], *number);
    for (way, body) in [
        ("/withdraw", json!({"version": 1, "reason": "不办了"})),
        ("/correct", json!({"version": 1})),
    ] {
        other
            .post(&path(&draft, way), &body)
            .await
            .refused(404, "intake.application_not_found");
    }
    let mut changed = crate::town::answers();
    changed["skill"] = "高级焊工".into();
    let now = look(&mine, &draft).await;
    let body = json!({"version": now["version"], "form": changed, "remark": ""});
    mine.post(&path(&draft, "/correct"), &body).await.ok();
    let page = other.get("/api/v1/intake/messages").await.ok();
    assert_eq!(page["items"][0]["kind"], "co_corrected");
    assert!(page["items"][0]["body"].as_str().unwrap().contains("技能"));
    let told = kinds(&other).await;
    assert_eq!(
        told,
        ["co_corrected", "co_correction_requested", "co_submitted"]
    );
    assert_eq!(other.get(&one).await.ok()["form"]["skill"], "高级焊工");
}

#[tokio::test]
async fn a_counter_refuses_what_several_sign() {
    let town = town().await;
    let counter = crate::counter::our_counter(&town, 11);
    let applicant = crate::counter::person(crate::town::CITIZEN_ID);
    counter
        .post(crate::counter::COUNTER, &crate::counter::body(applicant))
        .await
        .refused(409, "intake.counter_signers");
}

#[tokio::test]
async fn a_joint_matter_refuses_what_several_sign() {
    let town = crate::joint::town().await;
    let mine = town.person(1);
    let mut food = crate::joint::member(0);
    food["handling"] = json!({"co_applicants": {"min": 1, "max": 2, "role": "合伙人"}});
    town.publish(food, 2).await;
    let body = json!({"item_code": crate::joint::JOINT, "channel": "pc",
        "situation_answers": {"size": "small", "sign": "no"}});
    let refused = mine.post("/api/v1/intake/applications", &body).await;
    refused.refused(409, "intake.joint_signers");
}
