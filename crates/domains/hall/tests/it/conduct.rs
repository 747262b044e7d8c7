//! Who does not come: his visit is missed, and after the third booking is closed for a while.

use chrono::Duration;
use serde_json::json;

use crate::world::{API, World, act};

#[tokio::test(flavor = "multi_thread")]
async fn after_three_missed_visits_booking_is_closed_for_thirty_days() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let standing = || async {
        let path = format!("{API}/standing");
        citizen.get(&path).await.ok()["closed_until"].clone()
    };
    for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
        assert!(standing().await.is_null());
        let booked = world.book(&citizen, &format!("{day}T06:00:00Z")).await.ok();
        act(&clerk, &booked, "desk/confirm", json!({})).await.ok();
        // The same hour of the next day: after the slot's end only then.
        world.app.clock().advance(Duration::days(1));
        world.tick().await;
        assert_ne!(world.told_kinds().await.last().unwrap(), "missed");
        world.app.clock().advance(Duration::hours(5));
        world.tick().await;
        assert_eq!(world.told_kinds().await.last().unwrap(), "missed");
        world.app.clock().advance(Duration::hours(-5));
    }
    assert_eq!(standing().await, "2026-12-25");
    let refused = world.book(&citizen, "2026-11-26T06:00:00Z").await;
    let refused = refused.refused(403, "hall.booking_closed");
    assert_eq!(refused["args"]["until"], "2026-12-25");
    // Others book, and he does after the last day.
    world
        .book(&world.citizen(2), "2026-11-26T06:00:00Z")
        .await
        .ok();
    world.app.clock().advance(Duration::days(31));
    assert!(standing().await.is_null());
    world.book(&citizen, "2026-12-28T06:00:00Z").await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_late_on_the_day_has_come_all_the_same() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let booked = world.book(&citizen, "2026-11-23T01:00:00Z").await.ok();
    act(&clerk, &booked, "desk/confirm", json!({})).await.ok();
    world.app.clock().advance(Duration::hours(25));
    world.tick().await;
    let number = booked["number"].as_str().unwrap();
    let path = format!("{API}/desk/appointments?q={number}");
    let missed = clerk.get(&path).await.ok()[0].clone();
    assert_eq!(
        (&missed["state"], &missed["acts"]),
        (&json!("missed"), &json!(["check_in"]))
    );
    let came = act(&clerk, &missed, "desk/check-in", json!({})).await.ok();
    assert_eq!(came["state"], "attended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_nobody_could_answer_is_no_visit_missed() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    world.book(&citizen, "2026-11-23T01:00:00Z").await.ok();
    // The platform stood still until the slot was over.
    world.app.clock().advance(Duration::days(2));
    world.tick().await;
    assert_eq!(world.told_kinds().await, ["declined"]);
    let list = citizen.get(&format!("{API}/appointments")).await.ok();
    assert_eq!(list["items"][0]["state"], "declined");
}
