//! A citizen books, changes, cancels; for an item and for a result.

use chrono::Duration;
use serde_json::json;

use crate::world::{API, CASE, ITEM, World, act, id};

const NINE: &str = "2026-11-24T01:00:00Z";
const TEN: &str = "2026-11-24T02:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn places_of_an_item_and_their_slots_are_public() {
    let world = World::new().await;
    let anybody = world.app.client();
    let places = anybody.get(&format!("{API}/places?item_code={ITEM}")).await;
    let places = places.ok();
    assert_eq!(places[0]["office"], "芙蓉区人社局");
    assert_eq!(
        places[0]["counters"],
        json!([{"key": "c1", "name": "社保综合窗口"}])
    );
    let none = anybody.get(&format!("{API}/places?item_code=x")).await.ok();
    assert_eq!(none, json!([]));
    let two = |start: &str| (start.to_owned(), 2);
    let tuesday = [NINE, TEN, "2026-11-24T06:00:00Z"].map(two);
    assert_eq!(world.left("2026-11-24").await, tuesday);
    // It is Sunday; and a week ahead is the last day.
    assert!(world.left("2026-11-22").await.is_empty());
    let path = format!("{API}/places/{}/slots?counter=c1", world.site);
    assert_eq!(anybody.get(&path).await.ok().as_array().unwrap().len(), 8);
    let path = format!("{API}/places/{}/slots?counter=x", world.site);
    anybody.get(&path).await.refused(422, "hall.counter_astray");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_books_changes_in_one_step_and_cancels() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let booked = world.book(&citizen, NINE).await.ok();
    assert_eq!(booked["state"], "requested");
    assert_eq!(booked["answer_until"], "2026-11-22T06:00:00Z");
    assert_eq!(booked["who"]["name"], "张示例");
    assert_eq!(booked["number"].as_str().unwrap().len(), 8);
    assert_eq!(booked["acts"], json!(["cancel", "change"]));
    assert_eq!(world.left("2026-11-24").await[0].1, 1);
    world
        .book(&citizen, TEN)
        .await
        .refused(409, "hall.booked_already");

    let slot = json!({"slot": {"counter": "c1", "starts_at": TEN}});
    let changed = act(&citizen, &booked, "change", slot.clone()).await.ok();
    assert_eq!(
        json!([changed["starts_at"], changed["number"], changed["state"]]),
        json!([TEN, booked["number"], "requested"])
    );
    let left: Vec<u64> = world
        .left("2026-11-24")
        .await
        .into_iter()
        .map(|l| l.1)
        .collect();
    assert_eq!(left, [2, 1, 2]);
    act(&citizen, &booked, "change", slot)
        .await
        .refused(409, "hall.stale_appointment");
    act(&world.citizen(2), &changed, "cancel", json!({}))
        .await
        .refused(404, "hall.appointment_not_found");
    let cancelled = act(&citizen, &changed, "cancel", json!({})).await.ok();
    assert_eq!(cancelled["state"], "cancelled");
    act(&citizen, &cancelled, "cancel", json!({}))
        .await
        .refused(409, "hall.wrong_state");
    // Bookings of one millisecond have no order.
    world.app.clock().advance(Duration::seconds(1));
    // What was cancelled does not keep anybody from booking again.
    world.book(&citizen, TEN).await.ok();
    let list = citizen
        .get(&format!("{API}/appointments?limit=1"))
        .await
        .ok();
    assert_eq!(list["items"][0]["state"], "requested");
    let cursor = list["next_cursor"].as_str().unwrap();
    let path = format!("{API}/appointments?limit=1&cursor={cursor}");
    assert_eq!(id(&citizen.get(&path).await.ok()["items"][0]), id(&booked));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_slots_that_are_there_and_in_time_are_booked() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    for (start, code) in [
        ("2026-11-24T01:30:00Z", "hall.slot_unknown"),
        ("2026-11-22T03:00:00Z", "hall.slot_unknown"),
        ("2026-11-30T01:00:00Z", "hall.slot_closed"),
    ] {
        world.book(&citizen, start).await.refused(409, code);
    }
    let mut astray = world.wish(NINE);
    astray["slot"]["counter"] = json!("c2");
    let path = format!("{API}/appointments");
    citizen
        .post(&path, &astray)
        .await
        .refused(422, "hall.counter_astray");
    astray["errand"] = json!({});
    citizen
        .post(&path, &astray)
        .await
        .refused(422, "hall.errand_unclear");
    astray["errand"] = json!({"item_code": "x"});
    citizen
        .post(&path, &astray)
        .await
        .refused(404, "hall.not_bookable");
    // Monday 8:30: nine is too soon, ten is not.
    world.app.clock().advance(Duration::minutes(22 * 60 + 30));
    world
        .book(&citizen, "2026-11-23T01:00:00Z")
        .await
        .refused(409, "hall.slot_closed");
    let booked = world.book(&citizen, "2026-11-23T02:00:00Z").await.ok();
    // Staff has until half an hour before.
    assert_eq!(booked["answer_until"], "2026-11-23T01:30:00Z");
    world.app.clock().advance(Duration::minutes(31));
    act(&citizen, &booked, "cancel", json!({}))
        .await
        .refused(409, "hall.too_late");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_waits_is_collected_at_a_counter_that_hands_out() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let path = format!("{API}/pickups/{CASE}");
    let found = citizen.get(&path).await.ok();
    assert_eq!(found["places"][0]["counters"][0]["key"], "c2");
    let foreign = world.citizen(2).get(&path).await.ok();
    assert_eq!(foreign["places"], json!([]));
    let wish = json!({
        "site_id": world.site,
        "slot": {"counter": "c2", "starts_at": NINE},
        "errand": {"case_number": CASE},
    });
    let path = format!("{API}/appointments");
    world
        .citizen(2)
        .post(&path, &wish)
        .await
        .refused(404, "hall.nothing_to_collect");
    let booked = citizen.post(&path, &wish).await.ok();
    assert_eq!(booked["case_number"], CASE);
    // Nobody is at two counters at once; the item itself is another errand on the same day.
    let clash = world.book(&citizen, NINE).await;
    clash.refused(409, "hall.booked_then");
    let item = world.book(&citizen, "2026-11-24T06:00:00Z").await.ok();
    let same = json!({"slot": {"counter": "c1", "starts_at": NINE}});
    let clash = act(&citizen, &item, "change", same).await;
    clash.refused(409, "hall.booked_then");
    let slot = json!({"slot": {"counter": "c1", "starts_at": TEN}});
    act(&citizen, &booked, "change", slot)
        .await
        .refused(422, "hall.counter_astray");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_has_five_visits_to_come_at_most() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let days = ["23", "24", "25", "26", "27"].map(|day| format!("2026-11-{day}T06:00:00Z"));
    let mut booked = Vec::new();
    for day in &days {
        booked.push(world.book(&citizen, day).await.ok());
    }
    let wish = json!({
        "site_id": world.site,
        "slot": {"counter": "c2", "starts_at": NINE},
        "errand": {"case_number": CASE},
    });
    let path = format!("{API}/appointments");
    let refused = citizen.post(&path, &wish).await;
    let refused = refused.refused(409, "hall.too_many_open");
    assert_eq!(refused["args"]["max"], "5");
    act(&citizen, &booked[4], "cancel", json!({})).await.ok();
    citizen.post(&path, &wish).await.ok();
}
