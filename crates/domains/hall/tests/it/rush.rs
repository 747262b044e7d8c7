//! Many want the same at once: on both databases nobody gets more than there is.

use futures::future::join_all;
use serde_json::json;

use crate::world::{API, World, act};

const NINE: &str = "2026-11-24T01:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_never_takes_more_than_it_has_room_for() {
    let world = World::new().await;
    let people: Vec<_> = (1..=12).map(|n| world.citizen(n)).collect();
    let answers = join_all(people.iter().map(|who| world.book(who, NINE))).await;
    let (mut booked, mut full) = (Vec::new(), 0);
    for (n, answer) in answers.into_iter().enumerate() {
        if answer.status == 200 {
            booked.push((n, answer.ok()));
        } else {
            answer.refused(409, "hall.slot_full");
            full += 1;
        }
    }
    assert_eq!((booked.len(), full), (2, 10));
    assert_eq!(world.left("2026-11-24").await[0].1, 0);
    // One goes, several want his place by changing theirs.
    let (first, seen) = &booked[0];
    act(&people[*first], seen, "cancel", json!({})).await.ok();
    let others = people.iter().enumerate();
    let others = others.filter(|(n, _)| booked.iter().all(|one| one.0 != *n));
    let others: Vec<_> = others.map(|(_, who)| who).take(4).collect();
    let ten = ["2026-11-24T02:00:00Z", "2026-11-24T06:00:00Z"];
    let mut theirs = Vec::new();
    for (n, who) in others.iter().enumerate() {
        theirs.push(world.book(who, ten[n % 2]).await.ok());
    }
    let slot = json!({"slot": {"counter": "c1", "starts_at": NINE}});
    let moves = others.iter().zip(&theirs);
    let moves = join_all(moves.map(|(who, seen)| act(who, seen, "change", slot.clone()))).await;
    let done = moves.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1);
    assert_eq!(world.left("2026-11-24").await[0].1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_books_the_same_twice_on_a_day_at_once() {
    let world = World::new().await;
    let citizen = world.citizen(1);
    let starts = [NINE, "2026-11-24T02:00:00Z", "2026-11-24T06:00:00Z"];
    let answers = join_all(starts.iter().map(|start| world.book(&citizen, start))).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1);
    for answer in answers.into_iter().filter(|answer| answer.status != 200) {
        answer.refused(409, "hall.booked_already");
    }
    let list = citizen.get(&format!("{API}/appointments")).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}
