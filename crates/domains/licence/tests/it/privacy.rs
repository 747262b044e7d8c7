//! Nothing that tells of a person lies in the clear, and whoever looked is known.

use sea_orm::{EntityTrait, QueryOrder};
use tb_storage::entity::audit;

use crate::world::{API, CITIZEN_ID, OTHERS, World, card};

#[tokio::test(flavor = "multi_thread")]
async fn a_search_and_an_opened_file_are_recorded() {
    let world = World::new().await;
    world.order(&card("430102202611220000367")).await;
    let clerk = world.clerk(OTHERS);
    let path = format!("{API}/licences?q={CITIZEN_ID}");
    let page = clerk.get(&path).await.ok();
    assert_eq!(page["items"][0]["holder_name"], "张*例");
    let id = page["items"][0]["id"].as_str().unwrap();
    let file = clerk.get(&format!("{API}/licences/{id}/file")).await;
    assert_eq!(file.status, 200);
    let rows = audit::Entity::find()
        .order_by_asc(audit::Column::Id)
        .all(&world.app.store().read())
        .await
        .unwrap();
    let mut read: Vec<_> = rows
        .iter()
        .filter(|row| row.result == "read" && row.object_id == id)
        .map(|row| row.object_kind.as_str())
        .collect();
    read.sort_unstable();
    assert_eq!(read, ["licence", "licence_file"]);
    assert!(!rows.iter().any(|row| row.object_id.contains(CITIZEN_ID)));
}
