//! The whole way of a case through events and API, with two roles.

use serde_json::json;

use crate::world::{API, INSTANT, REGISTRATION, REVIEWED, World, allowed, command};

#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::too_many_lines,
    reason = "one path, told from its beginning to its end"
)]
async fn a_case_goes_from_notice_to_delivery() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit("430102202611230000017", REGISTRATION).await;
    let (clerk, head) = (world.clerk(), world.head());

    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["version"]),
        (&json!("received"), &json!(1))
    );
    assert_eq!(case["moments"]["received_at"], "2026-11-23T02:00:00Z");
    assert_eq!(case["clocks"]["clocks"][0]["kind"], "acceptance");
    assert_eq!(case["clocks"]["clocks"][0]["due"], "2026-11-30");
    assert_eq!(case["papers"][0]["title"], "申请材料接收凭证");
    assert_eq!(case["papers"][0]["number"], "芙人社收字〔2026〕第00001号");
    assert_eq!(case["situation"][0]["answer"], "与用人单位解除劳动关系");
    allowed(&case, "accept").unwrap();
    assert_eq!(
        allowed(&case, "decide").unwrap_err(),
        "approval.wrong_state"
    );
    assert_eq!(allowed(&case, "close").unwrap_err(), "approval.wrong_state");

    world.on("2026-11-24");
    let case = command(&clerk, id, "accept", json!({})).await;
    assert_eq!(
        (&case["state"], &case["version"]),
        (&json!("examining"), &json!(2))
    );
    assert_eq!(case["moments"]["accepted_at"], "2026-11-24T02:00:00Z");
    let due = |kind: &str| {
        let clocks = case["clocks"]["clocks"].as_array().unwrap().iter();
        clocks.clone().find(|clock| clock["kind"] == kind).unwrap()["due"].clone()
    };
    assert_eq!(due("promised"), "2026-12-01");
    assert_eq!(due("legal"), "2026-12-08");
    assert_eq!(due("step"), "2026-11-27");
    assert_eq!(
        (&case["steps"][0]["status"], &case["steps"][1]["status"]),
        (&json!("current"), &json!("waiting"))
    );

    let (path, pass) = (
        format!("{API}/cases/{id}/step"),
        json!({ "version": 2, "outcome": "pass" }),
    );
    head.post(&path, &pass)
        .await
        .refused(403, "approval.wrong_post");
    let case = command(
        &clerk,
        id,
        "step",
        json!({ "outcome": "pass", "opinion": "材料属实" }),
    )
    .await;
    assert_eq!(
        (&case["steps"][1]["status"], &case["step"]["post"]),
        (&json!("current"), &json!("head"))
    );
    let case = command(
        &head,
        id,
        "step",
        json!({ "outcome": "return", "opinion": "请核对离职日期" }),
    )
    .await;
    assert_eq!(case["steps"][0]["status"], "current");
    command(&clerk, id, "step", json!({ "outcome": "pass" })).await;
    let case = command(&head, id, "step", json!({ "outcome": "pass" })).await;
    assert_eq!(allowed(&case, "step").unwrap_err(), "approval.no_step_open");
    assert_eq!(case["step"], json!(null));
    allowed(&case, "decide").unwrap();

    world.on("2026-11-26");
    let case = command(
        &head,
        id,
        "decide",
        json!({ "result": "granted", "reason": "" }),
    )
    .await;
    assert_eq!(
        (&case["state"], &case["result"], &case["light"]),
        (&json!("decided"), &json!("granted"), &json!(null))
    );
    command(&clerk, id, "close", json!({})).await;
    let case = command(&clerk, id, "deliver", json!({ "way": "online" })).await;
    assert_eq!(case["state"], "delivered");

    let said = world.said("430102202611230000017").await;
    let kinds: Vec<&str> = said
        .iter()
        .map(|(kind, ..)| kind.trim_start_matches("approval.case."))
        .collect();
    assert_eq!(
        kinds,
        [
            "received",
            "accepted",
            "step_completed",
            "step_returned",
            "step_completed",
            "step_completed",
            "decided",
            "closed",
            "delivered"
        ]
    );
    let versions: Vec<i64> = said.iter().map(|(_, changed, _)| changed.version).collect();
    assert_eq!(
        versions,
        (1..=9).collect::<Vec<_>>(),
        "without gaps over both topics"
    );
    let (_, accepted, event) = &said[1];
    assert_eq!(
        (accepted.from.as_str(), accepted.state.as_str()),
        ("received", "examining")
    );
    assert_eq!(accepted.step, None, "no step is done yet");
    assert_eq!(accepted.papers[0].kind, "acceptance_receipt");
    assert_eq!(accepted.promised_due.unwrap().to_string(), "2026-12-01");
    assert!(accepted.derivation.as_ref().unwrap()["steps"].is_array());
    assert_eq!(
        (event.topic.as_str(), event.region_path.as_deref()),
        ("tb.acceptance.v1", Some("43/4301/430102"))
    );
    assert_eq!(
        said[2].1.step.as_deref(),
        Some("初审"),
        "the step that was completed"
    );
    assert!(
        said[2].1.reason.is_empty(),
        "opinions of a step stay in the office"
    );
    assert_eq!(said[6].1.papers[0].number, "芙人社决字〔2026〕第00001号");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instant_item_is_decided_without_steps() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit("430102202611230000025", INSTANT).await;
    let case = command(&world.clerk(), id, "accept", json!({})).await;
    assert_eq!(case["state"], "accepted");
    assert_eq!(allowed(&case, "step").unwrap_err(), "approval.wrong_state");
    let case = command(&world.clerk(), id, "decide", json!({ "result": "granted" })).await;
    assert_eq!(case["state"], "decided", "whoever accepts decides at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_with_pre_review_waits_for_a_clerk() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit("430102202611230000033", REVIEWED).await;
    let case = world.case(id).await;
    assert_eq!(
        (&case["state"], &case["papers"]),
        (&json!("submitted"), &json!([]))
    );
    assert_eq!(
        world.said("430102202611230000033").await[0].0,
        "approval.case.submitted"
    );
    assert_eq!(
        allowed(&case, "accept").unwrap_err(),
        "approval.wrong_state"
    );
    world.on("2026-11-25");
    let case = command(&world.clerk(), id, "receive", json!({})).await;
    assert_eq!(case["state"], "received");
    assert_eq!(
        case["moments"]["received_at"], "2026-11-23T02:00:00Z",
        "effective from the submission"
    );
    assert_eq!(
        case["clocks"]["clocks"][0]["due"], "2026-11-30",
        "and the clock does not start later"
    );
    assert_eq!(
        world.said("430102202611230000033").await[1].0,
        "approval.case.received"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_gives_reason_paper_and_end() {
    let world = World::new().await;
    let (id, clerk) = (
        world.submit("430102202611220000041", REGISTRATION).await,
        world.clerk(),
    );
    let path = format!("{API}/cases/{id}/refuse");
    clerk
        .post(
            &path,
            &json!({ "version": 1, "kind": "refused", "reason": " " }),
        )
        .await
        .refused(422, "approval.reason_missing");
    let case = command(
        &clerk,
        id,
        "refuse",
        json!({ "kind": "refused", "reason": "不属于本机关职权范围" }),
    )
    .await;
    assert_eq!(
        (&case["state"], &case["papers"][1]["title"]),
        (&json!("refused"), &json!("不予受理通知书"))
    );
    let wrong = clerk
        .post(
            &format!("{API}/cases/{id}/accept"),
            &json!({ "version": 2 }),
        )
        .await;
    let problem = wrong.refused(409, "approval.wrong_state");
    assert_eq!(
        (&problem["args"]["state"], &problem["args"]["allowed"]),
        (&json!("refused"), &json!(""))
    );
    let (kind, changed, _) = world.said("430102202611220000041").await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), changed.reason.as_str()),
        ("approval.case.refused", "不属于本机关职权范围")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn required_materials_bar_acceptance() {
    let world = World::new().await;
    let mut sent = world.sent("430102202611220000050", REGISTRATION);
    sent.body.materials.clear();
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of("430102202611220000050", REGISTRATION).await;
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "accept").unwrap_err(),
        "approval.materials_missing"
    );
    let path = format!("{API}/cases/{id}/accept");
    let problem = world
        .clerk()
        .post(&path, &json!({ "version": 1 }))
        .await
        .refused(409, "approval.materials_missing");
    assert_eq!(problem["args"]["names"], "解除劳动关系证明");
    let missing: Vec<bool> = case["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["missing"].as_bool().unwrap())
        .collect();
    assert_eq!(
        missing,
        [false, true, false],
        "what is waived or optional is not missing"
    );
}
