//! Time: deemed acceptance, the cache of the clocks, a new calendar.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tb_calendar::{Calendar, YearStatus};
use tb_contract::events::CalendarPublished;
use uuid::Uuid;

use crate::world::{API, REGISTRATION, REVIEWED, World, command, publish};

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answers_counts_as_accepted_from_receipt() {
    let world = World::new().await;
    world.on("2026-11-23");
    let numbers = [
        "430102202611230000105",
        "430102202611230000113",
        "430102202611230000121",
    ];
    let received = world.submit(numbers[0], REGISTRATION).await;
    let waiting = world.submit(numbers[1], REVIEWED).await;
    let correcting = world.submit(numbers[2], REGISTRATION).await;
    command(
        &world.clerk(),
        correcting,
        "request-correction",
        json!({ "fields": ["/job"] }),
    )
    .await;

    // Monday 30 November is the fifth working day: it has to pass.
    world
        .app
        .clock()
        .set("2026-11-30T15:59:59Z".parse().unwrap());
    world.app.run_periodic("approval.deem_accepted").await;
    assert_eq!(world.case(received).await["state"], "received");
    world
        .app
        .clock()
        .set("2026-11-30T16:00:00Z".parse().unwrap());
    let late = world
        .clerk()
        .get(&format!("{API}/cases/{received}"))
        .await
        .ok();
    assert_eq!(late["light"], "purple", "until the timer comes");
    world.app.run_periodic("approval.deem_accepted").await;
    for id in [received, waiting] {
        let case = world.case(id).await;
        assert_eq!(case["state"], "examining");
        assert_eq!(
            case["moments"]["accepted_at"], "2026-11-23T02:00:00Z",
            "from receipt"
        );
        let clocks = case["clocks"]["clocks"].as_array().unwrap();
        let promised = clocks
            .iter()
            .find(|clock| clock["kind"] == "promised")
            .unwrap();
        assert_eq!(promised["due"], "2026-11-30");
        assert_eq!(case["light"], "red", "the promise counts from receipt too");
        let event = case["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .find(|event| event["kind"] == "deemed_accepted")
            .unwrap();
        assert_eq!(
            (&event["actor"], &event["at"]),
            (&json!("系统"), &json!("2026-11-30T16:00:00Z"))
        );
        assert_eq!(event["effective_at"], "2026-11-23T02:00:00Z");
    }
    assert_eq!(
        world.case(correcting).await["state"],
        "correcting",
        "a notice was given in time"
    );
    assert_eq!(
        world.said(numbers[1]).await[1].0,
        "approval.case.deemed_accepted"
    );
    assert_eq!(world.said(numbers[1]).await[1].1.version, 2);
}

/// Writes one column of a case behind the program's back.
async fn spoil(world: &World, id: Uuid, assignment: &str) {
    let tx = world.tx().await;
    let backend = tx.conn().get_database_backend();
    let (blob, text) = (id.simple().to_string(), id.to_string());
    let row = if tx.conn().is_sqlite() {
        format!("hex(id) = upper('{blob}')")
    } else {
        format!("id = '{text}'")
    };
    let sql = format!("UPDATE approval_case SET {assignment} WHERE {row}");
    let done = tx
        .conn()
        .execute_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 1);
    tx.commit(&()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cache_of_the_clocks_is_what_the_events_say() {
    let world = World::new().await;
    world.on("2026-11-23");
    let id = world.submit("430102202611230000139", REGISTRATION).await;
    let due = async |id| {
        let page = world
            .clerk()
            .get(&format!("{API}/cases?q=430102202611230000139"))
            .await
            .ok();
        assert_eq!(page["items"][0]["id"], json!(id));
        (
            page["items"][0]["due_kind"].clone(),
            page["items"][0]["due"].clone(),
        )
    };
    assert_eq!(due(id).await, (json!("acceptance"), json!("2026-11-30")));
    command(&world.clerk(), id, "accept", json!({})).await;
    let right = (json!("promised"), json!("2026-11-30"));
    assert_eq!(due(id).await, right);
    // Computed from the same events a day later it says the same.
    world.on("2026-11-25");
    world.app.run_periodic("approval.rebuild_clocks").await;
    assert_eq!(due(id).await, right);
    spoil(&world, id, "due_until = legal_until, promised_until = NULL").await;
    assert_ne!(due(id).await, right);
    world.on("2026-11-27");
    world.app.run_periodic("approval.rebuild_clocks").await;
    assert_eq!(due(id).await, right);
    assert_eq!(
        world.case(id).await["version"],
        2,
        "nobody's version becomes stale by it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provisional_date_is_settled_by_the_next_calendar() {
    let world = World::new().await;
    world.on("2026-12-25");
    let number = "430102202612250000013";
    let id = world.submit(number, REGISTRATION).await;
    let case = command(&world.clerk(), id, "accept", json!({})).await;
    let first = Calendar::embedded().unwrap();
    assert_eq!(case["clocks"]["alarm"], "provisional");
    assert_eq!(case["clocks"]["calendar_version"], first.version());
    let row = world
        .clerk()
        .get(&format!("{API}/cases?q={number}"))
        .await
        .ok()["items"][0]
        .clone();
    assert_eq!(row["alarm"], "provisional");

    // The notice for 2027 comes out: 4 January is taken off, and the year is official.
    let mut document = first.document().clone();
    document.version = "2027.1".to_owned();
    let year = document.years.get_mut(&2027).unwrap();
    year.status = YearStatus::Official;
    let day = "2027-01-04".parse().unwrap();
    year.holidays.push(tb_calendar::Holiday {
        date: day,
        name: "元旦".to_owned(),
    });
    let mut tx = world.tx().await;
    publish(
        &mut tx,
        "2027.1",
        "catalogue.calendar.published",
        &CalendarPublished { calendar: document },
    );
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    world.app.clock().advance(chrono::Duration::hours(2));
    world.app.run_periodic("approval.rebuild_clocks").await;
    let settled = world.case(id).await;
    assert_eq!(
        (
            &settled["clocks"]["alarm"],
            &settled["clocks"]["calendar_version"]
        ),
        (&json!(null), &json!("2027.1"))
    );
    let legal = |case: &serde_json::Value| {
        let clocks = case["clocks"]["clocks"].as_array().unwrap().clone();
        clocks
            .iter()
            .find(|clock| clock["kind"] == "legal")
            .unwrap()["due"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(
        legal(&settled) > legal(&case),
        "{} after {}",
        legal(&settled),
        legal(&case)
    );
    let row = world
        .clerk()
        .get(&format!("{API}/cases?q={number}"))
        .await
        .ok()["items"][0]
        .clone();
    assert_eq!(row["alarm"], json!(null));
}
