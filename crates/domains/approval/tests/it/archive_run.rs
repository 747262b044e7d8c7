//! The job of a hand-over list: cut short in the middle, run twice at once, and stored but not noted.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tb_jobs::{JobRunner, RunnerConfig, spawn};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::archive::{archivist, delivered, make, shown, step, world};
use crate::world::{API, INSTANT, World};

/// Runs the queues of the module until `enough` says so, then cuts them off.
async fn run_until(world: &World, runners: usize, enough: impl AsyncFn() -> bool) {
    let module = &world.app.modules()[0];
    let config = || RunnerConfig {
        poll: Duration::from_millis(5),
        ..RunnerConfig::default()
    };
    let shutdown = CancellationToken::new();
    let mut tasks = Vec::new();
    for _ in 0..runners {
        let runner = module.queues.iter().fold(
            JobRunner::new(world.app.store().clone(), config()),
            |runner, queue| runner.handle(queue.clone()),
        );
        tasks.push(spawn("runner", runner.run(shutdown.clone())));
    }
    for _ in 0..4_000 {
        if enough().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    shutdown.cancel();
    for task in &mut tasks {
        task.join().await.unwrap();
    }
}

async fn cases(world: &World, many: u32) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for n in 0..many {
        ids.push(delivered(world, n).await);
    }
    ids
}

/// The store takes no package of this case: everything ends there. Returns what stands in the way.
fn block(world: &World, case: Uuid) -> PathBuf {
    let archive = world.app.database().folder.path().join("blobs/archive");
    std::fs::create_dir_all(&archive).unwrap();
    let blocked = archive.join(case.to_string());
    // A link to nowhere: a file of this name would be taken for a package of an earlier version.
    std::os::unix::fs::symlink("nowhere", &blocked).unwrap();
    blocked
}

fn sound(page: &Value, many: u64) {
    let list = &page["list"];
    assert_eq!(list["state"], "built", "{page}");
    assert_eq!(
        (list["packed"].as_u64(), list["checked"].as_u64()),
        (Some(many), Some(many))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_breaks_off_goes_on_behind_what_is_done() {
    let world = world().await;
    let mut ids = cases(&world, 6).await;
    ids.sort_unstable();
    let blocked = block(&world, ids[3]);
    let list = make(&world.clerk(), &ids).await;
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    assert_eq!(
        (&page["list"]["state"], &page["list"]["packed"]),
        (&json!("building"), &json!(3))
    );
    let kept = |page: &Value| page["entries"].as_array().unwrap()[..3].to_vec();
    let before = kept(&page);
    std::fs::remove_file(&blocked).unwrap();
    // Of a run that was killed before it noted what it had stored.
    std::fs::create_dir(&blocked).unwrap();
    let entry = page["entries"][3]["id"].as_str().unwrap();
    std::fs::write(blocked.join(entry), b"half of it").unwrap();
    world.app.clock().set(world.app.now() + TimeDelta::hours(2));
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    sound(&page, 6);
    assert_eq!(kept(&page), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runners_at_once_make_one_list() {
    let world = world().await;
    let ids = cases(&world, 4).await;
    let list = make(&world.clerk(), &ids).await;
    run_until(&world, 2, async || {
        shown(&world, &list).await["list"]["state"] == "built"
    })
    .await;
    sound(&shown(&world, &list).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_given_up_in_the_middle_leaves_its_cases_waiting() {
    let world = world().await;
    let mut ids = cases(&world, 3).await;
    ids.sort_unstable();
    let blocked = block(&world, ids[1]);
    let clerk = world.clerk();
    let list = make(&clerk, &ids).await;
    world.app.run_events().await;
    assert_eq!(shown(&world, &list).await["list"]["packed"], 1);
    let path = format!(
        "{API}/archive/lists/{}/cancel",
        list["id"].as_str().unwrap()
    );
    let page = clerk
        .post(&path, &json!({ "version": list["version"] }))
        .await
        .ok();
    assert_eq!(page["list"]["state"], "cancelled");
    std::fs::remove_file(&blocked).unwrap();
    world.app.clock().set(world.app.now() + TimeDelta::hours(2));
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    let dropped = |one: &Value| one["state"] == "dropped";
    assert!(page["entries"].as_array().unwrap().iter().all(dropped));
    assert_eq!(clerk.get(&format!("{API}/archive")).await.ok()["cases"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_late_touches_no_package_of_another_list() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    let (clerk, archivist) = (world.clerk(), archivist(&world));
    let (go_on, held) = oneshot::channel();
    *world.register.held.lock().unwrap() = Some(held);
    let left = make(&clerk, &[id]).await;
    until(async || world.register.held.lock().unwrap().is_none()).await;
    let gone = shown(&world, &left).await["entries"][0]["id"].clone();
    step(&world, &clerk, &left, "drop", json!({ "entries": [gone] }))
        .await
        .ok();
    // Meanwhile its retention has changed: the other package says so.
    let rule = json!({ "version": 0, "subject": format!("item:{INSTANT}"), "retention": "permanent",
        "basis": "芙人社发〔2026〕3号 第12条" });
    archivist
        .put(&format!("{API}/archive/rules"), &rule)
        .await
        .ok();
    let list = make(&clerk, &[id]).await;
    until(async || shown(&world, &list).await["list"]["state"] == "built").await;
    go_on.send(()).unwrap();
    world.app.run_events().await;
    step(&world, &clerk, &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    assert_eq!(
        (&page["list"]["checked"], &page["list"]["failed"]),
        (&json!(1), &json!(0))
    );
    let blobs = world.app.store().blobs();
    let name = format!("archive/{id}/{}", gone.as_str().unwrap());
    assert!(!blobs.exists(&name).await.unwrap(), "no package stays");
}

/// Waits for something that comes by itself.
async fn until(there: impl AsyncFn() -> bool) {
    for _ in 0..2_000 {
        if there().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not come");
}
