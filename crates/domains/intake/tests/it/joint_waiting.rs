//! An item of a joint matter that waits for another, and what was promised of it meanwhile.

use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};

use crate::joint::{answers, begun, filled, member, number_of, part, told, town};
use crate::town::{look, path};

fn day(text: &Value) -> NaiveDate {
    text.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn promised_days_move_on_by_as_long_as_it_waits() {
    let town = town().await;
    let mut sign = member(2);
    sign["materials"][3]["necessity"] = "deferrable".into();
    town.publish(sign, 2).await;
    let mine = town.person(1);
    let draft = begun(&mine, "small", "yes").await;
    let ready = filled(&mine, &draft, answers()).await;
    let ready = look(&mine, &ready).await;
    let materials = ready["materials"].as_array().unwrap();
    let owed = materials.iter().find(|one| one["id"] == "sign_extra");
    let by = day(&owed.unwrap()["deferral"]["latest"]);
    let body = json!({"version": ready["version"], "deferred": [{"requirement_id": "sign_extra", "by": by}]});
    let ready = mine.put(&path(&ready, "/deferred"), &body).await.ok();
    let body = json!({"version": ready["version"]});
    let done = mine.post(&path(&ready, "/submit"), &body).await.ok();

    town.app.clock().advance(Duration::days(21));
    let food = number_of(&done, "食品经营许可");
    town.feed_back(&food, 1, "decided", "decided", json!({"result": "granted"}))
        .await;
    let done = look(&mine, &done).await;
    assert_eq!(part(&done, "户外招牌")["state"], "submitted");
    let sign = number_of(&done, "户外招牌");
    let events = told(&town).await;
    let sent = events.iter().find(|one| one.key == sign).unwrap();
    let moved = day(&sent.payload["deferred"][0]["by"]);
    assert!(moved > by + Duration::days(14), "{by} became {moved}");
    assert!(moved <= by + Duration::days(21), "{by} became {moved}");
}
