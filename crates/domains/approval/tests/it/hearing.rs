//! Hearings of interested persons: the right told, asked for in time, called, held, and what stands
//! still meanwhile.

use serde_json::{Value, json};
use tb_testkit::clerk;
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

fn call(at: &str, presider: Value) -> Value {
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

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_touched_is_heard_before_the_decision() {
    let world = World::new().await;
    let id = told(&world).await;
    let case = world.case(id).await;
    let hearing = &case["hearing"];
    assert_eq!(
        (&hearing["stage"], &hearing["ask_by"]),
        (&json!("told"), &json!("2026-12-01"))
    );
    assert_eq!(hearing["persons"][0]["name"], "李*例", "masked");
    assert_eq!(hearing["persons"][0]["contact"], "***");
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
    world
        .clerk()
        .post(&path, &body)
        .await
        .refused(422, "approval.not_an_interested_person");
    let asked = json!({"person": 0, "reason": "影响采光"});
    let case = command(&world.clerk(), id, "ask-hearing", asked).await;
    assert_eq!(
        (&case["hearing"]["stage"], &case["hearing"]["hold_by"]),
        (&json!("asked"), &json!("2026-12-28")),
        "twenty working days"
    );
    assert_eq!(
        (&case["state"], &case["light"]),
        (&json!("examining"), &json!("grey"))
    );
    assert_eq!(case["hearing"]["asked_by"], "李*例");
    let (_, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(said.reason, "", "why somebody asks stays in the office");

    // Seven working days' notice, and nobody presides over his own examination.
    world.on("2026-12-01");
    let path = format!("{API}/cases/{id}/call-hearing");
    for (at, presider, status, code) in [
        (
            "2026-12-09T01:30:00Z",
            staff(3),
            422,
            "approval.hearing_notice_short",
        ),
        (
            "2026-12-29T01:30:00Z",
            staff(3),
            422,
            "approval.hearing_too_late",
        ),
        (
            "2026-12-10T01:30:00Z",
            staff(1),
            409,
            "approval.presider_examined",
        ),
        (
            "2026-12-10T01:30:00Z",
            json!(Uuid::from_u128(PORTER)),
            422,
            "approval.not_a_colleague",
        ),
    ] {
        let mut body = call(at, presider);
        body["version"] = case["version"].clone();
        world.clerk().post(&path, &body).await.refused(status, code);
    }
    let case = command(
        &world.clerk(),
        id,
        "call-hearing",
        call("2026-12-10T01:30:00Z", staff(3)),
    )
    .await;
    assert_eq!(case["hearing"]["session"]["presider"], "测试3");
    assert!(titles(&case).contains(&"听证通知书"));
    let (_, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert!(
        said.reason.contains("2026年12月10日 9:30") || said.reason.contains("2026年12月10日 09:30"),
        "{}",
        said.reason
    );

    let url = |version: &Value| format!("{API}/cases/{id}/hold-hearing?version={version}");
    let words = [("words", "双方同意加装净化设备")];
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "听证笔录.pdf", PDF)];
    world
        .clerk()
        .multipart_of(&url(&case["version"]), &words, &sheet)
        .await
        .refused(409, "approval.hearing_ahead");
    world.on("2026-12-10");
    world
        .clerk()
        .multipart_of(&url(&case["version"]), &words, &NO_FILES)
        .await
        .refused(422, "approval.hearing_record_missing");
    let held = world
        .clerk()
        .multipart_of(&url(&case["version"]), &words, &sheet)
        .await
        .ok();
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
    let opened = world
        .clerk()
        .get(&format!("{API}/cases/{id}/hearing/files/{file}"))
        .await;
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
    assert_eq!(asked["hearing"]["asked_by"], Value::Null);
    assert_eq!(asked["light"], "grey");
    let body = json!({"reason": "书面撤回听证申请"});
    let case = command(&world.clerk(), id, "waive-hearing", body).await;
    assert_eq!(case["hearing"]["stage"], "waived");
    assert_ne!(case["light"], "grey");
    let case = world.head().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&case, "decide"), Ok(()));
}
