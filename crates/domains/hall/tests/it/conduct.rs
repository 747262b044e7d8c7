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
async fn a_visit_that_was_not_noted_is_put_right_within_a_week() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    for (start, hours) in [("2026-11-23T01:00:00Z", 25), ("2026-11-24T06:00:00Z", 29)] {
        let booked = world.book(&citizen, start).await.ok();
        act(&clerk, &booked, "desk/confirm", json!({})).await.ok();
        world.app.clock().advance(Duration::hours(hours));
        world.tick().await;
    }
    let missed = || async {
        let list = citizen.get(&format!("{API}/appointments")).await.ok();
        list["items"].as_array().unwrap().clone()
    };
    let seen = missed().await;
    assert!(seen.iter().all(|one| one["state"] == "missed"), "{seen:?}");
    world.app.clock().advance(Duration::days(6));
    let came = act(&clerk, &seen[1], "desk/check-in", json!({})).await;
    assert_eq!(came.ok()["state"], "attended", "seven days later");
    world.app.clock().advance(Duration::days(2));
    act(&clerk, &seen[0], "desk/check-in", json!({}))
        .await
        .refused(409, "hall.not_today");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_could_not_note_is_no_visit_missed() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let booked = world.book(&citizen, "2026-11-23T01:00:00Z").await.ok();
    act(&clerk, &booked, "desk/confirm", json!({})).await.ok();
    // It stood still from before the visit until the next day.
    world.app.clock().advance(Duration::days(2));
    world.tick().await;
    let told = world.told().await;
    let (kind, last) = told.last().unwrap();
    assert_eq!(kind, "declined");
    assert!(last.reason.contains("不记为未到"), "{}", last.reason);
    let standing = citizen.get(&format!("{API}/standing")).await.ok();
    assert!(standing["closed_until"].is_null());
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
