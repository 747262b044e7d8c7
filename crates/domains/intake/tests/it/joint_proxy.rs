//! Acting for somebody in a joint matter: each department gets the paper, and he goes from all at once.

use serde_json::{Value, json};
use tb_kernel::office_time;
use tb_testkit::Client;

use crate::joint::{JOINT, answers, filled, number_of, part, told, town};
use crate::proxy::MINE;
use crate::town::{CITIZEN_ID, NAME, PDF, PHONE, Town, look, path, upload};

const PROOF: &str = "proxy.guardianship";
const PARTS: [&str; 3] = ["食品经营许可", "消防安全检查", "户外招牌"];

/// Handed in by account 2 as the guardian of account 1; the last of the three waits.
async fn by_guardian(town: &Town, guardian: &Client) -> Value {
    let today = office_time::day(town.app.now());
    let on_behalf = json!({"by": "letter", "name": NAME, "id_number": CITIZEN_ID, "phone": PHONE,
        "relation": "guardian", "from": today, "until": today + chrono::Days::new(99)});
    let body = json!({"item_code": JOINT, "situation_answers": {"size": "large", "sign": "yes"},
        "on_behalf": on_behalf});
    let draft = guardian.post(MINE, &body).await.ok();
    let ready = filled(guardian, &draft, answers()).await;
    let body = json!({"version": ready["version"]});
    let problem = guardian
        .post(&path(&ready, "/submit"), &body)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(problem["fields"][0]["path"], format!("/materials/{PROOF}"));
    upload(guardian, &ready, PROOF, "出生证明.pdf", PDF).await;
    guardian.post(&path(&ready, "/submit"), &body).await.ok()
}

fn has_proof(payload: &Value) -> bool {
    let mut files = payload["materials"].as_array().unwrap().iter();
    files.any(|file| file["requirement_id"] == PROOF)
}

#[tokio::test]
async fn the_paper_goes_to_every_department() {
    let town = town().await;
    let guardian = town.person(2);
    let done = by_guardian(&town, &guardian).await;
    let events = told(&town).await;
    assert_eq!(events.len(), 2, "the third waits");
    for event in &events {
        assert!(has_proof(&event.payload), "{}", event.key);
        assert_eq!(event.payload["proxy"]["relation"], "guardian");
    }
    let food = number_of(&done, PARTS[0]);
    town.feed_back(&food, 1, "decided", "decided", json!({"result": "granted"}))
        .await;
    let sign = number_of(&done, PARTS[2]);
    let events = told(&town).await;
    let sent = events.iter().find(|one| one.key == sign).unwrap();
    assert!(has_proof(&sent.payload), "who waited gets it too");
}

#[tokio::test]
async fn it_is_ended_on_the_whole_and_on_all_of_it() {
    let town = town().await;
    let (guardian, principal) = (town.person(2), town.person(1));
    let done = by_guardian(&town, &guardian).await;
    let first = look(&guardian, part(&done, PARTS[0])).await;
    assert_eq!(first["proxy"]["over"], false);
    // From one of them as from the whole.
    let body = json!({"version": first["version"]});
    principal
        .post(&path(&first, "/proxy/end"), &body)
        .await
        .ok();
    let parts = PARTS.map(|name| part(&done, name));
    for one in parts.into_iter().chain([&done]) {
        guardian
            .get(&path(one, ""))
            .await
            .refused(404, "intake.application_not_found");
        assert_eq!(look(&principal, one).await["proxy"]["over"], true);
    }
    let events = told(&town).await;
    let ended = events.iter();
    let mut ended: Vec<&str> = ended
        .filter(|one| one.kind == "intake.application.proxy_ended")
        .map(|one| one.key.as_str())
        .collect();
    ended.sort_unstable();
    let mut wanted = [number_of(&done, PARTS[0]), number_of(&done, PARTS[1])];
    wanted.sort_unstable();
    assert_eq!(ended, wanted, "each department that has a case is told");
}
