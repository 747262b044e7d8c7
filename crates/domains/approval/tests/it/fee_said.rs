//! What is said about fees: whose turn it is, what is not lost, and who reads it.

use chrono::Duration;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::charging::CHARGED;
use crate::fee::{NUMBER, act, ask, noticed, order, pay, run, told};
use crate::wire::{Call, Trouble};
use crate::world::{API, OURS, World, command, department};

async fn fees(world: &World, id: Uuid) -> Value {
    let path = format!("{API}/cases/{id}/fees");
    world.clerk().get(&path).await.ok()
}

/// How often it was recorded that somebody read the fees of a case, by permission.
async fn reads(world: &World, permission: &str) -> usize {
    let conn = world.app.store().read();
    let query = format!(
        "SELECT action FROM platform_audit WHERE result = 'read' AND action = '{permission}'"
    );
    let statement = Statement::from_string(conn.get_database_backend(), query);
    conn.query_all_raw(statement).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_office_owes_an_answer_its_own_term_runs() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    world.on("2026-11-24");
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "reduction", "家庭困难", Vec::new()).await;
    // Five working days were promised, and nobody answers.
    world.on("2026-12-04");
    let case = world.case(id).await;
    assert_eq!(case["light"], "red", "{}", case["clocks"]);
    act(
        &world.clerk(),
        &world,
        id,
        "refuse",
        json!({ "reason": "不在减免范围" }),
    )
    .await
    .ok();
    world.on("2026-12-06");
    run(&world).await;
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    pay(&world, &code, false).await;
    assert_eq!(order(&world, id).await["state"], "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_while_the_office_thinks_is_heard() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, head) = (world.clerk(), world.head());
    let half = json!({ "what": "reduction", "sum": 2_000, "reason": "按规定减半" });
    act(&clerk, &world, id, "propose", half).await.ok();
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "reduction", "独孤家庭困难", Vec::new()).await;
    let request = order(&world, id).await["request"].clone();
    assert_eq!(
        (&request["reason"], &request["opinion"], &request["sum"]),
        (&json!("独孤家庭困难"), &json!("按规定减半"), &json!(2_000))
    );
    act(
        &clerk,
        &world,
        id,
        "take-back",
        json!({ "reason": "另行开单" }),
    )
    .await
    .refused(409, "approval.fee_asked");
    act(&head, &world, id, "approve", json!({})).await.ok();
    assert_eq!(order(&world, id).await["state"], "reduced");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_late_is_told_so() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    act(
        &world.clerk(),
        &world,
        id,
        "take-back",
        json!({ "reason": "多开了" }),
    )
    .await
    .ok();
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "exemption", "家庭困难", Vec::new()).await;
    let (kind, changed, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(kind, "approval.case.fee_request_refused");
    assert!(changed.reason.contains("不再受理"), "{}", changed.reason);
    let fee = changed.fee.unwrap();
    assert_eq!((fee.state.as_str(), fee.request), ("cancelled", None));
    // The next change of the same applicant is taken in.
    ask(&world, &mut sent, "refund", "退给我", Vec::new()).await;
    assert_eq!(world.case(id).await["state"], "examining");
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_stand_in_the_fee_tab_alone_and_who_reads_them_is_recorded() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    assert_eq!(fees(&world, id).await["said"], json!([]));
    assert_eq!(
        reads(&world, "approval.fee.read").await,
        0,
        "nobody is named"
    );
    let mut sent = world.sent(NUMBER, CHARGED);
    ask(&world, &mut sent, "reduction", "独孤家庭困难", Vec::new()).await;
    let waiting = fees(&world, id).await;
    assert_eq!(waiting["said"], json!([]), "it stands with its order");
    let refusal = json!({ "reason": "并非低保对象" });
    act(&world.clerk(), &world, id, "refuse", refusal)
        .await
        .ok();
    let said = fees(&world, id).await["said"].clone();
    let words: Vec<&str> = said
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["words"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["独孤家庭困难", "并非低保对象"]);
    let case = world.case(id).await.to_string();
    assert!(case.contains("fee_reduction_asked"));
    for words in words {
        assert!(!case.contains(words), "{words} in {case}");
    }
    // The tab with the request, with its version for the answer, and what was said; and the answer itself.
    assert_eq!(reads(&world, "approval.fee.read").await, 3);
    assert_eq!(reads(&world, "approval.fee.handle").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_an_earlier_notice_is_told_beside_the_last_one() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = noticed(&world).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/fees"));
    let code = order(&world, id).await["code"].as_str().unwrap().to_owned();
    // Its message is lost, and the notice is taken back before anybody asks.
    pay(&world, &code, true).await;
    let back = json!({ "reason": "重新开单" });
    act(&clerk, &world, id, "take-back", back).await.ok();
    world.on("2026-11-24");
    let lines = json!({ "lines": [{ "fee": 0, "quantity": 2 }] });
    clerk.post(&path, &lines).await.ok();
    // The second notice is out when the platform says what came by the first.
    world.wire.cut(Call::Payments, Trouble::Unreachable);
    run(&world).await;
    world.wire.mend();
    world.app.clock().advance(Duration::minutes(2));
    run(&world).await;
    let (kind, fee) = told(&world).await;
    assert_eq!(kind, "approval.case.fee_paid");
    assert_eq!((fee.state.as_str(), fee.paid), ("noticed", 0));
    let earlier = &fee.earlier[0];
    assert_eq!((earlier.paid, earlier.refunded), (4_000, 0));
    assert!(!earlier.receipt.is_empty());
    let case = world.case(id).await;
    assert_eq!(case["fee_stage"], "refund");
    // The late money ends its own pause: the second notice is still waited for.
    world.on("2026-12-04");
    assert_ne!(world.case(id).await["light"], "red");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_of_a_hearing_is_no_proof_about_a_fee() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = world.submit(NUMBER, CHARGED).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    let persons = json!([{ "name": "李示例", "contact": "13800000000", "interest": "相邻" }]);
    let right = json!({ "persons": persons, "reason": "排烟口正对邻居的窗户" });
    command(&clerk, id, "tell-hearing-right", right).await;
    command(
        &clerk,
        id,
        "ask-hearing",
        json!({ "person": 0, "reason": "影响采光" }),
    )
    .await;
    let presider = tb_testkit::clerk(3, &department(OURS)).id;
    let call = json!({ "held_at": "2026-12-10T01:30:00Z", "place": "三楼会议室", "presider_id": presider });
    let case = command(&clerk, id, "call-hearing", call).await;
    world.on("2026-12-10");
    let url = format!("{API}/cases/{id}/hold-hearing?version={}", case["version"]);
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "听证笔录.pdf", b"%PDF-1.7\n%%EOF")];
    let words = [("words", "双方同意加装净化设备")];
    let held = clerk.multipart_of(&url, &words, &sheet).await.ok();
    let file = held["hearing"]["files"][0]["id"].as_str().unwrap();

    assert_eq!(fees(&world, id).await["proof"], json!([]));
    assert_eq!(reads(&world, "approval.fee.read").await, 0);
    let there = format!("{API}/cases/{id}/fees/files/{file}");
    let elsewhere = clerk.get(&there).await;
    elsewhere.refused(404, "approval.material_not_found");
}
