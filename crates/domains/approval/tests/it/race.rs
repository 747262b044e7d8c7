//! Two at once, and the same request twice.

use serde_json::json;
use tb_testkit::clerk;

use crate::world::{API, OURS, REGISTRATION, World, department};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_clerks_who_accept_at_once_one_wins() {
    let world = World::new().await;
    for n in 0..5 {
        let id = world
            .submit(&format!("43010220261122000{n}270"), REGISTRATION)
            .await;
        let path = format!("{API}/cases/{id}/accept");
        let (one, two) = (
            world.clerk(),
            world.app.as_actor(clerk(3, &department(OURS))),
        );
        let body = json!({ "version": 1 });
        let (first, second) = tokio::join!(one.post(&path, &body), two.post(&path, &body));
        let (won, lost) = if first.status.is_success() {
            (first, second)
        } else {
            (second, first)
        };
        let handler = won.ok()["handler"].clone();
        let problem = lost.refused(409, "approval.stale_version");
        assert_eq!(problem["args"]["by"], handler);
        assert_eq!(problem["args"]["at"], "2026-11-22T02:00:00Z");
        assert_eq!(world.case(id).await["version"], 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_twice_is_done_once() {
    let world = World::new().await;
    let id = world.submit("430102202611220000283", REGISTRATION).await;
    let (path, body) = (format!("{API}/cases/{id}/accept"), json!({ "version": 1 }));
    let client = world.clerk().once("accept-it-once");
    let first = client.post(&path, &body).await.ok();
    let again = client.post(&path, &body).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.ok(), first);
    assert_eq!(world.said("430102202611220000283").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_papers_have_no_gaps_and_no_doubles() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for n in 0..8 {
        ids.push(
            world
                .submit(&format!("43010220261122000{n}290"), REGISTRATION)
                .await,
        );
    }
    let tasks = ids.iter().map(|id| {
        let (client, path) = (world.clerk(), format!("{API}/cases/{id}/accept"));
        async move { client.post(&path, &json!({ "version": 1 })).await.ok() }
    });
    let mut numbers = Vec::new();
    for case in futures_join(tasks).await {
        numbers.push(case["papers"][1]["number"].as_str().unwrap().to_owned());
    }
    numbers.sort();
    let expected: Vec<String> = (1..=8)
        .map(|n| format!("芙人社受字〔2026〕第{n:05}号"))
        .collect();
    assert_eq!(numbers, expected);
}

/// Runs all of them at the same time.
async fn futures_join<T: Send + 'static>(
    tasks: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut set = tokio::task::JoinSet::new();
    for task in tasks {
        set.spawn(task);
    }
    set.join_all().await
}
