//! Delivery: what the applicant chose, who takes the result, parcels, and the receipt (送达回证).

use serde_json::{Value, json};
use tb_contract::events::{DeliveryAddress, DeliveryChoice, DeliveryChosen, ReceiptConfirmed};
use tb_contract::item::ResultDelivery;
use uuid::Uuid;

use crate::world::{API, REGISTRATION, Sent, World, allowed, command, send_other};

fn choice(world: &World, way: ResultDelivery) -> DeliveryChoice {
    DeliveryChoice {
        way,
        address: way.wants_address().then(|| DeliveryAddress {
            recipient: "独孤收件".to_owned(),
            phone: "19912345670".to_owned(),
            address: "湖南省长沙市芙蓉区八一路 1 号灯塔大厦 301 室".to_owned(),
        }),
        chosen_at: world.app.now(),
    }
}

/// A case that was granted and closed.
async fn closed(world: &World, number: &str, way: Option<ResultDelivery>) -> (Uuid, Sent) {
    let mut sent = world.sent(number, REGISTRATION);
    sent.body.delivery = way.map(|way| choice(world, way));
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of(number, REGISTRATION).await;
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
    (id, sent)
}

fn collector(name: &str, id_number: &str, relation: &str, authority: &str) -> Value {
    json!({ "name": name, "document": "citizen_id", "id_number": id_number, "relation": relation,
            "authority": authority, "signature": [[[10, 20], [300, 150], [590, 30]], [[40, 40]]] })
}

fn own() -> Value {
    collector("张示例", "430102199307169986", "own", "")
}

/// Tells what the applicant did after the hand-in.
async fn tell(world: &World, sent: &mut Sent, kind: &'static str, payload: Value) {
    sent.kind = kind;
    sent.body.version += 1;
    send_other(world, sent, payload).await;
}

async fn change_mind(world: &World, sent: &mut Sent, way: ResultDelivery) {
    let told = DeliveryChosen {
        case_number: sent.body.case_number.clone(),
        version: sent.body.version + 1,
        delivery: choice(world, way),
    };
    let payload = serde_json::to_value(&told).unwrap();
    tell(world, sent, "intake.application.delivery_chosen", payload).await;
}

async fn confirm(world: &World, sent: &mut Sent) {
    let told = ReceiptConfirmed {
        case_number: sent.body.case_number.clone(),
        version: sent.body.version + 1,
    };
    let payload = serde_json::to_value(&told).unwrap();
    tell(world, sent, "intake.application.receipt_confirmed", payload).await;
}

async fn opens(world: &World, id: Uuid, case: &Value) -> String {
    let paper = case["papers"].as_array().unwrap().last().unwrap();
    let path = format!("{API}/cases/{id}/papers/{}", paper["id"].as_str().unwrap());
    let answer = world.clerk().get(&path).await;
    assert!(answer.bytes.starts_with(b"%PDF-1."));
    paper["title"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_it_at_the_counter_is_who_he_says() {
    let world = World::new().await;
    world.on("2026-11-23");
    let number = "430102202611230000017";
    let (id, _) = closed(&world, number, Some(ResultDelivery::PickUp)).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/deliver"));
    let case = world.case(id).await;
    assert_eq!(case["delivery"]["chosen"], "pick_up");
    allowed(&case, "deliver").unwrap();
    assert_eq!(
        allowed(&case, "dispatch").unwrap_err(),
        "approval.courier_not_chosen"
    );
    let ask = async |way: &str, collector: Value| {
        let body = json!({ "version": case["version"], "way": way, "collector": collector });
        clerk.post(&path, &body).await
    };
    ask("pick_up", Value::Null)
        .await
        .refused(422, "approval.collector_missing");
    ask("online", Value::Null)
        .await
        .refused(409, "approval.way_not_chosen");
    ask("courier", Value::Null)
        .await
        .refused(409, "approval.nothing_dispatched");
    for (who, field) in [
        (
            collector("李代领", "11010519491231002X", "own", ""),
            "/collector/relation",
        ),
        (
            collector("李代领", "110105194912310021", "authorised", "委托书"),
            "/collector/id_number",
        ),
        (
            collector("李代领", "11010519491231002X", "authorised", " "),
            "/collector/authority",
        ),
    ] {
        let refused = ask("pick_up", who)
            .await
            .refused(422, "approval.collector_wrong");
        assert_eq!(refused["fields"][0]["path"], field);
    }
    let authorised = collector("李代领", "11010519491231002X", "authorised", "授权委托书");
    let case = ask("pick_up", authorised).await.ok();
    assert_eq!(
        (&case["state"], &case["delivery"]["way"]),
        (&json!("delivered"), &json!("pick_up"))
    );
    let who = &case["delivery"]["collector"];
    assert_eq!(
        (&who["name"], &who["signed"]),
        (&json!("李*领"), &json!(true))
    );
    assert!(!case.to_string().contains("11010519491231002X"));
    let clear = clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    assert_eq!(
        clear["delivery"]["collector"]["id_number"],
        "11010519491231002X"
    );
    assert_eq!(opens(&world, id, &case).await, "送达回证");
    let said = world.said(number).await;
    let (kind, changed, _) = said.last().unwrap();
    assert_eq!(kind, "approval.case.delivered");
    assert_eq!(changed.reason, "窗口领取，签收人：李*领。");
    assert_eq!(changed.delivery.as_ref().unwrap().collector, "李*领");
    assert_eq!(changed.papers[0].kind, "delivery_receipt");
    assert_eq!(changed.papers[0].number, "芙人社送字〔2026〕第00001号");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_is_sent_first_and_has_come_when_clerk_or_applicant_say_so() {
    let world = World::new().await;
    world.on("2026-11-23");
    let number = "430102202611230000025";
    let (id, mut sent) = closed(&world, number, None).await;
    let clerk = world.clerk();
    let parcel = json!({ "company": "邮政速递", "tracking_number": "EM123456789CN" });
    let mut early = parcel.clone();
    early["version"] = world.case(id).await["version"].clone();
    let path = format!("{API}/cases/{id}/dispatch");
    clerk
        .post(&path, &early)
        .await
        .refused(409, "approval.courier_not_chosen");

    // He chooses after the hand-in; the office sends; then it is too late to choose again.
    change_mind(&world, &mut sent, ResultDelivery::Courier).await;
    let case = world.case(id).await;
    assert_eq!(case["delivery"]["address"], "湖南省长沙市芙蓉区******");
    assert_eq!(case["delivery"]["recipient"], "独**件");
    assert!(!case.to_string().contains("灯塔大厦"));
    let clear = clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    assert_eq!(clear["delivery"]["phone"], "19912345670");
    let mut empty = json!({ "company": " ", "tracking_number": "1" });
    empty["version"] = case["version"].clone();
    clerk
        .post(&path, &empty)
        .await
        .refused(422, "approval.parcel_missing");
    let case = command(&clerk, id, "dispatch", parcel).await;
    assert_eq!(case["state"], "closed", "it counts when it has come");
    assert!(
        case["clocks"]["clocks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|clock| clock["kind"] == "delivery" && clock["stopped_on"].is_null())
    );
    change_mind(&world, &mut sent, ResultDelivery::Online).await;
    let case = world.case(id).await;
    assert_eq!(case["delivery"]["chosen"], "courier");
    let (kind, late, _) = world.said(number).await.pop().unwrap();
    assert_eq!(kind, "approval.case.delivery_change_late");
    assert_eq!(late.reason, "结果已经寄出或者送达，送达方式没有更改。");
    let in_force = late.delivery.unwrap().in_force.unwrap();
    assert_eq!(in_force.way, ResultDelivery::Courier);
    allowed(&case, "deliver").unwrap();

    world.on("2026-11-26");
    confirm(&world, &mut sent).await;
    let case = world.case(id).await;
    assert_eq!(case["state"], "delivered");
    assert_eq!(case["delivery"]["confirmed_at"], "2026-11-26T02:00:00Z");
    assert_eq!(opens(&world, id, &case).await, "送达回证");
    let said = world.said(number).await;
    let kinds: Vec<&str> = said
        .iter()
        .rev()
        .take(4)
        .map(|(kind, ..)| kind.as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "approval.case.delivered",
            "approval.case.delivery_change_late",
            "approval.case.dispatched",
            "approval.case.delivery_chosen"
        ]
    );
    let told = said[said.len() - 3].1.clone();
    assert_eq!(told.reason, "邮政速递，运单号 EM123456789CN。");
    assert_eq!(told.delivery.unwrap().tracking_number, "EM123456789CN");
    confirm(&world, &mut sent).await;
    assert_eq!(world.case(id).await["version"], case["version"], "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_that_came_back_leaves_the_choice_to_the_applicant_again() {
    let world = World::new().await;
    world.on("2026-11-26");
    let clerk = world.clerk();
    let number = "430102202611260000611";
    let (id, mut sent) = closed(&world, number, Some(ResultDelivery::Courier)).await;
    let case = world.case(id).await;
    let path = format!("{API}/cases/{id}/take-back-parcel");
    let back = json!({"version": case["version"], "reason": "收件人电话无人接听"});
    clerk
        .post(&path, &back)
        .await
        .refused(409, "approval.nothing_dispatched");
    let parcel = json!({ "company": "邮政速递", "tracking_number": "EM3" });
    command(&clerk, id, "dispatch", parcel.clone()).await;
    let back = json!({"reason": " 收件人电话无人接听 "});
    let case = command(&clerk, id, "take-back-parcel", back).await;
    assert_eq!(case["state"], "closed");
    assert_eq!(case["delivery"]["tracking_number"], Value::Null);
    assert_eq!(
        allowed(&case, "deliver"),
        Ok(()),
        "at the counter, should he come"
    );
    let (kind, told, _) = world.said(number).await.pop().unwrap();
    assert_eq!(kind, "approval.case.parcel_returned");
    assert_eq!(told.reason, "收件人电话无人接听");
    assert!(told.delivery.is_none(), "nothing is under way");

    change_mind(&world, &mut sent, ResultDelivery::Online).await;
    let case = world.case(id).await;
    assert_eq!(case["delivery"]["chosen"], "online");
    assert_eq!(
        allowed(&case, "dispatch").unwrap_err(),
        "approval.courier_not_chosen"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clerk_reads_off_the_couriers_page_that_it_has_come() {
    let world = World::new().await;
    world.on("2026-11-26");
    let clerk = world.clerk();
    let (other, _) = closed(
        &world,
        "430102202611260000033",
        Some(ResultDelivery::Courier),
    )
    .await;
    let parcel = json!({ "company": "邮政速递", "tracking_number": "EM2" });
    command(&clerk, other, "dispatch", parcel).await;
    let case = command(&clerk, other, "deliver", json!({ "way": "courier" })).await;
    assert_eq!(case["state"], "delivered");
    assert_eq!(case["delivery"]["confirmed_at"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_online_is_confirmed_afterwards_once() {
    let world = World::new().await;
    world.on("2026-11-23");
    let number = "430102202611230000041";
    let (id, mut sent) = closed(&world, number, Some(ResultDelivery::Online)).await;
    let case = command(
        &world.clerk(),
        id,
        "deliver",
        json!({ "way": "online", "collector": own() }),
    )
    .await;
    assert_eq!(case["delivery"]["collector"], Value::Null, "nobody took it");
    confirm(&world, &mut sent).await;
    let case = world.case(id).await;
    assert_eq!(case["delivery"]["confirmed_at"], "2026-11-23T02:00:00Z");
    let said = world.said(number).await;
    assert_eq!(said.last().unwrap().0, "approval.case.receipt_confirmed");
    confirm(&world, &mut sent).await;
    assert_eq!(world.case(id).await["version"], case["version"]);
}
