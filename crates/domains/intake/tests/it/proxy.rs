//! Acting for somebody by an authorisation given online: whose application it is, who reaches it, and
//! what is left when it ends.

use serde_json::{Value, json};
use tb_contract::events::{ProxyChanged, ProxyStep};
use tb_contract::topics;
use tb_kernel::{Actor, Represented, office_time};
use tb_testkit::{Client, citizen};
use uuid::Uuid;

use crate::town::{
    CITIZEN_ID, ITEM, NAME, OTHER_ID, PDF, Town, answers, item, look, number, path, upload,
};

pub const MINE: &str = "/api/v1/intake/applications";
const MANDATE: Uuid = Uuid::from_u128(0x0193_a000_0000_7000_8000_0000_0000_0a01);

/// A town whose item proxies may apply for.
pub async fn town() -> Town {
    let town = Town::without_item().await;
    let mut item = item();
    item["handling"] = json!({"proxy": true});
    town.publish(item, 1).await;
    town
}

/// Account 2, authorised by account 1.
pub fn acting(town: &Town, items: &[&str]) -> Actor {
    let today = office_time::day(town.app.now());
    let held = Represented {
        mandate_id: MANDATE,
        id: citizen(1).id,
        items: items.iter().map(ToString::to_string).collect(),
        from: today,
        until: today + chrono::Days::new(9),
    };
    Actor {
        proxy_of: vec![held],
        ..citizen(2)
    }
}

pub fn wanted(on_behalf: &Value) -> Value {
    json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "on_behalf": on_behalf})
}

pub fn by_mandate() -> Value {
    wanted(&json!({"by": "mandate", "mandate_id": MANDATE}))
}

/// Fills in what the item wants, and hands it in.
pub async fn hand_in(client: &Client, draft: &Value) -> Value {
    let body = json!({"version": draft["version"], "form": answers()});
    let saved = client.put(&path(draft, "/form"), &body).await.ok();
    upload(client, &saved, "proof", "证明.pdf", PDF).await;
    let body = json!({"version": saved["version"]});
    client.post(&path(&saved, "/submit"), &body).await.ok()
}

pub async fn ids(client: &Client) -> Vec<String> {
    let list = client.get(MINE).await.ok();
    let rows = list["items"].as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

async fn titles(client: &Client) -> Vec<String> {
    let inbox = client.get("/api/v1/intake/messages").await.ok();
    let rows = inbox["items"].as_array().unwrap();
    rows.iter()
        .map(|row| row["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// Identity tells what became of the authorisation.
async fn says(town: &Town, step: ProxyStep, version: i64) {
    let today = office_time::day(town.app.now());
    let told = ProxyChanged {
        mandate_id: MANDATE,
        step,
        principal_id: citizen(1).id,
        principal_name: "欧阳测甲".to_owned(),
        proxy_id: Some(citizen(2).id),
        proxy_name: "独孤测乙".to_owned(),
        from: today,
        until: today + chrono::Days::new(9),
    };
    let key = MANDATE.to_string();
    town.emit(
        topics::IDENTITY,
        &key,
        "identity.proxy.changed",
        version,
        &told,
    )
    .await;
    town.app.run_events().await;
}

#[tokio::test]
async fn what_a_proxy_hands_in_is_the_principals() {
    let town = town().await;
    let (proxy, principal) = (town.app.as_actor(acting(&town, &[ITEM])), town.person(1));
    let draft = proxy.post(MINE, &by_mandate()).await.ok();
    assert_eq!(
        (
            &draft["applicant"]["id_number"],
            &draft["form"]["id_number"]
        ),
        (&json!(CITIZEN_ID), &json!(CITIZEN_ID)),
        "filled in as for himself"
    );
    assert_eq!(
        (
            &draft["proxy"]["mine"],
            &draft["proxy"]["online"],
            &draft["proxy"]["over"]
        ),
        (&json!(true), &json!(true), &json!(false))
    );
    let seen = look(&principal, &draft).await;
    assert_eq!(
        (
            &seen["proxy"]["mine"],
            &seen["proxy"]["name"],
            &seen["proxy"]["id_number"]
        ),
        (&json!(false), &json!(NAME), &json!("4301**********0016"))
    );
    assert_eq!(seen["timeline"][0]["kind"], "begun_by_proxy");
    let done = hand_in(&proxy, &draft).await;
    let told = crate::feed::last(&town).await;
    assert_eq!(
        told.payload["applicant"]["account_id"],
        json!(citizen(1).id),
        "the case is the principal's"
    );
    assert_eq!(
        (
            &told.payload["proxy"]["id_number"],
            &told.payload["proxy"]["mandate_id"]
        ),
        (&json!(OTHER_ID), &json!(MANDATE))
    );
    let seen = look(&principal, &done).await;
    let entry = &seen["timeline"].as_array().unwrap()[1];
    assert_eq!(
        (&entry["kind"], &entry["by_proxy"]),
        (&json!("submitted"), &json!(true))
    );
    let list = principal.get(MINE).await.ok();
    assert_eq!(list["items"][0]["proxy"]["mine"], false);
    assert_eq!(titles(&principal).await, ["submitted", "begun_by_proxy"]);
    assert_eq!(titles(&proxy).await, ["submitted"]);
    // What is his alone stays his.
    town.feed_back(
        number(&done),
        1,
        "closed",
        "closed",
        json!({"result": "granted"}),
    )
    .await;
    let rating = json!({"level": 5});
    let rate = path(&done, "/rating");
    proxy
        .post(&rate, &rating)
        .await
        .refused(403, "intake.proxy_not_this");
    principal.post(&rate, &rating).await.ok();
}

#[tokio::test]
async fn whoever_is_no_proxy_of_it_sees_nothing() {
    let town = town().await;
    let proxy = town.app.as_actor(acting(&town, &[ITEM]));
    let draft = proxy.post(MINE, &by_mandate()).await.ok();
    // Strangers, whoever was a proxy once, and a proxy by another authorisation.
    let former = town.person(2);
    let elsewhere = Actor {
        proxy_of: vec![Represented {
            mandate_id: Uuid::from_u128(9),
            ..acting(&town, &[]).proxy_of.remove(0)
        }],
        ..citizen(2)
    };
    let another = Actor {
        id: citizen(3).id,
        ..acting(&town, &[])
    };
    for stranger in [
        former,
        town.app.as_actor(elsewhere),
        town.app.as_actor(another),
    ] {
        let gone = "intake.application_not_found";
        stranger.get(&path(&draft, "")).await.refused(404, gone);
        let form = json!({"version": 1, "form": {}});
        stranger
            .put(&path(&draft, "/form"), &form)
            .await
            .refused(404, gone);
        let end = json!({"version": 1});
        stranger
            .post(&path(&draft, "/proxy/end"), &end)
            .await
            .refused(404, gone);
        assert!(ids(&stranger).await.is_empty());
    }
}

#[tokio::test]
async fn what_was_begun_goes_on_without_the_proxy() {
    let town = town().await;
    let (proxy, principal) = (town.app.as_actor(acting(&town, &[])), town.person(1));
    let open = proxy.post(MINE, &by_mandate()).await.ok();
    let body = json!({"version": open["version"], "form": answers()});
    let saved = proxy.put(&path(&open, "/form"), &body).await.ok();
    upload(&proxy, &saved, "proof", "证明.pdf", PDF).await;
    let second = proxy.post(MINE, &by_mandate()).await.ok();
    let done = hand_in(&proxy, &second).await;
    says(&town, ProxyStep::Revoked, 3).await;
    // Even a session that still says so reaches nothing.
    let gone = "intake.application_not_found";
    proxy.get(&path(&done, "")).await.refused(404, gone);
    assert!(ids(&proxy).await.is_empty());
    let told = crate::feed::last(&town).await;
    assert_eq!(
        (told.kind.as_str(), told.version),
        ("intake.application.proxy_ended", 2)
    );
    assert_eq!(told.payload["on"], json!(office_time::day(town.app.now())));
    let seen = look(&principal, &open).await;
    assert_eq!(
        (&seen["proxy"]["over"], &seen["form"]["skill"]),
        (&json!(true), &json!("焊工"))
    );
    let body = json!({"version": seen["version"]});
    let handed = principal.post(&path(&open, "/submit"), &body).await.ok();
    let told = crate::feed::last(&town).await;
    assert_eq!(told.kind, "intake.application.submitted");
    assert_eq!(
        handed["timeline"].as_array().unwrap().last().unwrap()["by_proxy"],
        false
    );
    let ended = titles(&principal).await;
    let ended = ended.iter().filter(|kind| *kind == "proxy_ended");
    assert_eq!(ended.count(), 2, "one for each application");
    assert!(titles(&proxy).await.contains(&"proxy_revoked".to_owned()));
    let inbox = proxy.get("/api/v1/intake/messages").await.ok();
    let about = inbox["items"].as_array().unwrap().iter();
    let mut about = about.filter(|one| one["kind"] == "proxy_revoked");
    assert_eq!(about.next().unwrap()["application_id"], Value::Null);
}

#[tokio::test]
async fn either_of_the_two_ends_it_on_one_application() {
    let town = town().await;
    let (proxy, principal) = (town.app.as_actor(acting(&town, &[])), town.person(1));
    let one = proxy.post(MINE, &by_mandate()).await.ok();
    let two = proxy.post(MINE, &by_mandate()).await.ok();
    let end = |one: &Value| (path(one, "/proxy/end"), json!({"version": one["version"]}));
    let (at, body) = end(&one);
    principal
        .post(&at, &json!({"version": 7}))
        .await
        .refused(409, "intake.stale_version");
    let ended = principal.post(&at, &body).await.ok();
    assert_eq!(ended["proxy"]["over"], true);
    let again = json!({"version": ended["version"]});
    principal
        .post(&at, &again)
        .await
        .refused(409, "intake.proxy_none");
    assert_eq!(ids(&proxy).await, [two["id"].as_str().unwrap()]);
    let (at, body) = end(&two);
    proxy.post(&at, &body).await.ok();
    assert!(ids(&proxy).await.is_empty());
    assert_eq!(ids(&principal).await.len(), 2);
}

#[tokio::test]
async fn a_session_that_is_late_begins_nothing() {
    let town = town().await;
    let proxy = town.app.as_actor(acting(&town, &[]));
    let before = proxy.post(MINE, &by_mandate()).await.ok();
    says(&town, ProxyStep::Revoked, 3).await;
    proxy
        .post(MINE, &by_mandate())
        .await
        .refused(409, "intake.proxy_not_held");
    let own = ids(&town.person(1)).await;
    assert_eq!(own, [before["id"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_proxy_deletes_nothing_of_the_principals() {
    let town = town().await;
    let (proxy, principal) = (town.app.as_actor(acting(&town, &[])), town.person(1));
    let draft = proxy.post(MINE, &by_mandate()).await.ok();
    proxy
        .delete(&path(&draft, ""))
        .await
        .refused(403, "intake.proxy_not_this");
    look(&principal, &draft).await;
    let gone = principal.delete(&path(&draft, "")).await;
    assert_eq!(gone.status, 204);
}

#[tokio::test]
async fn what_cannot_be_is_said_before_anything_is_filled_in() {
    let town = Town::new().await;
    let proxy = town.app.as_actor(acting(&town, &[]));
    let refused = proxy.post(MINE, &by_mandate()).await;
    let problem = refused.refused(409, "intake.proxy_not_allowed");
    assert_eq!(problem["args"]["item"], "失业登记");
    let mut item = item();
    item["handling"] = json!({"proxy": true});
    town.publish(item, 2).await;
    town.person(2)
        .post(MINE, &by_mandate())
        .await
        .refused(409, "intake.proxy_not_held");
    town.app
        .as_actor(acting(&town, &["another"]))
        .post(MINE, &by_mandate())
        .await
        .refused(409, "intake.proxy_out_of_scope");
    let agent = Actor {
        proxy_of: acting(&town, &[]).proxy_of,
        ..crate::town::agent(8)
    };
    town.app
        .as_actor(agent)
        .post(MINE, &by_mandate())
        .await
        .refused(403, "intake.proxy_persons_only");
}
