//! Deputies: who may name whom, for which days, and what a session holds meanwhile.

use serde_json::{Value, json};
use tb_identity::SeedAccount;
use tb_kernel::AccountId;
use tb_testkit::{Client, TestApp, department};

use crate::{app, as_administrator, audit_rows, clerk, seed, signed_in};

const DELEGATIONS: &str = "/api/v1/identity/delegations";

fn staff(account: &str, name: &str, role: &str) -> SeedAccount {
    SeedAccount {
        name: name.to_owned(),
        roles: vec![role.to_owned()],
        ..clerk(account)
    }
}

struct Office {
    app: TestApp,
    clerk: AccountId,
    other: AccountId,
    head: AccountId,
    stranger: AccountId,
}

async fn office() -> Office {
    let app = app().await;
    let elsewhere = SeedAccount {
        department: Some(department("11430104TB00000999")),
        ..staff("clerk_far", "远方", "clerk")
    };
    Office {
        clerk: seed(&app, staff("clerk_a", "甲", "clerk")).await,
        other: seed(&app, staff("clerk_b", "乙", "clerk")).await,
        head: seed(&app, staff("head_c", "丙", "head")).await,
        stranger: seed(&app, elsewhere).await,
        app,
    }
}

impl Office {
    /// A day from today on.
    fn day(&self, n: u64) -> String {
        let today = tb_kernel::office_time::day(self.app.now());
        (today + chrono::Days::new(n)).to_string()
    }

    fn wanted(&self, deputy: AccountId, from: u64, until: u64) -> Value {
        json!({"deputy_id": deputy, "from": self.day(from), "until": self.day(until), "reason": "年休假"})
    }
}

async fn held(client: &Client) -> Vec<String> {
    let session = client.get("/api/v1/identity/session").await.ok();
    let keys = session
        .get("permissions")
        .and_then(Value::as_array)
        .unwrap()
        .iter();
    keys.map(|key| key.as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deputy_holds_the_posts_from_day_to_day() {
    let office = office().await;
    let head = signed_in(&office.app, "head_c").await;
    let deputy = signed_in(&office.app, "clerk_a").await;
    let issue = "approval.supervision.issue".to_owned();
    assert!(!held(&deputy).await.contains(&issue));
    let made = head
        .post(DELEGATIONS, &office.wanted(office.clerk, 1, 2))
        .await
        .ok();
    assert_eq!(
        (&made["stage"], &made["absent"], &made["deputy"]["name"]),
        (
            &json!("coming"),
            &json!({"name": "丙", "me": true}),
            &json!("甲")
        )
    );
    assert!(!held(&deputy).await.contains(&issue), "not yet");
    office.app.clock().advance(chrono::TimeDelta::days(1));
    let deputy = signed_in(&office.app, "clerk_a").await;
    let keys = held(&deputy).await;
    assert!(keys.contains(&issue));
    for key in ["approval.label.write", "catalogue.item.manage"] {
        assert!(!keys.contains(&key.to_owned()), "{key}");
    }
    let list = deputy
        .get(&format!("{DELEGATIONS}?current=true&mine=true"))
        .await
        .ok();
    assert_eq!(
        (
            &list["items"][0]["stage"],
            &list["items"][0]["deputy"]["me"]
        ),
        (&json!("running"), &json!(true))
    );
    office.app.clock().advance(chrono::TimeDelta::days(2));
    let deputy = signed_in(&office.app, "clerk_a").await;
    assert!(!held(&deputy).await.contains(&issue), "over by itself");
    let list = deputy.get(DELEGATIONS).await.ok();
    assert_eq!(list["items"][0]["stage"], "over");
    let path = format!("{DELEGATIONS}/{}/end", made["id"].as_str().unwrap());
    let head = signed_in(&office.app, "head_c").await;
    head.post(&path, &json!({"version": 1}))
        .await
        .refused(409, "identity.delegation_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_early_and_with_the_account() {
    let office = office().await;
    let issue = "approval.supervision.issue".to_owned();
    let head = signed_in(&office.app, "head_c").await;
    let wanted = office.wanted(office.clerk, 0, 9);
    let made = head.post(DELEGATIONS, &wanted).await.ok();
    let deputy = signed_in(&office.app, "clerk_a").await;
    assert!(held(&deputy).await.contains(&issue));
    let path = format!("{DELEGATIONS}/{}/end", made["id"].as_str().unwrap());
    let colleague = signed_in(&office.app, "clerk_b").await;
    colleague
        .post(&path, &json!({"version": 1}))
        .await
        .refused(404, "identity.delegation_not_found");
    deputy
        .post(&path, &json!({"version": 1}))
        .await
        .refused(403, "identity.deputy_ends_not");
    head.post(&path, &json!({"version": 7}))
        .await
        .refused(409, "identity.delegation_moved");
    let ended = head.post(&path, &json!({"version": 1})).await.ok();
    assert_eq!(
        (&ended["stage"], &ended["ended_by"]),
        (&json!("over"), &json!("丙"))
    );
    assert!(!held(&deputy).await.contains(&issue), "at once");

    head.post(DELEGATIONS, &wanted).await.ok();
    assert!(held(&deputy).await.contains(&issue));
    let administrator = as_administrator(&office.app).await;
    let lock = format!("/api/v1/identity/accounts/{}/lock", office.head);
    administrator.post(&lock, &json!({})).await.ok();
    office.app.clock().advance(chrono::TimeDelta::seconds(6));
    assert!(
        !held(&deputy).await.contains(&issue),
        "who left lends nothing"
    );
    let actions = audit_rows(&office.app).await;
    let about = |action: &str| actions.iter().filter(|row| row.0 == action).count();
    assert_eq!(about("identity.delegation.made"), 2);
    assert_eq!(about("identity.delegation.ended"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_with_a_reason() {
    let office = office().await;
    let clerk = signed_in(&office.app, "clerk_a").await;
    let refused = |status, code: &'static str, body: Value| {
        let clerk = &clerk;
        async move {
            let answer = clerk.post(DELEGATIONS, &body).await;
            answer.refused(status, &format!("identity.{code}"));
        }
    };
    let wanted = |deputy, from, until| office.wanted(deputy, from, until);
    refused(422, "deputy_of_oneself", wanted(office.clerk, 0, 1)).await;
    refused(422, "deputy_elsewhere", wanted(office.stranger, 0, 1)).await;
    refused(422, "delegation_ends_before", wanted(office.other, 3, 2)).await;
    refused(422, "delegation_too_long", wanted(office.other, 0, 92)).await;
    refused(422, "delegation_too_far", wanted(office.other, 181, 182)).await;
    let mut bad = wanted(office.other, 0, 1);
    bad["reason"] = json!(" ");
    refused(422, "delegation_reason_missing", bad.clone()).await;
    bad["reason"] = json!("病假");
    bad["absent_id"] = json!(office.head);
    refused(403, "delegation_not_yours", bad).await;

    clerk
        .post(DELEGATIONS, &wanted(office.other, 1, 5))
        .await
        .ok();
    refused(409, "delegation_overlaps", wanted(office.head, 5, 6)).await;
    let other = signed_in(&office.app, "clerk_b").await;
    let back = other.post(DELEGATIONS, &wanted(office.clerk, 2, 3)).await;
    back.refused(409, "identity.delegation_circular");
    let on = other.post(DELEGATIONS, &wanted(office.head, 2, 3)).await;
    on.refused(409, "identity.delegation_passed_on");
    let head = signed_in(&office.app, "head_c").await;
    let away = head.post(DELEGATIONS, &wanted(office.clerk, 1, 1)).await;
    away.refused(409, "identity.deputy_away");
    head.post(DELEGATIONS, &wanted(office.clerk, 6, 6))
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_names_a_deputy_for_who_is_ill() {
    let office = office().await;
    let head = signed_in(&office.app, "head_c").await;
    let people = head.get(&format!("{DELEGATIONS}/people")).await.ok();
    assert_eq!(people["for_others"], true);
    assert_eq!(people["people"].as_array().unwrap().len(), 3);
    let mut ill = office.wanted(office.other, 0, 3);
    ill["absent_id"] = json!(office.clerk);
    let mut own = ill.clone();
    own["deputy_id"] = json!(office.head);
    head.post(DELEGATIONS, &own)
        .await
        .refused(422, "identity.deputy_is_arranger");
    let made = head.post(DELEGATIONS, &ill).await.ok();
    assert_eq!(
        (&made["absent"]["name"], &made["made_by"], &made["stage"]),
        (&json!("甲"), &json!("丙"), &json!("running"))
    );
    // The clerk finds it, and comes back earlier.
    let clerk = signed_in(&office.app, "clerk_a").await;
    let list = clerk.get(DELEGATIONS).await.ok();
    assert_eq!(list["items"][0]["id"], made["id"]);
    let stranger = signed_in(&office.app, "clerk_far").await;
    assert_eq!(stranger.get(DELEGATIONS).await.ok()["items"], json!([]));
    let path = format!("{DELEGATIONS}/{}/end", made["id"].as_str().unwrap());
    clerk.post(&path, &json!({"version": 1})).await.ok();
}
