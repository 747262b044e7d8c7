//! At the size of a city: counts of what is at an end, and the walk over all clocks.

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tb_approval::seed::{PastCase, seed_cases};
use tb_calendar::{Calendar, YearStatus};
use tb_contract::events::CalendarPublished;
use tb_kernel::{Region, RequestId};
use tb_storage::Origin;

use crate::world::{API, OURS, REGISTRATION, World, command, department, items, publish};

async fn sql(world: &World, sql: &str) -> u64 {
    let tx = world.tx().await;
    let backend = tx.conn().get_database_backend();
    let done = tx
        .conn()
        .execute_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    tx.commit(&()).await.unwrap();
    done.rows_affected()
}

async fn states(world: &World) -> Value {
    world.clerk().get(&format!("{API}/counts")).await.ok()["states"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_an_end_is_counted_as_it_comes_to_it() {
    let world = World::new().await;
    world.on("2026-11-23");
    let refused = world.submit("430102202611230000017", REGISTRATION).await;
    world.submit("430102202611230000025", REGISTRATION).await;
    assert_eq!(states(&world).await, json!({ "received": 2 }));
    command(
        &world.clerk(),
        refused,
        "refuse",
        json!({ "kind": "refused", "reason": "应向雨花区申请" }),
    )
    .await;
    let right = json!({ "received": 1, "refused": 1 });
    assert_eq!(states(&world).await, right);

    // Whatever somebody has done behind the program's back is put right once a day.
    world.app.run_periodic("approval.fold_tally").await;
    assert_eq!(states(&world).await, right, "added up, it is the same");
    assert_eq!(sql(&world, "UPDATE approval_tally SET cases = 7").await, 1);
    // Counts are a second old at most.
    let later = world.app.now() + TimeDelta::seconds(1);
    world.app.clock().set(later);
    assert_eq!(states(&world).await["refused"], 7);
    world.app.run_periodic("approval.rebuild_clocks").await;
    assert_eq!(states(&world).await, right);
    sql(&world, "DELETE FROM approval_tally").await;
    world.on("2026-11-25");
    world.app.run_periodic("approval.rebuild_clocks").await;
    assert_eq!(states(&world).await, right);
}

/// Many cases of one item, of which the last third waits for the end of next year's calendar.
async fn crowd(world: &World, many: usize) {
    let item = items().into_iter().find(|item| item.code == REGISTRATION);
    let item = Arc::new(item.unwrap());
    let now = world.app.now();
    let cases = (0..many).map(|n| {
        let at = now - TimeDelta::minutes(i64::try_from(many - n).unwrap());
        PastCase {
            number: format!("430102202612258{n:06}"),
            item: item.clone(),
            department: department(OURS).id,
            region: Region::parse("430102").unwrap(),
            applicant: [
                format!("样例{n}"),
                format!("430102{n:012}"),
                "19900000001".to_owned(),
            ],
            submitted_at: at,
            accepted_at: (n % 3 > 0).then_some(at),
            done_at: (n % 3 == 1).then_some(at),
            delivered: n % 2 == 0,
        }
    });
    let by = Origin::system("test.crowd", RequestId(world.app.store().new_id()));
    let added = seed_cases(world.app.store(), &by, cases).await.unwrap();
    assert_eq!(added, many);
}

async fn next_calendar(world: &World) {
    let mut document = Calendar::embedded().unwrap().document().clone();
    "2027.1".clone_into(&mut document.version);
    let year = document.years.get_mut(&2027).unwrap();
    year.status = YearStatus::Official;
    year.holidays.push(tb_calendar::Holiday {
        date: "2027-01-04".parse().unwrap(),
        name: "元旦".to_owned(),
    });
    let mut tx = world.tx().await;
    let published = CalendarPublished { calendar: document };
    publish(
        &mut tx,
        "2027.1",
        "catalogue.calendar.published",
        &published,
    );
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_calendar_moves_every_date_that_was_uncertain() {
    let world = World::new().await;
    world.on("2026-12-25");
    crowd(&world, 1_300).await;
    let counts = states(&world).await;
    assert_eq!(
        counts,
        json!({ "received": 434, "examining": 433, "closed": 217, "delivered": 216 }),
        "what was added is counted too"
    );
    world.app.run_periodic("approval.rebuild_clocks").await;
    let alarms = async || {
        let clerk = world.clerk();
        let (mut cursor, mut uncertain, mut seen) = (String::new(), 0, 0);
        loop {
            let path = format!("{API}/cases?state=examining&limit=100&cursor={cursor}");
            let page = clerk.get(&path).await.ok();
            let rows = page["items"].as_array().unwrap();
            seen += rows.len();
            uncertain += rows.iter().filter(|row| !row["alarm"].is_null()).count();
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => return (seen, uncertain),
            }
        }
    };
    assert_eq!(alarms().await, (433, 433));

    world.app.clock().advance(TimeDelta::minutes(1));
    next_calendar(&world).await;
    world.app.run_periodic("approval.rebuild_clocks").await;
    assert_eq!(alarms().await, (433, 0), "without waiting for tomorrow");

    // A walk that was cut off goes on behind its last page, and does not look at the others again.
    let spoilt = "UPDATE approval_case SET alarm = 'provisional' WHERE state = 'examining'";
    assert_eq!(sql(&world, spoilt).await, 433);
    let behind = "UPDATE approval_clock_sweep SET ended_at = NULL, position = \
        (SELECT id FROM approval_case WHERE running ORDER BY id LIMIT 1 OFFSET 599) \
        WHERE calendar_version = '2027.1'";
    assert_eq!(sql(&world, behind).await, 1);
    world.app.run_periodic("approval.rebuild_clocks").await;
    let (_, left) = alarms().await;
    assert!(
        (1..433).contains(&left),
        "{left} were in front of the position"
    );
}
