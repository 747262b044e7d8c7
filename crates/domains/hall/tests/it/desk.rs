//! Staff confirms, declines, moves, checks in; what whoever booked is told.

use chrono::Duration;
use serde_json::{Value, json};

use crate::world::{API, World, act};

const NINE: &str = "2026-11-24T01:00:00Z";
const TEN: &str = "2026-11-24T02:00:00Z";

async fn day(world: &World, by: &tb_testkit::Client, query: &str) -> Vec<Value> {
    let site = &world.site;
    let query = query.replace("SITE", site);
    let path = format!("{API}/desk/appointments?{query}");
    by.get(&path).await.ok().as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_confirms_and_checks_in_by_the_number() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let booked = world.book(&citizen, NINE).await.ok();
    let places = clerk.get(&format!("{API}/desk/places")).await.ok();
    assert_eq!(places[0]["name"], "芙蓉区社保服务大厅");
    let rows = day(&world, &clerk, "site_id=SITE&day=2026-11-24").await;
    assert_eq!(
        json!([
            rows[0]["who"]["name"],
            rows[0]["who"]["phone"],
            rows[0]["acts"]
        ]),
        json!(["张*例", "199****0001", ["confirm", "decline", "move"]])
    );
    let confirmed = act(&clerk, &rows[0], "desk/confirm", json!({})).await.ok();
    assert_eq!(confirmed["state"], "confirmed");
    act(&clerk, &confirmed, "desk/confirm", json!({}))
        .await
        .refused(409, "hall.wrong_state");
    act(&clerk, &confirmed, "desk/check-in", json!({}))
        .await
        .refused(409, "hall.not_today");
    world.app.clock().advance(Duration::minutes(47 * 60));
    let number = booked["number"].as_str().unwrap();
    let spaced = format!("q={}%20{}", &number[..4], &number[4..]);
    let found = day(&world, &clerk, &spaced).await;
    let came = act(&clerk, &found[0], "desk/check-in", json!({}))
        .await
        .ok();
    assert_eq!(
        (&came["state"], &came["acts"]),
        (&json!("attended"), &json!([]))
    );
    world.app.clock().advance(Duration::hours(2));
    world.tick().await;
    assert_eq!(world.told_kinds().await, ["confirmed"]);
    assert_eq!(day(&world, &clerk, "q=19900000001").await.len(), 1);
    assert!(day(&world, &clerk, "q=19900000002").await.is_empty());
    assert!(day(&world, &clerk, "q=x").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_declines_with_another_slot_or_moves() {
    let world = World::new().await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let booked = world.book(&citizen, NINE).await.ok();
    act(&clerk, &booked, "desk/decline", json!({"reason": " "}))
        .await
        .refused(422, "hall.reason_missing");
    let astray = json!({"reason": "x", "offered": {"counter": "c2", "starts_at": TEN}});
    act(&clerk, &booked, "desk/decline", astray)
        .await
        .refused(422, "hall.counter_astray");
    let offer = json!({"reason": "当天系统升级", "offered": {"counter": "c1", "starts_at": TEN}});
    act(&clerk, &booked, "desk/decline", offer).await.ok();
    let list = citizen.get(&format!("{API}/appointments")).await.ok();
    let seen = &list["items"][0];
    assert_eq!(
        json!([seen["state"], seen["reason"], seen["offered"]["counter"]]),
        json!(["declined", "当天系统升级", "c1"])
    );
    // He takes what is offered.
    let again = world.book(&citizen, TEN).await.ok();
    let to = json!({"reason": "窗口调整", "slot": {"counter": "c1", "starts_at": NINE}});
    let moved = act(&clerk, &again, "desk/move", to).await.ok();
    assert_eq!(
        json!([moved["state"], moved["starts_at"], moved["number"]]),
        json!(["confirmed", NINE, again["number"]])
    );
    let told = world.told().await;
    let kinds: Vec<&str> = told.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(kinds, ["declined", "moved"]);
    assert_eq!(
        told[0].1.offered_at.unwrap().to_rfc3339(),
        "2026-11-24T02:00:00+00:00"
    );
    assert_eq!(told[1].1.reason, "窗口调整");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_does_not_answer_is_confirmed_and_everybody_is_reminded_once() {
    let world = World::new().await;
    world.book(&world.citizen(1), NINE).await.ok();
    world.tick().await;
    assert!(world.told().await.is_empty());
    // Sunday 14:00: nobody has answered.
    world.app.clock().advance(Duration::hours(4));
    world.tick().await;
    assert_eq!(world.told_kinds().await, ["confirmed"]);
    // Monday 8:59, then 9:00.
    world.app.clock().advance(Duration::minutes(18 * 60 + 59));
    world.tick().await;
    assert_eq!(world.told_kinds().await.len(), 1);
    world.app.clock().advance(Duration::minutes(1));
    world.tick().await;
    world.tick().await;
    assert_eq!(world.told_kinds().await, ["confirmed", "reminded"]);
    // Who books today for tomorrow is not reminded of it in the same hour.
    let late = world.book(&world.citizen(2), NINE).await.ok();
    act(&world.clerk(), &late, "desk/confirm", json!({}))
        .await
        .ok();
    world.tick().await;
    let kinds = world.told_kinds().await;
    assert_eq!(kinds, ["confirmed", "reminded", "confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_confirms_by_itself_needs_nobody() {
    let world = World::new().await;
    let mut document = crate::world::document();
    document["confirmation"] = json!("automatic");
    world.save(&document, json!({})).await.ok();
    let booked = world.book(&world.citizen(1), NINE).await.ok();
    assert_eq!(
        (&booked["state"], &booked["answer_until"]),
        (&json!("confirmed"), &Value::Null)
    );
    assert_eq!(world.told_kinds().await, ["confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn others_see_and_touch_nothing() {
    let world = World::new().await;
    let booked = world.book(&world.citizen(1), NINE).await.ok();
    let strangers = [world.stranger(), world.operator("430103")];
    for stranger in &strangers {
        assert!(
            day(&world, stranger, "site_id=SITE&day=2026-11-24")
                .await
                .is_empty()
        );
        assert!(day(&world, stranger, "q=19900000001").await.is_empty());
        let places = stranger.get(&format!("{API}/desk/places")).await.ok();
        assert_eq!(places, json!([]));
        for (verb, body) in [
            ("confirm", json!({})),
            ("decline", json!({"reason": "x"})),
            ("check-in", json!({})),
            (
                "move",
                json!({"reason": "x", "slot": {"counter": "c1", "starts_at": TEN}}),
            ),
        ] {
            act(stranger, &booked, &format!("desk/{verb}"), body)
                .await
                .refused(404, "hall.appointment_not_found");
        }
    }
    let own = world.operator("430102");
    assert_eq!(
        day(&world, &own, "site_id=SITE&day=2026-11-24").await.len(),
        1
    );
}
