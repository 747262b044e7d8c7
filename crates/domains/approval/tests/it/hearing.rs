//! Hearings of interested persons: the right told, asked for in time, called, held, and what stands
//! still meanwhile.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client, clerk};
use uuid::Uuid;

use crate::staff::PORTER;
use crate::world::{API, OURS, REGISTRATION, World, allowed, command, department};

const NUMBER: &str = "430102202611240000511";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";
const NO_FILES: [(&str, &str, &[u8]); 0] = [];

fn staff(n: u128) -> Value {
    json!(clerk(n, &department(OURS)).id)
}

/// Accepted and told on Tuesday 2026-11-24: asked for until 12-01.
async fn told(world: &World) -> Uuid {
    world.on("2026-11-24");
    let id = world.submit(NUMBER, REGISTRATION).await;
    command(&world.clerk(), id, "accept", json!({})).await;
    let body = json!({
        "persons": [{"name": "李示例", "contact": "13800000000", "interest": "相邻"}, {"name": "样例公司", "contact": "城南路1号"}],
        "reason": "排烟口正对邻居的窗户",
    });
    command(&world.clerk(), id, "tell-hearing-right", body).await;
    id
}

fn titles(case: &Value) -> Vec<&str> {
    let papers = case["papers"].as_array().unwrap();
    papers
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect()
}

/// On a day at half past nine.
fn call(day: &str, presider: Value) -> Value {
    let at = format!("{day}T01:30:00Z");
    json!({"held_at": at, "place": "三楼会议室", "presider_id": presider, "remark": "请提前十分钟到场"})
}

/// Everything that was examined, so that only the hearing can stand in the way; as the head sees it.
async fn examine(world: &World, id: Uuid) -> Value {
    for client in [world.clerk(), world.head()] {
        let url = format!("{API}/cases/{id}");
        while allowed(&client.get(&url).await.ok(), "step").is_ok() {
            let body = json!({"outcome": "pass", "opinion": "同意"});
            command(&client, id, "step", body).await;
        }
    }
    world.head().get(&format!("{API}/cases/{id}")).await.ok()
}

/// The record is handed in.
async fn hold(client: &Client, id: Uuid, version: &Value) -> Answer {
    let url = format!("{API}/cases/{id}/hold-hearing?version={version}");
    let words = [("words", "双方同意加装净化设备")];
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "李示例听证笔录.pdf", PDF)];
    client.multipart_of(&url, &words, &sheet).await
}

/// Asked for by the first of them on 2026-11-30, to be held by 12-28.
async fn asked(world: &World, id: Uuid) -> Value {
    let asked = json!({"person": 0, "reason": "影响采光"});
    command(&world.clerk(), id, "ask-hearing", asked).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_touched_is_told_and_may_ask() {
    let world = World::new().await;
    let id = told(&world).await;
    let case = world.case(id).await;
    let hearing = &case["hearing"];
    assert_eq!(
        (&hearing["stage"], &hearing["ask_by"]),
        (&json!("told"), &json!("2026-12-01"))
    );
    assert_eq!(hearing["persons"][0]["name"], "李*例", "masked");
    assert_eq!(hearing["persons"][0]["contact"], "138****0000");
    assert_eq!(hearing["persons"][0]["interest"], "***");
    assert_eq!(hearing["persons"][1]["contact"], "***", "an address");
    assert_eq!(hearing["told_on"], "2026-11-24");
    assert!(titles(&case).contains(&"听证告知书"));
    assert_eq!(case["light"], "green", "the days for asking count");
    let (kind, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(kind, "approval.case.hearing_right_told");
    assert!(said.reason.contains("2026年12月1日"), "{}", said.reason);
    assert_eq!(said.papers.len(), 1);
    let case = examine(&world, id).await;
    assert_eq!(
        allowed(&case, "decide").unwrap_err(),
        "approval.hearing_right_runs"
    );

    world.on("2026-11-30");
    let path = format!("{API}/cases/{id}/ask-hearing");
    let body = json!({"version": case["version"], "person": 2, "reason": "影响采光"});
    let stranger = world.clerk().post(&path, &body).await;
    stranger.refused(422, "approval.not_an_interested_person");
    let case = asked(&world, id).await;
    assert_eq!(
        (&case["hearing"]["stage"], &case["hearing"]["hold_by"]),
        (&json!("asked"), &json!("2026-12-28")),
        "twenty working days"
    );
    assert_eq!(
        (&case["state"], &case["light"]),
        (&json!("examining"), &json!("grey"))
    );
    assert_eq!(case["hearing"]["asked"][0]["person"], 0);
    let (_, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(said.reason, "", "why somebody asks stays in the office");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_called_in_time_and_nobody_presides_over_his_own_examination() {
    let world = World::new().await;
    let id = told(&world).await;
    examine(&world, id).await;
    world.on("2026-11-30");
    let case = asked(&world, id).await;
    world.on("2026-12-01");
    let path = format!("{API}/cases/{id}/call-hearing");
    let porter = json!(Uuid::from_u128(PORTER));
    for (day, presider, status, code) in [
        ("2026-12-09", staff(3), 422, "hearing_notice_short"),
        ("2026-12-29", staff(3), 422, "hearing_too_late"),
        ("2026-12-10", staff(1), 409, "presider_examined"),
        ("2026-12-10", porter, 422, "not_a_colleague"),
    ] {
        let mut body = call(day, presider);
        body["version"] = case["version"].clone();
        let answer = world.clerk().post(&path, &body).await;
        answer.refused(status, &format!("approval.{code}"));
    }
    let body = call("2026-12-10", staff(3));
    let case = command(&world.clerk(), id, "call-hearing", body).await;
    assert_eq!(case["hearing"]["session"]["presider"], "测试3");
    assert!(titles(&case).contains(&"听证通知书"));
    let (_, said, _) = world.said(NUMBER).await.pop().unwrap();
    let told = "听证时间：2026年12月10日 09:30。地点：三楼会议室。主持人：测试3。";
    assert!(said.reason.contains(told), "{}", said.reason);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_held_before_the_decision_and_its_time_does_not_count() {
    let world = World::new().await;
    let id = told(&world).await;
    examine(&world, id).await;
    world.on("2026-11-30");
    asked(&world, id).await;
    world.on("2026-12-01");
    let body = call("2026-12-10", staff(3));
    let case = command(&world.clerk(), id, "call-hearing", body).await;
    let clerk = world.clerk();
    let early = hold(&clerk, id, &case["version"]).await;
    early.refused(409, "approval.hearing_ahead");
    world.on("2026-12-10");
    let url = format!("{API}/cases/{id}/hold-hearing");
    let words = [("words", "双方同意加装净化设备")];
    let bare = format!("{url}?version={}", case["version"]);
    let bare = clerk.multipart_of(&bare, &words, &NO_FILES).await;
    bare.refused(422, "approval.hearing_record_missing");
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "听证笔录.pdf", PDF)];
    let unseen = clerk.multipart_of(&url, &words, &sheet).await;
    unseen.refused(422, "approval.version_missing");
    let held = hold(&clerk, id, &case["version"]).await.ok();
    assert_eq!(held["hearing"]["stage"], "held");
    assert_ne!(held["light"], "grey");
    let date = |kind: &str| {
        let clocks = held["clocks"]["clocks"].as_array().unwrap();
        clocks.iter().find(|clock| clock["kind"] == kind).unwrap()["due"].clone()
    };
    // 11-30 to 12-10 do not count.
    assert_eq!(
        (date("promised"), date("legal")),
        (json!("2026-12-14"), json!("2026-12-21"))
    );
    let file = held["hearing"]["files"][0]["id"].as_str().unwrap();
    let path = format!("{API}/cases/{id}/hearing/files/{file}");
    let opened = clerk.get(&path).await;
    assert_eq!((opened.status.as_u16(), &opened.bytes[..]), (200, PDF));
    let body = json!({"result": "denied", "reason": "根据听证笔录"});
    let case = command(&world.head(), id, "decide", body).await;
    assert_eq!(case["state"], "decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_nobody_uses_or_that_is_given_up_holds_up_nothing() {
    let world = World::new().await;
    let id = told(&world).await;
    let case = examine(&world, id).await;
    assert!(allowed(&case, "decide").is_err());
    world.on("2026-12-02");
    let late = json!({"version": case["version"], "reason": "晚了"});
    world
        .clerk()
        .post(&format!("{API}/cases/{id}/ask-hearing"), &late)
        .await
        .refused(409, "approval.hearing_asked_late");
    let case = world.head().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(case["hearing"]["unasked"], true);
    assert_eq!(allowed(&case, "decide"), Ok(()));

    // Told anew, asked for by the applicant, taken back: the terms go on.
    let persons = json!({"persons": [{"name": "王示例", "contact": "1"}], "reason": "另有相邻"});
    command(&world.clerk(), id, "tell-hearing-right", persons).await;
    let asked = command(
        &world.clerk(),
        id,
        "ask-hearing",
        json!({"reason": "申请人要求"}),
    )
    .await;
    assert_eq!(asked["hearing"]["asked"][0]["person"], Value::Null);
    assert_ne!(asked["clocks"]["paused_since"], Value::Null);
    let body = json!({"retreat": "all", "reason": "申请人和利害关系人书面放弃"});
    let case = command(&world.clerk(), id, "waive-hearing", body).await;
    assert_eq!(case["hearing"]["stage"], "waived");
    assert_eq!(case["clocks"]["paused_since"], Value::Null);
    let case = world.head().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&case, "decide"), Ok(()));
}
