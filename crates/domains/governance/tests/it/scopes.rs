//! The three levels (P2): an operator sees his region and what lies in it. The channel page.

use serde_json::Value;
use tb_contract::topics;
use tb_testkit::{citizen, clerk, department};

use crate::world::{API, Change, OURS, World, submitted};

/// A case of a town, one of its district, one of another district, one of another city.
async fn spread() -> World {
    let world = World::new().await;
    let cases = [
        ("430102202611220001", "430102001"),
        ("430102202611220002", "430102"),
        ("430104202611220003", "430104"),
        ("430202202611220004", "430202"),
    ];
    let changes = cases.map(|(number, region)| Change {
        region: Some(region),
        ..submitted(number)
    });
    world.take(changes).await;
    world
}

fn numbers(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    let mut numbers: Vec<&str> = items.map(|row| row["number"].as_str().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn city_district_and_town_see_what_is_theirs() {
    let world = spread().await;
    let (town, district, other, away) = (
        "430102202611220001",
        "430102202611220002",
        "430104202611220003",
        "430202202611220004",
    );
    for (region, seen) in [
        ("4301", vec![town, district, other]),
        ("430102", vec![town, district]),
        ("430102001", vec![town]),
        ("430102002", vec![]),
        ("430104", vec![other]),
        ("4302", vec![away]),
    ] {
        let page = world
            .operator(region)
            .get(&format!("{API}/channel"))
            .await
            .ok();
        assert_eq!(numbers(&page), seen, "{region}");
        // A number that is known from elsewhere opens no door.
        let page = world
            .operator(region)
            .get(&format!("{API}/channel?q={other}"))
            .await
            .ok();
        assert_eq!(
            page["items"].as_array().unwrap().len(),
            usize::from(seen.contains(&other))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_do_not_see_the_channel() {
    let world = spread().await;
    for actor in [citizen(1), clerk(2, &department(OURS))] {
        let client = world.app.as_actor(actor);
        client
            .get(&format!("{API}/channel"))
            .await
            .refused(403, "http.forbidden");
    }
    let answer = world.app.client().get(&format!("{API}/channel")).await;
    assert_eq!(answer.status.as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_says_how_far_the_case_has_come() {
    let world = World::new().await;
    let number = "430102202611220001";
    world
        .publish_department(OURS, "芙蓉区人力资源和社会保障局")
        .await;
    world.take([submitted(number)]).await;
    let row = world.row(number).await;
    assert_eq!(row["item_name"], "失业登记");
    assert_eq!(row["department_code"], OURS);
    assert_eq!(row["department_name"], "芙蓉区人力资源和社会保障局");
    assert_eq!(row["region"], "430102");
    assert_eq!(
        (&row["application_version"], &row["case_version"]),
        (&3.into(), &0.into())
    );
    assert!(row["fed_back_at"].is_null());
    world.app.clock().advance(chrono::Duration::hours(2));
    world.say(topics::ACCEPTANCE, number, 1, "accepted").await;
    world.app.run_events().await;
    let row = world.row(number).await;
    assert_eq!(
        (&row["case_state"], &row["case_version"]),
        (&"accepted".into(), &1.into())
    );
    let at = |name: &str| {
        row[name]
            .as_str()
            .unwrap()
            .parse::<chrono::DateTime<chrono::Utc>>()
    };
    let waited = at("fed_back_at").unwrap() - at("taken_at").unwrap();
    assert_eq!(waited, chrono::Duration::hours(2));
    // A department that changes its name is called by the new one.
    world.publish_department(OURS, "芙蓉区人社局").await;
    world.app.run_events().await;
    assert_eq!(world.row(number).await["department_name"], "芙蓉区人社局");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_goes_on_where_it_ended() {
    let world = World::new().await;
    // All in one moment: only the number tells them apart.
    let changes = (0..7).map(|n| submitted(&format!("43010220261122000{n}")));
    world.take(changes).await;
    let (mut seen, mut cursor): (Vec<String>, String) = (Vec::new(), String::new());
    for expected in [3, 3, 1] {
        let page = world
            .city()
            .get(&format!("{API}/channel?limit=3{cursor}"))
            .await
            .ok();
        assert_eq!(page["items"].as_array().unwrap().len(), expected);
        seen.extend(numbers(&page).into_iter().map(str::to_owned));
        cursor = page["next_cursor"]
            .as_str()
            .map(|next| format!("&cursor={}", next.replace('+', "%2B")))
            .unwrap_or_default();
    }
    assert!(cursor.is_empty());
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 7, "each once");
    world
        .city()
        .get(&format!("{API}/channel?cursor=nonsense"))
        .await
        .refused(422, "http.bad_cursor");
}
