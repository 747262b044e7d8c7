//! Departments.

use serde_json::json;
use tb_testkit::{citizen, head};

use crate::{API, OFFICE, admin, city, names, office, with_departments};

#[tokio::test]
async fn departments_are_listed_by_region_and_name() {
    let app = city().await;
    let get = async |query: &str| {
        app.client()
            .get(&format!("{API}/departments?{query}"))
            .await
            .ok()
    };
    let district = get("region=430102&limit=100").await;
    assert!(
        district["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["region"].as_str().unwrap().starts_with("430102"))
    );
    let found = get("region=430102&q=%E4%BA%BA%E5%8A%9B").await;
    assert_eq!(names(&found), ["芙蓉区人力资源和社会保障局"]);
    let row = &found["items"][0];
    assert_eq!(
        (&row["code"], &row["kind"], &row["enabled"]),
        (&json!(OFFICE), &json!("department"), &json!(true))
    );
    assert!(
        row["items"].as_u64().unwrap() >= 2,
        "失业登记 and more: {row}"
    );

    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = get(&format!("limit=10{cursor}")).await;
        seen.extend(names(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 43);
}

#[tokio::test]
async fn a_department_is_created_and_changed_with_its_version() {
    let app = with_departments().await;
    let admin = admin(&app);
    let path = format!("{API}/manage/departments");
    let body = json!({"code": "11430102TB0000099X", "name": " ", "region": "430102"});
    let problem = admin
        .post(&path, &body)
        .await
        .refused(422, "catalogue.department_invalid");
    let places: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(places, ["/name", "/code"]);
    let taken = json!({"code": OFFICE, "name": "另一局", "region": "430102"});
    admin
        .post(&path, &taken)
        .await
        .refused(409, "catalogue.code_taken");
    let made = admin
        .post(
            &path,
            &json!({"code": "11511301008778183N", "name": "新设局", "region": "430102"}),
        )
        .await
        .ok();
    assert_eq!(
        (&made["version"], &made["enabled"], &made["short_name"]),
        (&json!(1), &json!(false), &json!("新设局"))
    );

    let one = format!("{path}/11511301008778183N");
    let change = json!({"version": 1, "name": "新设局", "short_name": "新局", "region": "430102", "enabled": true});
    let saved = admin.put(&one, &change).await.ok();
    assert_eq!(
        (&saved["version"], &saved["enabled"]),
        (&json!(2), &json!(true))
    );
    let problem = admin
        .put(&one, &change)
        .await
        .refused(409, "catalogue.stale_version");
    assert_eq!(problem["args"]["by"], "测试1");
    admin
        .put(&format!("{path}/NONE"), &change)
        .await
        .refused(404, "catalogue.department_not_found");
    for client in [
        app.as_actor(citizen(2)),
        app.as_actor(head(3, &office(&app, OFFICE).await)),
    ] {
        client
            .put(&one, &change)
            .await
            .refused(403, "http.forbidden");
    }
}

#[tokio::test]
async fn of_two_who_create_the_same_department_at_once_one_is_told() {
    let app = with_departments().await;
    let (one, two) = (admin(&app), app.as_actor(tb_testkit::administrator(2)));
    let path = format!("{API}/manage/departments");
    let body = json!({"code": "11511301008778183N", "name": "新设局", "region": "430102"});
    let (first, second) = tokio::join!(one.post(&path, &body), two.post(&path, &body));
    let loser = if first.status.is_success() {
        second
    } else {
        first
    };
    loser.refused(409, "catalogue.code_taken");
}

#[tokio::test]
async fn of_two_who_save_at_once_the_slower_is_told_who_was_faster() {
    let app = with_departments().await;
    let path = format!("{API}/manage/departments/{OFFICE}");
    let view = app
        .client()
        .get(&format!(
            "{API}/departments?q=%E4%BA%BA%E5%8A%9B&region=430102"
        ))
        .await
        .ok();
    let before = view["items"][0]["version"].as_i64().unwrap();
    for round in 0..10 {
        let (one, two) = (admin(&app), app.as_actor(tb_testkit::administrator(2)));
        let body = json!({"version": before + round, "name": format!("局 {round}"), "region": "430102", "enabled": true});
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
