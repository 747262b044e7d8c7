//! Nobody publishes what he wrote himself; what is approved takes effect at once or on its day.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use tb_testkit::{Client, TestApp, administrator, head, operator};

use crate::{
    API, MANAGE, OFFICE, REVIEWS, UNEMPLOYMENT, admin, city, draft, names, office, publish,
    publish_new, reviewer, submit, with_departments,
};

const CODE: &str = "TEST-0001";
/// The tests begin on 2026-11-22 at 10:00 in Beijing.
const DAY: &str = "2026-12-01";

/// A published item whose working copy says something new, submitted for a day.
async fn changed(app: &TestApp, day: Option<&str>) -> Value {
    publish_new(app, CODE).await;
    let mut item = draft(CODE);
    item["summary"] = "新的说明".into();
    let body = json!({"version": 2, "item": item});
    admin(app)
        .put(&format!("{MANAGE}/{CODE}"), &body)
        .await
        .ok();
    let body = json!({"version": 3, "note": "按新的办法修改说明。", "effective_on": day});
    let path = format!("{MANAGE}/{CODE}/submit");
    admin(app).post(&path, &body).await.ok()
}

async fn decide(by: &Client, review: &Value, verb: &str, more: Value) -> tb_testkit::Answer {
    let mut body = json!({"version": review["version"]});
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let id = review["id"].as_str().unwrap();
    by.post(&format!("{REVIEWS}/{id}/{verb}"), &body).await
}

async fn guide(app: &TestApp) -> Value {
    app.client().get(&format!("{API}/items/{CODE}")).await.ok()
}

/// Runs the job as the jobs' runner does.
async fn run_job(app: &TestApp) {
    for job in app.modules().iter().flat_map(|module| &module.periodic) {
        job.run_once(app.store().clone()).await.unwrap();
    }
}

fn set_clock(app: &TestApp, to: &str) {
    let to: DateTime<Utc> = to.parse().unwrap();
    app.clock().advance(to - app.now());
}

async fn version_events(app: &TestApp) -> usize {
    let events = crate::events::events(app, CODE).await;
    let published = events
        .iter()
        .filter(|event| event.kind == "catalogue.item.published");
    published.count()
}

#[tokio::test]
async fn a_second_person_sees_what_changes_and_approves() {
    let app = with_departments().await;
    let review = changed(&app, None).await;
    assert_eq!(
        (&review["state"], &review["own"]),
        (&json!("waiting"), &json!(true))
    );
    assert_eq!(guide(&app).await["version"], 1, "what waits is not public");

    let second = reviewer(&app);
    let list = second.get(&format!("{REVIEWS}?state=waiting")).await.ok();
    assert_eq!(
        (names(&list), &list["waiting"]),
        (vec!["失业登记"], &json!(1))
    );
    assert_eq!(list["items"][0]["own"], false);
    let id = review["id"].as_str().unwrap();
    let detail = second.get(&format!("{REVIEWS}/{id}")).await.ok();
    assert_eq!(
        (&detail["note"], &detail["base_version"]),
        (&json!("按新的办法修改说明。"), &json!(1))
    );
    assert_eq!(detail["changes"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&detail["changes"][0]["path"], &detail["changes"][0]["to"]),
        (&json!("/summary"), &json!("新的说明"))
    );
    assert_eq!(detail["faults"], json!([]));

    let approved = decide(&second, &review, "approve", json!({"remark": "同意。"}))
        .await
        .ok();
    assert_eq!(
        (&approved["state"], &approved["published_version"]),
        (&json!("published"), &json!(2))
    );
    assert_eq!(guide(&app).await["summary"], "新的说明");
    let item = admin(&app).get(&format!("{MANAGE}/{CODE}")).await.ok();
    assert_eq!(
        (&item["changed"], &item["under_review"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(
        (
            &item["versions"][0]["published_by"],
            &item["review"]["submitted_by"]
        ),
        (&json!("测试2"), &json!("测试1"))
    );
    decide(&second, &approved, "approve", json!({}))
        .await
        .refused(409, "catalogue.review_closed");
}

#[tokio::test]
async fn whoever_wrote_or_submitted_it_does_not_decide() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let path = format!("{MANAGE}/{CODE}");
    for (n, version) in [(3, 2), (4, 3)] {
        let mut item = draft(CODE);
        item["summary"] = format!("第 {n} 人的说明").into();
        let body = json!({"version": version, "item": item});
        app.as_actor(administrator(n)).put(&path, &body).await.ok();
    }
    let review = submit(&app, CODE, 4).await.ok();
    assert_eq!(review["editors"], json!(["测试3", "测试4"]));
    for n in [1, 3, 4] {
        let by = app.as_actor(administrator(n));
        decide(&by, &review, "approve", json!({}))
            .await
            .refused(403, "catalogue.own_review");
        let reason = json!({"reason": "不妥。"});
        decide(&by, &review, "return", reason)
            .await
            .refused(403, "catalogue.own_review");
    }
    decide(&reviewer(&app), &review, "approve", json!({}))
        .await
        .ok();
    // Who had a hand in the last version may decide on the next.
    let mut item = draft(CODE);
    item["summary"] = "再改".into();
    let item = json!({"version": 5, "item": item});
    admin(&app).put(&path, &item).await.ok();
    let next = submit(&app, CODE, 6).await.ok();
    decide(&app.as_actor(administrator(3)), &next, "approve", json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn what_is_returned_can_be_mended_and_submitted_again() {
    let app = with_departments().await;
    let review = changed(&app, None).await;
    let path = format!("{MANAGE}/{CODE}");
    let body = json!({"version": 3, "item": draft(CODE)});
    let problem = admin(&app)
        .put(&path, &body)
        .await
        .refused(409, "catalogue.under_review");
    assert_eq!(problem["args"]["by"], "测试1");
    submit(&app, CODE, 3)
        .await
        .refused(409, "catalogue.under_review");

    let second = reviewer(&app);
    let problem = decide(&second, &review, "return", json!({"reason": "  "}))
        .await
        .refused(422, "catalogue.review_invalid");
    assert_eq!(problem["fields"][0]["path"], "/reason");
    let reason = json!({"reason": "请写明依据的文号。"});
    let returned = decide(&second, &review, "return", reason).await.ok();
    assert_eq!(returned["state"], "returned");
    decide(&second, &review, "approve", json!({}))
        .await
        .refused(409, "catalogue.stale_version");
    decide(&second, &returned, "approve", json!({}))
        .await
        .refused(409, "catalogue.review_closed");

    let read = admin(&app).get(&path).await.ok();
    assert_eq!(read["review"]["reason"], "请写明依据的文号。");
    let mut item = draft(CODE);
    item["summary"] = "按某号文修改的说明".into();
    admin(&app)
        .put(&path, &json!({"version": 3, "item": item}))
        .await
        .ok();
    publish(&app, CODE, 4).await;
    assert_eq!(guide(&app).await["summary"], "按某号文修改的说明");
}

#[tokio::test]
async fn a_version_takes_effect_at_midnight_in_beijing_once() {
    let app = with_departments().await;
    let review = changed(&app, Some(DAY)).await;
    let approved = decide(&reviewer(&app), &review, "approve", json!({}))
        .await
        .ok();
    assert_eq!(
        (&approved["state"], &approved["effective_on"]),
        (&json!("scheduled"), &json!(DAY))
    );
    let before = guide(&app).await;
    assert_eq!(
        (&before["version"], &before["coming_on"]),
        (&json!(1), &json!(DAY))
    );
    let tag = |answer: tb_testkit::Answer| answer.headers["etag"].clone();
    let path = format!("{API}/items/{CODE}");
    let with_day = tag(app.client().get(&path).await);

    set_clock(&app, "2026-11-30T15:59:59Z");
    run_job(&app).await;
    assert_eq!(guide(&app).await["version"], 1, "a second before midnight");
    assert_eq!(version_events(&app).await, 1);
    set_clock(&app, "2026-11-30T16:00:00Z");
    run_job(&app).await;
    run_job(&app).await;
    let after = guide(&app).await;
    assert_eq!(
        (&after["version"], &after["coming_on"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(
        (&after["effective_from"], &after["summary"]),
        (&json!(DAY), &json!("新的说明"))
    );
    assert_ne!(tag(app.client().get(&path).await), with_day);
    assert_eq!(version_events(&app).await, 2, "exactly once");
    let item = admin(&app).get(&format!("{MANAGE}/{CODE}")).await.ok();
    assert_eq!(item["versions"].as_array().unwrap().len(), 2);
    assert_eq!(
        item["versions"][0]["published_by"], "测试2",
        "who approved it answers for it"
    );
    assert_eq!(
        (&item["changed"], &item["review"]["state"]),
        (&json!(false), &json!("published"))
    );
}

#[tokio::test]
async fn two_runs_at_once_publish_one_version() {
    let app = with_departments().await;
    let review = changed(&app, Some(DAY)).await;
    decide(&reviewer(&app), &review, "approve", json!({}))
        .await
        .ok();
    set_clock(&app, "2026-12-02T00:00:00Z");
    let ((), (), ()) = tokio::join!(run_job(&app), run_job(&app), run_job(&app));
    assert_eq!(version_events(&app).await, 2);
    assert_eq!(guide(&app).await["version"], 2);
}

#[tokio::test]
async fn what_is_no_longer_fit_on_its_day_is_kept_back_with_its_faults() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let with_code = |code: &str| {
        let mut item = draft(code);
        item["external_codes"] = json!(["EXT-9"]);
        item
    };
    let path = format!("{MANAGE}/{CODE}");
    let body = json!({"version": 2, "item": with_code(CODE)});
    admin(&app).put(&path, &body).await.ok();
    let review = submit(&app, CODE, 3).await.ok();
    let day = json!({"effective_on": DAY});
    let approved = decide(&reviewer(&app), &review, "approve", day).await.ok();
    // Another item takes the code before the day comes.
    let other = json!({"item": with_code("TEST-0002")});
    admin(&app).post(MANAGE, &other).await.ok();
    publish(&app, "TEST-0002", 1).await;
    set_clock(&app, "2026-12-01T00:00:00Z");
    run_job(&app).await;
    assert_eq!(guide(&app).await["version"], 1);
    assert_eq!(guide(&app).await["coming_on"], Value::Null);
    let id = approved["id"].as_str().unwrap();
    let detail = reviewer(&app).get(&format!("{REVIEWS}/{id}")).await.ok();
    assert_eq!(detail["state"], "failed");
    let fault = &detail["faults"][0];
    assert_eq!(
        (&fault["path"], &fault["message"]),
        (
            &json!("/external_codes/0"),
            &json!("此编码已用于其他事项。")
        )
    );
    // It can be mended and submitted again.
    let item = json!({"version": 3, "item": draft(CODE)});
    admin(&app).put(&path, &item).await.ok();
}

#[tokio::test]
async fn a_coming_version_is_taken_back_or_returned_before_its_day() {
    let app = with_departments().await;
    let review = changed(&app, Some(DAY)).await;
    let approved = decide(&reviewer(&app), &review, "approve", json!({}))
        .await
        .ok();
    let reason = json!({"reason": "上级文件推迟施行。"});
    let back = decide(&admin(&app), &approved, "take-back", reason.clone())
        .await
        .ok();
    assert_eq!(
        (&back["state"], &back["decided_by"]),
        (&json!("taken_back"), &json!("测试2"))
    );
    assert_eq!(guide(&app).await["coming_on"], Value::Null);

    let again = submit(&app, CODE, 3).await.ok();
    let day = json!({"effective_on": "2026-12-05"});
    let approved = decide(&reviewer(&app), &again, "approve", day).await.ok();
    assert_eq!(approved["effective_on"], "2026-12-05");
    decide(&reviewer(&app), &approved, "return", reason)
        .await
        .ok();
    app.clock().advance(Duration::days(30));
    run_job(&app).await;
    assert_eq!(guide(&app).await["version"], 1);
    decide(&admin(&app), &approved, "take-back", json!({}))
        .await
        .refused(409, "catalogue.stale_version");
}

#[tokio::test]
async fn an_item_that_is_withdrawn_takes_its_coming_version_with_it() {
    let app = with_departments().await;
    let review = changed(&app, Some(DAY)).await;
    decide(&reviewer(&app), &review, "approve", json!({}))
        .await
        .ok();
    let body = json!({"version": 3, "reason": "依据废止"});
    admin(&app)
        .post(&format!("{MANAGE}/{CODE}/withdraw"), &body)
        .await
        .ok();
    app.clock().advance(Duration::days(30));
    run_job(&app).await;
    let item = admin(&app).get(&format!("{MANAGE}/{CODE}")).await.ok();
    assert_eq!(
        (&item["status"], &item["review"]["state"]),
        (&json!("withdrawn"), &json!("taken_back"))
    );
}

#[tokio::test]
async fn days_and_words_are_checked() {
    let app = with_departments().await;
    let review = changed(&app, None).await;
    for (more, path, code) in [
        (
            json!({"effective_on": "2026-11-21"}),
            "/effective_on",
            "catalogue.field.day_past",
        ),
        (
            json!({"effective_on": "2206-11-21"}),
            "/effective_on",
            "catalogue.field.day_far",
        ),
        (
            json!({"remark": "长".repeat(501)}),
            "/remark",
            "catalogue.field.too_long",
        ),
    ] {
        let problem = decide(&reviewer(&app), &review, "approve", more)
            .await
            .refused(422, "catalogue.review_invalid");
        assert_eq!(
            (&problem["fields"][0]["path"], &problem["fields"][0]["code"]),
            (&json!(path), &json!(code))
        );
    }
    // Today is at once, and a wish of the submitter can be passed over.
    let today = json!({"effective_on": "2026-11-22"});
    assert_eq!(
        decide(&reviewer(&app), &review, "approve", today)
            .await
            .ok()["state"],
        "published"
    );
}

#[tokio::test]
async fn reviews_are_seen_and_decided_within_reach() {
    let app = city().await;
    let path = format!("{MANAGE}/{UNEMPLOYMENT}");
    let mut item = admin(&app).get(&path).await.ok()["item"].take();
    item["summary"] = "新的说明".into();
    admin(&app)
        .put(&path, &json!({"version": 1, "item": item}))
        .await
        .ok();
    let review = submit(&app, UNEMPLOYMENT, 2).await.ok();
    let at = format!("{REVIEWS}/{}", review["id"].as_str().unwrap());
    let own = office(&app, OFFICE).await;
    let mine = app.as_actor(head(2, &own));
    mine.get(&at).await.ok();
    decide(&mine, &review, "approve", json!({}))
        .await
        .refused(403, "http.forbidden");
    let other = office(&app, "11430100TB000001X1").await;
    app.as_actor(head(3, &other))
        .get(&at)
        .await
        .refused(404, "catalogue.review_not_found");
    let far = app.as_actor(operator(4, "430103"));
    decide(&far, &review, "approve", json!({}))
        .await
        .refused(404, "catalogue.review_not_found");
    assert!(names(&far.get(REVIEWS).await.ok()).is_empty());
    let near = app.as_actor(operator(5, "430102"));
    decide(&near, &review, "approve", json!({})).await.ok();
}
