//! Cases that an organisation applied for at once: found by the receipt of their batch, and taken up
//! together.

use serde_json::{Value, json};
use tb_contract::events::BatchRef;

use crate::world::{API, REGISTRATION, World};

const RECEIPT: &str = "PL430102202611220000015";

async fn found(world: &World, q: &str) -> Vec<Value> {
    let page = world.clerk().get(&format!("{API}/cases?q={q}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_found_by_the_receipt_of_their_batch() {
    let world = World::new().await;
    let numbers = [
        "430102202611220000101",
        "430102202611220000109",
        "430102202611220000117",
    ];
    for (row, number) in (1..).zip(numbers) {
        let mut sent = world.sent(number, REGISTRATION);
        // The last one came by itself.
        sent.body.batch = (row < 3).then(|| BatchRef {
            number: RECEIPT.to_owned(),
            row,
            rows: 2,
        });
        world.send(&sent).await;
    }
    world.app.run_events().await;
    let found_at_once = found(&world, RECEIPT).await;
    assert_eq!(found_at_once.len(), 2);
    assert_eq!(found(&world, &RECEIPT.to_lowercase()).await.len(), 2);
    assert_eq!(
        found(&world, "PL430102").await.len(),
        0,
        "a receipt is named in full"
    );
    let second = world.id_of(numbers[1], REGISTRATION).await;
    let case = world.case(second).await;
    assert_eq!(
        case["batch"],
        json!({"number": RECEIPT, "row": 2, "rows": 2})
    );
    let alone = world.id_of(numbers[2], REGISTRATION).await;
    assert_eq!(world.case(alone).await["batch"], Value::Null);

    let pick = json!({"by": "filter", "q": RECEIPT});
    let body = json!({"pick": pick, "command": "accept", "words": {}});
    let draft = world
        .clerk()
        .post(&format!("{API}/batches"), &body)
        .await
        .ok();
    assert_eq!(
        draft["counts"],
        json!({"ready": 2}),
        "a batch of the desk takes them all"
    );
}
