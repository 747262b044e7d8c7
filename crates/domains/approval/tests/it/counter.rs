//! What a counter took in: received at once, by the clerk who took it in.

use serde_json::json;
use tb_contract::events::{Channel, CounterEntry};
use tb_kernel::AccountId;
use uuid::Uuid;

use crate::world::{API, REGISTRATION, Sent, WITH_ORIGINALS, World};

fn taken_in(world: &World, number: &str, item: &str, papers: &[&str]) -> Sent {
    let mut sent = world.sent(number, item);
    sent.body.channel = Channel::Counter;
    sent.body.counter = Some(CounterEntry {
        office: "芙蓉区行政审批服务局".to_owned(),
        department_id: None,
        clerk_id: AccountId(Uuid::from_u128(9)),
        clerk_name: "杨示例".to_owned(),
        elsewhere: None,
        papers: papers.iter().map(|id| (*id).to_owned()).collect(),
    });
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_received_by_the_clerk_who_took_it_in() {
    let world = World::new().await;
    let number = "430102202611230000401";
    world
        .send(&taken_in(&world, number, REGISTRATION, &[]))
        .await;
    world.app.run_events().await;
    let case = world.case(world.id_of(number, REGISTRATION).await).await;
    assert_eq!(case["state"], "received");
    assert_eq!(case["channel"], "counter");
    assert_eq!(case["counter"]["office"], "芙蓉区行政审批服务局");
    assert_eq!(case["counter"]["clerk_name"], "杨示例");
    let events = case["timeline"].as_array().unwrap();
    let seen: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event["kind"].as_str().unwrap(),
                event["actor"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(seen, [("submitted", "杨示例"), ("received", "杨示例")]);
    // The clerk who took it in handles it no more than anybody else.
    assert_eq!(case["handler"], json!(null));
    assert_eq!(case["papers"][0]["kind"], "material_receipt");
    let paper = case["papers"][0]["id"].as_str().unwrap();
    let id = case["id"].as_str().unwrap();
    let opened = world
        .clerk()
        .get(&format!("{API}/cases/{id}/papers/{paper}"))
        .await;
    assert!(opened.bytes.starts_with(b"%PDF-1."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pre_review_is_over_where_every_original_was_compared() {
    let world = World::new().await;
    let (shown, unseen) = ("430102202611230000402", "430102202611230000403");
    world
        .send(&taken_in(&world, shown, WITH_ORIGINALS, &["proof"]))
        .await;
    world
        .send(&taken_in(&world, unseen, WITH_ORIGINALS, &[]))
        .await;
    world.app.run_events().await;
    let case = world.case(world.id_of(shown, WITH_ORIGINALS).await).await;
    assert_eq!(case["state"], "received");
    let received = &case["timeline"][1];
    assert_eq!(received["originals"], json!(["毕业证书"]));
    let case = world.case(world.id_of(unseen, WITH_ORIGINALS).await).await;
    assert_eq!(case["state"], "submitted", "a clerk looks at it first");
}
