//! Hand-over: who goes on with a case, alone and in a batch, and who hears of it.

use serde_json::{Value, json};
use tb_testkit::{clerk, head};
use uuid::Uuid;

use crate::batch::{cases, draft, number, path, start};
use crate::staff::PORTER;
use crate::world::{API, OTHERS, OURS, REGISTRATION, World, command, department};

fn to(n: u128) -> Value {
    json!(clerk(n, &department(OURS)).id)
}

fn last(case: &Value) -> Value {
    case["timeline"].as_array().unwrap().last().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_goes_on_with_a_case_and_the_applicant_is_not_told() {
    let world = World::new().await;
    let id = cases(&world, REGISTRATION, 1..2).await[0];
    command(&world.clerk(), id, "accept", json!({})).await;
    let before = world.case(id).await;
    let body = json!({"successor_id": to(3), "reason": "调整岗位"});
    let case = command(&world.head(), id, "hand-over", body.clone()).await;
    assert_eq!(case["handler"], "测试3");
    for same in ["state", "clocks", "due"] {
        assert_eq!(case[same], before[same], "{same}");
    }
    let event = last(&case);
    assert_eq!(event["kind"], "handed_over");
    assert_eq!(
        (&event["actor"], &event["successor"], &event["reason"]),
        (&json!("测试2"), &json!("测试3"), &json!("调整岗位"))
    );
    let (kind, said, _) = world.said(&number(1)).await.pop().unwrap();
    assert_eq!(kind, "approval.case.handed_over");
    assert_eq!(said.reason, "", "the reason stays in the office");

    let colleague = world.app.as_actor(clerk(3, &department(OURS)));
    let mine = colleague.get(&format!("{API}/cases?mine=true")).await.ok();
    assert_eq!(mine["items"][0]["id"], json!(id));
    let handler = to(3);
    let his = format!("{API}/cases?handler={}", handler.as_str().unwrap());
    let found = world.head().get(&his).await.ok();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);

    // To the same again, to nobody of ours, without a reason, by a clerk.
    let url = format!("{API}/cases/{id}/hand-over");
    let with = |to: Value, reason: &str| json!({"version": case["version"], "successor_id": to, "reason": reason});
    let head = world.head();
    head.post(&url, &with(to(3), "再移交"))
        .await
        .refused(409, "approval.same_handler");
    for nobody in [Uuid::from_u128(PORTER), Uuid::from_u128(77)] {
        head.post(&url, &with(json!(nobody), "移交"))
            .await
            .refused(422, "approval.not_a_successor");
    }
    head.post(&url, &with(to(4), "  "))
        .await
        .refused(422, "approval.reason_missing");
    world
        .clerk()
        .post(&url, &with(to(4), "移交"))
        .await
        .refused(403, "http.forbidden");
    let stranger = world.app.as_actor(self::head(5, &department(OTHERS)));
    stranger
        .post(&url, &with(to(4), "移交"))
        .await
        .refused(404, "approval.case_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_that_nobody_has_looked_at_name_the_successor_too() {
    let world = World::new().await;
    let id = cases(&world, REGISTRATION, 1..2).await[0];
    command(&world.clerk(), id, "accept", json!({})).await;
    let notes = format!("{API}/cases/{id}/notes");
    let named = json!({"words": "请核对社保记录", "mentions": [to(1)]});
    let author = world.app.as_actor(clerk(4, &department(OURS)));
    author.post(&notes, &named).await.ok();
    let colleague = world.app.as_actor(clerk(3, &department(OURS)));
    let mentions = format!("{API}/counts");
    assert_eq!(colleague.get(&mentions).await.ok()["mentions"], 0);
    let body = json!({"successor_id": to(3), "reason": "离岗"});
    command(&world.head(), id, "hand-over", body).await;
    assert_eq!(colleague.get(&mentions).await.ok()["mentions"], 1);
    assert_eq!(world.clerk().get(&mentions).await.ok()["mentions"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_somebody_handles_goes_to_a_colleague_in_one_batch() {
    let world = World::new().await;
    let ids = cases(&world, REGISTRATION, 1..5).await;
    for id in &ids[..3] {
        command(&world.clerk(), *id, "accept", json!({})).await;
    }
    // Somebody who has left: identity does not name him any more.
    let gone = world.app.as_actor(clerk(8, &department(OURS)));
    command(&gone, ids[3], "accept", json!({})).await;
    let head = world.head();
    let handlers = head.get(&format!("{API}/handlers")).await.ok();
    let short = |row: &Value| {
        (
            row["name"].clone(),
            row["running"].clone(),
            row["here"].clone(),
        )
    };
    let rows: Vec<_> = handlers.as_array().unwrap().iter().map(short).collect();
    assert_eq!(
        rows,
        [
            (json!("测试8"), json!(1), json!(false)),
            (json!("测试1"), json!(3), json!(true))
        ]
    );
    let successors = head.get(&format!("{API}/successors")).await.ok();
    assert_eq!(successors.as_array().unwrap().len(), 4, "no porter");

    let pick = json!({"by": "filter", "handler": to(1), "state": "received,accepted,examining"});
    let words = json!({"reason": "离岗", "successor": {"id": to(3)}});
    let batch = draft(&head, pick.clone(), "hand_over", words).await;
    assert_eq!(batch["counts"], json!({"ready": 3}));
    assert_eq!(batch["words"]["successor"]["name"], "测试3");
    start(&head, &batch).await;
    let later = world.app.now() + chrono::TimeDelta::minutes(11);
    world.app.clock().set(later);
    world.app.run_events().await;
    let done = head.get(&path(&batch)).await.ok();
    assert_eq!(done["counts"], json!({"done": 3}), "{done}");
    for id in &ids[..3] {
        assert_eq!(world.case(*id).await["handler"], "测试3");
    }
    let missing = json!({"reason": "离岗"});
    let body = json!({"pick": pick, "command": "hand_over", "words": missing});
    head.post(&format!("{API}/batches"), &body)
        .await
        .refused(422, "approval.batch_word_missing");
    let porter = json!({"reason": "离岗", "successor": {"id": Uuid::from_u128(PORTER)}});
    let body =
        json!({"pick": {"by": "cases", "ids": ids}, "command": "hand_over", "words": porter});
    head.post(&format!("{API}/batches"), &body)
        .await
        .refused(422, "approval.not_a_successor");
}
