//! The kiosk (自助终端): its channel is the server's word, its items are those that offices offer there,
//! and somebody of the hall comes when called.

use serde_json::{Value, json};
use tb_testkit::{Client, at_kiosk, citizen, clerk, counter_clerk, department};

use crate::town::{DEPARTMENT, ITEM, Town, item};

const APPLICATIONS: &str = "/api/v1/intake/applications";
const CALLS: &str = "/api/v1/intake/calls";
const OWN_CALL: &str = "/api/v1/intake/calls/own";

fn body(channel: &str) -> Value {
    json!({"item_code": ITEM, "situation_answers": {}, "channel": channel})
}

/// A town whose item may be handled at kiosks.
async fn town() -> Town {
    let town = Town::new().await;
    let mut bent = item();
    bent["handling"]["self_service"] = true.into();
    town.publish(bent, 2).await;
    town
}

fn at_ours(town: &Town, n: u128) -> Client {
    let kiosk = at_kiosk(citizen(n), &department(DEPARTMENT));
    town.app.as_actor(kiosk)
}

#[tokio::test]
async fn the_channel_is_the_servers_word() {
    let town = town().await;
    let here = at_ours(&town, 1);
    for said in ["pc", "mobile", "kiosk", "counter"] {
        let made = here.post(APPLICATIONS, &body(said)).await.ok();
        assert_eq!(made["channel"], "kiosk", "where {said} is said");
        let own = format!("{APPLICATIONS}/{}", made["id"].as_str().unwrap());
        here.delete(&own).await.ok();
    }
    let at_home = town.person(1);
    let refused = at_home.post(APPLICATIONS, &body("kiosk")).await;
    refused.refused(422, "intake.channel_reserved");
    let made = at_home.post(APPLICATIONS, &body("pc")).await.ok();
    assert_eq!(made["channel"], "pc");
}

#[tokio::test]
async fn only_what_an_office_offers_there_is_begun_there() {
    let town = Town::new().await;
    let here = at_ours(&town, 1);
    let refused = here.post(APPLICATIONS, &body("pc")).await;
    refused.refused(422, "intake.item_not_at_kiosk");
    let list = here.get(APPLICATIONS).await.ok();
    assert_eq!(list["items"], json!([]), "nothing was begun");
    town.person(1).post(APPLICATIONS, &body("pc")).await.ok();
}

#[tokio::test]
async fn a_call_waits_until_somebody_goes() {
    let town = town().await;
    let here = at_ours(&town, 1);
    assert_eq!(here.get(OWN_CALL).await.status.as_u16(), 204);
    let first = here.post(OWN_CALL, &json!({})).await.ok();
    assert_eq!(first["waiting"], true);
    // Pressing again is no second call.
    here.post(OWN_CALL, &json!({})).await.ok();

    let ours = town.app.as_actor(clerk(11, &department(DEPARTMENT)));
    let calls = ours.get(CALLS).await.ok();
    assert_eq!(calls.as_array().unwrap().len(), 1, "{calls}");
    assert_eq!(calls[0]["kiosk_name"], "一号自助终端");
    let take = format!("{CALLS}/{}/take", calls[0]["id"].as_str().unwrap());

    // Another office neither sees nor takes it.
    let others = town.app.as_actor(counter_clerk(12, "430102"));
    assert_eq!(others.get(CALLS).await.ok(), json!([]));
    let refused = others.post(&take, &json!({})).await;
    refused.refused(404, "intake.call_not_found");

    let taken = ours.post(&take, &json!({})).await.ok();
    assert_eq!(taken["taken_by"], "测试11");
    assert_eq!(ours.get(CALLS).await.ok(), json!([]));
    let colleague = town.app.as_actor(clerk(13, &department(DEPARTMENT)));
    let late = colleague.post(&take, &json!({})).await;
    let problem = late.refused(409, "intake.call_taken");
    assert!(problem["detail"].as_str().unwrap().contains("测试11"));
    let own = here.get(OWN_CALL).await.ok();
    assert_eq!(own["waiting"], false, "somebody is on his way");
    town.app.clock().advance(chrono::Duration::minutes(5));
    assert_eq!(here.get(OWN_CALL).await.status.as_u16(), 204);
}

#[tokio::test]
async fn a_call_is_taken_back_or_forgotten() {
    let town = town().await;
    let here = at_ours(&town, 1);
    let ours = town.app.as_actor(clerk(11, &department(DEPARTMENT)));
    here.post(OWN_CALL, &json!({})).await.ok();
    let calls = ours.get(CALLS).await.ok();
    let take = format!("{CALLS}/{}/take", calls[0]["id"].as_str().unwrap());
    here.delete(OWN_CALL).await.ok();
    here.delete(OWN_CALL).await.ok();
    assert_eq!(here.get(OWN_CALL).await.status.as_u16(), 204);
    let refused = ours.post(&take, &json!({})).await;
    refused.refused(409, "intake.call_over");

    here.post(OWN_CALL, &json!({})).await.ok();
    town.app.clock().advance(chrono::Duration::minutes(30));
    assert_eq!(ours.get(CALLS).await.ok(), json!([]), "too old");
    let again = here.post(OWN_CALL, &json!({})).await.ok();
    assert_eq!(again["waiting"], true);
    assert_eq!(ours.get(CALLS).await.ok().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_calls_from_elsewhere() {
    let town = town().await;
    for client in [town.app.client(), town.person(1)] {
        let refused = client.post(OWN_CALL, &json!({})).await;
        refused.refused(403, "intake.not_at_kiosk");
        let refused = client.get(OWN_CALL).await;
        refused.refused(403, "intake.not_at_kiosk");
        let refused = client.delete(OWN_CALL).await;
        refused.refused(403, "intake.not_at_kiosk");
    }
}
