//! The calendar and its import.

use serde_json::{Value, json};
use tb_testkit::citizen;

use crate::{API, admin, empty};

fn year_2027() -> Value {
    json!({
        "source": "国办发明电〔2026〕样例号",
        "years": {"2027": {
            "status": "official",
            "holidays": [{"date": "2027-01-01", "name": "元旦"}, {"date": "2027-02-06", "name": "春节"}],
            "workdays": ["2027-01-30"]
        }}
    })
}

#[tokio::test]
async fn the_calendar_says_what_it_covers() {
    let app = empty().await;
    let calendar = app.client().get(&format!("{API}/calendar")).await.ok();
    assert_eq!(
        (
            &calendar["coverage"]["first_official"],
            &calendar["coverage"]["last_official"]
        ),
        (&json!(2004), &json!(2026))
    );
    assert_eq!(
        calendar["alarm"]["missing_year"], 2027,
        "the coming year is not settled"
    );
    assert_eq!(calendar["years"].as_array().unwrap().len(), 24);
    let year = app
        .client()
        .get(&format!("{API}/calendar/years/2026"))
        .await
        .ok();
    assert_eq!(
        (&year["status"], year["days"].as_array().unwrap().len()),
        (&json!("official"), 365)
    );
    let national_day = &year["days"][273];
    assert_eq!(
        *national_day,
        json!({"date": "2026-10-01", "kind": "holiday", "name": "国庆节", "is_working": false, "provisional": false})
    );
    app.client()
        .get(&format!("{API}/calendar/years/2035"))
        .await
        .refused(404, "catalogue.year_not_found");
    // Vector of the clock: 2026-02-10 + 20 working days is 2026-03-16.
    let count = app
        .client()
        .get(&format!(
            "{API}/calendar/day-count?from=2026-02-10&to=2026-03-16"
        ))
        .await
        .ok();
    assert_eq!(count["working_days"], 20);
    app.client()
        .get(&format!(
            "{API}/calendar/day-count?from=2026-02-10&to=2099-01-01"
        ))
        .await
        .refused(422, "catalogue.calendar_invalid");
}

#[tokio::test]
async fn an_official_year_replaces_the_provisional_one() {
    let app = empty().await;
    let admin = admin(&app);
    let path = format!("{API}/manage/calendar/years");
    let before = app.client().get(&format!("{API}/calendar")).await.ok();
    let after = admin.post(&path, &year_2027()).await.ok();
    assert_ne!(before["version"], after["version"]);
    assert_eq!(after["coverage"]["last_official"], 2027);
    assert_eq!(
        app.client().get(&format!("{API}/calendar")).await.ok(),
        after,
        "shown at once"
    );
    let day = &app
        .client()
        .get(&format!("{API}/calendar/years/2027"))
        .await
        .ok()["days"][29];
    assert_eq!(
        (&day["date"], &day["kind"], &day["is_working"]),
        (
            &json!("2027-01-30"),
            &json!("worked_rest_day"),
            &json!(true)
        )
    );

    let same = admin.post(&path, &year_2027()).await.ok();
    assert_eq!(
        same["version"], after["version"],
        "an import that changes nothing publishes nothing"
    );
    let back = json!({"years": {"2027": {"status": "provisional"}}});
    admin
        .post(&path, &back)
        .await
        .refused(422, "catalogue.calendar_invalid");
    let gap = json!({"years": {"2030": {"status": "official"}}});
    admin
        .post(&path, &gap)
        .await
        .refused(422, "catalogue.calendar_invalid");
    app.as_actor(citizen(2))
        .post(&path, &year_2027())
        .await
        .refused(403, "http.forbidden");

    let events = app
        .log()
        .read("tb.catalogue.v1", tb_storage::Position::default(), 10)
        .await
        .unwrap();
    let published: Vec<_> = events
        .iter()
        .map(|(_, event)| (event.key.as_str(), event.kind.as_str(), event.version))
        .collect();
    assert_eq!(published, [("calendar", "catalogue.calendar.published", 2)]);
    let document: tb_contract::events::CalendarPublished =
        serde_json::from_value(events[0].1.payload.clone()).unwrap();
    assert_eq!(
        document.calendar.version,
        after["version"].as_str().unwrap()
    );
}

#[tokio::test]
async fn the_shipped_calendar_is_announced_once() {
    let app = empty().await;
    assert!(
        tb_catalogue::seed::seed_calendar(app.store(), &crate::by(&app))
            .await
            .unwrap()
    );
    assert!(
        !tb_catalogue::seed::seed_calendar(app.store(), &crate::by(&app))
            .await
            .unwrap()
    );
    let before = app.client().get(&format!("{API}/calendar")).await.ok();
    assert_eq!(before["coverage"]["last_official"], 2026);
    admin(&app)
        .post(&format!("{API}/manage/calendar/years"), &year_2027())
        .await
        .ok();
    // On PostgreSQL an event is read once no older transaction runs any more.
    let mut versions = Vec::new();
    for _ in 0..100 {
        let start = tb_storage::Position::default();
        let events = app.log().read("tb.catalogue.v1", start, 10).await.unwrap();
        versions = events.iter().map(|(_, event)| event.version).collect();
        if versions.len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(versions, [1, 2]);
}
