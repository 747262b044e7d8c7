//! An item from its draft through its versions to its end.

use chrono::Duration;
use serde_json::json;

use crate::{API, MANAGE, admin, draft, names, publish, publish_new, submit, with_departments};

const CODE: &str = "TEST-0001";

#[tokio::test]
async fn versions_follow_one_another_and_stay() {
    let app = with_departments().await;
    let admin = admin(&app);
    let saved = admin.post(MANAGE, &json!({"item": draft(CODE)})).await.ok();
    assert_eq!(
        (&saved["status"], &saved["version"]),
        (&json!("draft"), &json!(1))
    );
    app.client()
        .get(&format!("{API}/items/{CODE}"))
        .await
        .refused(404, "catalogue.item_not_found");

    let published = publish(&app, CODE, 1).await;
    assert_eq!(
        (&published["status"], &published["published_version"]),
        (&json!("published"), &json!(1))
    );
    let guide = app.client().get(&format!("{API}/items/{CODE}")).await.ok();
    assert_eq!(
        (&guide["version"], &guide["online"], &guide["name"]),
        (&json!(1), &json!(true), &json!("失业登记"))
    );
    submit(&app, CODE, 2)
        .await
        .refused(409, "catalogue.unchanged");

    app.clock().advance(Duration::hours(1));
    let mut item = draft(CODE);
    item["summary"] = "新的说明".into();
    let saved = admin
        .put(
            &format!("{MANAGE}/{CODE}"),
            &json!({"version": 2, "item": item}),
        )
        .await
        .ok();
    assert_eq!(
        (&saved["changed"], &saved["version"]),
        (&json!(true), &json!(3))
    );
    let still = app.client().get(&format!("{API}/items/{CODE}")).await.ok();
    assert_eq!(
        still["summary"], guide["summary"],
        "a working copy is not public"
    );
    publish(&app, CODE, 3).await;

    let second = app.client().get(&format!("{API}/items/{CODE}")).await.ok();
    assert_eq!(
        (&second["version"], &second["summary"]),
        (&json!(2), &json!("新的说明"))
    );
    let first = app
        .client()
        .get(&format!("{API}/items/{CODE}/versions/1"))
        .await
        .ok();
    assert_eq!(
        (&first["current"], &first["online"], &first["summary"]),
        (&json!(false), &json!(false), &guide["summary"])
    );
    app.client()
        .get(&format!("{API}/items/{CODE}/versions/3"))
        .await
        .refused(404, "catalogue.version_not_found");
}

#[tokio::test]
async fn versions_are_listed_and_compared() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let admin = admin(&app);
    let mut item = draft(CODE);
    item["summary"] = "新的说明".into();
    let body = json!({"version": 2, "item": item});
    admin.put(&format!("{MANAGE}/{CODE}"), &body).await.ok();
    let waiting = admin.get(&format!("{MANAGE}/{CODE}/compare")).await.ok();
    assert_eq!(
        (&waiting["from"], &waiting["to"]),
        (&json!(1), &json!(null))
    );
    assert_eq!(waiting["changes"][0]["path"], "/summary");
    publish(&app, CODE, 3).await;

    let versions = admin.get(&format!("{MANAGE}/{CODE}/versions")).await.ok();
    let numbers: Vec<_> = versions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["version"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [2, 1]);
    let compared = admin
        .get(&format!("{MANAGE}/{CODE}/compare?from=1&to=2"))
        .await
        .ok();
    let changes = compared["changes"].as_array().unwrap();
    let changes: Vec<_> = changes.iter().map(|c| (&c["path"], &c["to"])).collect();
    // The next version has a day of effect of its own.
    assert_eq!(
        changes,
        [
            (&json!("/effective_from"), &json!("2026-11-22")),
            (&json!("/summary"), &json!("新的说明"))
        ],
        "{compared}"
    );
}

#[tokio::test]
async fn a_stale_version_says_who_and_when() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let admin = admin(&app);
    app.clock().advance(Duration::minutes(5));
    let mut item = draft(CODE);
    item["summary"] = "甲".into();
    admin
        .put(
            &format!("{MANAGE}/{CODE}"),
            &json!({"version": 2, "item": item}),
        )
        .await
        .ok();
    for (path, body) in [
        (format!("{MANAGE}/{CODE}/submit"), json!({"version": 2})),
        (
            format!("{MANAGE}/{CODE}/withdraw"),
            json!({"version": 2, "reason": "停用"}),
        ),
    ] {
        let problem = admin
            .post(&path, &body)
            .await
            .refused(409, "catalogue.stale_version");
        assert_eq!(problem["args"]["by"], "测试1");
        assert_eq!(problem["args"]["at"], "2026-11-22T02:05:00.000000Z");
    }
    let problem = admin
        .put(
            &format!("{MANAGE}/{CODE}"),
            &json!({"version": 2, "item": item}),
        )
        .await;
    problem.refused(409, "catalogue.stale_version");
}

#[tokio::test]
async fn a_withdrawn_item_is_gone_for_new_applicants_only() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let admin = admin(&app);
    let path = format!("{MANAGE}/{CODE}/withdraw");
    admin
        .post(&path, &json!({"version": 2, "reason": " "}))
        .await
        .refused(422, "catalogue.draft_invalid");
    admin
        .post(&path, &json!({"version": 2, "reason": "依据废止"}))
        .await
        .ok();
    admin
        .post(&path, &json!({"version": 3, "reason": "依据废止"}))
        .await
        .refused(409, "catalogue.not_published");

    let problem = app
        .client()
        .get(&format!("{API}/items/{CODE}"))
        .await
        .refused(404, "catalogue.item_withdrawn");
    assert_eq!(problem["args"]["name"], "失业登记");
    app.client()
        .post(
            &format!("{API}/items/{CODE}/situation"),
            &json!({"answers": {}}),
        )
        .await
        .refused(404, "catalogue.item_withdrawn");
    let version = app
        .client()
        .get(&format!("{API}/items/{CODE}/versions/1"))
        .await
        .ok();
    assert_eq!(
        (&version["current"], &version["name"]),
        (&json!(false), &json!("失业登记"))
    );
    let list = app.client().get(&format!("{API}/items")).await.ok();
    assert!(names(&list).is_empty());
    let draft = admin.get(&format!("{MANAGE}/{CODE}")).await.ok();
    assert_eq!(draft["versions"][0]["withdrawn_reason"], "依据废止");

    // It can be offered again, as a version of its own.
    let again = publish(&app, CODE, 3).await;
    assert_eq!(again["published_version"], 2);
    app.client().get(&format!("{API}/items/{CODE}")).await.ok();
}

#[tokio::test]
async fn codes_name_one_item_only_and_do_not_change() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let admin = admin(&app);
    admin
        .post(MANAGE, &json!({"item": draft("test0001")}))
        .await
        .refused(409, "catalogue.code_taken");
    let body = json!({"version": 2, "item": draft("TEST-0002")});
    let problem = admin
        .put(&format!("{MANAGE}/{CODE}"), &body)
        .await
        .refused(422, "catalogue.draft_invalid");
    assert_eq!(problem["fields"][0]["code"], "catalogue.field.code_fixed");

    let mut other = draft("TEST-0003");
    other["external_codes"] = json!(["A-1", CODE]);
    admin.post(MANAGE, &json!({"item": other})).await.ok();
    let problem = submit(&app, "TEST-0003", 1)
        .await
        .refused(422, "catalogue.not_publishable");
    assert_eq!(problem["fields"][0]["path"], "/external_codes/1");
    assert_eq!(problem["fields"][0]["message"], "此编码已用于其他事项。");
}

#[tokio::test]
async fn the_same_request_is_answered_once() {
    let app = with_departments().await;
    let once = admin(&app).once("create-item-1");
    let first = once.post(MANAGE, &json!({"item": draft(CODE)})).await.ok();
    let again = once.post(MANAGE, &json!({"item": draft(CODE)})).await.ok();
    assert_eq!(first, again);
    let list = admin(&app).get(MANAGE).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_who_save_an_item_at_once_the_slower_is_told_who_was_faster() {
    let app = with_departments().await;
    publish_new(&app, CODE).await;
    let path = format!("{MANAGE}/{CODE}");
    for round in 0..10_i64 {
        let (one, two) = (admin(&app), app.as_actor(tb_testkit::administrator(2)));
        let mut item = draft(CODE);
        item["summary"] = format!("第 {round} 次").into();
        let body = json!({"version": 2 + round, "item": item});
        let (first, second) = tokio::join!(one.put(&path, &body), two.put(&path, &body));
        let (loser, winner) = if first.status.is_success() {
            (second, "测试1")
        } else {
            (first, "测试2")
        };
        let problem = loser.refused(409, "catalogue.stale_version");
        assert_eq!(problem["args"]["by"], winner);
    }
}
