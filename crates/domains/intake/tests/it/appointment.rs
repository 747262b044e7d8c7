//! Visits: what the hall tells reaches the inbox of whoever booked; and intake says which result waits.

use serde_json::{Value, json};
use tb_contract::events::AppointmentTold;
use tb_contract::topics;
use tb_kernel::AccountId;
use tb_testkit::{Client, citizen};

use crate::town::{Town, complete, item, number, path};

fn told(account_id: AccountId) -> AppointmentTold {
    AppointmentTold {
        account_id,
        application_id: None,
        number: "12345678".to_owned(),
        item_name: "失业登记".to_owned(),
        site: "芙蓉区社保服务大厅".to_owned(),
        address: "样例路 1 号".to_owned(),
        counter: "3 号窗口".to_owned(),
        starts_at: "2026-11-24T01:00:00Z".parse().unwrap(),
        ends_at: "2026-11-24T01:30:00Z".parse().unwrap(),
        reason: String::new(),
        offered_at: None,
    }
}

/// The message of a kind; those of one millisecond have no order.
async fn message(who: &Client, kind: &str) -> Value {
    let page = who.get("/api/v1/intake/messages").await.ok();
    let mut all = page["items"].as_array().unwrap().iter();
    all.find(|one| one["kind"] == kind).unwrap().clone()
}

#[tokio::test]
async fn every_step_of_a_visit_is_told_in_words() {
    let town = Town::new().await;
    let mine = town.person(1);
    let account = citizen(1).id;
    for (step, title) in [
        ("confirmed", "预约已确认"),
        ("moved", "预约时段有变动"),
        ("reminded", "明天有预约，请按时前往"),
        ("missed", "预约已过号"),
        ("declined", "预约未能安排"),
    ] {
        let mut said = told(account);
        said.reason = "系统升级。".to_owned();
        let kind = format!("hall.appointment.{step}");
        town.emit(topics::HALL, "a", &kind, 1, &said).await;
        town.app.run_events().await;
        let message = message(&mine, &format!("appointment_{step}")).await;
        assert_eq!(message["title"], title);
        let body = message["body"].as_str().unwrap();
        assert!(body.contains("11月24日 09:00–09:30"), "{body}");
        assert!(!body.contains('{'), "{body}");
        assert!(message["application_id"].is_null());
    }
    let mut said = told(account);
    said.offered_at = Some("2026-11-25T02:00:00Z".parse().unwrap());
    let kind = "hall.appointment.declined";
    town.emit(topics::HALL, "a", kind, 2, &said).await;
    town.app.run_events().await;
    let message = message(&mine, "appointment_declined_other").await;
    let body = message["body"].as_str().unwrap();
    assert!(body.contains("建议改约 11月25日 10:00"), "{body}");
    let theirs = town.person(2).get("/api/v1/intake/messages").await.ok();
    assert_eq!(theirs["items"], json!([]));
}

#[tokio::test]
async fn a_result_waits_from_the_close_until_it_is_on_its_way_elsewhere() {
    let town = Town::without_item().await;
    let mut item = item();
    item["handling"] = json!({"delivery": ["pick_up", "courier", "online"]});
    town.publish(item, 1).await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    let body = json!({"version": draft["version"]});
    let done = mine.post(&path(&draft, "/submit"), &body).await.ok();
    let port = tb_intake::collections(town.app.store());
    let asked = async |account: AccountId| port.waiting(account, number(&done)).await.unwrap();
    assert!(asked(citizen(1).id).await.is_none(), "not decided yet");
    let granted = json!({"result": "granted"});
    town.feed_back(number(&done), 1, "closed", "closed", granted)
        .await;
    let waiting = asked(citizen(1).id).await.unwrap();
    assert_eq!(waiting.item_name, "失业登记");
    assert_eq!(waiting.application_id.0.to_string(), done["id"]);
    assert!(asked(citizen(2).id).await.is_none(), "somebody else's");
    let view = crate::town::look(&mine, &done).await;
    let online = json!({"version": view["version"], "way": "online"});
    mine.put(&path(&done, "/delivery"), &online).await.ok();
    assert!(asked(citizen(1).id).await.is_none(), "comes online");
}
