//! What a counter of another division took in (异地代收): the office sees where, its clock runs from the
//! counter's hand-in, papers travel by courier, and the result goes where the item says.

use serde_json::{Value, json};
use tb_contract::events::{Channel, CounterEntry, ItemPublished, TakenElsewhere};
use tb_contract::item::ItemDocument;
use tb_kernel::AccountId;
use tb_testkit::{Client, actor};
use uuid::Uuid;

use crate::world::{API, OTHERS, WITH_ORIGINALS, World, command, department, items, publish};

const NUMBER: &str = "430102202611240000821";

fn counter(world: &World) -> Client {
    let mut who = actor(9, tb_kernel::AccountKind::Staff, &["counter_clerk"]);
    who.department = Some(department(OTHERS));
    world.app.as_actor(who)
}

/// A case that the counter of 天心区 took in, with its original, for an office of 芙蓉区.
async fn taken_in(world: &World, item_version: i64) -> Uuid {
    let mut sent = world.sent(NUMBER, WITH_ORIGINALS);
    sent.body.item_version = item_version;
    sent.body.channel = Channel::Counter;
    sent.body.counter = Some(CounterEntry {
        office: department(OTHERS).name,
        department_id: Some(department(OTHERS).id),
        clerk_id: AccountId(Uuid::from_u128(9)),
        clerk_name: "测试9".to_owned(),
        elsewhere: Some(TakenElsewhere {
            division: "430104".to_owned(),
            name: "岳麓区".to_owned(),
        }),
        papers: vec!["proof".to_owned()],
    });
    world.send(&sent).await;
    world.app.run_events().await;
    world.id_of(NUMBER, WITH_ORIGINALS).await
}

fn due(case: &Value, kind: &str) -> Value {
    let clocks = case["clocks"]["clocks"].as_array().unwrap();
    let clock = clocks.iter().find(|clock| clock["kind"] == kind);
    clock.unwrap_or_else(|| panic!("no clock {kind}: {clocks:?}"))["due"].clone()
}

async fn send(counter: &Client, id: Uuid, more: Value) -> tb_testkit::Answer {
    let mut body = json!({ "contents": "papers", "cases": [id] });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    counter.post(&format!("{API}/relay/lists"), &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_runs_from_the_counter_and_the_papers_follow_by_courier() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = taken_in(&world, 1).await;
    let case = world.case(id).await;
    assert_eq!(case["state"], "received");
    assert_eq!(
        case["counter"]["elsewhere"],
        json!({ "division": "430104", "name": "岳麓区" })
    );
    assert_eq!(
        due(&case, "acceptance"),
        "2026-12-01",
        "five working days from the counter"
    );

    let (counter, office) = (counter(&world), world.clerk());
    let half = json!({ "company": "邮政速递" });
    send(&counter, id, half)
        .await
        .refused(422, "approval.parcel_missing");
    let parcel = json!({ "company": "邮政速递", "tracking_number": " EM430104 " });
    let page = send(&counter, id, parcel).await.ok();
    assert_eq!(page["list"]["tracking_number"], "EM430104");
    // Days on the way are not the applicant's.
    world.on("2026-11-27");
    let list = format!("{API}/relay/lists/{}", page["list"]["id"].as_str().unwrap());
    assert_eq!(office.get(&list).await.ok()["list"]["company"], "邮政速递");
    let receipt = json!({ "version": page["list"]["version"] });
    office.post(&format!("{list}/receive"), &receipt).await.ok();
    let case = world.case(id).await;
    assert_eq!(due(&case, "acceptance"), "2026-12-01");
    let marks = office.get(&format!("{API}/cases/{id}/relay")).await.ok();
    assert_eq!(marks[0]["list"]["tracking_number"], "EM430104");
    assert_eq!(marks[0]["arrived_at"], "2026-11-27T02:00:00Z");
}

async fn closed(world: &World, id: Uuid) {
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
}

async fn results_waiting(world: &World) -> Value {
    world.clerk().get(&format!("{API}/relay")).await.ok()["results"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_result_goes_back_to_the_counter_or_the_office_sends_it() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = taken_in(&world, 1).await;
    closed(&world, id).await;
    assert_eq!(
        results_waiting(&world).await,
        1,
        "he looks for it where he applied"
    );

    let world = World::new().await;
    world.on("2026-11-24");
    let found = items().into_iter().find(|one| one.code == WITH_ORIGINALS);
    let mut item: ItemDocument = found.unwrap();
    item.handling.cross_region =
        serde_json::from_value(json!({ "modes": ["collect"], "results": "office" })).unwrap();
    let mut tx = world.tx().await;
    let published = ItemPublished {
        code: WITH_ORIGINALS.to_owned(),
        version: 2,
        item,
    };
    publish(
        &mut tx,
        WITH_ORIGINALS,
        "catalogue.item.published",
        &published,
    );
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    let id = taken_in(&world, 2).await;
    closed(&world, id).await;
    assert_eq!(results_waiting(&world).await, 0, "the office sends it");
}
