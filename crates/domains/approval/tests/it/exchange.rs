//! The exchange: notices and payloads in any order, twice, for others, before the catalogue.

use serde_json::json;
use tb_contract::events::ItemPublished;
use tb_contract::item::ItemDocument;
use tb_testkit::TestApp;

use crate::world::{API, REGISTRATION, World, emit_notice, emit_payload, publish};

async fn count(world: &World) -> usize {
    world
        .clerk()
        .get(&format!("{API}/cases?limit=100"))
        .await
        .ok()["items"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_waits_for_its_payload_whichever_comes_first() {
    let world = World::new().await;
    let sent = world.sent("430102202611220000235", REGISTRATION);
    let mut tx = world.tx().await;
    emit_notice(&mut tx, &sent);
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    assert_eq!(count(&world).await, 0);
    let mut tx = world.tx().await;
    emit_payload(&mut tx, &sent);
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    assert_eq!(count(&world).await, 1);
    no_dead_letters(&world.app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_application_twice_is_one_case() {
    let world = World::new().await;
    let sent = world.sent("430102202611220000243", REGISTRATION);
    world.send(&sent).await;
    world.send(&sent).await;
    world.app.run_events().await;
    assert_eq!(count(&world).await, 1);
    assert_eq!(world.said("430102202611220000243").await.len(), 1);
    no_dead_letters(&world.app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_waits_for_its_item_and_counts_from_submission_all_the_same() {
    let world = World::new().await;
    world.on("2026-11-23");
    let mut sent = world.sent("430102202611230000251", REGISTRATION);
    sent.body.item_version = 2;
    world.send(&sent).await;
    world.app.run_events().await;
    assert_eq!(count(&world).await, 0);
    let mut item: ItemDocument = serde_json::from_value(json!({
        "code": REGISTRATION, "name": "失业登记", "item_type": "20", "department_code": crate::world::OURS,
        "department_name": "某局", "region": "430102", "audience": ["natural_person"], "case_kind": "promised",
        "sample": false
    }))
    .unwrap();
    item.summary = "第二版".to_owned();
    world.on("2026-11-24");
    let mut tx = world.tx().await;
    let published = ItemPublished {
        code: REGISTRATION.to_owned(),
        version: 2,
        item,
    };
    publish(
        &mut tx,
        REGISTRATION,
        "catalogue.item.published",
        &published,
    );
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    // The notice is tried again with back-off; anything new of the same case would wake it too.
    world.app.clock().advance(chrono::Duration::minutes(10));
    world.app.run_events().await;
    let id = world.id_of("430102202611230000251", REGISTRATION).await;
    let case = world.case(id).await;
    assert_eq!(
        (
            &case["item"]["version"],
            &case["clocks"]["clocks"][0]["due"]
        ),
        (&json!(2), &json!("2026-11-30"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_submitted_arrives_though_the_department_was_disabled_meanwhile() {
    let world = World::new().await;
    let mut tx = world.tx().await;
    let department = tb_contract::events::DepartmentPublished {
        id: crate::world::department(crate::world::OURS).id,
        code: crate::world::OURS.to_owned(),
        name: "芙蓉区人力资源和社会保障局".to_owned(),
        region: tb_kernel::Region::parse("430102").unwrap(),
        enabled: false,
    };
    publish(
        &mut tx,
        crate::world::OURS,
        "catalogue.department.published",
        &department,
    );
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    world
        .send(&world.sent("430102202611220000260", REGISTRATION))
        .await;
    world.app.run_events().await;
    assert_eq!(count(&world).await, 1);
    no_dead_letters(&world.app).await;
}

async fn no_dead_letters(app: &TestApp) {
    let page = tb_kernel::PageRequest::default();
    let dead = app
        .log()
        .dead_letters(&tb_events::DeadLetterFilter::default(), &page)
        .await
        .unwrap();
    assert!(dead.items.is_empty(), "{:?}", dead.items);
}
