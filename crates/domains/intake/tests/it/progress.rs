//! The public progress query: masked, limited, and silent about what exists.

use serde_json::{Value, json};

use crate::town::{CITIZEN_ID, NAME, PHONE, Town, number, submitted};

const URL: &str = "/api/v1/intake/progress";

fn ask(number: &str, password: &str) -> Value {
    json!({"case_number": number, "password": password})
}

fn other_than(password: &str) -> &'static str {
    if password == "000000" {
        "111111"
    } else {
        "000000"
    }
}

#[tokio::test]
async fn number_and_password_show_how_far_it_is_and_nothing_of_the_person() {
    let town = Town::new().await;
    let done = submitted(&town.person(1)).await;
    let (case, password) = (number(&done), done["query_password"].as_str().unwrap());
    let more = json!({"promised_due": "2026-11-27", "reason": "欧阳测甲，您好"});
    town.feed_back(case, 1, "accepted", "examining", more).await;
    let public = town.app.client();
    let seen = public.post(URL, &ask(case, password)).await.ok();
    assert_eq!(
        (&seen["state"], &seen["applicant_name"]),
        (&json!("examining"), &json!("欧**甲"))
    );
    assert_eq!(
        seen["standing"]["text"],
        "已受理，正在审查。预计11月27日前办结。"
    );
    assert_eq!(seen["timeline"][1]["text"], "已受理");
    let text = seen.to_string();
    for secret in [NAME, CITIZEN_ID, PHONE, "您好"] {
        assert!(!text.contains(secret), "{secret}");
    }
    // As people copy it: in groups, full width.
    let grouped = format!(" {} {} ", &case[..6], &case[6..]);
    public.post(URL, &ask(&grouped, password)).await.ok();
}

#[tokio::test]
async fn wrong_number_and_wrong_password_look_the_same() {
    let town = Town::new().await;
    let done = submitted(&town.person(1)).await;
    let (case, password) = (number(&done), done["query_password"].as_str().unwrap());
    let public = town.app.client();
    let strip = |mut problem: Value| {
        problem["request_id"] = Value::Null;
        problem
    };
    let wrong_password = strip(
        public
            .post(URL, &ask(case, other_than(password)))
            .await
            .refused(404, "intake.progress_not_found"),
    );
    let unknown = strip(
        public
            .post(URL, &ask("430102202611220000992", password))
            .await
            .refused(404, "intake.progress_not_found"),
    );
    let nonsense = strip(
        public
            .post(URL, &ask("' OR 1=1 --", ""))
            .await
            .refused(404, "intake.progress_not_found"),
    );
    assert_eq!(wrong_password, unknown);
    assert_eq!(unknown, nonsense);
}

#[tokio::test]
async fn guessing_is_limited_per_number_and_per_address() {
    let town = Town::new().await;
    let done = submitted(&town.person(1)).await;
    let other = submitted(&town.person(1)).await;
    let (case, password) = (number(&done), done["query_password"].as_str().unwrap());
    let public = town.app.client();
    for _ in 0..10 {
        public
            .post(URL, &ask(case, other_than(password)))
            .await
            .refused(404, "intake.progress_not_found");
    }
    let limited = public.post(URL, &ask(case, password)).await;
    assert!(limited.headers.contains_key("retry-after"));
    limited.refused(429, "http.limited");
    public
        .post(
            URL,
            &ask(number(&other), other["query_password"].as_str().unwrap()),
        )
        .await
        .ok();
    // Twelve so far; the address has thirty.
    for _ in 0..18 {
        public
            .post(URL, &ask("1", "1"))
            .await
            .refused(404, "intake.progress_not_found");
    }
    public
        .post(URL, &ask("1", "1"))
        .await
        .refused(429, "http.limited");
}
