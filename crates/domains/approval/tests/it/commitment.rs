//! Promises in the place of an examination or of a material: accepted and decided on them, checked
//! afterwards, and what a false one leads to.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tb_contract::events::{CommitmentBarred, SignedCommitment, StatementMade};
use tb_contract::topics;
use tb_kernel::Event;
use tb_storage::entity::outbox;
use tb_storage::open_event;
use tb_testkit::{Client, head};
use uuid::Uuid;

use crate::world::{API, COMMITTED, OURS, Sent, World, allowed, command, department, send_other};

fn promise(world: &World, whole: bool) -> SignedCommitment {
    SignedCommitment {
        whole,
        materials: vec!["report".to_owned()],
        signer: "张示例".to_owned(),
        signed_at: world.app.now(),
        told: "条件与后果".to_owned(),
        promised: "所述属实".to_owned(),
    }
}

/// Submitted on Tuesday 2026-11-24 on a promise.
async fn submitted(world: &World, number: &str, whole: bool) -> (Uuid, Sent) {
    let mut sent = world.sent(number, COMMITTED);
    sent.body.commitment = Some(promise(world, whole));
    world.send(&sent).await;
    world.app.run_events().await;
    (world.id_of(number, COMMITTED).await, sent)
}

/// Granted on the spot.
async fn granted(world: &World, number: &str) -> (Uuid, Sent) {
    world.on("2026-11-24");
    let (id, sent) = submitted(world, number, true).await;
    let case = command(&world.clerk(), id, "accept", json!({})).await;
    assert_eq!(case["state"], "decided");
    (id, sent)
}

/// Another head of our department.
fn second_head(world: &World) -> Client {
    world.app.as_actor(head(22, &department(OURS)))
}

async fn heard(world: &World, topic: &str) -> Vec<Event> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Topic.eq(topic))
        .order_by_asc(outbox::Column::Seq)
        .all(&world.app.store().read())
        .await
        .unwrap();
    let sealer = world.app.store().sealer();
    rows.into_iter()
        .map(|row| open_event(row, sealer).unwrap())
        .collect()
}

async fn checks(world: &World, filter: &str) -> Vec<Value> {
    let page = world
        .clerk()
        .get(&format!("{API}/commitment-checks{filter}"))
        .await
        .ok();
    page["items"].as_array().unwrap().clone()
}

fn titles(case: &Value) -> Vec<&str> {
    let papers = case["papers"].as_array().unwrap();
    papers
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_promise_for_the_whole_acceptance_and_decision_are_one() {
    let world = World::new().await;
    let number = "430102202611240000405";
    let (id, _) = granted(&world, number).await;
    let case = world.case(id).await;
    assert_eq!(case["result"], "granted");
    assert_eq!(case["steps"], json!([]), "nothing is examined before");
    assert_eq!(case["commitment"]["kind"], "whole");
    assert_eq!(
        case["commitment"]["signer"], "张*例",
        "masked as all names are"
    );
    assert_eq!(
        titles(&case),
        [
            "申请材料接收凭证",
            "受理通知书",
            "告知承诺书",
            "准予办理决定书"
        ]
    );
    let said: Vec<String> = world
        .said(number)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(
        said,
        [
            "approval.case.received",
            "approval.case.accepted",
            "approval.case.decided"
        ]
    );
    // Twenty working days after Tuesday 2026-11-24.
    assert_eq!(case["commitment"]["check"]["stage"], "due");
    assert_eq!(case["commitment"]["check"]["due"], "2026-12-22");
    let rows = checks(&world, "").await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["late"], false);
    assert!(checks(&world, "?late=true").await.is_empty());
    world.on("2026-12-23");
    assert_eq!(checks(&world, "?late=true").await.len(), 1, "late is red");

    let found = json!({"method": "现场核查", "reason": "符合卫生标准"});
    let case = command(&world.clerk(), id, "check-commitment", found).await;
    assert_eq!(case["commitment"]["check"]["stage"], "done");
    assert!(checks(&world, "").await.is_empty());
    assert_eq!(
        allowed(&case, "check_commitment").unwrap_err(),
        "approval.check_not_open"
    );
    let said = world.said(number).await;
    let last = said.last().unwrap();
    assert_eq!(last.0, "approval.case.commitment_checked");
    assert_eq!(last.1.reason, "核查方式：现场核查。符合卫生标准");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_takes_the_place_of_one_material() {
    let world = World::new().await;
    world.on("2026-11-24");
    let (id, _) = submitted(&world, "430102202611240000413", false).await;
    let case = world.case(id).await;
    let report = case["materials"].as_array().unwrap().iter();
    let report = report.clone().find(|one| one["requirement_id"] == "report");
    assert_eq!(report.unwrap()["missing"], false);
    assert_eq!(report.unwrap()["committed"], true);
    let case = command(&world.clerk(), id, "accept", json!({})).await;
    assert_eq!(case["state"], "examining", "it is examined as ever");
    assert_eq!(case["commitment"]["materials"], json!(["检测报告"]));
    assert!(
        checks(&world, "").await.is_empty(),
        "after the decision only"
    );

    // Without the promise the material is missing.
    let other = world.submit("430102202611240000421", COMMITTED).await;
    let case = world.case(other).await;
    assert_eq!(
        allowed(&case, "accept").unwrap_err(),
        "approval.materials_missing"
    );
    assert_eq!(case["commitment"], Value::Null);
    assert_eq!(
        allowed(&world.case(id).await, "check_commitment").unwrap_err(),
        "approval.wrong_state"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_false_promise_is_to_be_mended_heard_revoked_and_bars() {
    let world = World::new().await;
    let number = "430102202611240000430";
    let (id, sent) = granted(&world, number).await;
    command(&world.clerk(), id, "close", json!({})).await;
    let mend = json!({"method": "现场核查", "mend_by": "2026-12-10", "reason": "没有消毒设施"});
    let case = command(&world.clerk(), id, "order-rectification", mend).await;
    assert_eq!(case["commitment"]["check"]["due"], "2026-12-10");
    world.on("2026-12-11");
    assert_eq!(checks(&world, "?late=true&stage=rectifying").await.len(), 1);
    let propose = json!({"basis": "《公共场所卫生管理条例实施细则》", "answer_days": 5, "reason": "逾期未整改"});
    let case = command(&world.head(), id, "propose-revocation", propose).await;
    assert_eq!(case["commitment"]["check"]["stage"], "hearing");
    assert_eq!(case["commitment"]["check"]["due"], "2026-12-16");
    let told = world
        .said(number)
        .await
        .pop()
        .unwrap()
        .1
        .revocation
        .unwrap();
    assert!(!told.answered);
    assert_eq!(told.reason, "逾期未整改");
    let revoke = json!({"version": case["version"], "bar_months": 12, "reason": "承诺不实"});
    let path = format!("{API}/cases/{id}/revoke-decision");
    let second = second_head(&world);
    second
        .post(&path, &revoke)
        .await
        .refused(409, "approval.holder_not_heard");

    // Made on its last day, it comes here behind midnight.
    world.on("2026-12-17");
    let statement = StatementMade {
        case_number: number.to_owned(),
        version: sent.body.version + 1,
        statement: "正在安装".to_owned(),
    };
    let mut answer = sent.clone();
    answer.kind = "intake.application.stated";
    answer.body.version += 1;
    send_other(&world, &answer, serde_json::to_value(&statement).unwrap()).await;
    let case = world.case(id).await;
    assert_eq!(case["commitment"]["check"]["statement"], "正在安装");
    let revoke = json!({"bar_months": 12, "reason": "承诺不实"});
    let mut one = revoke.clone();
    one["version"] = case["version"].clone();
    let alone = world.head().post(&path, &one).await;
    alone.refused(403, "approval.second_person_revokes");
    let case = command(&second, id, "revoke-decision", revoke).await;
    assert_eq!(case["commitment"]["check"]["stage"], "revoked");
    assert_eq!(case["commitment"]["check"]["barred_until"], "2027-12-17");
    assert_eq!(
        allowed(&case, "deliver").unwrap_err(),
        "approval.decision_revoked"
    );
    assert_eq!(titles(&case).last(), Some(&"撤销决定书"));
    let last = world.said(number).await.pop().unwrap();
    assert_eq!(last.0, "approval.case.decision_revoked");
    assert!(last.1.revoked && last.1.revocation.is_none());
    let orders = heard(&world, topics::LICENCE_ORDER).await;
    let kinds: Vec<&str> = orders.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["approval.licence.ordered", "approval.licence.order_revoked"]
    );

    // Barred by now: a promise that was on its way is of no use.
    let (other, _) = submitted(&world, "430102202612110000448", true).await;
    assert_eq!(
        allowed(&world.case(other).await, "accept").unwrap_err(),
        "approval.barred_from_commitments"
    );
    lifting(&world, other).await;
}

/// Lifting takes two persons.
async fn lifting(world: &World, waiting: Uuid) {
    let bars = world
        .head()
        .get(&format!("{API}/commitment-bars"))
        .await
        .ok();
    let bar = &bars["items"][0];
    assert_eq!(bar["holder"], "张*例");
    assert_eq!(bar["in_force"], true);
    let path = |verb: &str| {
        format!(
            "{API}/commitment-bars/{}/{verb}",
            bar["id"].as_str().unwrap()
        )
    };
    let body = json!({"version": bar["version"], "reason": "已整改并接受处罚"});
    let proposed = world.head().post(&path("propose-lift"), &body).await.ok();
    let answer = json!({"version": proposed["version"], "granted": true});
    let alone = world.head().post(&path("answer-lift"), &answer).await;
    alone.refused(403, "approval.second_person_lifts");
    let clerk = world.clerk().post(&path("answer-lift"), &answer).await;
    clerk.refused(403, "approval.head_approves");
    let lifted = second_head(world)
        .post(&path("answer-lift"), &answer)
        .await
        .ok();
    assert_eq!(lifted["in_force"], false);
    let told = heard(world, topics::COMMITMENT).await;
    let told: Vec<CommitmentBarred> = told
        .into_iter()
        .map(|event| serde_json::from_value(event.payload).unwrap())
        .collect();
    assert_eq!([told[0].lifted, told[1].lifted], [false, true]);
    assert_eq!(told[0].id_number, "430102199307169986");
    assert_eq!(allowed(&world.case(waiting).await, "accept"), Ok(()));
    let again = world
        .head()
        .post(
            &path("propose-lift"),
            &json!({"version": lifted["version"], "reason": "-"}),
        )
        .await;
    again.refused(409, "approval.bar_moved");
}
