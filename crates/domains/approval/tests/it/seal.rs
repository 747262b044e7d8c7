//! Personal data is nowhere in the database or the blobs, in clear.

use std::path::Path;

use serde_json::json;

use crate::world::{API, REGISTRATION, World, command};

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(std::fs::read(path).unwrap());
        }
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_lies_in_clear() {
    let world = World::new().await;
    let number = "430102202611220000324";
    let mut sent = world.sent(number, REGISTRATION);
    sent.body.applicant.name = "独孤示例".to_owned();
    sent.body.applicant.phone = "19912345678".to_owned();
    sent.body.form["job"] = json!("灯塔看守人");
    sent.body.materials[0].file_name = "独孤的证明.pdf".to_owned();
    world.send(&sent).await;
    world.app.run_events().await;
    let (id, clerk) = (world.id_of(number, REGISTRATION).await, world.clerk());
    let ask = json!({ "fields": ["/job"], "reason": "独孤示例的职业请写明单位" });
    command(&clerk, id, "request-correction", ask).await;
    clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    let kept = json!({"name": "独孤的件", "content": {"place": "cases", "q": "独孤示例"}});
    clerk.post(&format!("{API}/views"), &kept).await.ok();
    let note = json!({"words": "独孤示例来过电话"});
    clerk
        .post(&format!("{API}/cases/{id}/notes"), &note)
        .await
        .ok();
    let letter = [("words", "独孤示例您好，请来窗口")];
    let file: (&str, &str, &[u8]) = ("file", "独孤示例.pdf", b"%PDF-1.7 19912345678");
    clerk
        .multipart(&format!("{API}/cases/{id}/letters"), &letter, file)
        .await
        .ok();
    world.app.run_events().await;
    let (mut kept, url) = (Vec::new(), &world.app.database().config.url);
    files(world.app.database().folder.path(), &mut kept);
    if url.starts_with("sqlite") {
        assert!(
            kept.iter().any(|file| holds(file, number.as_bytes())),
            "the database file is among them"
        );
    }
    for canary in ["独孤", "19912345678", "430102199307169986", "灯塔看守人"] {
        assert!(
            kept.iter().all(|file| !holds(file, canary.as_bytes())),
            "{canary} lies in clear"
        );
    }
}
