//! kill -9 thirty times under load: every acknowledged submission and decision is there once, and
//! the event log agrees.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::city::{City, tail};
use crate::journey::{self, Person, text};

const KILLS: usize = 30;
const CITIZENS: usize = 4;

/// What the server has acknowledged.
#[derive(Default)]
pub struct Acknowledged {
    /// Case number → path of the application.
    pub submitted: BTreeMap<String, String>,
    /// Case number → result of the decision.
    pub decided: BTreeMap<String, String>,
}

pub type Shared = Arc<Mutex<Acknowledged>>;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_doubled() {
    let mut city = City::fill();
    city.serve().await;
    let citizen = city.sign_in("citizen1").await;
    let clerk = city.sign_in("clerk_hr").await;
    let head = city.sign_in("head_hr").await;
    let acknowledged = Shared::default();
    for round in 0..KILLS {
        let mut load = tokio::task::JoinSet::new();
        for _ in 0..CITIZENS {
            load.spawn(apply_until_cut(citizen.clone(), acknowledged.clone()));
        }
        load.spawn(handle_until_cut(
            clerk.clone(),
            head.clone(),
            acknowledged.clone(),
        ));
        // Never the same moment of the work.
        let moment = u64::try_from(round).unwrap() * 37 % 400;
        tokio::time::sleep(Duration::from_millis(250 + moment)).await;
        city.kill();
        while let Some(done) = load.join_next().await {
            done.unwrap();
        }
        city.serve().await;
    }
    let (submitted, decided) = {
        let all = acknowledged.lock().unwrap();
        (all.submitted.clone(), all.decided.clone())
    };
    assert!(
        submitted.len() > KILLS && decided.len() > 10,
        "{} submitted, {} decided",
        submitted.len(),
        decided.len()
    );
    come_to_rest(&city).await;
    for (number, path) in &submitted {
        let case = journey::case(&clerk, number).await;
        let application = citizen.get(path).await;
        assert_eq!(application["case_number"], **number);
        assert_eq!(
            application["state"], case["state"],
            "{number}: the two sides disagree"
        );
        if let Some(result) = decided.get(number) {
            assert_eq!(case["result"], **result, "{number}: the decision is gone");
        }
    }
    city.stop();
    let verify = city.command("audit").arg("verify").output().unwrap();
    assert!(
        verify.status.success(),
        "{}",
        String::from_utf8_lossy(&verify.stdout)
    );
}

/// Submits one application after another until the connection is cut.
pub async fn apply_until_cut(citizen: Browser, acknowledged: Shared) {
    while let Some((path, number)) = try_submit(&citizen).await {
        acknowledged.lock().unwrap().submitted.insert(number, path);
    }
}

async fn try_submit(citizen: &Browser) -> Option<(String, String)> {
    let answers = json!({"status": "jobless", "residence": "local", "reason": "other"});
    let body = json!({"item_code": journey::ITEM, "situation_answers": answers, "channel": "pc"});
    let view = accepted(
        citizen
            .send(Method::POST, "/api/v1/intake/applications", Some(&body))
            .await,
    )?;
    let path = journey::application(&view);
    let body = json!({"version": view["version"], "form": journey::form(&Person::demo())});
    let view = accepted(
        citizen
            .send(Method::PUT, &format!("{path}/form"), Some(&body))
            .await,
    )?;
    let body = json!({"version": view["version"]});
    let view = accepted(
        citizen
            .send(Method::POST, &format!("{path}/submit"), Some(&body))
            .await,
    )?;
    Some((path, text(&view, "case_number")))
}

/// Carries one received case after another to its decision until the connection is cut.
pub async fn handle_until_cut(clerk: Browser, head: Browser, acknowledged: Shared) {
    let mut seen = 0;
    loop {
        let path = "/api/v1/approval/cases?state=received&limit=5";
        let Ok((_, page)) = clerk.send(Method::GET, path, None).await else {
            return;
        };
        let rows = page["items"].as_array().cloned().unwrap_or_default();
        for row in &rows {
            if decide(&clerk, &head, &text(row, "id"), &acknowledged)
                .await
                .is_err()
            {
                return;
            }
            seen += 1;
        }
        if rows.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(seen < 100_000, "the same cases are received for ever");
    }
}

async fn decide(
    clerk: &Browser,
    head: &Browser,
    id: &str,
    acknowledged: &Shared,
) -> Result<(), String> {
    let (_, mut case) = clerk
        .send(Method::GET, &format!("/api/v1/approval/cases/{id}"), None)
        .await?;
    let pass = json!({"outcome": "pass", "opinion": "同意"});
    let plan = [
        (clerk, "accept", json!({})),
        (clerk, "step", pass.clone()),
        (head, "step", pass),
        (head, "decide", json!({"result": "granted", "reason": ""})),
    ];
    for (staff, verb, body) in plan {
        match journey::command(staff, &case, verb, body).await? {
            Some(next) => case = next,
            None => return Ok(()),
        }
    }
    let mut all = acknowledged.lock().unwrap();
    all.decided
        .insert(text(&case, "number"), text(&case, "result"));
    Ok(())
}

fn accepted(answer: Result<(reqwest::StatusCode, Value), String>) -> Option<Value> {
    let (status, view) = answer.ok()?;
    // While the server goes down it may still say that it is busy.
    if status.as_u16() == 503 {
        return None;
    }
    assert!(status.is_success(), "{status} {view}");
    Some(view)
}

/// Waits until no event is on its way and none was given up.
async fn come_to_rest(city: &City) {
    let administrator = city.sign_in("admin").await;
    let mut last = Value::Null;
    for _ in 0..300 {
        last = administrator.get("/api/v1/governance/event-log/lag").await;
        let sum = |field: &str| {
            last.as_array()
                .unwrap()
                .iter()
                .map(|row| row[field].as_u64().unwrap())
                .sum::<u64>()
        };
        assert_eq!(sum("dead"), 0, "{last}\n{}", tail(&city.log()));
        if sum("behind") == 0 && sum("parked") == 0 {
            tokio::time::sleep(Duration::from_secs(2)).await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("events are left over: {last}");
}
