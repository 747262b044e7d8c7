//! What is asked about a fee: less, nothing, or money back, by whom and in which order.

use serde_json::json;
use tb_contract::events::LetterFile;
use uuid::Uuid;

use crate::charging::CHARGED;
use crate::fee::{NUMBER, act, ask, noticed, order, pay, pay_again, run, stages, told};
use crate::world::{API, World, command, send_other};

/// A case whose applicant asked for a reduction, with its proof.
async fn reduction_asked(world: &World) -> (Uuid, LetterFile) {
    let id = noticed(world).await;
    let mut sent = world.sent(NUMBER, CHARGED);
    let (store, name) = (world.app.store(), "低保证.pdf".to_owned());
    let file = LetterFile::new(store.new_id(), name, "application/pdf", 4);
    let blob = file.blob();
    store.blobs().put_named(&blob, b"%PDF").await.unwrap();
    let (words, files) = ("独孤家庭困难", vec![file.clone()]);
    ask(world, &mut sent, "reduction", words, files).await;
    (id, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_lies_on_the_desk_with_its_proof_also_when_it_is_answered() {
    let world = World::new().await;
    world.on("2026-11-23");
    let (id, file) = reduction_asked(&world).await;
    let clerk = world.clerk();
    assert_eq!(stages(&world).await, json!({ "request": 1 }));
    let asked = order(&world, id).await;
    assert_eq!(asked["request"]["reason"], "独孤家庭困难");
    assert_eq!(asked["request"]["asker"], "applicant");
    let (_, fee) = told(&world).await;
    assert_eq!(fee.request.as_deref(), Some("reduction"));
    let all = format!("{API}/cases/{id}/fees");
    let there = format!("{all}/files/{}", file.id);
    assert_eq!(clerk.get(&there).await.bytes, b"%PDF"[..]);
    assert_eq!(clerk.get(&all).await.ok()["proof"], json!([]));
    act(&clerk, &world, id, "refuse", json!({ "reason": "不符" }))
        .await
        .ok();
    let fees = clerk.get(&all).await.ok();
    assert_eq!(fees["proof"][0]["file_name"], "低保证.pdf");
    assert_eq!(clerk.get(&there).await.bytes, b"%PDF"[..]);
    clerk
        .get(&format!("{all}/files/{}", Uuid::from_u128(1)))
        .await
        .refused(404, "approval.material_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reduction_is_proposed_and_approved_by_two() {
    let world = World::new().await;
    world.on("2026-11-23");
    let (id, _) = reduction_asked(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let first = order(&world, id).await;
    act(&head, &world, id, "approve", json!({}))
        .await
        .refused(409, "approval.fee_not_proposed");
    let proposal = |sum: i64| json!({ "what": "reduction", "sum": sum, "reason": "低保对象减半" });
    let mut stale = proposal(1_000);
    stale["version"] = json!(1);
    act(&clerk, &world, id, "propose", stale)
        .await
        .refused(409, "approval.fee_moved");
    act(&clerk, &world, id, "propose", proposal(4_000))
        .await
        .refused(422, "approval.fee_sum_wrong");
    act(&head, &world, id, "propose", proposal(2_000))
        .await
        .ok();
    act(&head, &world, id, "approve", json!({}))
        .await
        .refused(409, "approval.fee_second_person");
    act(&clerk, &world, id, "propose", proposal(1_000))
        .await
        .ok();
    act(&clerk, &world, id, "approve", json!({}))
        .await
        .refused(403, "http.forbidden");
    act(&head, &world, id, "approve", json!({})).await.ok();
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.due, fee.code),
        ("approval.case.fee_reduced", 1_000, None)
    );
    run(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.state.as_str()),
        ("approval.case.fee_billed", "reduced")
    );
    let (old, code) = (first["code"].as_str().unwrap(), fee.code.unwrap());
    assert_ne!(code, old);
    pay_again(&world, old)
        .await
        .refused(409, "approval.simulator_refused");
    pay(&world, &code, false).await;
    let case = world.case(id).await;
    assert_eq!(case["fee_stage"], "settled");
    let happened = case["timeline"].to_string();
    for kind in [
        "fee_reduction_asked",
        "fee_proposed",
        "fee_reduced",
        "fee_billed",
        "fee_paid",
    ] {
        assert!(happened.contains(kind), "{kind} in {happened}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_charged_of_whom_two_persons_exempt() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let exempt = json!({ "what": "exemption", "reason": "特困人员免收" });
    act(&clerk, &world, id, "propose", exempt).await.ok();
    let (kind, fee) = told(&world).await;
    assert_eq!(kind, "approval.case.fee_proposed");
    assert_eq!(fee.request, None, "what the office thinks of is its own");
    act(&head, &world, id, "approve", json!({})).await.ok();
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    run(&world).await;
    pay_again(&world, &code)
        .await
        .refused(409, "approval.simulator_refused");
    command(&head, id, "decide", json!({ "result": "granted" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_case_gives_the_money_back_in_parts_and_no_more() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "refund", "不办了", Vec::new()).await;
    assert_eq!(
        world.case(id).await["fee_stage"],
        "settled",
        "the case goes on"
    );
    sent.kind = "intake.application.withdrawn";
    sent.body.version += 1;
    let withdrawn =
        json!({ "case_number": NUMBER, "version": sent.body.version, "reason": "不办了" });
    send_other(&world, &sent, withdrawn).await;
    command(&clerk, id, "answer-withdrawal", json!({ "granted": true })).await;
    assert!(told(&world).await.1.refundable);
    ask(&world, &mut sent, "refund", "已经撤回", Vec::new()).await;
    assert_eq!(stages(&world).await, json!({ "refund": 1 }));
    assert_eq!(to_archive(&world).await, 0, "money is still to go back");
    let refund = |sum: i64| json!({ "what": "refund", "sum": sum, "reason": "申请人撤回" });
    act(&clerk, &world, id, "propose", refund(4_001))
        .await
        .refused(422, "approval.fee_sum_wrong");
    act(&clerk, &world, id, "propose", refund(1_500)).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    assert_eq!(order(&world, id).await["refunding"], 1_500);
    run(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.refunded),
        ("approval.case.fee_refunded", 1_500)
    );
    act(&clerk, &world, id, "propose", refund(2_501))
        .await
        .refused(422, "approval.fee_sum_wrong");
    act(&clerk, &world, id, "propose", refund(2_500)).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    let order = order(&world, id).await;
    assert_eq!(
        (order["state"].as_str(), order["refunded"].as_i64()),
        (Some("refunded"), Some(4_000))
    );
    assert_eq!(stages(&world).await, json!({}));
    assert_eq!(to_archive(&world).await, 1);
}

/// How many cases wait for their archiving.
async fn to_archive(world: &World) -> usize {
    let path = format!("{API}/archive/cases");
    let waiting = world.clerk().get(&path).await.ok();
    waiting["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_too_late_waits_for_two_persons_to_give_it_back() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, true).await;
    assert_eq!(
        order(&world, id).await["state"],
        "noticed",
        "the message was lost"
    );
    // The case ends before anybody has heard of the money.
    let case = world.case(id).await;
    let gone = json!({ "version": case["version"], "ground": "object_gone", "reason": "已灭失" });
    command(&world.head(), id, "terminate", gone).await;
    assert_eq!(order(&world, id).await["state"], "cancelled");
    run(&world).await;
    let late = order(&world, id).await;
    assert_eq!(
        (late["state"].as_str(), late["paid"].as_i64()),
        (Some("paid"), Some(4_000))
    );
    assert_eq!(late["request"]["asker"], "platform");
    assert_eq!(late["request"]["sum"], 4_000);
    assert_eq!(stages(&world).await, json!({ "refund": 1 }));
    let (clerk, head) = (world.clerk(), world.head());
    let back = json!({ "what": "refund", "sum": 4_000, "reason": "办件已终止" });
    act(&clerk, &world, id, "propose", back).await.ok();
    act(&head, &world, id, "approve", json!({})).await.ok();
    run(&world).await;
    assert_eq!(order(&world, id).await["state"], "refunded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_leaves_time_to_pay() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "exemption", "请免收", Vec::new()).await;
    world.on("2026-12-10");
    run(&world).await;
    assert_eq!(
        order(&world, id).await["state"],
        "noticed",
        "it waits for the answer"
    );
    let clerk = world.clerk();
    act(&clerk, &world, id, "refuse", json!({ "reason": "" }))
        .await
        .refused(422, "approval.reason_missing");
    act(
        &clerk,
        &world,
        id,
        "refuse",
        json!({ "reason": "不在免收范围" }),
    )
    .await
    .ok();
    let (kind, fee) = told(&world).await;
    assert_eq!(
        (kind.as_str(), fee.refusal.as_str()),
        ("approval.case.fee_request_refused", "不在免收范围")
    );
    run(&world).await;
    assert_eq!(order(&world, id).await["state"], "noticed", "not lapsed");
    // The code that he had has run out: he gets another one with a term of its own, and can pay by it.
    let anew = order(&world, id).await;
    assert_eq!(anew["pay_by"], "2026-12-24");
    world.on("2026-12-20");
    run(&world).await;
    pay(&world, anew["code"].as_str().unwrap(), false).await;
    assert_eq!(order(&world, id).await["state"], "paid");
}
