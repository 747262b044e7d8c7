//! Supervision: the escalation chain goes up level by level, once each; orders by hand, replies, urging.

use serde_json::{Value, json};
use tb_testkit::{Client, operator};
use uuid::Uuid;

use crate::world::{API, OTHERS, REGISTRATION, World, command, department};

async fn orders(client: &Client, filter: &str) -> Vec<Value> {
    let page = client
        .get(&format!("{API}/supervisions{filter}"))
        .await
        .ok();
    page["items"].as_array().unwrap().clone()
}

fn levels(orders: &[Value]) -> Vec<&str> {
    let mut levels: Vec<&str> = orders
        .iter()
        .map(|order| order["level"].as_str().unwrap())
        .collect();
    levels.sort_unstable();
    levels
}

/// Accepted on Tuesday 2026-11-24: promised for 12-01, by law until 12-08.
async fn accepted(world: &World, number: &str) -> Uuid {
    world.on("2026-11-24");
    let id = world.submit(number, REGISTRATION).await;
    command(&world.clerk(), id, "accept", json!({})).await;
    // The steps are done in time, so that only the case itself falls behind.
    let step = json!({"outcome": "pass", "opinion": ""});
    command(&world.clerk(), id, "step", step.clone()).await;
    command(&world.head(), id, "step", step).await;
    id
}

async fn escalate(world: &World, day: &str) {
    world.on(day);
    world.app.run_periodic("approval.escalate").await;
    world.app.run_periodic("approval.escalate").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_case_goes_up_the_chain_once_to_each_level() {
    let world = World::new().await;
    let number = "430102202611240000502";
    let id = accepted(&world, number).await;
    let head = world.head();
    escalate(&world, "2026-12-01").await;
    assert!(
        orders(&head, "").await.is_empty(),
        "the last day still counts"
    );
    // One working day behind: handler and head.
    escalate(&world, "2026-12-02").await;
    let red = orders(&head, "").await;
    assert_eq!(levels(&red), ["handler", "head"]);
    assert!(red.iter().all(|order| order["cause"] == "red"));
    assert_eq!(red[0]["reply_by"], "2026-12-04", "two working days");
    let marked = head.get(&format!("{API}/cases?supervised=true")).await.ok();
    assert_eq!(marked["items"][0]["supervised"], true);
    let counts = head.get(&format!("{API}/counts")).await.ok();
    assert_eq!(counts["supervised"], 1);
    // Three behind, then five: leader, inspectorate; nobody twice.
    escalate(&world, "2026-12-03").await;
    assert_eq!(orders(&head, "").await.len(), 2);
    escalate(&world, "2026-12-04").await;
    assert_eq!(
        levels(&orders(&head, "").await),
        ["handler", "head", "leader"]
    );
    assert_eq!(orders(&head, "?late=true").await.len(), 0);
    escalate(&world, "2026-12-08").await;
    assert_eq!(orders(&head, "").await.len(), 4);
    assert_eq!(orders(&head, "?late=true").await.len(), 2, "no reply came");
    // Past the legal term another chain begins.
    escalate(&world, "2026-12-09").await;
    let all = orders(&head, "?limit=100").await;
    let purple: Vec<Value> = all
        .iter()
        .filter(|order| order["cause"] == "purple")
        .cloned()
        .collect();
    assert_eq!(levels(&purple), ["handler", "head"]);
    assert_eq!(all.len(), 6);

    // It is in the history and told without a gap, and the handler is who he was.
    let case = world.case(id).await;
    let kinds = case["timeline"].as_array().unwrap().iter();
    assert_eq!(kinds.filter(|one| one["kind"] == "supervised").count(), 6);
    assert_ne!(case["handler"], "系统");
    let said = world.said(number).await;
    let versions: Vec<i64> = said.iter().map(|one| one.1.version).collect();
    assert_eq!(
        versions,
        (1..=i64::try_from(versions.len()).unwrap()).collect::<Vec<_>>()
    );
    assert!(
        said.iter()
            .filter(|one| one.0.ends_with(".supervised"))
            .all(|one| one.1.reason.is_empty())
    );

    // A decision ends it.
    let granted = json!({"result": "granted", "reason": ""});
    command(&head, id, "decide", granted).await;
    escalate(&world, "2027-03-01").await;
    assert_eq!(orders(&head, "?limit=100").await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_rests_is_not_escalated() {
    let world = World::new().await;
    let id = accepted(&world, "430102202611240000510").await;
    let rest = json!({"ground": "court", "basis": "某规定", "reason": "等待判决"});
    command(&world.head(), id, "suspend", rest).await;
    escalate(&world, "2026-12-20").await;
    assert!(orders(&world.head(), "").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_behind_the_due_day_is_no_delay() {
    let world = World::new().await;
    let id = accepted(&world, "430102202611240000537").await;
    escalate(&world, "2026-12-02").await;
    let rest = json!({"ground": "court", "basis": "某规定", "reason": "等待判决"});
    command(&world.head(), id, "suspend", rest).await;
    world.on("2026-12-23");
    let resumed = json!({"reason": "判决已经生效"});
    command(&world.head(), id, "resume", resumed).await;
    escalate(&world, "2026-12-23").await;
    assert_eq!(
        levels(&orders(&world.head(), "").await),
        ["handler", "head"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_by_hand_is_answered_by_the_post_it_is_addressed_to() {
    let world = World::new().await;
    let number = "430102202611240000529";
    let id = accepted(&world, number).await;
    let inspector = world.app.as_actor(operator(5, "430102"));
    let path = format!("{API}/cases/{id}/supervise");
    let body = json!({"to": "head", "words": "群众反映办理缓慢，请说明情况。", "reply_days": 3});
    world
        .clerk()
        .post(&path, &body)
        .await
        .refused(403, "http.forbidden");
    let stranger = world.app.as_actor(operator(6, "430104"));
    stranger
        .post(&path, &body)
        .await
        .refused(404, "approval.case_not_found");
    let blank = json!({"to": "head", "words": " ", "reply_days": 3});
    inspector
        .post(&path, &blank)
        .await
        .refused(422, "approval.reason_missing");
    let long = json!({"to": "head", "words": "-", "reply_days": 31});
    inspector
        .post(&path, &long)
        .await
        .refused(422, "approval.reply_term_wrong");
    let upwards = json!({"to": "inspectorate", "words": "-", "reply_days": 3});
    inspector
        .post(&path, &upwards)
        .await
        .refused(422, "approval.order_to_inspectorate");
    let order = inspector.post(&path, &body).await.ok();
    assert_eq!(order["reply_by"], "2026-11-27");
    assert_eq!(order["may_reply"], false);

    assert_eq!(orders(&world.clerk(), "?mine=true").await.len(), 0);
    let mine = orders(&world.head(), "?mine=true&state=open").await;
    assert_eq!(mine.len(), 1);
    let reply = format!("{API}/supervisions/{}/reply", order["id"].as_str().unwrap());
    let answer = json!({"version": order["version"], "words": "明日办结。"});
    world
        .clerk()
        .post(&reply, &answer)
        .await
        .refused(403, "approval.order_not_yours");
    let other = world.app.as_actor(tb_testkit::head(9, &department(OTHERS)));
    other
        .post(&reply, &answer)
        .await
        .refused(404, "approval.order_not_found");
    let done = world.head().post(&reply, &answer).await.ok();
    assert_eq!(done["reply"], "明日办结。");
    assert_eq!(done["open"], false);
    world
        .head()
        .post(&reply, &answer)
        .await
        .refused(409, "approval.order_moved");
    let of_case = inspector
        .get(&format!("{API}/cases/{id}/supervisions"))
        .await
        .ok();
    assert_eq!(of_case[0]["replier"], done["replier"]);

    urged(&world, &inspector, id, number).await;
}

async fn urged(world: &World, inspector: &Client, id: Uuid, number: &str) {
    let handler = world.case(id).await["handler"].clone();
    let urge = json!({"words": "请抓紧办理。"});
    inspector
        .post(&format!("{API}/cases/{id}/urge"), &urge)
        .await
        .ok();
    assert_eq!(
        world.case(id).await["handler"],
        handler,
        "who urges does not handle"
    );
    let kinds: Vec<String> = world
        .said(number)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    let last: Vec<&str> = kinds
        .iter()
        .rev()
        .take(3)
        .rev()
        .map(String::as_str)
        .collect();
    assert_eq!(
        last,
        [
            "approval.case.supervised",
            "approval.case.supervision_replied",
            "approval.case.urged"
        ]
    );
    let granted = json!({"result": "granted", "reason": ""});
    command(&world.head(), id, "decide", granted).await;
    let path = format!("{API}/cases/{id}/supervise");
    let body = json!({"to": "head", "words": "请说明情况。", "reply_days": 3});
    inspector
        .post(&path, &body)
        .await
        .refused(409, "approval.nothing_to_supervise");
}
