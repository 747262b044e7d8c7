//! Hot items: counted by insight, pinned by an administrator.

use serde_json::{Value, json};
use tb_contract::events::{ItemCount, ItemsCounted};
use tb_contract::topics;
use tb_storage::NewEvent;
use tb_testkit::{TestApp, operator};

use crate::freshness::half_a_second;
use crate::{API, MANAGE, UNEMPLOYMENT, admin, by, city};

const HOT: &str = "/api/v1/catalogue/manage/hot";
/// 食品经营许可.
const FOOD: &str = "11430102TB0000108H4430199008000";
/// 企业设立登记.
const FIRM: &str = "11430102TB0000108H4430199007000";

/// Insight tells what it has counted.
async fn count(app: &TestApp, version: i64, items: &[(&str, i64)]) {
    let items = items.iter().map(|(code, submitted)| ItemCount {
        code: (*code).to_owned(),
        submitted: *submitted,
    });
    let said = ItemsCounted {
        days: 30,
        items: items.collect(),
    };
    let mut tx = app.store().begin(by(app)).await.unwrap();
    tx.emit(NewEvent {
        topic: topics::INSIGHT,
        key: "items",
        kind: "insight.items.counted",
        version,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &said,
    })
    .unwrap();
    tx.commit(&()).await.unwrap();
    app.run_events().await;
    half_a_second().await;
}

fn codes(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["code"].as_str().unwrap())
        .collect()
}

async fn shown(app: &TestApp) -> Value {
    app.client().get(&format!("{API}/hot")).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_most_applied_for_is_hot_and_fades_again() {
    let app = city().await;
    admin(&app).put(HOT, &json!({"codes": []})).await.ok();
    assert_eq!(shown(&app).await["items"], json!([]));
    count(&app, 1, &[(FOOD, 9), (UNEMPLOYMENT, 40), ("NOBODY-1", 99)]).await;
    assert_eq!(codes(&shown(&app).await), [UNEMPLOYMENT, FOOD]);
    let kept = admin(&app).get(HOT).await.ok();
    assert_eq!(
        (&kept["items"][0]["count"], &kept["items"][0]["rank"]),
        (&json!(40), &json!(1))
    );
    count(&app, 2, &[(FOOD, 12), (FIRM, 11)]).await;
    assert_eq!(codes(&shown(&app).await), [FOOD, FIRM]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pinned_items_stand_first_in_their_order() {
    let app = city().await;
    let admin = admin(&app);
    let pinned = admin
        .put(HOT, &json!({"codes": [FIRM, UNEMPLOYMENT, FIRM]}))
        .await
        .ok();
    assert_eq!(codes(&pinned), [FIRM, UNEMPLOYMENT]);
    count(&app, 1, &[(FOOD, 50), (FIRM, 3)]).await;
    assert_eq!(codes(&shown(&app).await), [FIRM, UNEMPLOYMENT, FOOD]);
    admin.put(HOT, &json!({"codes": [UNEMPLOYMENT]})).await.ok();
    assert_eq!(codes(&shown(&app).await), [UNEMPLOYMENT, FOOD, FIRM]);

    // Withdrawn, it is shown no longer, and its pin goes with the next change.
    let item = admin.get(&format!("{MANAGE}/{UNEMPLOYMENT}")).await.ok();
    let body = json!({"version": item["version"], "reason": "停办"});
    admin
        .post(&format!("{MANAGE}/{UNEMPLOYMENT}/withdraw"), &body)
        .await
        .ok();
    assert_eq!(codes(&shown(&app).await), [FOOD, FIRM]);
    let problem = admin
        .put(HOT, &json!({"codes": [FOOD, UNEMPLOYMENT, "NOBODY-1"]}))
        .await
        .refused(422, "catalogue.draft_invalid");
    let paths: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["path"])
        .collect();
    assert_eq!(paths, [&json!("/codes/2")]);
    let gone = json!({"codes": [FOOD, UNEMPLOYMENT, FIRM]});
    admin.put(HOT, &gone).await.ok();
    assert_eq!(codes(&shown(&app).await), [FOOD, FIRM]);
    let operator = app.as_actor(operator(3, "430102"));
    operator
        .put(HOT, &json!({"codes": []}))
        .await
        .refused(403, "http.forbidden");
}
