//! Hours are changed under what is booked: who is affected is shown first and told then.

use serde_json::{Value, json};
use tb_calendar::{Calendar, Holiday};

use crate::world::{API, CASE, World, document, id};

const NINE: &str = "2026-11-24T01:00:00Z";
const TEN: &str = "2026-11-24T02:00:00Z";

async fn preview(world: &World, document: &Value) -> Vec<String> {
    let path = format!("{API}/manage/sites/{}/preview", world.site);
    let body = json!({"document": document});
    let found = world.keeper().post(&path, &body).await.ok();
    found.as_array().unwrap().iter().map(id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_declines_its_bookings_with_a_reason() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let booked = world.book(&citizen, NINE).await.ok();
    let other = world
        .book(&world.citizen(2), "2026-11-25T01:00:00Z")
        .await
        .ok();
    let mut closed = document();
    closed["exceptions"] = json!([{"day": "2026-11-24", "hours": {}, "note": "系统升级"}]);
    assert_eq!(preview(&world, &closed).await, [id(&booked)]);
    let refused = world.save(&closed, json!({})).await;
    let refused = refused.refused(409, "hall.affected_changed");
    assert_eq!(refused["args"]["count"], "1");
    world
        .save(&closed, json!({"affected": 1}))
        .await
        .refused(422, "hall.reason_missing");
    assert_eq!(world.site().await["version"], 1, "nothing was saved");
    let saved = world.save(
        &closed,
        json!({"affected": 1, "reason": "系统升级，当天停办"}),
    );
    assert_eq!(saved.await.ok()["version"], 2);
    let told = world.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].0.as_str(), told[0].1.reason.as_str()),
        ("declined", "系统升级，当天停办")
    );
    let seen = citizen.get(&format!("{API}/appointments")).await.ok();
    assert_eq!(seen["items"][0]["reason"], "系统升级，当天停办");
    let theirs = world.citizen(2).get(&format!("{API}/appointments")).await;
    assert_eq!(theirs.ok()["items"][0], other);
    assert!(world.left("2026-11-24").await.is_empty());
    world
        .book(&citizen, NINE)
        .await
        .refused(409, "hall.slot_unknown");
    let versions = format!("{API}/manage/sites/{}/versions", world.site);
    let versions = world.keeper().get(&versions).await.ok();
    assert_eq!(versions.as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lowered_capacity_concerns_those_who_booked_last() {
    let world = World::new().await;
    let first = world.book(&world.citizen(1), NINE).await.ok();
    world.app.clock().advance(chrono::Duration::seconds(1));
    let second = world.book(&world.citizen(2), NINE).await.ok();
    world.book(&world.citizen(3), TEN).await.ok();
    let mut fewer = document();
    fewer["counters"][0]["morning"] = json!(1);
    assert_eq!(preview(&world, &fewer).await, [id(&second)]);
    // An hour becomes two half hours: the slots are others then.
    let mut shorter = document();
    shorter["slot_minutes"] = json!(30);
    assert_eq!(preview(&world, &shorter).await.len(), 3);
    let mut shut = document();
    shut["open"] = json!(false);
    assert_eq!(preview(&world, &shut).await.len(), 3);
    let done = world.save(&fewer, json!({"affected": 1, "reason": "窗口减少"}));
    done.await.ok();
    let seen = world.citizen(1).get(&format!("{API}/appointments")).await;
    assert_eq!(seen.ok()["items"][0], first);
    assert_eq!(world.left("2026-11-24").await[0].1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_takes_it_no_more_concerns_its_bookings() {
    let world = World::new().await;
    world.book(&world.citizen(1), NINE).await.ok();
    let wish = json!({
        "site_id": world.site,
        "slot": {"counter": "c2", "starts_at": TEN},
        "errand": {"case_number": CASE},
    });
    let path = format!("{API}/appointments");
    let pickup = world.citizen(1).post(&path, &wish).await.ok();
    let mut changed = document();
    changed["counters"][1]["pickup"] = json!(false);
    changed["counters"][1]["all_items"] = json!(true);
    assert_eq!(preview(&world, &changed).await, [id(&pickup)]);
    changed["counters"][0]["all_items"] = json!(false);
    changed["counters"][0]["items"] = json!(["another"]);
    assert_eq!(preview(&world, &changed).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_calendar_declines_what_was_booked_on_days_that_it_closes() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let closed = world.book(&citizen, NINE).await.ok();
    let other = world.citizen(2);
    let kept = world.book(&other, "2026-11-25T01:00:00Z").await.ok();
    let mut calendar = Calendar::embedded().unwrap().document().clone();
    calendar.version = "2026.8".to_owned();
    world.publish_calendar(&calendar).await;
    assert!(world.told().await.is_empty(), "nobody is concerned");
    let year = calendar.years.get_mut(&2026).unwrap();
    let date = "2026-11-24".parse().unwrap();
    let name = "示例假日".to_owned();
    year.holidays.push(Holiday { date, name });
    calendar.version = "2026.9".to_owned();
    world.publish_calendar(&calendar).await;
    let told = world.told().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "declined");
    assert!(told[0].1.reason.contains("不办公"), "{}", told[0].1.reason);
    let own = citizen.get(&format!("{API}/appointments")).await.ok();
    assert_eq!(
        (&own["items"][0]["id"], &own["items"][0]["state"]),
        (&closed["id"], &json!("declined"))
    );
    let theirs = other.get(&format!("{API}/appointments")).await.ok();
    assert_eq!(theirs["items"][0], kept);
}
