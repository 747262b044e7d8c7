//! What the role behind sees of the person in front, and what it cannot be made to see.

use std::time::Duration;

use http_body_util::BodyExt;

use crate::roles::{Roles, request};

const WHOAMI: &str = "/api/v1/other/whoami";

#[tokio::test]
async fn one_person_does_not_use_up_the_limits_of_the_city() {
    let roles = Roles::new().await;
    let ask = async |address: &str| {
        let request = request("GET", "/api/v1/other/limited", &[]);
        roles.send(address, request).await.status
    };
    for _ in 0..3 {
        assert_eq!(ask("198.51.100.7").await, 200);
    }
    assert_eq!(ask("198.51.100.7").await, 429);
    assert_eq!(ask("198.51.100.8").await, 200, "somebody else");
}

#[tokio::test]
async fn the_role_behind_does_not_limit_web_as_one_address() {
    let roles = Roles::new().await;
    for n in 0..60 {
        let address = format!("198.51.100.{n}");
        let answer = roles.send(&address, request("GET", WHOAMI, &[])).await;
        assert_eq!(
            (answer.status, &answer.body["address"]),
            (200, &address.into())
        );
    }
}

#[tokio::test]
async fn both_roles_name_one_request() {
    let roles = Roles::new().await;
    let answer = roles
        .send("198.51.100.7", request("GET", WHOAMI, &[]))
        .await;
    assert_eq!(
        answer.headers["x-request-id"],
        answer.body["request_id"].as_str().unwrap()
    );
}

#[tokio::test]
async fn a_client_cannot_speak_for_the_gateway() {
    let roles = Roles::new().await;
    let forged = [
        ("cookie", "tb_session=any"),
        ("authorization", "Bearer mine"),
        ("x-forwarded-for", "203.0.113.1"),
        ("forwarded", "for=203.0.113.1"),
        ("x-request-id", "00000000-0000-0000-0000-000000000001"),
        ("connection", "x-hop"),
        ("x-hop", "1"),
        ("accept-language", "en"),
    ];
    let answer = roles
        .send("198.51.100.7", request("GET", WHOAMI, &forged))
        .await;
    assert_eq!(
        answer.body["kind"], "system",
        "the cookie's owner, not a stranger"
    );
    assert_eq!(answer.body["address"], "198.51.100.7");
    let seen: Vec<&str> = answer.body["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    assert!(seen.contains(&"authorization") && seen.contains(&"accept-language"));
    for (name, _) in forged {
        let passed = ["authorization", "accept-language"].contains(&name);
        assert_eq!(seen.contains(&name), passed, "{name}");
    }
}

#[tokio::test]
async fn live_streams_of_another_role_end_with_this_one() {
    let roles = Roles::new().await;
    let stream = roles
        .begin("198.51.100.7", request("GET", "/api/v1/other/live", &[]))
        .await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let reading = tokio::spawn(stream.into_body().collect());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!reading.is_finished());
    roles.web.live().end();
    let ended = tokio::time::timeout(Duration::from_secs(5), reading).await;
    ended.expect("the stream ends").unwrap().unwrap();
}
