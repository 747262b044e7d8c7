//! The picture of the board.

use axum::http::header;
use serde_json::json;

use crate::world::{API, Case, World, at};

#[tokio::test(flavor = "multi_thread")]
async fn the_board_shows_today_lights_and_masked_moments() {
    let world = World::new().await;
    let today = world.app.now();
    let mut case = Case::permit().numbered("430102202611220000011");
    case.facts().submitted_at = today;
    case.0.at = today;
    world.tell(&case).await;
    case.0.version += 1;
    case.0.state = "examining".to_owned();
    case.facts().accepted_at = Some(today);
    world.tell(&case).await;
    let mut late = Case::permit().numbered("430102202611160000012");
    late.accepted("2026-11-16T10:00");
    late.facts().promised_until = Some(today);
    world.tell(&late).await;
    let mut paused = Case::permit().numbered("430102202611160000013");
    paused.paused("2026-11-17T10:00");
    world.tell(&paused).await;
    let mut overdue = Case::permit().numbered("430102202611160000014");
    overdue.accepted("2026-11-16T10:00");
    overdue.facts().legal_until = Some(today);
    world.tell(&overdue).await;
    let mut soon = Case::permit().numbered("430102202611160000015");
    soon.accepted("2026-11-16T10:00");
    soon.facts().yellow_from = Some(at("2026-11-20T00:00"));
    world.tell(&soon).await;
    let rated = world.whole("430102202611160000016", Case::permit()).await;
    world.rate(&rated, 5).await;
    world.fold().await;
    let board = world.get(&world.anybody(), "board").await;
    assert_eq!(
        (&board["today"]["submitted"], &board["today"]["accepted"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&board["open"], &board["yesterday"]["submitted"]),
        (&json!(5), &json!(0))
    );
    let lights = json!({"green": 1, "yellow": 1, "red": 1, "purple": 1, "grey": 1});
    assert_eq!(board["lights"], lights);
    assert_eq!(
        (&board["ratings"]["rated"], &board["ratings"]["good"]),
        (&json!(1), &json!(1000))
    );
    assert_eq!(board["departments"][0]["name"], "芙蓉区市场监督管理局");
    assert_eq!(board["districts"][0]["code"], "430102");
    assert_eq!(board["hot"][0]["name"], "食品经营许可");
    assert_eq!(board["trend"].as_array().unwrap().len(), 14);
    assert_eq!(board["feed"][0]["number"], "430102****0011");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_is_one_of_events_for_anybody() {
    let world = World::new().await;
    let request = axum::http::Request::get(format!("{API}/board/live"))
        .header(header::ACCEPT, "text/event-stream")
        .body(axum::body::Body::empty())
        .unwrap();
    let (status, _) = world.anybody().head_of(request).await;
    assert_eq!(status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_term_of_acceptance_ends_with_it() {
    let world = World::new().await;
    let mut case = Case::permit().numbered("430102202611160000017");
    case.facts().legal_until = Some(at("2026-11-20T00:00"));
    world.tell(&case).await;
    case.accepted("2026-11-19T10:00");
    // An item without a legal term.
    case.facts().legal_until = None;
    world.tell(&case).await;
    let board = world.get(&world.anybody(), "board").await;
    let lights = &board["lights"];
    assert_eq!(
        (&lights["purple"], &lights["green"]),
        (&json!(0), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_with_few_cases_is_not_told_of() {
    let world = World::new().await;
    for serial in 31..33 {
        let number = format!("4301022026111600000{serial}");
        world.whole(&number, Case::permit()).await;
    }
    world.fold().await;
    let board = world.get(&world.anybody(), "board").await;
    assert_eq!(board["hot"], json!([]));
}
