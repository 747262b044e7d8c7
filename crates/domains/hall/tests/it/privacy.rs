//! Who looked for somebody is known, without the number that was typed.

use sea_orm::{EntityTrait, QueryOrder};
use tb_storage::entity::audit;

use crate::world::{API, World, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_recorded_by_what_was_found() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let booked = world.book(&citizen, "2026-11-24T01:00:00Z").await.ok();
    let path = format!("{API}/desk/appointments?q=19900000001");
    assert_eq!(id(&world.clerk().get(&path).await.ok()[0]), id(&booked));
    let rows = audit::Entity::find()
        .order_by_asc(audit::Column::Id)
        .all(&world.app.store().read())
        .await
        .unwrap();
    let looked = rows
        .iter()
        .filter(|row| row.result == "read" && row.object_id == id(&booked));
    assert_eq!(looked.count(), 1);
    assert!(!rows.iter().any(|row| row.object_id.contains("19900000001")));
}
