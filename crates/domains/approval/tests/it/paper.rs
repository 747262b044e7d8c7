//! Papers: rendered at the first opening, once and always the same.

use serde_json::json;

use crate::world::{API, REGISTRATION, World, command};

#[tokio::test(flavor = "multi_thread")]
async fn papers_are_rendered_once_and_open_as_pdf() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit("430102202611230000307", REGISTRATION).await;
    let (clerk, head) = (world.clerk(), world.head());
    command(
        &clerk,
        id,
        "request-correction",
        json!({ "fields": ["/job"], "materials": ["proof"], "reason": "请补充" }),
    )
    .await;
    let mut sent = world.sent("430102202611230000307", REGISTRATION);
    (sent.kind, sent.body.version) = ("intake.application.corrected", 4);
    world.send(&sent).await;
    world.app.run_events().await;
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    let case = command(&head, id, "decide", json!({ "result": "granted" })).await;
    let papers = case["papers"].as_array().unwrap().clone();
    let titles: Vec<&str> = papers
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "申请材料接收凭证",
            "一次性补正告知书",
            "受理通知书",
            "准予办理决定书"
        ]
    );
    let lies = async |paper_id: &str| {
        let blobs = world.app.store().blobs();
        blobs.get(&format!("paper/{paper_id}")).await.unwrap()
    };
    for paper in &papers {
        let paper_id = paper["id"].as_str().unwrap();
        assert!(lies(paper_id).await.is_none(), "nobody has opened it");
        let answer = clerk
            .get(&format!("{API}/cases/{id}/papers/{paper_id}"))
            .await;
        assert_eq!(answer.headers["content-type"], "application/pdf");
        assert!(
            answer.headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("inline; filename*=UTF-8''%E8%8A%99")
        );
        assert_eq!(
            lies(paper_id).await.expect("it is kept"),
            answer.bytes,
            "{}",
            paper["title"]
        );
        assert!(answer.bytes.starts_with(b"%PDF-1."));
        let again = clerk
            .get(&format!("{API}/cases/{id}/papers/{paper_id}"))
            .await;
        assert_eq!(again.bytes, answer.bytes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_paper_can_be_rendered_too() {
    let world = World::new().await;
    let clerk = world.clerk();
    for (n, kind, title) in [
        (1, "not_accepted", "不受理通知书"),
        (2, "refused", "不予受理通知书"),
    ] {
        let id = world
            .submit(&format!("43010220261122000{n}315"), REGISTRATION)
            .await;
        let case = command(
            &clerk,
            id,
            "refuse",
            json!({ "kind": kind, "reason": "依法不需要取得许可" }),
        )
        .await;
        let paper = case["papers"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(paper["title"], title);
        let answer = clerk
            .get(&format!(
                "{API}/cases/{id}/papers/{}",
                paper["id"].as_str().unwrap()
            ))
            .await;
        assert!(answer.bytes.starts_with(b"%PDF-1."), "{title}");
    }
}
