//! Corrections, pre-review returns, withdrawals and ratings: what the applicant does.

use serde_json::{Value, json};
use tb_testkit::Client;
use uuid::Uuid;

use crate::world::{API, REGISTRATION, REVIEWED, Sent, World, command, material, send_other};

async fn ask(client: &Client, id: Uuid, verb: &str, body: Value) -> tb_testkit::Answer {
    client
        .post(&format!("{API}/cases/{id}/{verb}"), &body)
        .await
}

#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::too_many_lines,
    reason = "one path, told from its beginning to its end"
)]
async fn only_the_listed_parts_of_a_correction_are_taken_over() {
    let world = World::new().await;
    world.on("2026-11-23");
    let number = "430102202611230000068";
    let (id, clerk) = (world.submit(number, REGISTRATION).await, world.clerk());
    let none = json!({ "version": 1, "fields": [], "materials": [], "reason": "x" });
    ask(&clerk, id, "request-correction", none)
        .await
        .refused(422, "approval.nothing_listed");
    let unknown =
        json!({ "version": 1, "fields": ["/nothing"], "materials": ["photo", "elsewhere"] });
    let problem = ask(&clerk, id, "request-correction", unknown)
        .await
        .refused(422, "approval.unknown_part");
    let paths: Vec<&str> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/fields/0", "/materials/1"]);

    world.on("2026-11-26");
    let body = json!({ "fields": ["/job"], "materials": ["proof"], "reason": "职业与证明不一致" });
    let case = command(&clerk, id, "request-correction", body).await;
    assert_eq!(
        (&case["state"], &case["light"]),
        (&json!("correcting"), &json!("grey"))
    );
    assert_eq!(case["correction"]["fields"][0]["label"], "原职业");
    assert_eq!(
        case["correction"]["materials"][0]["label"],
        "解除劳动关系证明"
    );
    assert_eq!(
        case["correction"]["due"], "2026-12-17",
        "fifteen working days of the item"
    );
    let (kind, changed, _) = world.said(number).await.pop().unwrap();
    assert_eq!(kind, "approval.case.correction_requested");
    assert_eq!(
        (changed.fields, changed.materials),
        (vec!["/job".to_owned()], vec!["proof".to_owned()])
    );
    assert_eq!(changed.applicant_due.unwrap().to_string(), "2026-12-17");
    assert_eq!(changed.papers[0].title, "一次性补正告知书");

    world.on("2026-11-30");
    let mut sent = world.sent(number, REGISTRATION);
    sent.kind = "intake.application.corrected";
    sent.body.version = 5;
    sent.body.remark = "已换成新证明".to_owned();
    sent.body.form = json!({ "name": "另一个人", "id": "430102199307169986", "job": "司机" });
    sent.body.materials = vec![
        material(9, "proof", "新证明.pdf"),
        material(10, "photo", "多余.pdf"),
    ];
    world.send(&sent).await;
    world.app.run_events().await;
    let case = clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    assert_eq!(case["state"], "received");
    assert_eq!(
        case["answers"],
        json!({ "name": "张示例", "id": "430102199307169986", "job": "司机" })
    );
    assert_eq!(case["materials"][1]["files"][0]["file_name"], "新证明.pdf");
    assert_eq!(case["materials"][2]["files"], json!([]));
    let last = case["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["actor"]),
        (&json!("corrected"), &json!("申请人"))
    );
    assert_eq!(last["reason"], "已换成新证明");
    assert_eq!(
        (&last["changed"], &last["ignored"]),
        (&json!(["/job", "proof"]), &json!(["/name", "photo"]))
    );
    let (kind, changed, _) = world.said(number).await.pop().unwrap();
    assert_eq!(
        (
            kind.as_str(),
            changed.state.as_str(),
            changed.reason.as_str()
        ),
        ("approval.case.corrected", "received", "")
    );
    assert_eq!(
        case["clocks"]["clocks"][0]["due"], "2026-12-07",
        "five days from the correction, from nothing"
    );

    let again = json!({ "version": 3, "fields": ["/name"], "reason": "x" });
    ask(&world.head(), id, "request-correction", again)
        .await
        .refused(409, "approval.not_corrected_before");
    let second = json!({ "version": 3, "fields": ["/job"], "reason": "仍不一致" });
    ask(&clerk, id, "request-correction", second.clone())
        .await
        .refused(403, "approval.second_notice_by_head");
    ask(&world.head(), id, "request-correction", second)
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_from_pre_review_is_the_one_notice() {
    let world = World::new().await;
    world.on("2026-11-23");
    let number = "430102202611230000076";
    let (id, clerk) = (world.submit(number, REVIEWED).await, world.clerk());
    let case = command(
        &clerk,
        id,
        "return-for-review",
        json!({ "materials": ["proof"], "reason": "看不清" }),
    )
    .await;
    assert_eq!(case["state"], "pre_review_returned");
    assert_eq!(
        world.said(number).await[1].0,
        "approval.case.pre_review_returned"
    );
    world.on("2026-11-25");
    let mut sent = world.sent(number, REVIEWED);
    sent.kind = "intake.application.resubmitted";
    sent.body.version = 7;
    sent.body.materials = vec![material(3, "proof", "清楚.pdf")];
    world.send(&sent).await;
    world.app.run_events().await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["clocks"]["clocks"][0]["due"]),
        (&json!("submitted"), &json!("2026-12-02"))
    );
    let case = command(&clerk, id, "receive", json!({})).await;
    assert_eq!(case["moments"]["received_at"], "2026-11-25T02:00:00Z");
    let body = json!({ "version": case["version"], "fields": ["/job"], "reason": "x" });
    ask(&clerk, id, "request-correction", body)
        .await
        .refused(409, "approval.not_corrected_before");
}

fn later(world: &World, number: &str, kind: &'static str, version: i64) -> Sent {
    let mut sent = world.sent(number, REGISTRATION);
    (sent.kind, sent.body.version) = (kind, version);
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_is_asked_for_and_answered() {
    let world = World::new().await;
    let number = "430102202611220000084";
    let (id, clerk) = (world.submit(number, REGISTRATION).await, world.clerk());
    command(&clerk, id, "accept", json!({})).await;
    let asked =
        |version| json!({ "case_number": number, "version": version, "reason": "找到工作了" });
    send_other(
        &world,
        &later(&world, number, "intake.application.withdrawn", 4),
        asked(4),
    )
    .await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["withdrawal"]["reason"]),
        (&json!("examining"), &json!("找到工作了"))
    );
    assert_eq!(
        clerk
            .get(&format!("{API}/cases?withdrawal=true"))
            .await
            .ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        clerk.get(&format!("{API}/counts")).await.ok()["withdrawals"],
        1
    );
    let stale = json!({ "version": 2, "outcome": "pass" });
    let problem = ask(&clerk, id, "step", stale)
        .await
        .refused(409, "approval.stale_version");
    assert_eq!(problem["args"]["by"], "申请人");
    let body = json!({ "version": 3, "granted": false, "reason": "" });
    ask(&clerk, id, "answer-withdrawal", body)
        .await
        .refused(422, "approval.reason_missing");
    let case = command(
        &clerk,
        id,
        "answer-withdrawal",
        json!({ "granted": false, "reason": "证书已制作" }),
    )
    .await;
    assert_eq!(
        (&case["state"], &case["withdrawal"]),
        (&json!("examining"), &json!(null))
    );
    assert_eq!(
        world.said(number).await.pop().unwrap().0,
        "approval.case.withdrawal_rejected"
    );

    send_other(
        &world,
        &later(&world, number, "intake.application.withdrawn", 5),
        asked(5),
    )
    .await;
    let case = command(&clerk, id, "answer-withdrawal", json!({ "granted": true })).await;
    assert_eq!(
        (&case["state"], &case["light"]),
        (&json!("withdrawn"), &json!(null))
    );
    let (kind, changed, event) = world.said(number).await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), changed.version, event.topic.as_str()),
        ("approval.case.withdrawn", 6, "tb.approval.v1")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_decision_a_withdrawal_is_rejected_at_once_and_a_rating_is_shown() {
    let world = World::new().await;
    let number = "430102202611220000092";
    let (id, clerk, head) = (
        world.submit(number, REGISTRATION).await,
        world.clerk(),
        world.head(),
    );
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    command(
        &head,
        id,
        "decide",
        json!({ "result": "denied", "reason": "未处于失业状态" }),
    )
    .await;
    let asked = json!({ "case_number": number, "version": 4, "reason": "" });
    send_other(
        &world,
        &later(&world, number, "intake.application.withdrawn", 4),
        asked,
    )
    .await;
    let (kind, changed, _) = world.said(number).await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), changed.state.as_str()),
        ("approval.case.withdrawal_rejected", "decided")
    );
    assert!(changed.reason.contains("已作出决定"));
    command(&clerk, id, "close", json!({})).await;
    assert_eq!(world.case(id).await["rating"], json!(null));
    let rated = json!({ "case_number": number, "version": 5, "level": 4, "tags": ["态度好"], "comment": "谢谢" });
    send_other(
        &world,
        &later(&world, number, "intake.application.rated", 5),
        rated,
    )
    .await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["rating"]["level"], &case["rating"]["comment"]),
        (&json!(4), &json!("谢谢"))
    );
    assert_eq!(
        case["papers"].as_array().unwrap().last().unwrap()["title"],
        "不予办理决定书"
    );
}
