//! Places are kept by administrators and centres, within their reach.

use serde_json::json;

use crate::world::{API, OURS, World, document};

#[tokio::test(flavor = "multi_thread")]
async fn a_centre_keeps_the_places_of_its_region_alone() {
    let world = World::new().await;
    let sites = format!("{API}/manage/sites");
    let one = format!("{sites}/{}", world.site);
    let (ours, theirs) = (world.operator("430102"), world.operator("430103"));
    let body = json!({"department_code": OURS, "document": document()});
    theirs
        .post(&sites, &body)
        .await
        .refused(422, "hall.department_unknown");
    assert_eq!(theirs.get(&sites).await.ok()["items"], json!([]));
    theirs.get(&one).await.refused(404, "hall.site_not_found");
    let change = json!({"version": 1, "document": document()});
    theirs
        .put(&one, &change)
        .await
        .refused(404, "hall.site_not_found");
    theirs
        .post(&format!("{one}/preview"), &change)
        .await
        .refused(404, "hall.site_not_found");
    let versions = format!("{one}/versions");
    theirs
        .get(&versions)
        .await
        .refused(404, "hall.site_not_found");
    world.clerk().get(&one).await.refused(403, "http.forbidden");
    ours.post(&sites, &body).await.ok();
    let first = ours.get(&format!("{sites}?limit=1")).await.ok();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = ours
        .get(&format!("{sites}?limit=1&cursor={cursor}"))
        .await
        .ok();
    assert!(second["next_cursor"].is_null());
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
    ours.get(&format!("{sites}?cursor=x"))
        .await
        .refused(422, "hall.wrong_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_stand_beside_their_fields_and_a_stale_version_names_who() {
    let world = World::new().await;
    let mut wrong = document();
    wrong["name"] = json!("");
    wrong["week"][0]["morning"]["until"] = json!("8:00");
    let refused = world.save(&wrong, json!({})).await;
    let refused = refused.refused(422, "hall.site_invalid");
    let paths: Vec<&str> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/document/name", "/document/week/0/morning"]);
    world.save(&document(), json!({})).await.ok();
    let stale = world.save(&document(), json!({"version": 1})).await;
    let stale = stale.refused(409, "hall.stale_site");
    assert_eq!(stale["args"]["by"], "测试104");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_that_is_withdrawn_is_booked_no_more_and_who_has_booked_may_change() {
    use crate::world::{ITEM, act};
    let world = World::new().await;
    let citizen = world.citizen(1);
    let booked = world.book(&citizen, "2026-11-24T01:00:00Z").await.ok();
    let said = tb_contract::events::ItemWithdrawn {
        code: ITEM.to_owned(),
        version: 1,
    };
    world.emit(ITEM, "catalogue.item.withdrawn", &said).await;
    world.app.run_events().await;
    world
        .book(&citizen, "2026-11-25T01:00:00Z")
        .await
        .refused(404, "hall.not_bookable");
    let slot = json!({"slot": {"counter": "c1", "starts_at": "2026-11-25T01:00:00Z"}});
    act(&citizen, &booked, "change", slot).await.ok();
}
