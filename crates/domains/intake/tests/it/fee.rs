//! The fee of a case, as the applicant sees it and asks about it.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client};

use crate::town::{Town, answers, look, number, path, submitted};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// What the office tells of a fee of 20 yuan.
fn told(state: &str) -> Value {
    json!({ "state": state, "lines": [{ "name": "工本费", "basis": "某发改价〔2020〕1号", "unit_amount": 2000, "quantity": 1 }],
        "amount": 2000, "due": 2000, "paid": 0, "refunded": 0, "pay_by": "2026-12-07", "code": "43010226000000000017",
        "pay_url": "/cashier/43010226000000000017" })
}

fn with(mut fee: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        fee[key] = value.clone();
    }
    json!({ "fee": fee })
}

async fn ask(mine: &Client, view: &Value, what: &str, words: &str) -> Answer {
    let files: [(&str, &str, &[u8]); 1] = [("file", "低保证.pdf", PDF)];
    let there = path(view, &format!("/fee-requests?what={what}"));
    mine.multipart_of(&there, &[("words", words)], &files).await
}

#[tokio::test]
async fn a_notice_says_what_how_much_and_by_when_until_it_is_paid() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    assert_eq!(look(&mine, &done).await["fee"], Value::Null);
    let tell = async |version: i64, kind: &str, fee: Value| {
        town.feed_back(number(&done), version, kind, "received", fee)
            .await;
        look(&mine, &done).await
    };
    let view = tell(1, "fee_noticed", with(told("noticed"), &json!({}))).await;
    assert_eq!(view["fee"]["payable"], true);
    assert_eq!(view["fee"]["lines"][0]["name"], "工本费");
    assert_eq!(view["fee"]["askable"], json!(["reduction", "exemption"]));
    assert_eq!(view["next_action"]["key"], "intake.next.pay");
    assert!(
        view["standing"]["text"]
            .as_str()
            .unwrap()
            .contains("等待您缴费")
    );
    let page = mine.get("/api/v1/intake/messages").await.ok();
    let message = page["items"][0].clone();
    assert_eq!(message["kind"], "fee_noticed");
    assert!(
        message["body"].as_str().unwrap().contains("12月7日"),
        "{message}"
    );
    let list = mine.get("/api/v1/intake/applications").await.ok();
    assert_eq!(list["items"][0]["needs_action"], true);

    let paid = json!({ "paid": 2000, "paid_at": "2026-11-24T02:00:00Z", "receipt": "R1" });
    let view = tell(2, "fee_paid", with(told("paid"), &paid)).await;
    assert_eq!(view["fee"]["payable"], false);
    assert_eq!(view["fee"]["receipt"], "R1");
    assert_ne!(view["next_action"]["key"], "intake.next.pay");
    // What the office thinks of by itself is on no timeline.
    let before = view["timeline"].as_array().unwrap().len();
    let view = tell(3, "fee_proposed", with(told("paid"), &paid)).await;
    assert_eq!(view["timeline"].as_array().unwrap().len(), before);
}

#[tokio::test]
async fn he_asks_with_reason_and_proof_once() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    ask(&mine, &done, "reduction", "家庭困难")
        .await
        .refused(409, "intake.fee_not_askable");
    let noticed = with(told("noticed"), &json!({}));
    town.feed_back(number(&done), 1, "fee_noticed", "received", noticed)
        .await;
    for (what, words, code) in [
        ("refund", "退给我", (409, "intake.fee_not_askable")),
        ("gift", "送给我", (409, "intake.fee_not_askable")),
        ("reduction", "  ", (422, "intake.reason_invalid")),
    ] {
        ask(&mine, &done, what, words).await.refused(code.0, code.1);
    }
    let long = "长".repeat(1_001);
    ask(&mine, &done, "reduction", &long)
        .await
        .refused(422, "intake.reason_invalid");
    ask(&town.person(2), &done, "reduction", "家庭困难")
        .await
        .refused(404, "intake.application_not_found");
    let view = ask(&mine, &done, "reduction", "家庭困难").await.ok();
    assert_eq!(view["fee"]["request"], "reduction");
    assert_eq!(view["fee"]["askable"], json!([]));
    let sent = crate::feed::last(&town).await;
    assert_eq!(sent.kind, "intake.application.fee_requested");
    assert_eq!(sent.payload["kind"], "reduction");
    assert_eq!(sent.payload["letter"]["words"], "家庭困难");
    assert_eq!(
        sent.payload["letter"]["files"][0]["file_name"],
        "低保证.pdf"
    );
    ask(&mine, &done, "exemption", "再求一次")
        .await
        .refused(409, "intake.fee_not_askable");

    // The department repeats it, then refuses.
    let asked = with(told("noticed"), &json!({ "request": "reduction" }));
    town.feed_back(number(&done), 2, "fee_reduction_asked", "received", asked)
        .await;
    let refused = with(told("noticed"), &json!({ "refusal": "不在减免范围" }));
    town.feed_back(number(&done), 3, "fee_request_refused", "received", refused)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["fee"]["refusal"], "不在减免范围");
    assert_eq!(view["fee"]["askable"], json!(["reduction", "exemption"]));
    let kinds: Vec<&str> = view["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    let asked = kinds
        .iter()
        .filter(|kind| **kind == "fee_reduction_asked")
        .count();
    assert_eq!(
        asked, 1,
        "his own entry, and not the department's echo: {kinds:?}"
    );
}

#[tokio::test]
async fn he_asks_for_his_money_back_where_the_office_says_so() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let paid = with(told("paid"), &json!({ "paid": 2000, "refundable": true }));
    town.feed_back(number(&done), 1, "withdrawn", "withdrawn", paid)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["fee"]["askable"], json!(["refund"]));
    let view = ask(&mine, &done, "refund", "已经撤回").await.ok();
    assert_eq!(view["fee"]["request"], "refund");
    let back = with(told("refunded"), &json!({ "paid": 2000, "refunded": 2000 }));
    town.feed_back(number(&done), 2, "fee_refunded", "withdrawn", back)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["fee"]["refunded"], 2000);
    assert_eq!(view["fee"]["askable"], json!([]));
}

#[tokio::test]
async fn a_refund_that_fails_leaves_the_fee_paid() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let going = with(told("refunding"), &json!({ "paid": 2000 }));
    town.feed_back(number(&done), 1, "withdrawn", "withdrawn", going)
        .await;
    let before = look(&mine, &done).await;
    assert_eq!(before["fee"]["state"], "refunding");
    let paid = with(told("paid"), &json!({ "paid": 2000, "refundable": true }));
    town.feed_back(number(&done), 2, "fee_refund_failed", "withdrawn", paid)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["fee"]["state"], "paid");
    assert_eq!(view["fee"]["askable"], json!(["refund"]));
    assert_eq!(view["version"], before["version"]);
    assert_eq!(view["timeline"], before["timeline"]);
}

#[tokio::test]
async fn a_correction_comes_first_and_no_reminder_makes_it_stale() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let listed = json!({ "fields": ["/skill"], "reason": "请补充", "applicant_due": "2026-12-04" });
    let asked = with(told("noticed"), &json!({}));
    let both = json!({ "fee": asked["fee"], "fields": listed["fields"], "reason": listed["reason"],
        "applicant_due": listed["applicant_due"] });
    town.feed_back(number(&done), 1, "correction_requested", "correcting", both)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["next_action"]["key"], "intake.next.correct");
    assert_eq!(view["standing"]["key"], "intake.standing.correcting");
    let standing = view["standing"]["text"].as_str().unwrap();
    assert!(
        standing.contains("12月4日") && standing.contains("12月7日"),
        "both days: {standing}"
    );
    // Half-typed; then reminders and a new code come in between.
    for (version, kind) in [(2, "fee_reminded"), (3, "fee_billed")] {
        town.feed_back(number(&done), version, kind, "correcting", asked.clone())
            .await;
    }
    let mut form = answers();
    form["skill"] = "钳工".into();
    let body = json!({ "version": view["version"], "form": form });
    mine.put(&path(&done, "/form"), &body).await.ok();
    mine.get("/api/v1/intake/messages").await.ok();
    let view = look(&mine, &done).await;
    assert_eq!(view["correction"]["reason"], "请补充");
}

#[tokio::test]
async fn promised_papers_come_before_the_fee_and_earlier_money_is_shown() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let owed = json!({ "deferred": [{ "requirement_id": "extra", "by": "2026-12-02" }],
        "fee": with(told("noticed"), &json!({ "earlier": [{ "paid": 4000, "refunded": 0,
            "paid_at": "2026-11-24T02:00:00Z", "receipt": "R1" }] }))["fee"] });
    town.feed_back(number(&done), 1, "accepted", "accepted", owed)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["next_action"]["key"], "intake.next.supply");
    let next = view["next_action"]["text"].as_str().unwrap();
    assert!(
        next.contains("12月2日") && next.contains("12月7日"),
        "both days: {next}"
    );
    assert_eq!(view["fee"]["earlier"][0]["paid"], 4000);
}
