//! Messages to other systems, over a real socket: order, signature, retries, dead letters, replay,
//! change of the secret, addresses that are refused, and a process that hangs in the middle.

mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use world::{API, ITEM, Mood, World};

const ONE: &str = "430102202611220001";
const TWO: &str = "430102202611220002";

#[tokio::test(flavor = "multi_thread")]
async fn every_transition_arrives_once_in_order_signed_and_without_a_person() {
    let world = World::new().await;
    let (id, secret) = world.register(json!({})).await;
    world.case(ONE, 2).await;
    world.say(ONE, 3, "case.decided").await;
    world.case(TWO, 4).await;
    world.app.run_events().await;
    let arrived = world.receiver.wait_for(7).await;
    let mut by_case: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for message in &arrived {
        by_case
            .entry(message.number())
            .or_default()
            .push(message.version());
        assert!(ids.insert(message.id.clone()), "{message:?}");
        assert!(tb_apps::valid(
            &secret,
            &message.id,
            message.timestamp,
            &message.body,
            &message.signature,
            world.app.now().timestamp()
        ));
        for word in ["张示例", "李办事员", "reason", "芙蓉"] {
            assert!(!message.body.contains(word), "{}", message.body);
        }
    }
    assert_eq!(by_case[ONE], [1, 2, 3]);
    assert_eq!(by_case[TWO], [1, 2, 3, 4]);
    let said = arrived[0].json();
    assert_eq!(said["data"]["item_code"], ITEM);
    assert_eq!(said["data"]["state"], "accepted");
    let listed = world.deliveries(&id, "").await;
    assert_eq!(listed.len(), 7);
    assert!(
        listed
            .iter()
            .all(|row| row["state"] == "delivered" && row["attempts"][0]["status"] == 204)
    );
    assert!(
        listed
            .iter()
            .all(|row| ids.contains(row["message_id"].as_str().unwrap()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_gets_what_it_wants() {
    let world = World::new().await;
    world
        .register(json!({"kinds": ["case.decided"], "item_codes": [ITEM]}))
        .await;
    world.register(json!({"item_codes": ["another"]})).await;
    world
        .register(json!({"department_codes": ["another"]}))
        .await;
    world.register(json!({"active": false})).await;
    world.case(ONE, 2).await;
    world.say(ONE, 3, "case.decided").await;
    world.app.run_events().await;
    let arrived = world.receiver.wait_for(1).await;
    assert_eq!(arrived[0].json()["type"], "case.decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_tried_again_and_holds_up_its_own_case_only() {
    let world = World::new().await;
    let (id, _) = world.register(json!({})).await;
    world.receiver.is(Mood::Answer(500));
    world.case(ONE, 2).await;
    world.app.run_events().await;
    let first = world.receiver.wait_for(1).await;
    assert!(!world.endpoint(&id).await["failing_since"].is_null());
    // A redirect is no success, and is not followed.
    world.receiver.is(Mood::Answer(302));
    world.pass(6);
    world.receiver.wait_for(2).await;
    world.receiver.is(Mood::Good);
    world.case(TWO, 1).await;
    world.receiver.wait_for(3).await;
    world.pass(400);
    let arrived = world.receiver.wait_for(5).await;
    assert_eq!(arrived[2].number(), TWO, "another case goes on");
    assert_eq!(arrived[3].id, first[0].id, "the same id at every try");
    assert_eq!((arrived[3].version(), arrived[4].version()), (1, 2));
    let listed = world.deliveries(&id, "").await;
    let tried = listed
        .iter()
        .find(|row| row["version"] == 1 && row["case_number"] == ONE);
    let statuses: Vec<_> = tried.unwrap()["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["status"].clone())
        .collect();
    assert_eq!(statuses, [json!(500), json!(302), json!(204)]);
    assert!(world.endpoint(&id).await["failing_since"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_eight_tries_it_is_a_dead_letter_that_can_be_sent_again() {
    let world = World::new().await;
    let (id, _) = world.register(json!({})).await;
    world.receiver.is(Mood::Answer(503));
    world.case(ONE, 1).await;
    world.app.run_events().await;
    for tries in 1..=8 {
        world.receiver.wait_for(tries).await;
        world.pass(40_000);
    }
    world.receiver.wait_for(8).await;
    let dead = world.deliveries(&id, "&state=dead").await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0]["attempts"].as_array().unwrap().len(), 8);
    assert_eq!(world.endpoint(&id).await["dead"], 1);

    world.receiver.is(Mood::Good);
    let path = format!(
        "{API}/deliveries/{}/replay",
        dead[0]["id"].as_str().unwrap()
    );
    let again = world.admin.post(&path, &json!({})).await.ok();
    assert_eq!(again["state"], "waiting");
    let arrived = world.receiver.wait_for(9).await;
    assert!(arrived.iter().all(|message| message.id == arrived[0].id));
    assert_eq!(world.deliveries(&id, "&state=delivered").await.len(), 1);

    // A span of time: all of it, or only what was given up.
    let span = json!({"from": "2026-11-22T00:00:00Z", "to": "2026-11-23T00:00:00Z"});
    let path = format!("{API}/endpoints/{id}/replay");
    let mut only = span.clone();
    only["dead_only"] = json!(true);
    assert_eq!(world.admin.post(&path, &only).await.ok()["messages"], 0);
    assert_eq!(world.admin.post(&path, &span).await.ok()["messages"], 1);
    world.receiver.wait_for(10).await;
    let wrong = json!({"from": "2026-11-22T00:00:00Z", "to": "2027-11-23T00:00:00Z"});
    world
        .admin
        .post(&path, &wrong)
        .await
        .refused(422, "apps.bad_span");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_fails_for_days_is_switched_off() {
    let world = World::new().await;
    let (id, _) = world.register(json!({})).await;
    world.receiver.is(Mood::Answer(500));
    world.case(ONE, 1).await;
    world.app.run_events().await;
    world.receiver.wait_for(1).await;
    world.pass(121 * 3600);
    world.receiver.wait_for(2).await;
    let off = world.endpoint(&id).await;
    assert_eq!(
        (&off["active"], off["disabled_at"].is_null()),
        (&json!(false), false)
    );
    world.pass(40_000);
    world.receiver.wait_for(2).await;
    let ping = world
        .admin
        .post(&format!("{API}/endpoints/{id}/ping"), &json!({}))
        .await;
    ping.refused(409, "apps.endpoint_off");
    // Switched on again, it gets what waited.
    world.receiver.is(Mood::Good);
    let fields = json!({"name": off["name"], "url": off["url"], "active": true});
    let body = json!({"version": off["version"], "endpoint": fields});
    let on = world
        .admin
        .put(&format!("{API}/endpoints/{id}"), &body)
        .await
        .ok();
    assert!(on["disabled_at"].is_null());
    world.receiver.wait_for(3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_and_the_one_before_are_valid_for_a_day() {
    let world = World::new().await;
    let (id, old) = world.register(json!({})).await;
    let path = format!("{API}/endpoints/{id}/rotate");
    let made = world.admin.post(&path, &json!({"version": 1})).await.ok();
    let new = made["secret"].as_str().unwrap().to_owned();
    assert_ne!(new, old);
    world
        .admin
        .post(&path, &json!({"version": 1}))
        .await
        .refused(409, "apps.stale_version");
    world.case(ONE, 1).await;
    world.app.run_events().await;
    let judge = |message: &world::Arrived, secret: &str| {
        let at = message.timestamp;
        tb_apps::valid(
            secret,
            &message.id,
            at,
            &message.body,
            &message.signature,
            at,
        )
    };
    let first = &world.receiver.wait_for(1).await[0];
    assert!(judge(first, &old) && judge(first, &new));
    world.pass(25 * 3600);
    world.case(TWO, 1).await;
    let second = &world.receiver.wait_for(2).await[1];
    assert!(!judge(second, &old) && judge(second, &new));
    // Nobody is shown a secret again.
    let shown = world.endpoint(&id).await.to_string();
    assert!(!shown.contains("whsec_"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_hangs_loses_nothing_and_another_takes_over() {
    let world = World::new().await;
    let (id, _) = world.register(json!({})).await;
    world.receiver.is(Mood::Hang);
    world.case(ONE, 2).await;
    world.app.run_events().await;
    world.receiver.wait_for(1).await;
    // While it is in hand, nobody else sends it.
    let second = &world.app.modules()[0].tasks[0];
    let shutdown = tokio_util::sync::CancellationToken::new();
    let _running = tb_jobs::spawn("second process", (second.start)(shutdown.clone()));
    world.receiver.wait_for(1).await;
    world.receiver.is(Mood::Good);
    world.pass(61);
    let arrived = world.receiver.wait_for(3).await;
    assert_eq!(
        arrived[1].id, arrived[0].id,
        "at least once, under the same id"
    );
    assert_eq!((arrived[1].version(), arrived[2].version()), (1, 2));
    // The first gives up after ten seconds, and what it notes changes nothing.
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    world.receiver.wait_for(3).await;
    let listed = world.deliveries(&id, "").await;
    assert!(
        listed.iter().all(|row| row["state"] == "delivered"),
        "{listed:#?}"
    );
    shutdown.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_tells_at_once_what_comes_of_it() {
    let world = World::new().await;
    let (id, _) = world.register(json!({})).await;
    let path = format!("{API}/endpoints/{id}/ping");
    let good = world.admin.post(&path, &json!({})).await.ok();
    assert_eq!(
        (&good["state"], &good["attempts"][0]["status"]),
        (&json!("delivered"), &json!(204))
    );
    assert_eq!(world.receiver.arrived()[0].json()["type"], "tongban.ping");
    world.receiver.is(Mood::Answer(401));
    let bad = world.admin.post(&path, &json!({})).await.ok();
    assert_eq!(
        (&bad["state"], &bad["attempts"][0]["status"]),
        (&json!("dead"), &json!(401))
    );
    world.receiver.is(Mood::Hang);
    let late = world.admin.post(&path, &json!({})).await.ok();
    assert_eq!(late["attempts"][0]["trouble"], "timed_out");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_within_the_house_are_refused() {
    let world = World::with(&[]).await;
    let path = format!("{API}/endpoints");
    for (url, code) in [
        (world.receiver.url.as_str(), "apps.field.private"),
        ("https://169.254.169.254/latest", "apps.field.private"),
        ("https://[::ffff:10.0.0.1]/", "apps.field.private"),
        ("https://user:pass@example.cn/", "apps.field.address"),
        ("file:///etc/passwd", "apps.field.address"),
    ] {
        let body = json!({"name": "x", "url": url, "active": true});
        let refused = world
            .admin
            .post(&path, &body)
            .await
            .refused(422, "apps.endpoint_invalid");
        assert_eq!(refused["fields"][0]["code"], code, "{url}");
    }
    let body = json!({"name": "", "url": "https://example.cn/", "active": true, "kinds": ["case.nothing"]});
    let refused = world
        .admin
        .post(&path, &body)
        .await
        .refused(422, "apps.endpoint_invalid");
    assert_eq!(refused["fields"].as_array().unwrap().len(), 2);
}
