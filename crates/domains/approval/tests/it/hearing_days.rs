//! Hearings by the days that a clerk enters, with several who ask, and before a presider who stays apart;
//! what the package of such a case holds.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client, clerk, head};
use uuid::Uuid;

use crate::archive;
use crate::export::records;
use crate::world::{API, OURS, REGISTRATION, World, allowed, command, department};

const NUMBER: &str = "430102202611240000521";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

fn colleague(world: &World, n: u128) -> Client {
    world.app.as_actor(clerk(n, &department(OURS)))
}

async fn give(world: &World, id: Uuid, verb: &str, body: Value) -> Value {
    command(&world.clerk(), id, verb, body).await
}

/// As the command, refused.
async fn refused(world: &World, id: Uuid, verb: &str, mut body: Value) -> Answer {
    body["version"] = world.case(id).await["version"].clone();
    let url = format!("{API}/cases/{id}/{verb}");
    world.clerk().post(&url, &body).await
}

/// Accepted on Tuesday 2026-11-24; two neighbours told on that day can ask until 12-01.
async fn told(world: &World) -> Uuid {
    world.on("2026-11-24");
    let id = world.submit(NUMBER, REGISTRATION).await;
    give(world, id, "accept", json!({})).await;
    give(world, id, "tell-hearing-right", neighbours()).await;
    id
}

fn neighbours() -> Value {
    json!({"persons": [{"name": "李示例", "contact": "13800000000", "interest": "相邻"},
        {"name": "李某例", "contact": "13800000001"}], "reason": "排烟口正对邻居的窗户"})
}

async fn examine(world: &World, id: Uuid) {
    for client in [world.clerk(), world.head()] {
        let url = format!("{API}/cases/{id}");
        while allowed(&client.get(&url).await.ok(), "step").is_ok() {
            let body = json!({"outcome": "pass", "opinion": "同意"});
            command(&client, id, "step", body).await;
        }
    }
}

async fn as_head(world: &World, id: Uuid) -> Value {
    world.head().get(&format!("{API}/cases/{id}")).await.ok()
}

/// At half past nine, before a colleague.
fn call(day: &str, presider: u128) -> Value {
    let presider = clerk(presider, &department(OURS)).id;
    json!({"held_at": format!("{day}T01:30:00Z"), "place": "三楼会议室", "presider_id": presider})
}

async fn hold(world: &World, id: Uuid) -> Answer {
    let version = world.case(id).await["version"].clone();
    let url = format!("{API}/cases/{id}/hold-hearing?version={version}");
    let words = [("words", "双方同意加装净化设备")];
    let sheets: [(&str, &str, &[u8]); 2] = [
        ("file", "李示例笔录1.pdf", PDF),
        ("file", "李示例笔录2.pdf", PDF),
    ];
    world.clerk().multipart_of(&url, &words, &sheets).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_posted_on_the_last_day_is_in_time_when_it_arrives() {
    let world = World::new().await;
    let id = told(&world).await;
    examine(&world, id).await;
    world.on("2026-12-02");
    assert_eq!(allowed(&world.case(id).await, "ask_hearing"), Ok(()));
    for (on, code) in [
        ("2026-12-02", "approval.hearing_asked_late"),
        ("2026-12-03", "approval.hearing_day_wrong"),
        ("2026-11-23", "approval.hearing_day_wrong"),
        ("1900-01-01", "approval.hearing_day_wrong"),
    ] {
        let body = json!({"person": 0, "asked_on": on, "reason": "影响采光"});
        let answer = refused(&world, id, "ask-hearing", body).await;
        let status = if code.ends_with("late") { 409 } else { 422 };
        answer.refused(status, code);
    }
    let body = json!({"person": 0, "asked_on": "2026-12-01", "reason": "影响采光"});
    let case = give(&world, id, "ask-hearing", body).await;
    let asked = &case["hearing"]["asked"][0];
    assert_eq!(asked["on"], "2026-12-01");
    assert_eq!(asked["at"], "2026-12-02T02:00:00Z", "when it was entered");
    assert_eq!(
        case["hearing"]["hold_by"], "2026-12-29",
        "twenty working days from the request"
    );
    let event = case["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(event["done_on"], "2026-12-01");
    let case = as_head(&world, id).await;
    assert_eq!(
        allowed(&case, "decide").unwrap_err(),
        "approval.hearing_not_held"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_run_from_the_telling_and_are_told_anew_where_it_was_later() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = world.submit(NUMBER, REGISTRATION).await;
    give(&world, id, "accept", json!({})).await;
    world.on("2026-11-26");
    for day in ["2026-11-23", "2026-11-27", "9999-01-01"] {
        let mut body = neighbours();
        body["told_on"] = json!(day);
        let answer = refused(&world, id, "tell-hearing-right", body).await;
        answer.refused(422, "approval.hearing_day_wrong");
    }
    let mut body = neighbours();
    body["told_on"] = json!("2026-11-25");
    let case = give(&world, id, "tell-hearing-right", body).await;
    assert_eq!(case["hearing"]["told_on"], "2026-11-25");
    assert_eq!(case["hearing"]["ask_by"], "2026-12-02");

    // The notice reached the last of them on 11-30; somebody had been forgotten.
    world.on("2026-11-30");
    let more = json!({"persons": [{"name": "王示例", "contact": "1"}], "reason": "另有相邻"});
    let case = give(&world, id, "tell-hearing-right", more).await;
    let hearing = &case["hearing"];
    assert_eq!(hearing["persons"].as_array().unwrap().len(), 3);
    assert_eq!(hearing["ask_by"], "2026-12-07");
    let nobody = json!({"persons": [], "told_on": "2026-11-26", "reason": "更正"});
    let case = give(&world, id, "tell-hearing-right", nobody).await;
    assert_eq!(case["hearing"]["ask_by"], "2026-12-07", "no day is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_first_has_asked_before_the_last_was_told() {
    let world = World::new().await;
    let id = told(&world).await;
    world.on("2026-11-30");
    let late = json!({"persons": [{"name": "王示例", "contact": "1"}], "reason": "另有相邻"});
    give(&world, id, "tell-hearing-right", late).await;
    let ask = |on: &str| json!({"person": 0, "asked_on": on, "reason": "影响采光"});
    let before = refused(&world, id, "ask-hearing", ask("2026-11-23")).await;
    before.refused(422, "approval.hearing_day_wrong");
    let case = give(&world, id, "ask-hearing", ask("2026-11-26")).await;
    let hearing = &case["hearing"];
    assert_eq!(
        (&hearing["told_on"], &hearing["asked"][0]["on"]),
        (&json!("2026-11-30"), &json!("2026-11-26"))
    );
    assert_eq!(hearing["hold_by"], "2026-12-24", "from the postmark on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_asker_keeps_the_hearing_when_the_first_takes_his_request_back() {
    let world = World::new().await;
    let id = told(&world).await;
    examine(&world, id).await;
    world.on("2026-11-25");
    let ask = |person: u32| json!({"person": person, "reason": "影响采光"});
    give(&world, id, "ask-hearing", ask(0)).await;
    let twice = refused(&world, id, "ask-hearing", ask(0)).await;
    twice.refused(409, "approval.hearing_asked_before");
    world.on("2026-11-26");
    let case = give(&world, id, "ask-hearing", ask(1)).await;
    assert_eq!(case["hearing"]["asked"].as_array().unwrap().len(), 2);
    assert_eq!(case["hearing"]["hold_by"], "2026-12-23", "the first counts");

    world.on("2026-11-27");
    let back = |person: u32| json!({"retreat": "asker", "person": person, "reason": "书面撤回"});
    let case = give(&world, id, "waive-hearing", back(0)).await;
    assert_eq!(case["hearing"]["stage"], "asked");
    assert_eq!(case["hearing"]["hold_by"], "2026-12-24");
    assert_ne!(case["clocks"]["paused_since"], Value::Null);
    let stranger = refused(&world, id, "waive-hearing", back(0)).await;
    stranger.refused(422, "approval.not_an_asker");

    // The second too: the applicant's days still run.
    let case = give(&world, id, "waive-hearing", back(1)).await;
    let sent = records(&world, id).await;
    let days: Vec<_> = sent
        .special_requests
        .iter()
        .map(|one| one.asked_on)
        .collect();
    assert_eq!(
        days,
        ["2026-11-25", "2026-11-26"].map(|day| day.parse().ok())
    );
    let ends: Vec<_> = sent.special_results.iter().map(|one| one.request).collect();
    let asked = sent.special_requests.iter().map(|one| Some(one.sequence));
    assert_eq!(ends, asked.collect::<Vec<_>>(), "each his own");
    assert_eq!(case["hearing"]["stage"], "told");
    assert_eq!(case["clocks"]["paused_since"], Value::Null);
    let decide = allowed(&as_head(&world, id).await, "decide");
    assert_eq!(decide.unwrap_err(), "approval.hearing_right_runs");
    let up = allowed(&as_head(&world, id).await, "report_up");
    assert_eq!(up.unwrap_err(), "approval.hearing_right_runs");
    let case = give(&world, id, "ask-hearing", json!({"reason": "申请人要求"})).await;
    assert_eq!(case["hearing"]["stage"], "asked");
    let up = json!({"organ": "市局", "reason": "初审同意", "version": case["version"]});
    let url = format!("{API}/cases/{id}/report-up");
    let forgotten = world.head().post(&url, &up).await;
    forgotten.refused(409, "approval.hearing_not_held");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_presides_does_not_become_the_handler() {
    let world = World::new().await;
    let id = told(&world).await;
    examine(&world, id).await;
    let handler = world.case(id).await["handler"].clone();
    let presider = colleague(&world, 3);
    world.on("2026-11-30");
    command(&presider, id, "ask-hearing", json!({"reason": "要求听证"})).await;
    world.on("2026-12-01");
    command(&presider, id, "call-hearing", call("2026-12-10", 3)).await;
    // He has to put it off, and is no examiner for that.
    world.on("2026-12-03");
    let case = command(&presider, id, "call-hearing", call("2026-12-16", 3)).await;
    assert_eq!(case["handler"], handler);
    world.on("2026-12-16");
    let held = hold(&world, id).await.ok();
    assert_eq!(
        (&held["hearing"]["stage"], &held["handler"]),
        (&json!("held"), &handler)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presider_who_gets_the_case_meanwhile_does_not_hold_the_hearing() {
    let world = World::new().await;
    let id = told(&world).await;
    world.on("2026-11-30");
    give(&world, id, "ask-hearing", json!({"reason": "要求听证"})).await;
    world.on("2026-12-01");
    give(&world, id, "call-hearing", call("2026-12-10", 3)).await;
    let step = json!({"outcome": "pass", "opinion": "同意"});
    command(&colleague(&world, 3), id, "step", step).await;
    world.on("2026-12-10");
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "hold_hearing").unwrap_err(),
        "approval.presider_examined_since"
    );
    let held = hold(&world, id).await;
    held.refused(409, "approval.presider_examined_since");
    give(&world, id, "call-hearing", call("2026-12-22", 4)).await;
    world.on("2026-12-22");
    assert_eq!(hold(&world, id).await.ok()["hearing"]["stage"], "held");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_presides_whose_place_was_taken_in_the_examination() {
    let world = World::new().await;
    let id = told(&world).await;
    let absent = clerk(3, &department(OURS));
    let mut deputy = head(2, &department(OURS));
    deputy.deputy_of = vec![tb_kernel::Deputised {
        id: absent.id,
        name: absent.name,
        roles: absent.roles,
        arranged_by: absent.id,
    }];
    let step = json!({"outcome": "pass", "opinion": "同意"});
    command(&world.app.as_actor(deputy), id, "step", step).await;
    world.on("2026-11-30");
    give(&world, id, "ask-hearing", json!({"reason": "要求听证"})).await;
    let answer = refused(&world, id, "call-hearing", call("2026-12-10", 3)).await;
    answer.refused(409, "approval.presider_examined");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_said_is_read_in_clear_only() {
    let world = World::new().await;
    let id = told(&world).await;
    world.on("2026-11-30");
    let body = json!({"person": 0, "reason": "李示例家影响采光"});
    give(&world, id, "ask-hearing", body).await;
    give(&world, id, "call-hearing", call("2026-12-09", 3)).await;
    world.on("2026-12-09");
    let held = hold(&world, id).await.ok();
    for secret in ["李示例", "13800000000", "影响采光", "净化设备"] {
        assert!(!held.to_string().contains(secret), "{secret}");
    }
    assert_eq!(held["hearing"]["record"], "***");
    assert_eq!(held["hearing"]["files"][0]["file_name"], "***.pdf");
    let clear = format!("{API}/cases/{id}?unmask=true");
    let clear = world.clerk().get(&clear).await.ok();
    assert_eq!(clear["hearing"]["record"], "双方同意加装净化设备");
    assert_eq!(clear["hearing"]["asked"][0]["grounds"], "李示例家影响采光");
    assert_eq!(clear["hearing"]["persons"][0]["interest"], "相邻");
    let last = clear["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["reason"], "双方同意加装净化设备");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_of_a_case_with_a_hearing_has_its_record() {
    let world = archive::world().await;
    let id = told(&world).await;
    examine(&world, id).await;
    world.on("2026-12-02");
    let body = json!({"person": 0, "asked_on": "2026-12-01", "reason": "影响采光"});
    give(&world, id, "ask-hearing", body).await;
    give(&world, id, "call-hearing", call("2026-12-11", 3)).await;
    world.on("2026-12-11");
    hold(&world, id).await.ok();
    let denied = json!({"result": "denied", "reason": "根据听证笔录"});
    command(&world.head(), id, "decide", denied).await;
    give(&world, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    give(&world, id, "deliver", own).await;
    let list = archive::packed(&world, &[id]).await;
    let entry = archive::shown(&world, &list).await["entries"][0].clone();
    let package = archive::package(&world.head(), &entry).await;
    let files = archive::checked(&package).manifest.files;
    let sheets: Vec<(&str, &str)> = files
        .iter()
        .filter(|file| file.path.starts_with("听证/"))
        .map(|file| (file.kind.as_str(), file.original.as_str()))
        .collect();
    assert_eq!(
        sheets,
        [("听证", "李示例笔录1.pdf"), ("听证", "李示例笔录2.pdf")]
    );
    let process = archive::text(&package, "办理过程/办理过程.html");
    for said in [
        "利害关系人1：李示例，13800000000，相邻",
        "告知日期：2026-11-24",
        "利害关系人1于2026-12-01提出",
        "主持人：测试3",
        "双方同意加装净化设备",
    ] {
        assert!(process.contains(said), "{said} is not in {process}");
    }
    let data = archive::text(&package, "办理过程/办理过程数据.json");
    let events: Value = serde_json::from_str(&data).unwrap();
    let mut events = events.as_array().unwrap().iter();
    let asked = events.find(|event| event["kind"] == "hearing_asked");
    assert_eq!(asked.unwrap()["detail"]["hearing"]["day"], "2026-12-01");
}
