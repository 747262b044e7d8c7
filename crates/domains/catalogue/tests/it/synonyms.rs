//! Words that count as the same: kept by an administrator, in force at once, in every process.

use serde_json::{Value, json};
use tb_testkit::{administrator, operator};

use crate::browsing::encode;
use crate::freshness::{beside, get, half_a_second};
use crate::{API, admin, by, city, names};
use tb_catalogue::seed;

const SYNONYMS: &str = "/api/v1/catalogue/manage/synonyms";

/// The names of what a search finds.
async fn find(app: &tb_testkit::TestApp, typed: &str) -> Vec<String> {
    let list = search(app, typed).await;
    names(&list).into_iter().map(str::to_owned).collect()
}

async fn search(app: &tb_testkit::TestApp, typed: &str) -> Value {
    let path = format!("{API}/items?facets=true&q={}", encode(typed));
    app.client().get(&path).await.ok()
}

#[tokio::test]
async fn a_group_is_in_force_when_it_is_saved_and_no_longer_when_it_is_removed() {
    let app = city().await;
    let other = beside(&app).await;
    assert!(
        !find(&app, "啖食牌")
            .await
            .contains(&"食品经营许可".to_owned())
    );
    let body = json!({"words": ["啖食牌", " 食品经营许可 ", "啖食牌"], "note": "群众常用"});
    let group = admin(&app).post(SYNONYMS, &body).await.ok();
    assert_eq!(group["words"], json!(["啖食牌", "食品经营许可"]));
    assert_eq!(find(&app, "啖食牌").await[0], "食品经营许可");
    half_a_second().await;
    let path = "/items?q=%E5%95%96%E9%A3%9F%E7%89%8C";
    assert_eq!(
        names(&get(&other, path).await.1)[0],
        "食品经营许可",
        "another process"
    );

    let id = group["id"].as_str().unwrap();
    let body = json!({"version": 1, "words": ["饕餮簿", "食品经营许可"]});
    let path = format!("{SYNONYMS}/{id}");
    let saved = admin(&app).put(&path, &body).await.ok();
    assert_eq!(find(&app, "饕餮簿").await[0], "食品经营许可");
    admin(&app)
        .put(&path, &body)
        .await
        .refused(409, "catalogue.stale_version");
    let remove = format!("{path}/remove");
    admin(&app)
        .post(&remove, &json!({"version": 1}))
        .await
        .refused(409, "catalogue.stale_version");
    admin(&app)
        .post(&remove, &json!({"version": saved["version"]}))
        .await
        .ok();
    assert!(
        !find(&app, "饕餮簿")
            .await
            .contains(&"食品经营许可".to_owned())
    );
    admin(&app)
        .post(&remove, &json!({"version": 2}))
        .await
        .refused(404, "catalogue.synonym_not_found");
}

#[tokio::test]
async fn what_is_wrong_with_a_group_is_named() {
    let app = city().await;
    let admin = admin(&app);
    admin
        .post(SYNONYMS, &json!({"words": ["驾照", "驾驶证"]}))
        .await
        .ok();
    for (words, path, code) in [
        (json!(["社保"]), "/words", "synonym_few"),
        (json!(["社保", "保"]), "/words/1", "synonym_length"),
        (json!(["车本", "驾照"]), "/words/1", "synonym_taken"),
    ] {
        let problem = admin
            .post(SYNONYMS, &json!({"words": words}))
            .await
            .refused(422, "catalogue.synonym_invalid");
        let field = &problem["fields"][0];
        assert_eq!(field["path"], path);
        assert_eq!(field["code"], format!("catalogue.field.{code}"));
        assert!(!field["message"].as_str().unwrap().contains("catalogue."));
    }
    let list = admin
        .get(&format!("{SYNONYMS}?q=%E9%A9%BE%E7%85%A7"))
        .await
        .ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let operator = app.as_actor(operator(3, "430102"));
    operator.get(SYNONYMS).await.refused(403, "http.forbidden");
}

#[tokio::test]
async fn common_words_are_added_where_no_group_has_them() {
    let app = city().await;
    let admin = admin(&app);
    admin
        .post(SYNONYMS, &json!({"words": ["社保卡", "一卡通"]}))
        .await
        .ok();
    let path = format!("{SYNONYMS}/common");
    let added = admin.post(&path, &json!({})).await.ok()["added"]
        .as_u64()
        .unwrap();
    assert!(added > 40, "{added}");
    assert_eq!(admin.post(&path, &json!({})).await.ok()["added"], 0);
    assert_eq!(find(&app, "老人证").await[0], "老年人优待证办理");
    let other = city().await;
    let many = seed::seed_synonyms(other.store(), &by(&other))
        .await
        .unwrap();
    assert_eq!(many, added + 1);
}

#[tokio::test]
async fn of_two_who_give_one_word_to_two_groups_one_is_told() {
    let app = city().await;
    let (one, two) = (
        app.as_actor(administrator(1)),
        app.as_actor(administrator(2)),
    );
    for round in 0..5 {
        let body =
            |side: &str| json!({"words": [format!("同词{round}"), format!("{side}{round}")]});
        let (left, right) = (body("左边"), body("右边"));
        let (first, second) = tokio::join!(one.post(SYNONYMS, &left), two.post(SYNONYMS, &right));
        let good = [&first, &second]
            .iter()
            .filter(|answer| answer.status.is_success())
            .count();
        assert_eq!(good, 1, "round {round}");
    }
}

#[tokio::test]
async fn a_slip_is_forgiven_and_said_and_kinds_are_counted() {
    let app = city().await;
    let list = search(&app, "失业登计").await;
    assert!(names(&list).contains(&"失业登记"), "{list}");
    assert_eq!(list["meant"][0], "失业登记");
    let facets = list["facets"].as_array().unwrap();
    for name in ["department", "audience", "item_type"] {
        assert!(facets.iter().any(|facet| facet["name"] == name), "{name}");
    }
    let exact = search(&app, "失业登记").await;
    assert_eq!(exact["meant"], json!([]));
}

#[tokio::test]
async fn sentences_of_everyday_words_find_what_they_mean() {
    let app = city().await;
    seed::seed_synonyms(app.store(), &by(&app)).await.unwrap();
    half_a_second().await;
    assert_eq!(find(&app, "丢了工作").await[0], "失业登记");
    assert_eq!(find(&app, "我想开个饭店").await[0], "食品经营许可");
    assert!(find(&app, "<b>x</b>").await.is_empty());
}
