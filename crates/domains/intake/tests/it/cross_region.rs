//! 异地代收代办: counters of other divisions take in where the item's range and mode let them, and nowhere else.

use serde_json::{Value, json};
use tb_testkit::{Client, clerk, counter_clerk, department};

use crate::counter::{COUNTER, body, person, taken_in, with_papers};
use crate::feed;
use crate::town::{CITIZEN_ID, DEPARTMENT, ITEM, Town, look, number, path};

const ITEMS: &str = "/api/v1/intake/counter/items";

/// The item as counters of some divisions take it in.
fn open_to(scope: &str, cross_region: Value) -> Value {
    let mut item = with_papers();
    item["authority"] = json!({"scope": scope});
    item["handling"] = json!({"cross_region": cross_region});
    item
}

fn at(town: &Town, n: u128, region: &str) -> Client {
    let mut who = counter_clerk(n, region);
    who.department = Some(department("11430104TB00001322"));
    town.app.as_actor(who)
}

async fn listed(counter: &Client, query: &str) -> Vec<Value> {
    let page = counter.get(&format!("{ITEMS}{query}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_counter_elsewhere_takes_in_within_range_and_mode() {
    let town = Town::without_item().await;
    let counter = at(&town, 31, "430104");
    let begin = body(person(CITIZEN_ID));
    for (version, (scope, rule)) in [
        ("none", json!({"modes": ["collect"]})),
        ("county", json!({"modes": ["collect"]})),
        ("city", json!({"modes": ["online"]})),
        ("city", json!({"modes": ["collect"], "places": [{"division": "430103", "name": "天心区综合窗口"}]})),
    ]
    .into_iter()
    .enumerate()
    {
        let version = i64::try_from(version).unwrap() + 1;
        town.publish(open_to(scope, rule.clone()), version).await;
        assert_eq!(listed(&counter, "?elsewhere=true").await, Vec::<Value>::new(), "{scope} {rule}");
        let refused = counter.post(COUNTER, &begin).await;
        refused.refused(422, "intake.cross_region_item");
    }
    town.publish(open_to("city", json!({"modes": ["online", "collect"]})), 5)
        .await;
    // Apart from what is one's own.
    assert_eq!(listed(&counter, "").await, Vec::<Value>::new());
    let found = listed(&counter, "?elsewhere=true").await;
    assert_eq!(
        (&found[0]["code"], &found[0]["elsewhere"]),
        (&json!(ITEM), &json!(true))
    );
    let other_city = at(&town, 32, "430602");
    other_city
        .post(COUNTER, &begin)
        .await
        .refused(422, "intake.cross_region_item");
    // A counter of a department takes in its own, wherever it is.
    let stranger = clerk(33, &department("11430104TB00004444"));
    let stranger = town.app.as_actor(stranger);
    stranger
        .post(COUNTER, &begin)
        .await
        .refused(422, "intake.counter_item");
    // The item's own division is not elsewhere: there the front desk says who takes in.
    let here = town.app.as_actor(counter_clerk(34, "430102"));
    assert_eq!(listed(&here, "?elsewhere=true").await, Vec::<Value>::new());
    here.post(COUNTER, &begin)
        .await
        .refused(422, "intake.counter_item");
    town.withdraw_item(5).await;
    assert_eq!(
        listed(&counter, "?elsewhere=true").await,
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn the_hand_in_says_where_it_was_taken_in() {
    let town = Town::without_item().await;
    let places = json!([{"division": "430102001", "name": "文艺路街道便民服务中心"}]);
    let mut item = open_to("city", json!({"modes": ["collect"], "places": places}));
    // Of another office's division, so that the town of the tests knows the counter's.
    item["region"] = "430104".into();
    town.publish(item, 1).await;
    let counter = at(&town, 31, "430102001");
    let done = taken_in(&counter, person(CITIZEN_ID)).await;
    let told = feed::last(&town).await;
    assert_eq!(told.payload["department_code"], DEPARTMENT);
    let place = json!({"division": "430102001", "name": "文艺路街道"});
    assert_eq!(told.payload["counter"]["elsewhere"], place);
    assert_eq!(
        told.payload["submitted_at"],
        json!(town.app.now()),
        "the clock starts at the counter"
    );

    let mine = town.person(1);
    let seen = look(&mine, &done).await;
    assert_eq!(seen["counter"]["elsewhere"]["name"], "文艺路街道");
    let first = seen["timeline"][0]["text"].as_str().unwrap();
    assert!(
        first.starts_with("由文艺路街道的") && first.ends_with("异地代收"),
        "{first}"
    );
    // Both follow it: the counter by its own list.
    town.feed_back(number(&done), 1, "accepted", "accepted", json!({}))
        .await;
    let handed = counter.get(&format!("{COUNTER}?handed=true")).await.ok();
    assert_eq!(handed["items"][0]["state"], "accepted");
    assert_eq!(mine.get(&path(&done, "")).await.ok()["state"], "accepted");
}

#[tokio::test]
async fn what_is_taken_in_at_home_is_not_elsewhere() {
    let town = Town::without_item().await;
    let mut item = open_to("city", json!({"modes": ["collect"]}));
    item["handling"]["front_desk"] = "comprehensive".into();
    town.publish(item, 1).await;
    let here = town.app.as_actor(counter_clerk(34, "430102"));
    assert_eq!(listed(&here, "").await[0]["elsewhere"], false);
    let done = taken_in(&here, person(CITIZEN_ID)).await;
    assert_eq!(
        feed::last(&town).await.payload["counter"]["elsewhere"],
        Value::Null
    );
    assert_eq!(
        look(&town.person(1), &done).await["counter"]["elsewhere"],
        Value::Null
    );
}
