//! Settings of archiving: fonds, patterns of archive numbers, rules of retention.

use serde_json::{Value, json};

use crate::archive::{PATTERN, archivist, delivered, shown, world};
use crate::world::{API, INSTANT, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_department_decides_how_long_it_keeps_what() {
    let world = world().await;
    let (clerk, archivist) = (world.clerk(), archivist(&world));
    let ids = [delivered(&world, 1).await, delivered(&world, 2).await];
    let path = format!("{API}/archive/rules");
    let rule = |subject: &str, basis: &str| {
        json!({ "version": 0, "subject": subject,
        "retention": "permanent", "basis": basis })
    };
    let item = format!("item:{INSTANT}");
    assert_eq!(
        clerk
            .put(&path, &rule(&item, "本局保管期限表"))
            .await
            .status,
        403
    );
    archivist
        .put(&path, &rule(&item, " "))
        .await
        .refused(422, "approval.archive_basis_missing");
    archivist
        .put(&path, &rule("type:99", "表"))
        .await
        .refused(422, "approval.archive_subject_wrong");
    let rules = archivist
        .put(&path, &rule(&item, "芙人社发〔2026〕3号 第12条"))
        .await
        .ok();
    let own: Vec<&Value> = rules
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["own"] == true)
        .collect();
    assert_eq!(own[0]["subject"], item.as_str());
    archivist
        .put(&path, &rule(&item, "再改"))
        .await
        .refused(409, "approval.archive_setting_moved");
    let waiting = |query: &str| {
        let (clerk, path) = (world.clerk(), format!("{API}/archive/cases?{query}"));
        async move {
            clerk.get(&path).await.ok()["items"]
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(waiting("retention=permanent").await, 2);
    assert_eq!(waiting("retention=ten_years").await, 0);
    assert_eq!(waiting("year=2026").await, 2);
    assert_eq!(waiting("year=2025").await, 0);
    let by_filter = json!({ "filter": { "retention": "permanent", "year": 2026 } });
    let list = clerk
        .post(&format!("{API}/archive/lists"), &by_filter)
        .await
        .ok();
    assert_eq!(list["cases"], 2);
    let entry = shown(&world, &list).await["entries"][0].clone();
    assert_eq!(entry["archive_number"], "Z109-ZW·2026-Y-0001");
    let removed = archivist
        .post(&format!("{path}/remove"), &json!({ "subject": item }))
        .await
        .ok();
    assert!(
        removed
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["own"] == false)
    );
    assert!(ids.iter().any(|id| entry["case_id"] == id.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_set_it_up_at_once_one_is_refused() {
    let world = world().await;
    let client = archivist(&world);
    let fonds = json!({ "version": 1, "fonds": "Z110", "category": "ZW", "pattern": PATTERN });
    let rule = json!({ "version": 0, "subject": format!("item:{INSTANT}"), "retention": "permanent",
        "basis": "芙人社发〔2026〕3号 第12条" });
    for (path, body) in [("archive/fonds", &fonds), ("archive/rules", &rule)] {
        let path = format!("{API}/{path}");
        let answers = tokio::join!(
            client.put(&path, body),
            client.put(&path, body),
            client.put(&path, body),
        );
        let mut all = [answers.0, answers.1, answers.2].map(|one| one.status.as_u16());
        all.sort_unstable();
        assert_eq!(all, [200, 409, 409], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_comes_page_by_page() {
    let world = world().await;
    let clerk = world.clerk();
    for n in [1, 2] {
        delivered(&world, n).await;
    }
    let first = clerk
        .get(&format!("{API}/archive/cases?limit=1"))
        .await
        .ok();
    let next = format!(
        "{API}/archive/cases?limit=1&cursor={}",
        first["next_cursor"].as_str().unwrap()
    );
    let second = clerk.get(&next).await.ok();
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
    assert_eq!(second["next_cursor"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_fonds_there_is_no_list() {
    let world = World::new().await;
    let id = delivered(&world, 1).await;
    let refused = world
        .clerk()
        .post(&format!("{API}/archive/lists"), &json!({ "ids": [id] }))
        .await;
    refused.refused(409, "approval.archive_fonds_missing");
    let keep = |fonds: &str, pattern: &str| json!({ "version": 0, "fonds": fonds, "category": "ZW", "pattern": pattern });
    let (archivist, path) = (archivist(&world), format!("{API}/archive/fonds"));
    archivist
        .put(&path, &keep("", PATTERN))
        .await
        .refused(422, "approval.archive_fonds_wrong");
    archivist
        .put(&path, &keep("Z109", "{fonds}-{year}"))
        .await
        .refused(422, "approval.archive_pattern_wrong");
    archivist.put(&path, &keep("Z109", PATTERN)).await.ok();
    archivist
        .put(&path, &keep("Z110", PATTERN))
        .await
        .refused(409, "approval.archive_setting_moved");
}
