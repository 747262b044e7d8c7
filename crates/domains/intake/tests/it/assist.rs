//! Help by assistants (帮办代办): asked for, taken, contacted within its term, handed over, closed; and never a
//! look into a draft without the applicant's consent.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tb_kernel::{AccountKind, Actor, Region};
use tb_testkit::{Client, actor, department};

use crate::town::{ITEM, PHONE, Town, agent, complete, draft, fields, path};

pub const ASKED: &str = "/api/v1/intake/assist-requests";
pub const DESK: &str = "/api/v1/intake/assist-desk/requests";
const DRAFTS: &str = "/api/v1/intake/assist-desk/applications";
pub const NO_CONSENT: &str = "intake.assist_no_consent";
pub const NOT_FOUND: &str = "intake.application_not_found";

/// An assistant of a division.
pub fn assistant(n: u128, region: &str) -> Actor {
    Actor {
        department: Some(department("11430102TB00001322")),
        region: Region::parse(region),
        ..actor(n, AccountKind::Staff, &["assistant"])
    }
}

pub fn ours(town: &Town, n: u128) -> Client {
    town.app.as_actor(assistant(n, "430102"))
}

pub fn help(about: Value) -> Value {
    let mut body = json!({"reason": "看不清屏幕", "phone": PHONE, "preferred": "工作日上午", "place": "online"});
    body.as_object_mut()
        .unwrap()
        .extend(about.as_object().unwrap().clone());
    body
}

pub fn of(request: &Value, rest: &str) -> String {
    format!("{DESK}/{}{rest}", request["id"].as_str().unwrap())
}

pub fn to(draft: &Value, rest: &str) -> String {
    format!("{DRAFTS}/{}{rest}", draft["id"].as_str().unwrap())
}

/// One more step at the desk, from the version that is there.
pub async fn step(desk: &Client, request: &Value, how: &str, more: Value) -> Value {
    let mut body = json!({"version": desk.get(&of(request, "")).await.ok()["version"]});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    desk.post(&of(request, how), &body).await.ok()
}

/// A draft of the first citizen that account 41 helps with; nothing is consented to.
pub async fn taken(town: &Town) -> (Client, Client, Value, Value) {
    let (mine, desk) = (town.person(1), ours(town, 41));
    let draft = complete(&mine).await;
    let asked = mine
        .post(ASKED, &help(json!({"application_id": draft["id"]})))
        .await
        .ok();
    let taken = step(&desk, &asked, "/take", json!({})).await;
    (mine, desk, draft, taken)
}

/// The same with consent.
pub async fn let_in(town: &Town, may: &str) -> (Client, Client, Value, Value) {
    let (mine, desk, draft, request) = taken(town).await;
    consent(&mine, &draft, may).await;
    (mine, desk, draft, request)
}

pub async fn consent(mine: &Client, draft: &Value, may: &str) -> Value {
    let body = json!({"may": may, "until_on": "2026-11-30"});
    mine.put(&path(draft, "/assist-consent"), &body).await.ok()
}

/// How many readings under a permission the audit trail has.
pub async fn readings(town: &Town, action: &str) -> i64 {
    let conn = town.app.store().read();
    let sql = format!(
        "SELECT COUNT(*) AS n FROM platform_audit WHERE action = '{action}' AND result = 'read'"
    );
    let row = conn
        .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    row.unwrap().try_get::<i64>("", "n").unwrap()
}

/// What somebody was told, by kind.
pub async fn kinds(client: &Client) -> Vec<String> {
    let page = client.get("/api/v1/intake/messages").await.ok();
    let all = page["items"].as_array().unwrap().iter();
    let mut kinds: Vec<String> = all
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort_unstable();
    kinds
}

#[tokio::test]
async fn a_request_that_says_too_little_names_its_fields() {
    let town = Town::new().await;
    let blank = json!({"item_code": ITEM, "reason": " ", "phone": "1", "place": "home"});
    let refused = town.person(1).post(ASKED, &blank).await;
    let problem = refused.refused(422, "intake.assist_invalid");
    assert_eq!(
        fields(&problem),
        ["/address", "/ground", "/phone", "/reason"]
    );
}

#[tokio::test]
async fn a_request_is_asked_taken_and_closed() {
    let town = Town::new().await;
    let (mine, desk) = (town.person(1), ours(&town, 41));
    let asked = mine
        .post(ASKED, &help(json!({"item_code": ITEM})))
        .await
        .ok();
    assert_eq!(
        (&asked["state"], &asked["light"]),
        (&json!("open"), &json!("green"))
    );
    mine.post(ASKED, &help(json!({"item_code": ITEM})))
        .await
        .refused(409, "intake.assist_open");

    let line = &desk.get(DESK).await.ok()["items"][0];
    assert_eq!(
        (&line["name"], &line["item_name"]),
        (&json!("欧**甲"), &json!("失业登记"))
    );
    let seen = desk.get(&of(&asked, "")).await.ok();
    assert_eq!(
        (&seen["phone"], &seen["mine"]),
        (&json!("139****0001"), &json!(false))
    );
    let early = json!({"version": 1, "reached": true, "words": "已电话联系"});
    desk.post(&of(&asked, "/contacts"), &early)
        .await
        .refused(409, "intake.assist_not_taken");
    let taken = step(&desk, &asked, "/take", json!({})).await;
    assert_eq!(
        (&taken["phone"], &taken["assistant"]),
        (&json!(PHONE), &json!("测试41"))
    );
    assert_eq!(
        readings(&town, "intake.assist.desk").await,
        0,
        "nothing was read yet"
    );
    desk.get(&of(&asked, "")).await.ok();
    assert_eq!(readings(&town, "intake.assist.desk").await, 1, "now it was");

    let missed = step(
        &desk,
        &asked,
        "/contacts",
        json!({"reached": false, "words": "无人接听"}),
    )
    .await;
    assert_eq!(missed["light"], "green", "trying alone keeps no term");
    let met = step(
        &desk,
        &asked,
        "/contacts",
        json!({"reached": true, "words": "已说明材料"}),
    )
    .await;
    assert_eq!(met["light"], Value::Null);
    let wrong = json!({"version": met["version"], "outcome": "submitted", "words": "已办"});
    desk.post(&of(&asked, "/close"), &wrong)
        .await
        .refused(422, "intake.assist_invalid");
    let over = step(
        &desk,
        &asked,
        "/close",
        json!({"outcome": "solved", "words": "已经说明办法"}),
    )
    .await;
    assert_eq!(
        (&over["state"], &over["outcome"]),
        (&json!("closed"), &json!("solved"))
    );
    assert_eq!(
        noted(&mine, &asked).await,
        ["asked", "contacted", "missed", "solved", "taken"]
    );
    assert_eq!(
        kinds(&mine).await,
        ["assist_closed", "assist_missed", "assist_taken"]
    );
}

/// Kinds of what happened with a request; the clock stands still in tests, and what happens at one moment
/// has no order.
async fn noted(mine: &Client, asked: &Value) -> Vec<String> {
    let own = mine
        .get(&format!("{ASKED}/{}", asked["id"].as_str().unwrap()))
        .await
        .ok();
    let notes = own["notes"].as_array().unwrap().iter();
    let mut kinds: Vec<String> = notes
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort_unstable();
    kinds
}

#[tokio::test]
async fn the_first_contact_has_a_term_and_lights_tell_of_it() {
    let town = Town::new().await;
    let (mine, desk) = (town.person(1), ours(&town, 41));
    let asked = mine
        .post(ASKED, &help(json!({"item_code": ITEM})))
        .await
        .ok();
    let light = async || desk.get(DESK).await.ok()["items"][0]["light"].clone();
    assert_eq!(light().await, "green");
    let due: chrono::NaiveDate = asked["contact_by"].as_str().unwrap().parse().unwrap();
    let days =
        |day: chrono::NaiveDate| (day - tb_kernel::office_time::day(town.app.now())).num_days();
    town.app.clock().advance(chrono::Duration::days(days(due)));
    assert_eq!(light().await, "yellow");
    town.app.clock().advance(chrono::Duration::days(1));
    assert_eq!(light().await, "red");
}

#[tokio::test]
async fn only_assistants_of_the_division_see_a_request_and_one_has_it() {
    let town = Town::new().await;
    let (_, desk, _, request) = taken(&town).await;
    let missing = "intake.assist_not_found";
    let elsewhere = town.app.as_actor(assistant(43, "430103"));
    elsewhere.get(&of(&request, "")).await.refused(404, missing);
    let take = json!({"version": request["version"]});
    elsewhere
        .post(&of(&request, "/take"), &take)
        .await
        .refused(404, missing);
    assert_eq!(elsewhere.get(DESK).await.ok()["items"], json!([]));
    let fellow = ours(&town, 42);
    fellow
        .post(&of(&request, "/take"), &take)
        .await
        .refused(409, "intake.assist_taken");
    let close = json!({"version": request["version"], "outcome": "solved", "words": "好了"});
    fellow
        .post(&of(&request, "/close"), &close)
        .await
        .refused(403, "intake.assist_not_yours");
    let other = town.person(2);
    let theirs = format!("{ASKED}/{}", request["id"].as_str().unwrap());
    other.get(&theirs).await.refused(404, missing);
    other.get(DESK).await.refused(403, "http.forbidden");
    // A step from an older page, and a second one at once.
    let late = json!({"version": 1, "reached": true, "words": "好"});
    desk.post(&of(&request, "/contacts"), &late)
        .await
        .refused(409, "intake.assist_moved");
}

#[tokio::test]
async fn a_request_is_handed_over_and_consent_ends_with_it() {
    let town = Town::new().await;
    let (mine, desk, draft, request) = let_in(&town, "fill").await;
    let fellows = desk.get("/api/v1/intake/assist-desk/assistants").await.ok();
    assert_eq!(
        fellows,
        json!([{"id": tb_testkit::citizen(42).id, "name": "测试42"}])
    );
    let to_clerk = json!({"version": desk.get(&of(&request, "")).await.ok()["version"],
        "successor_id": tb_testkit::citizen(20).id, "words": "请接手"});
    desk.post(&of(&request, "/hand-over"), &to_clerk)
        .await
        .refused(422, "intake.assist_colleague");
    let more = json!({"successor_id": tb_testkit::citizen(42).id, "words": "家住得近"});
    let over = step(&desk, &request, "/hand-over", more).await;
    assert_eq!(
        (&over["assistant"], &over["mine"]),
        (&json!("测试42"), &json!(false))
    );
    assert_eq!(over["consents"][0]["in_force"], false);
    let next = ours(&town, 42);
    next.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
    desk.get(&to(&draft, "")).await.refused(404, NOT_FOUND);
    consent(&mine, &draft, "fill").await;
    next.get(&to(&draft, "")).await.ok();
    // He needs it no longer, and says so.
    step(&next, &request, "/consent/end", json!({})).await;
    next.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
    assert_eq!(
        kinds(&mine).await,
        ["assist_handed_over", "assist_laid_down", "assist_taken"]
    );
}

#[tokio::test]
async fn a_draft_that_comes_later_or_goes_is_no_trouble() {
    let town = Town::new().await;
    let (mine, desk) = (town.person(1), ours(&town, 41));
    let asked = mine
        .post(ASKED, &help(json!({"item_code": ITEM})))
        .await
        .ok();
    step(&desk, &asked, "/take", json!({})).await;
    let draft = draft(&mine).await;
    assert_eq!(draft["assist"]["assistant"], "测试41");
    consent(&mine, &draft, "fill").await;
    let now = desk.get(&of(&asked, "")).await.ok();
    assert_eq!(now["application_id"], draft["id"]);
    mine.delete(&path(&draft, "")).await;
    let now = desk.get(&of(&asked, "")).await.ok();
    assert_eq!(
        (&now["application_id"], &now["state"]),
        (&Value::Null, &json!("taken"))
    );
    desk.get(&to(&draft, "")).await.refused(404, NOT_FOUND);
    let body = json!({"version": now["version"]});
    let own = format!("{ASKED}/{}/withdraw", asked["id"].as_str().unwrap());
    town.person(2)
        .post(&own, &body)
        .await
        .refused(404, "intake.assist_not_found");
    assert_eq!(mine.post(&own, &body).await.ok()["outcome"], "withdrawn");
    mine.post(&own, &body)
        .await
        .refused(409, "intake.assist_closed");
    // An item for people is none to ask about for an enterprise.
    let firm = town.app.as_actor(agent(8));
    firm.post(ASKED, &help(json!({"item_code": ITEM})))
        .await
        .refused(422, "intake.audience_mismatch");
}
