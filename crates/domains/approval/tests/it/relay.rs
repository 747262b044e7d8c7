//! Between a counter and the office: papers by a list, results back by another, the counter's shelf.

use serde_json::{Value, json};
use tb_contract::events::{Channel, CounterEntry, DeliveryAddress, DeliveryChoice};
use tb_contract::item::ResultDelivery;
use tb_kernel::{AccountId, DepartmentId};
use tb_testkit::{Client, actor, clerk};
use uuid::Uuid;

use crate::world::{
    API, FOREIGN, OTHERS, OURS, REGISTRATION, WITH_ORIGINALS, World, command, department,
};

const FIRST: &str = "430102202611240000811";
const SECOND: &str = "430102202611240000812";

/// Who works at the counter: it is the other department's.
fn counter(world: &World) -> Client {
    let mut who = actor(9, tb_kernel::AccountKind::Staff, &["counter_clerk"]);
    who.department = Some(department(OTHERS));
    world.app.as_actor(who)
}

/// A case whose original was shown at the counter, and taken.
async fn taken_in(world: &World, number: &str, by: Option<DepartmentId>) -> Uuid {
    let mut sent = world.sent(number, WITH_ORIGINALS);
    sent.body.channel = Channel::Counter;
    sent.body.counter = Some(CounterEntry {
        office: department(OTHERS).name,
        department_id: by,
        clerk_id: AccountId(Uuid::from_u128(9)),
        clerk_name: "测试9".to_owned(),
        elsewhere: None,
        papers: vec!["proof".to_owned()],
    });
    world.send(&sent).await;
    world.app.run_events().await;
    world.id_of(number, WITH_ORIGINALS).await
}

async fn granted(world: &World, id: Uuid) {
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
}

async fn overview(client: &Client) -> [i64; 4] {
    let all = client.get(&format!("{API}/relay")).await.ok();
    ["papers", "results", "incoming", "shelf"].map(|key| all[key].as_i64().unwrap())
}

async fn send(client: &Client, what: &str, cases: &[Uuid]) -> Value {
    let body = json!({ "contents": what, "cases": cases });
    client.post(&format!("{API}/relay/lists"), &body).await.ok()
}

fn list(page: &Value) -> String {
    format!("{API}/relay/lists/{}", page["list"]["id"].as_str().unwrap())
}

async fn receive(client: &Client, page: &Value, more: Value) -> Value {
    let mut body = more;
    body["version"] = page["list"]["version"].clone();
    client
        .post(&format!("{}/receive", list(page)), &body)
        .await
        .ok()
}

fn own() -> Value {
    json!({ "name": "张示例", "document": "citizen_id", "id_number": "430102199307169986", "relation": "own",
            "authority": "", "signature": [[[10, 20], [300, 150]]] })
}

/// The row of a case, by its number.
fn of_case<'a>(rows: &'a Value, number: &str) -> &'a Value {
    let is = |row: &&Value| row["number"] == number || row["case_number"] == number;
    rows.as_array().unwrap().iter().find(is).unwrap()
}

/// What the history of a case says of hand-overs.
fn relayed(case: &Value) -> Vec<&str> {
    let events = case["timeline"].as_array().unwrap().iter();
    events
        .map(|event| event["kind"].as_str().unwrap())
        .filter(|kind| kind.starts_with("relay"))
        .collect()
}

/// A result on the counter's shelf, and its row there.
async fn on_shelf(world: &World, id: Uuid, place: &str) -> Value {
    let page = send(&world.clerk(), "results", &[id]).await;
    let entry = page["entries"][0]["id"].as_str().unwrap();
    receive(
        &counter(world),
        &page,
        json!({ "places": { entry: place } }),
    )
    .await;
    let shelf = counter(world).get(&format!("{API}/relay/shelf")).await.ok();
    shelf["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_go_to_the_office_and_what_is_missing_goes_back() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (counter, office) = (counter(&world), world.clerk());
    let by = Some(department(OTHERS).id);
    let (one, two) = (
        taken_in(&world, FIRST, by).await,
        taken_in(&world, SECOND, by).await,
    );
    // What the office took in itself, or came online, lies nowhere else.
    taken_in(&world, "430102202611240000813", Some(department(OURS).id)).await;
    world.submit("430102202611240000814", REGISTRATION).await;
    assert_eq!(overview(&counter).await, [2, 0, 0, 0]);
    let waiting = counter.get(&format!("{API}/relay/cases")).await.ok();
    let first = of_case(&waiting["items"], FIRST);
    assert_eq!(first["other"], department(OURS).name);

    let page = send(&counter, "papers", &[one, two]).await;
    assert_eq!(page["list"]["number"], "天民交〔2026〕第0001号");
    assert_eq!(page["entries"][0]["papers"], json!(["毕业证书"]));
    assert_eq!(
        (overview(&counter).await[0], overview(&office).await[2]),
        (0, 1)
    );
    let twice = json!({ "contents": "papers", "cases": [one] });
    let lists = format!("{API}/relay/lists");
    counter
        .post(&lists, &twice)
        .await
        .refused(409, "approval.relay_taken");
    // The sender does not receive; a stranger does not see it.
    let body = json!({ "version": 1 });
    let receipt = format!("{}/receive", list(&page));
    counter
        .post(&receipt, &body)
        .await
        .refused(404, "approval.relay_list_not_found");
    let stranger = world
        .app
        .as_actor(clerk(5, &tb_testkit::department("11430103TB00001111")));
    stranger
        .get(&list(&page))
        .await
        .refused(404, "approval.relay_list_not_found");

    let back = of_case(&page["entries"], SECOND)["id"].clone();
    let silent = json!({ "version": 1, "returned": [{ "id": back, "reason": " " }] });
    let refused = office
        .post(&receipt, &silent)
        .await
        .refused(422, "approval.relay_receipt_wrong");
    assert_eq!(refused["fields"][0]["path"], "/returned/0/reason");
    let missing = json!({ "returned": [{ "id": back, "reason": "缺毕业证书第二页" }] });
    let received = receive(&office, &page, missing).await;
    assert_eq!(received["list"]["state"], "received");
    let states =
        [FIRST, SECOND].map(|number| of_case(&received["entries"], number)["state"].clone());
    assert_eq!(states, ["arrived", "returned"]);
    office
        .post(&receipt, &body)
        .await
        .refused(409, "approval.relay_list_moved");
    let pdf = office.get(&format!("{}/paper", list(&page))).await;
    assert!(pdf.bytes.starts_with(b"%PDF-1."));

    // Only what went back waits again, and the cases tell both.
    assert_eq!(overview(&counter).await[0], 1);
    let (there, gone) = (world.case(one).await, world.case(two).await);
    assert_eq!(relayed(&there), ["relay_sent", "relay_arrived"]);
    assert_eq!(relayed(&gone), ["relay_sent", "relay_returned"]);
    assert_eq!(
        gone["handler"],
        json!(null),
        "the counter does not handle it"
    );
    let marks = office.get(&format!("{API}/cases/{two}/relay")).await.ok();
    assert_eq!(marks[0]["entry"]["reason"], "缺毕业证书第二页");
    assert_eq!(there["state"], "received", "papers move no case");
    let (kind, said, _) = world.said(SECOND).await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), said.reason.as_str()),
        ("approval.case.relay_returned", "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_back_until_it_is_received() {
    let world = World::new().await;
    world.on("2026-11-24");
    let counter = counter(&world);
    let id = taken_in(&world, FIRST, Some(department(OTHERS).id)).await;
    let page = send(&counter, "papers", &[id]).await;
    let url = format!("{}/withdraw", list(&page));
    let body = json!({ "version": 1 });
    world
        .clerk()
        .post(&url, &body)
        .await
        .refused(404, "approval.relay_list_not_found");
    let back = counter.post(&url, &body).await.ok();
    assert_eq!(back["list"]["state"], "withdrawn");
    assert_eq!(overview(&counter).await[0], 1);
    let again = send(&counter, "papers", &[id]).await;
    assert_eq!(again["list"]["number"], "天民交〔2026〕第0002号");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_comes_to_the_counter_and_is_handed_out_there() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (counter, office) = (counter(&world), world.clerk());
    let id = taken_in(&world, FIRST, Some(department(OTHERS).id)).await;
    assert_eq!(overview(&office).await[1], 0, "nothing is decided");
    granted(&world, id).await;
    assert_eq!(overview(&office).await[1], 1);
    let before = world.case(id).await["handler"].clone();
    let row = on_shelf(&world, id, "A-03").await;
    assert_eq!(
        (&row["place"], &row["applicant"]),
        (&json!("A-03"), &json!("张*例"))
    );
    assert_eq!(row["papers"].as_array().unwrap().len(), 1);
    let (kind, said, _) = world.said(FIRST).await.pop().unwrap();
    assert_eq!(kind, "approval.case.result_shelved");
    assert_eq!(said.reason, "领取地点：天心区民政局，出件位置A-03。");

    // Found by whoever stands there; nobody else's shelf has it.
    for (q, found) in [("A-03", 1), ("430102199307169986", 1), ("A-04", 0)] {
        let page = counter.get(&format!("{API}/relay/shelf?q={q}")).await.ok();
        assert_eq!(page["items"].as_array().unwrap().len(), found, "{q}");
    }
    let url = format!("{API}/relay/shelf/{}", row["id"].as_str().unwrap());
    let give = |collector: Value| json!({ "version": row["version"], "collector": collector });
    let mut wrong = own();
    wrong["name"] = json!("李示例");
    counter
        .post(&format!("{url}/hand-out"), &give(wrong))
        .await
        .refused(422, "approval.collector_wrong");
    counter
        .get(&format!("{url}/receipt"))
        .await
        .refused(404, "approval.paper_not_found");
    let done = counter
        .post(&format!("{url}/hand-out"), &give(own()))
        .await
        .ok();
    assert_eq!(done["state"], "delivered");
    assert_eq!(overview(&counter).await[3], 0);
    let receipt = counter.get(&format!("{url}/receipt")).await;
    assert!(receipt.bytes.starts_with(b"%PDF-1."));
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["handler"]),
        (&json!("delivered"), &before)
    );
    assert_eq!(case["delivery"]["collector"]["signed"], true);
    let marks = office.get(&format!("{API}/cases/{id}/relay")).await.ok();
    assert_eq!(marks[0]["entry"]["state"], "handed_out");
    assert!(marks[0]["left_at"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_nobody_fetches_goes_back_and_the_office_delivers_it() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (counter, office) = (counter(&world), world.clerk());
    let id = taken_in(&world, FIRST, Some(department(OTHERS).id)).await;
    granted(&world, id).await;
    let row = on_shelf(&world, id, "").await;
    assert_eq!(row["place"], json!(null));
    let url = format!(
        "{API}/relay/shelf/{}/give-back",
        row["id"].as_str().unwrap()
    );
    counter
        .post(&url, &json!({ "reason": " " }))
        .await
        .refused(422, "approval.reason_missing");
    counter
        .post(&url, &json!({ "reason": "逾期未领" }))
        .await
        .ok();
    counter
        .post(&url, &json!({ "reason": "逾期未领" }))
        .await
        .refused(404, "approval.shelf_not_found");
    assert_eq!(
        (overview(&counter).await[3], overview(&office).await[1]),
        (0, 1)
    );

    // On the shelf again, the office delivers it by itself: it lies there no more, and who took it is
    // not the counter's business.
    let row = on_shelf(&world, id, "B-01").await;
    let body = json!({ "way": "pick_up", "collector": own() });
    command(&office, id, "deliver", body).await;
    assert_eq!(overview(&counter).await[3], 0);
    let receipt = format!("{API}/relay/shelf/{}/receipt", row["id"].as_str().unwrap());
    counter
        .get(&receipt)
        .await
        .refused(404, "approval.shelf_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_worth_nothing_any_more_is_not_announced_and_goes_back() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (counter, office) = (counter(&world), world.clerk());
    let id = taken_in(&world, FIRST, Some(department(OTHERS).id)).await;
    granted(&world, id).await;
    let page = send(&office, "results", &[id]).await;
    let reason = json!({ "reason": "与另一件重复" });
    command(&office, id, "propose-void", reason.clone()).await;
    command(&world.head(), id, "void", reason).await;
    receive(&counter, &page, json!({})).await;
    let (kind, said, _) = world.said(FIRST).await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), said.reason.as_str()),
        ("approval.case.relay_arrived", "")
    );
    let shelf = counter.get(&format!("{API}/relay/shelf")).await.ok();
    let row = &shelf["items"][0];
    assert_eq!(row["state"], "voided");
    let url = format!("{API}/relay/shelf/{}", row["id"].as_str().unwrap());
    counter
        .post(&format!("{url}/give-back"), &json!({ "reason": "已作废" }))
        .await
        .ok();
    assert_eq!(
        (overview(&counter).await[3], overview(&office).await[1]),
        (0, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_does_not_go_out_twice() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (number, office) = ("430102202611240000817", world.clerk());
    let mut sent = world.sent(number, REGISTRATION);
    sent.body.delivery = Some(DeliveryChoice {
        way: ResultDelivery::Courier,
        address: Some(DeliveryAddress {
            recipient: "独孤收件".to_owned(),
            phone: "19912345670".to_owned(),
            address: "湖南省长沙市芙蓉区八一路 1 号".to_owned(),
        }),
        chosen_at: world.app.now(),
    });
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of(number, REGISTRATION).await;
    granted(&world, id).await;
    assert_eq!(overview(&office).await[1], 0, "he wants it by courier");
    let found = format!("{API}/relay/cases?what=results&q={number}");
    assert_eq!(office.get(&found).await.ok()["items"][0]["number"], number);

    // On a list for the counter it is not given to a courier as well, and the other way round.
    let list_body = json!({ "contents": "results", "cases": [id], "to": OTHERS });
    let lists = format!("{API}/relay/lists");
    let page = office.post(&lists, &list_body).await.ok();
    let mut parcel = json!({ "company": "邮政速递", "tracking_number": "EM123456789CN" });
    parcel["version"] = world.case(id).await["version"].clone();
    office
        .post(&format!("{API}/cases/{id}/dispatch"), &parcel)
        .await
        .refused(409, "approval.result_at_counter");
    office
        .post(
            &format!("{}/withdraw", list(&page)),
            &json!({ "version": 1 }),
        )
        .await
        .ok();
    parcel.as_object_mut().unwrap().remove("version");
    command(&office, id, "dispatch", parcel).await;
    office
        .post(&lists, &list_body)
        .await
        .refused(409, "approval.parcel_under_way");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_lists_are_refused_whole() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (counter, office) = (counter(&world), world.clerk());
    let lists = format!("{API}/relay/lists");
    let none: [Uuid; 0] = [];
    counter
        .post(&lists, &json!({ "contents": "papers", "cases": none }))
        .await
        .refused(422, "approval.relay_cases_wrong");
    let many: Vec<Uuid> = (1..=101).map(Uuid::from_u128).collect();
    counter
        .post(&lists, &json!({ "contents": "papers", "cases": many }))
        .await
        .refused(422, "approval.relay_cases_wrong");
    // A case that has no papers at this counter, and one that nobody has decided.
    let online = world.submit("430102202611240000815", REGISTRATION).await;
    let foreign = world.submit("430104202611240000816", FOREIGN).await;
    for (client, what, id) in [
        (&counter, "papers", online),
        (&office, "results", online),
        (&office, "results", foreign),
    ] {
        client
            .post(&lists, &json!({ "contents": what, "cases": [id] }))
            .await
            .refused(409, "approval.relay_taken");
    }
    // Nobody is named for what came online, and one's own department is nobody.
    granted(&world, online).await;
    let body = json!({ "contents": "results", "cases": [online] });
    office
        .post(&lists, &body)
        .await
        .refused(422, "approval.relay_nobody");
    let to_us = json!({ "contents": "results", "cases": [online], "to": OURS });
    let refused = office
        .post(&lists, &to_us)
        .await
        .refused(422, "approval.relay_nobody");
    assert_eq!(refused["fields"][0]["path"], "/to");
    let there = json!({ "contents": "results", "cases": [online], "to": OTHERS });
    let page = office.post(&lists, &there).await.ok();
    assert_eq!(page["list"]["to"], "天心区民政局");
    let no_counter = world.app.as_actor(clerk(8, &department(OTHERS)));
    no_counter
        .post(
            &format!("{}/receive", list(&page)),
            &json!({ "version": 1 }),
        )
        .await
        .refused(403, "approval.not_yours");
    let place = json!({ "version": 1, "places": { page["entries"][0]["id"].as_str().unwrap(): "很".repeat(21) } });
    counter
        .post(&format!("{}/receive", list(&page)), &place)
        .await
        .refused(422, "approval.relay_receipt_wrong");
}
