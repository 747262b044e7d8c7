//! What may go out as a short message too is told of beside the inbox, once, and says no more than the case.

use serde_json::json;
use tb_contract::events::ApplicantTold;
use tb_contract::topics;
use tb_storage::Position;
use tb_testkit::citizen;

use crate::town::{NAME, PHONE, Town, number, submitted};

#[tokio::test]
async fn the_duties_and_the_decision_are_told_of_and_nothing_else() {
    let town = Town::new().await;
    let done = submitted(&town.person(1)).await;
    let case = number(&done);
    for (version, kind, state, more) in [
        (1, "received", "received", json!({})),
        (
            2,
            "correction_requested",
            "correcting",
            json!({"reason": "材料不清楚"}),
        ),
        (
            2,
            "correction_requested",
            "correcting",
            json!({"reason": "材料不清楚"}),
        ),
        (3, "accepted", "examining", json!({})),
        (4, "decided", "decided", json!({"result": "granted"})),
    ] {
        town.feed_back(case, version, kind, state, more).await;
    }
    town.app.settle().await;
    let log = town.app.log();
    let events = log.read(topics::TOLD, Position::default(), 100).await;
    let told = events.unwrap().into_iter().map(|(_, event)| {
        let text = event.payload.to_string();
        assert!(!text.contains(PHONE) && !text.contains(NAME), "{text}");
        assert!(!text.contains("材料不清楚"), "{text}");
        serde_json::from_value::<ApplicantTold>(event.payload).unwrap()
    });
    let told: Vec<_> = told
        .map(|one| (one.kind.as_str(), one.case_number, one.accounts))
        .collect();
    let to = vec![citizen(1).id];
    assert_eq!(
        told,
        [
            ("correction_asked", case.to_owned(), to.clone()),
            ("result_ready", case.to_owned(), to),
        ]
    );
}
