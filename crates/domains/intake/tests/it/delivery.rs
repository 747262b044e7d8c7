//! How the result is to reach the applicant: chosen in the draft or later, until it is on its way.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{Town, complete, fields, item, look, number, path};

async fn town() -> Town {
    let town = Town::without_item().await;
    let mut item = item();
    item["handling"] = json!({"delivery": ["pick_up", "courier", "online"]});
    item["places"] = json!([{"name": "区政务中心", "address": "八一路 1 号", "hours": "工作日"}]);
    town.publish(item, 1).await;
    town
}

fn by_courier(view: &Value) -> Value {
    json!({"version": view["version"], "way": "courier", "address":
        {"recipient": " 独孤 收件 ", "phone": "19912345670", "address": "八一路 1 号灯塔大厦"}})
}

fn to(view: &Value, way: &str) -> Value {
    json!({"version": view["version"], "way": way})
}

async fn submit(mine: &Client, draft: &Value) -> Value {
    let body = json!({"version": draft["version"]});
    mine.post(&path(draft, "/submit"), &body).await.ok()
}

#[tokio::test]
async fn the_choice_goes_with_the_application_and_may_be_changed_after_it() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    assert_eq!(
        draft["delivery"]["offered"],
        json!(["pick_up", "courier", "online"])
    );
    assert_eq!(draft["delivery"]["places"][0]["name"], "区政务中心");
    assert_eq!(draft["delivery"]["way"], Value::Null);
    let choose = path(&draft, "/delivery");
    let refused = mine.put(&choose, &to(&draft, "in_person")).await;
    let refused = refused.refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/way"]);
    let mut bad = by_courier(&draft);
    bad["address"] = json!({"recipient": "", "phone": "12", "address": "八一路"});
    let refused = mine
        .put(&choose, &bad)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(
        fields(&refused),
        ["/address/address", "/address/phone", "/address/recipient"]
    );
    let refused = mine.put(&choose, &to(&draft, "courier")).await;
    refused.refused(422, "intake.application_invalid");

    let chosen = mine.put(&choose, &by_courier(&draft)).await.ok();
    assert_eq!(chosen["delivery"]["address"]["recipient"], "独孤 收件");
    town.person(2)
        .put(&choose, &to(&chosen, "online"))
        .await
        .refused(404, "intake.application_not_found");
    let done = submit(&mine, &chosen).await;
    let sent = crate::feed::last(&town).await;
    assert_eq!(sent.payload["delivery"]["way"], "courier");
    assert_eq!(sent.payload["delivery"]["address"]["phone"], "19912345670");

    let view = look(&mine, &done).await;
    let changed = mine.put(&choose, &to(&view, "online")).await.ok();
    assert_eq!(changed["delivery"]["way"], "online");
    assert_eq!(changed["delivery"]["address"], Value::Null);
    let told = crate::feed::last(&town).await;
    assert_eq!(told.kind, "intake.application.delivery_chosen");
    assert_eq!(told.payload["delivery"]["way"], "online");
    let stale = mine.put(&choose, &to(&view, "pick_up")).await;
    stale.refused(409, "intake.stale_version");
}

#[tokio::test]
async fn a_choice_that_came_too_late_goes_back_to_what_is_in_force() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    let chosen = mine
        .put(&path(&draft, "/delivery"), &by_courier(&draft))
        .await
        .ok();
    let done = submit(&mine, &chosen).await;
    let granted = json!({"result": "granted"});
    town.feed_back(number(&done), 1, "closed", "closed", granted)
        .await;
    let view = look(&mine, &done).await;
    let choose = path(&done, "/delivery");
    let changed = mine.put(&choose, &to(&view, "pick_up")).await.ok();
    assert_eq!(changed["delivery"]["way"], "pick_up");

    let sent = json!({"way": "courier", "company": "邮政速递", "tracking_number": "EM1", "dispatched_at": "2026-11-24T02:00:00Z"});
    let parcel = json!({"result": "granted", "delivery": sent});
    town.feed_back(number(&done), 2, "dispatched", "closed", parcel)
        .await;
    let mut late = sent.clone();
    late["in_force"] = json!({"way": "courier", "chosen_at": "2026-11-22T02:00:00Z", "address":
        {"recipient": "独孤收件", "phone": "19912345670", "address": "八一路 1 号灯塔大厦"}});
    let late = json!({"result": "granted", "delivery": late, "reason": "结果已经寄出或者送达，送达方式没有更改。"});
    town.feed_back(number(&done), 3, "delivery_change_late", "closed", late)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["delivery"]["way"], "courier");
    assert_eq!(view["delivery"]["address"]["recipient"], "独孤收件");
    let page = mine.get("/api/v1/intake/messages").await.ok();
    assert_eq!(page["items"][0]["title"], "送达方式没有更改");

    let back = json!({"result": "granted", "reason": "收件人电话无人接听"});
    town.feed_back(number(&done), 4, "parcel_returned", "closed", back)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["delivery"]["changeable"], true);
    assert_eq!(view["delivery"]["progress"], Value::Null);
}

#[tokio::test]
async fn once_it_is_on_its_way_there_is_nothing_to_choose_but_to_confirm() {
    let town = town().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    let chosen = mine
        .put(&path(&draft, "/delivery"), &by_courier(&draft))
        .await
        .ok();
    let done = submit(&mine, &chosen).await;
    let (choose, confirm) = (path(&done, "/delivery"), path(&done, "/receipt"));
    town.feed_back(
        number(&done),
        1,
        "closed",
        "closed",
        json!({"result": "granted"}),
    )
    .await;
    let view = look(&mine, &done).await;
    let version = json!({"version": view["version"]});
    mine.post(&confirm, &version)
        .await
        .refused(409, "intake.nothing_to_confirm");

    let parcel = json!({"result": "granted", "reason": "邮政速递，运单号 EM1。", "delivery":
        {"way": "courier", "company": "邮政速递", "tracking_number": "EM1", "dispatched_at": "2026-11-24T02:00:00Z"}});
    town.feed_back(number(&done), 2, "dispatched", "closed", parcel)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["delivery"]["progress"]["tracking_number"], "EM1");
    assert_eq!(
        (
            &view["delivery"]["changeable"],
            &view["delivery"]["confirmable"]
        ),
        (&json!(false), &json!(true))
    );
    let entries = view["timeline"].as_array().unwrap();
    assert_eq!(entries.last().unwrap()["words"], "邮政速递，运单号 EM1。");
    mine.put(&choose, &to(&view, "online"))
        .await
        .refused(409, "intake.delivery_settled");
    let said = mine
        .post(&confirm, &json!({"version": view["version"]}))
        .await
        .ok();
    assert_eq!(said["delivery"]["confirmable"], false);
    assert_eq!(
        crate::feed::last(&town).await.kind,
        "intake.application.receipt_confirmed"
    );
    let again = mine
        .post(&confirm, &json!({"version": said["version"]}))
        .await;
    again.refused(409, "intake.nothing_to_confirm");

    let came = json!({"result": "granted", "delivery": {"way": "courier", "company": "邮政速递", "tracking_number": "EM1",
        "delivered_at": "2026-11-26T02:00:00Z", "confirmed_at": "2026-11-26T02:00:00Z"}});
    town.feed_back(number(&done), 3, "delivered", "delivered", came)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["state"], "delivered");
    assert_eq!(
        view["delivery"]["progress"]["delivered_at"],
        "2026-11-26T02:00:00Z"
    );
}

#[tokio::test]
async fn an_item_that_offers_nothing_asks_nothing() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    assert_eq!(draft["delivery"], Value::Null);
    let refused = mine
        .put(&path(&draft, "/delivery"), &to(&draft, "pick_up"))
        .await;
    refused.refused(409, "intake.delivery_settled");
}
