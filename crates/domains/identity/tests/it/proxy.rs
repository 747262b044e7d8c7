//! Authorisations between citizens: nobody is looked up, both sides see and end them, and a session
//! holds what is taken on for as long as it runs.

use serde_json::{Value, json};
use tb_identity::SeedAccount;
use tb_kernel::{AccountId, Represented};
use tb_storage::entity::outbox;
use tb_testkit::{Client, TestApp};

use crate::{app, as_administrator, citizen, field_codes, seed, signed_in};
use sea_orm::EntityTrait;

const PROXIES: &str = "/api/v1/identity/proxies";
const NUMBER: &str = "11010519491231002X";

/// A principal, and somebody whom he may authorise.
struct Two {
    app: TestApp,
    principal: AccountId,
}

async fn two() -> Two {
    let app = app().await;
    let principal = seed(&app, citizen("zhang")).await;
    let proxy = SeedAccount {
        name: "李示例".to_owned(),
        citizen_id: Some(NUMBER.to_owned()),
        ..citizen("li")
    };
    seed(&app, proxy).await;
    Two { app, principal }
}

impl Two {
    fn day(&self, n: u64) -> String {
        let today = tb_kernel::office_time::day(self.app.now());
        (today + chrono::Days::new(n)).to_string()
    }

    fn wanted(&self) -> Value {
        json!({"name": "李示例", "id_number": "11010519491231002x", "items": ["b", "a"],
            "from": self.day(0), "until": self.day(30)})
    }

    async fn offered(&self) -> String {
        let client = signed_in(&self.app, "zhang").await;
        let made = client.post(PROXIES, &self.wanted()).await.ok();
        made.get("id").and_then(Value::as_str).unwrap().to_owned()
    }

    /// For whom the session of an account may act.
    async fn represented(&self, account: &str) -> Vec<Represented> {
        let client = signed_in(&self.app, account).await;
        let token = client.cookie().unwrap();
        let sessions = tb_identity::sessions(self.app.store());
        let session = sessions.authenticate(&token, None, false).await;
        session.unwrap().unwrap().actor.proxy_of
    }
}

async fn listed(client: &Client, side: &str) -> Vec<Value> {
    let page = client.get(&format!("{PROXIES}?side={side}")).await.ok();
    page.get("items").and_then(Value::as_array).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_on_holds_until_one_of_the_two_ends_it() {
    let two = two().await;
    let id = two.offered().await;
    let principal = signed_in(&two.app, "zhang").await;
    let proxy = signed_in(&two.app, "li").await;
    let held = listed(&proxy, "held").await;
    assert_eq!(held.len(), 1);
    assert_eq!(
        (
            &held[0]["stage"],
            &held[0]["person"]["name"],
            &held[0]["items"]
        ),
        (&json!("offered"), &json!("张示例"), &json!(["a", "b"]))
    );
    assert_eq!(held[0]["person"]["id_number"], "4301**********9986");
    assert!(
        two.represented("li").await.is_empty(),
        "not before he has said yes"
    );
    let accept = format!("{PROXIES}/{id}/accept");
    proxy
        .post(&accept, &json!({"version": 9}))
        .await
        .refused(409, "identity.proxy_moved");
    let taken = proxy.post(&accept, &json!({"version": 1})).await.ok();
    assert_eq!(taken["stage"], "running");
    let acts = two.represented("li").await;
    assert_eq!((acts.len(), acts[0].id), (1, two.principal));
    assert!(acts[0].covers("a") && !acts[0].covers("c"));
    assert!(
        two.represented("zhang").await.is_empty(),
        "only the one way"
    );
    let end = format!("{PROXIES}/{id}/end");
    let ended = principal.post(&end, &json!({"version": 2})).await.ok();
    assert_eq!(
        (&ended["stage"], &ended["ended_by_proxy"]),
        (&json!("ended"), &json!(false))
    );
    assert!(two.represented("li").await.is_empty(), "at once");
    proxy
        .post(&end, &json!({"version": 3}))
        .await
        .refused(409, "identity.proxy_over");
    let told = outbox::Entity::find()
        .all(&two.app.store().read())
        .await
        .unwrap();
    let told = told
        .iter()
        .filter(|row| row.kind == "identity.proxy.changed");
    assert_eq!(told.count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_on_more_than_travels_with_a_request() {
    let two = two().await;
    let mut ids = Vec::new();
    for many in [10, 10, 10, 10, 10, 2] {
        two.app.clock().advance(chrono::TimeDelta::days(1));
        let client = signed_in(&two.app, "zhang").await;
        for _ in 0..many {
            let made = client.post(PROXIES, &two.wanted()).await.ok();
            ids.push(made["id"].as_str().unwrap().to_owned());
        }
    }
    let proxy = signed_in(&two.app, "li").await;
    let accept = |id: &str| format!("{PROXIES}/{id}/accept");
    let body = json!({"version": 1});
    for id in &ids[..50] {
        proxy.post(&accept(id), &body).await.ok();
    }
    let refused = proxy.post(&accept(&ids[50]), &body).await;
    refused.refused(409, "identity.proxies_held");
    let end = format!("{PROXIES}/{}/end", ids[0]);
    proxy.post(&end, &json!({"version": 2})).await.ok();
    proxy.post(&accept(&ids[50]), &body).await.ok();
    // What has run out makes room by itself.
    two.app.clock().advance(chrono::TimeDelta::days(26));
    let proxy = signed_in(&two.app, "li").await;
    proxy.post(&accept(&ids[51]), &body).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_runs_from_day_to_day_and_not_for_a_locked_principal() {
    let two = two().await;
    let id = two.offered().await;
    let proxy = signed_in(&two.app, "li").await;
    let accept = format!("{PROXIES}/{id}/accept");
    proxy.post(&accept, &json!({"version": 1})).await.ok();
    assert_eq!(two.represented("li").await.len(), 1);
    let administrator = as_administrator(&two.app).await;
    let lock = format!("/api/v1/identity/accounts/{}/lock", two.principal);
    administrator.post(&lock, &json!({"version": 1})).await.ok();
    assert!(
        two.represented("li").await.is_empty(),
        "a locked account lends nothing"
    );
    let unlock = format!("/api/v1/identity/accounts/{}/unlock", two.principal);
    administrator
        .post(&unlock, &json!({"version": 2}))
        .await
        .ok();
    assert_eq!(two.represented("li").await.len(), 1);
    two.app.clock().advance(chrono::TimeDelta::days(31));
    assert!(two.represented("li").await.is_empty(), "over by itself");
    let proxy = signed_in(&two.app, "li").await;
    assert_eq!(listed(&proxy, "held").await[0]["stage"], "lapsed");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_who_has_an_account() {
    let two = two().await;
    let client = signed_in(&two.app, "zhang").await;
    let known = client.post(PROXIES, &two.wanted()).await.ok();
    let mut nobody = two.wanted();
    nobody["id_number"] = json!("440524188001010014");
    let unknown = client.post(PROXIES, &nobody).await.ok();
    let mut misnamed = two.wanted();
    misnamed["name"] = json!("李示甲");
    client.post(PROXIES, &misnamed).await.ok();
    let shape = |one: &Value| {
        let keys: Vec<String> = one.as_object().unwrap().keys().cloned().collect();
        (
            keys,
            one["stage"].clone(),
            one["person"]["account_id"].clone(),
        )
    };
    assert_eq!(shape(&known), shape(&unknown));
    let proxy = signed_in(&two.app, "li").await;
    assert_eq!(listed(&proxy, "held").await.len(), 1, "the name counts too");
    for _ in 3..10 {
        client.post(PROXIES, &two.wanted()).await.ok();
    }
    client
        .post(PROXIES, &two.wanted())
        .await
        .refused(429, "identity.proxies_too_many");
    two.app.clock().advance(chrono::TimeDelta::days(1));
    let client = signed_in(&two.app, "zhang").await;
    client.post(PROXIES, &two.wanted()).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_reach_nothing_and_entries_are_judged_at_once() {
    let two = two().await;
    let id = two.offered().await;
    let stranger = SeedAccount {
        name: "王示例".to_owned(),
        citizen_id: Some("440524188001010014".to_owned()),
        ..citizen("wang")
    };
    seed(&two.app, stranger).await;
    let stranger = signed_in(&two.app, "wang").await;
    assert!(
        listed(&stranger, "held").await.is_empty() && listed(&stranger, "given").await.is_empty()
    );
    for act in ["accept", "end"] {
        stranger
            .post(&format!("{PROXIES}/{id}/{act}"), &json!({"version": 1}))
            .await
            .refused(404, "identity.proxy_not_found");
    }
    let principal = signed_in(&two.app, "zhang").await;
    principal
        .post(&format!("{PROXIES}/{id}/accept"), &json!({"version": 1}))
        .await
        .refused(404, "identity.proxy_not_found");
    let wrong = json!({"name": " ", "id_number": "110105194912310021", "items": ["事"],
        "from": two.day(0), "until": two.day(400)});
    let problem = principal
        .post(PROXIES, &wrong)
        .await
        .refused(422, "identity.invalid_proxy");
    let paths: Vec<String> = field_codes(&problem)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(paths, ["/name", "/id_number", "/items", "/until"]);
    let mut own = two.wanted();
    own["id_number"] = json!("430102199307169986");
    let problem = principal
        .post(PROXIES, &own)
        .await
        .refused(422, "identity.invalid_proxy");
    assert_eq!(field_codes(&problem)[0].1, "identity.proxy_of_oneself");
    let proxy = signed_in(&two.app, "li").await;
    let declined = proxy
        .post(&format!("{PROXIES}/{id}/end"), &json!({"version": 1}))
        .await
        .ok();
    assert_eq!(declined["stage"], "declined");
    assert_eq!(listed(&principal, "given").await[0]["stage"], "declined");
}
