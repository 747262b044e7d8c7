//! An item of a joint matter that waits for another, and what was promised of it meanwhile.

use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};
use tb_kernel::Event;

use crate::joint::{answers, begun, filled, handed_in, member, number_of, part, told, town};
use crate::town::{NAME, look, path};

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

#[tokio::test]
async fn who_waits_goes_when_granted_and_not_when_denied() {
    let town = town().await;
    for (person, result, state, sent) in [
        (1, "granted", "submitted", true),
        (2, "denied", "terminated", false),
    ] {
        let mine = town.person(person);
        let done = handed_in(&mine, "small", "yes").await;
        let food = number_of(&done, "食品经营许可");
        town.feed_back(&food, 1, "received", "received", json!({}))
            .await;
        assert_eq!(
            part(&look(&mine, &done).await, "户外招牌")["state"],
            "waiting"
        );
        town.feed_back(&food, 2, "decided", "decided", json!({"result": result}))
            .await;
        assert_eq!(part(&look(&mine, &done).await, "户外招牌")["state"], state);
        let sign = number_of(&done, "户外招牌");
        let events = told(&town).await;
        let of_sign: Vec<&Event> = events.iter().filter(|one| one.key == sign).collect();
        assert_eq!(of_sign.len(), usize::from(sent), "{result}");
        if sent {
            assert_eq!(
                (of_sign[0].kind.as_str(), of_sign[0].version),
                ("intake.application.submitted", 1)
            );
            assert_eq!(of_sign[0].payload["form"]["name"], NAME);
            assert_eq!(
                of_sign[0].payload["materials"][0]["requirement_id"],
                "proof"
            );
        }
    }
}
