//! Faults of archiving: files and packages that are not what they were, two lists at once, cases that
//! move meanwhile.

use std::sync::atomic::Ordering;

use serde_json::json;

use crate::archive::{
    archivist, case_of, checked, delivered, handed_over, package, packed, shown, staff, step, world,
};
use crate::world::{API, COMMITTED, INSTANT, OURS, REGISTRATION, command};

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_at_once_never_list_a_case_twice() {
    let world = world().await;
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(delivered(&world, n).await);
    }
    let (one, other) = (world.clerk(), staff(&world, 3, OURS, &["clerk"]));
    let body = json!({ "ids": ids });
    let path = format!("{API}/archive/lists");
    let (one, other) = tokio::join!(one.post(&path, &body), other.post(&path, &body));
    let (won, lost) = if one.status == 200 {
        (one, other)
    } else {
        (other, one)
    };
    assert_eq!(won.status, 200);
    lost.refused(409, "approval.archive_taken");
    world.app.run_events().await;
    let page = shown(&world, &won.json()).await;
    let entries = page["entries"].as_array().unwrap();
    let mut numbers: Vec<&str> = entries
        .iter()
        .map(|entry| entry["archive_number"].as_str().unwrap())
        .collect();
    numbers.sort_unstable();
    let expected: Vec<String> = (1..=4)
        .map(|n| format!("Z109-ZW·2026-D10-{n:04}"))
        .collect();
    assert_eq!(numbers, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_there_holds_up_its_own_case_alone() {
    let world = world().await;
    let good = delivered(&world, 1).await;
    let mut sent = world.sent("430102202611230000009", REGISTRATION);
    sent.body.materials[0].blob = "blob9".to_owned();
    world.send(&sent).await;
    world.app.run_events().await;
    let bad = world.id_of("430102202611230000009", REGISTRATION).await;
    let refuse = json!({ "kind": "refused", "reason": "不属于本机关职权" });
    command(&world.clerk(), bad, "refuse", refuse).await;
    let list = packed(&world, &[good, bad]).await;
    let page = shown(&world, &list).await;
    let failed = page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["state"] == "failed")
        .unwrap()
        .clone();
    assert_eq!(failed["case_id"], bad.to_string());
    assert_eq!(failed["code"], "approval.archive_file_missing");
    assert!(
        failed["message"]
            .as_str()
            .unwrap()
            .contains("申请材料/01-解除劳动关系证明.pdf")
    );
    let clerk = world.clerk();
    let refused = step(&world, &clerk, &list, "hand-over", json!({})).await;
    refused.refused(409, "approval.archive_unready");
    // Found again, but of another size than was counted when it came in.
    let blobs = world.app.store().blobs();
    blobs.put_named("blob9", b"%PDF-").await.unwrap();
    step(&world, &clerk, &list, "retry", json!({})).await.ok();
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    let entry = page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == failed["id"])
        .unwrap();
    assert_eq!(entry["code"], "approval.archive_file_damaged");
    blobs.put_named("blob9", b"%PDF").await.unwrap();
    step(&world, &clerk, &list, "retry", json!({})).await.ok();
    world.app.run_events().await;
    assert_eq!(shown(&world, &list).await["list"]["packed"], 2);
    step(&world, &clerk, &list, "hand-over", json!({}))
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_is_not_issued_yet_is_waited_for() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    world.register.late.store(true, Ordering::SeqCst);
    let list = packed(&world, &[id]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    assert_eq!(
        (&entry["state"], &entry["code"]),
        (&json!("failed"), &json!("approval.archive_licence_missing"))
    );
    assert!(entry["message"].as_str().unwrap().contains("证照库"));
    world.register.late.store(false, Ordering::SeqCst);
    let clerk = world.clerk();
    step(&world, &clerk, &list, "retry", json!({})).await.ok();
    world.app.run_events().await;
    assert_eq!(shown(&world, &list).await["list"]["packed"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_that_was_altered_is_not_received() {
    let world = world().await;
    let ids = [
        delivered(&world, 1).await,
        delivered(&world, 2).await,
        delivered(&world, 3).await,
    ];
    let (clerk, archivist, head) = (world.clerk(), archivist(&world), world.head());
    let list = packed(&world, &ids).await;
    let entries = shown(&world, &list).await["entries"].clone();
    let blob = |at: usize| {
        let id = entries[at]["id"].as_str().unwrap();
        format!("archive/{}/{id}", case_of(&entries[at]))
    };
    let blobs = world.app.store().blobs();
    // Cut off; and another sound package in the place of this one.
    let whole = package(&head, &entries[0]).await;
    blobs
        .put_named(&blob(1), &whole[..whole.len() / 2])
        .await
        .unwrap();
    blobs.put_named(&blob(2), &whole).await.unwrap();
    step(&world, &clerk, &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    assert_eq!(
        (&page["list"]["checked"], &page["list"]["failed"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        page["entries"][1]["code"],
        "approval.archive_package_damaged"
    );
    let refused = step(&world, &archivist, &list, "receive", json!({})).await;
    refused.refused(409, "approval.archive_unready");
    let back = json!({ "entries": [entries[1]["id"], entries[2]["id"]], "reason": "包不完整" });
    let short = step(&world, &archivist, &list, "return", back.clone()).await;
    short.refused(422, "approval.export_reason_missing");
    let mut back = back;
    back["reason"] = json!("归档信息包不完整，请重新打包");
    step(&world, &archivist, &list, "return", back).await.ok();
    step(&world, &archivist, &list, "receive", json!({}))
        .await
        .ok();
    // Sent back: they wait again, and keep their numbers; their packages are gone.
    world.app.run_events().await;
    assert!(blobs.exists(&blob(0)).await.unwrap());
    for at in [1, 2] {
        assert!(!blobs.exists(&blob(at)).await.unwrap());
    }
    let overview = clerk.get(&format!("{API}/archive")).await.ok();
    assert_eq!(overview["cases"], 2);
    let back = [case_of(&entries[1]), case_of(&entries[2])];
    let again = handed_over(&world, &back).await;
    let page = shown(&world, &again).await;
    assert_eq!(
        page["entries"][0]["archive_number"],
        entries[1]["archive_number"]
    );
    assert_eq!(page["list"]["checked"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_under_the_former_name_is_found_and_goes_with_its_case() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    let (clerk, archivist) = (world.clerk(), archivist(&world));
    let list = packed(&world, &[id]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    let blobs = world.app.store().blobs();
    let own = format!("archive/{id}/{}", entry["id"].as_str().unwrap());
    let former = format!("archive/{id}");
    let whole = package(&world.head(), &entry).await;
    blobs.remove(&own).await.unwrap();
    // In a local folder the name of the file is that of the empty folder.
    let folder = world
        .app
        .database()
        .folder
        .path()
        .join("blobs")
        .join(&former);
    let _ = std::fs::remove_dir(&folder);
    blobs.put_named(&former, &whole).await.unwrap();
    step(&world, &clerk, &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    assert_eq!(shown(&world, &list).await["list"]["checked"], 1);
    assert_eq!(package(&world.head(), &entry).await, whole);
    let back = json!({ "entries": [entry["id"]], "reason": "归档信息包须重新打包" });
    step(&world, &archivist, &list, "return", back).await.ok();
    world.app.run_events().await;
    assert!(!blobs.exists(&former).await.unwrap());
    let again = handed_over(&world, &[id]).await;
    assert_eq!(shown(&world, &again).await["list"]["checked"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_settled_does_not_wait_and_what_moves_is_packed_anew() {
    let world = world().await;
    let clerk = world.clerk();
    let closed = world.submit("430102202611230000011", INSTANT).await;
    command(&clerk, closed, "accept", json!({})).await;
    command(&clerk, closed, "decide", json!({ "result": "granted" })).await;
    command(&clerk, closed, "close", json!({})).await;
    let under_way = world.submit("430102202611230000012", COMMITTED).await;
    assert_eq!(clerk.get(&format!("{API}/archive")).await.ok()["cases"], 0);
    for id in [closed, under_way] {
        let refused = clerk
            .post(&format!("{API}/archive/lists"), &json!({ "ids": [id] }))
            .await;
        refused.refused(409, "approval.archive_taken");
    }
    let id = delivered(&world, 1).await;
    let list = packed(&world, &[id]).await;
    let letter = [("words", "结果已寄出，请留意。")];
    let letters = format!("{API}/cases/{id}/letters?seen=0");
    let file: (&str, &str, &[u8]) = ("file", "说明.pdf", b"%PDF-1.7 x");
    clerk.multipart(&letters, &letter, file).await.ok();
    let page = shown(&world, &list).await;
    assert_eq!(page["entries"][0]["moved"], true);
    let refused = step(&world, &clerk, &list, "hand-over", json!({})).await;
    refused.refused(409, "approval.archive_unready");
    step(&world, &clerk, &list, "retry", json!({})).await.ok();
    world.app.run_events().await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    assert_eq!(entry["moved"], false);
    let package = package(&world.head(), &entry).await;
    let files = checked(&package).manifest.files;
    assert!(
        files
            .iter()
            .any(|file| file.kind == "往来信件" && file.original == "说明.pdf")
    );
}
