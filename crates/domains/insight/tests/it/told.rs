//! What insight tells the catalogue: what is most applied for.

use serde_json::{Value, json};
use tb_contract::topics;
use tb_storage::Position;

use crate::world::{Case, PERMIT, World};

/// What was told, in its order.
async fn told(world: &World) -> Vec<Value> {
    world.app.run_periodic("insight.tell_items").await;
    world.app.settle().await;
    let log = world.app.log();
    let all = log
        .read(topics::INSIGHT, Position::default(), 100)
        .await
        .unwrap();
    all.into_iter().map(|(_, event)| event.payload).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_most_applied_for_is_told_when_it_changes() {
    let world = World::new().await;
    for n in 0..4 {
        let number = format!("43010220261116000{n:04}");
        world.tell(&Case::permit().numbered(&number)).await;
    }
    // Few applications for an item lead to persons.
    world
        .tell(&Case::benefit().numbered("430102202611160009999"))
        .await;
    world.fold().await;
    let said = told(&world).await;
    assert_eq!(
        said,
        [json!({"days": 30, "items": [{"code": PERMIT, "submitted": 4}]})]
    );
    assert_eq!(told(&world).await.len(), 1, "nothing has changed");

    // Cases that the public is told nothing of are not counted either.
    for n in 1..4 {
        let number = format!("43010220261116001{n:04}");
        world.tell(&Case::benefit().numbered(&number)).await;
    }
    world.fold().await;
    assert_eq!(told(&world).await.len(), 1, "benefits are withheld");
    world
        .tell(&Case::permit().numbered("430102202611160029999"))
        .await;
    world.fold().await;
    let said = told(&world).await;
    assert_eq!(said.len(), 2);
    assert_eq!(said[1]["items"], json!([{"code": PERMIT, "submitted": 5}]));
}
