//! A granted case whose result is a licence orders it when it is closed, and takes the order back
//! when it is voided; no other case does.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tb_contract::events::LicenceOrdered;
use tb_contract::topics;
use tb_kernel::Event;
use tb_storage::entity::outbox;
use tb_storage::open_event;

use crate::world::{INSTANT, REGISTRATION, World, command};

async fn orders(world: &World) -> Vec<Event> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Topic.eq(topics::LICENCE_ORDER))
        .order_by_asc(outbox::Column::Seq)
        .all(&world.app.store().read())
        .await
        .unwrap();
    let sealer = world.app.store().sealer();
    rows.into_iter()
        .map(|row| open_event(row, sealer).unwrap())
        .collect()
}

async fn closed(world: &World, number: &str, result: &str) -> uuid::Uuid {
    let id = world.submit(number, INSTANT).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    let decision = json!({"result": result, "reason": "经核对"});
    command(&clerk, id, "decide", decision).await;
    command(&clerk, id, "close", json!({})).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_granted_case_orders_its_licence_when_it_is_closed() {
    let world = World::new().await;
    let id = closed(&world, "430102202611220000375", "granted").await;
    let found = orders(&world).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, "approval.licence.ordered");
    let order: LicenceOrdered = serde_json::from_value(found[0].payload.clone()).unwrap();
    assert_eq!(order.item_code, INSTANT);
    assert_eq!(order.applicant.id_number, "430102199307169986");
    assert!(!order.organisation);
    let said: Vec<_> = order.answers.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(said, ["张示例", "430102199307169986", "教师"]);

    let wrong = json!({"reason": "录入错误"});
    command(&world.clerk(), id, "propose-void", wrong.clone()).await;
    assert_eq!(orders(&world).await.len(), 1, "one person voids nothing");
    command(&world.head(), id, "void", wrong).await;
    let kinds: Vec<_> = orders(&world).await.into_iter().map(|e| e.kind).collect();
    assert_eq!(
        kinds,
        ["approval.licence.ordered", "approval.licence.order_voided"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_case_and_one_without_a_licence_order_nothing() {
    let world = World::new().await;
    closed(&world, "430102202611220000383", "denied").await;
    let id = world.submit("430102202611220000391", REGISTRATION).await;
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "accept", json!({})).await;
    for by in [&clerk, &head] {
        command(
            by,
            id,
            "step",
            json!({"outcome": "pass", "opinion": "同意"}),
        )
        .await;
    }
    let granted: Value = json!({"result": "granted", "reason": "符合条件"});
    command(&head, id, "decide", granted).await;
    command(&clerk, id, "close", json!({})).await;
    assert!(orders(&world).await.is_empty());
}
