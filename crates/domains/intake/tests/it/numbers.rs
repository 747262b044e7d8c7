//! Case numbers: one per submission, whatever happens at the same time.

use std::collections::BTreeSet;

use serde_json::json;

use crate::town::{Town, complete, draft, number, path};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_submissions_at_once_get_fifty_numbers() {
    let town = Town::new().await;
    let mut ready = Vec::new();
    for n in 0..50 {
        let client = town.person(100 + n);
        let application = complete(&client).await;
        ready.push((client, application));
    }
    let submit = ready.into_iter().map(|(client, application)| async move {
        let body = json!({"version": application["version"]});
        number(
            &client
                .post(&path(&application, "/submit"), &body)
                .await
                .ok(),
        )
        .to_owned()
    });
    let numbers: BTreeSet<String> = futures::future::join_all(submit)
        .await
        .into_iter()
        .collect();
    assert_eq!(numbers.len(), 50);
    let serials: Vec<u32> = numbers
        .iter()
        .map(|number| number[14..20].parse().unwrap())
        .collect();
    assert_eq!(serials, (1..=50).collect::<Vec<_>>(), "no gap");
    let feed = tb_intake::changes(town.log())
        .changes("", 500)
        .await
        .unwrap();
    let told: BTreeSet<String> = feed.changes.into_iter().map(|change| change.key).collect();
    assert_eq!(told, numbers);
}

#[tokio::test]
async fn serials_begin_anew_each_office_day_and_a_refused_submission_takes_none() {
    let town = Town::new().await;
    let mine = town.person(1);
    let first = crate::town::submitted(&mine).await;
    let empty = draft(&mine).await;
    mine.post(
        &path(&empty, "/submit"),
        &json!({"version": empty["version"]}),
    )
    .await
    .refused(422, "intake.application_invalid");
    let second = crate::town::submitted(&mine).await;
    assert!(number(&first).starts_with("43010220261122000001"));
    assert!(number(&second).starts_with("43010220261122000002"));
    // 23:59 in Shanghai is still the same day; a minute later is not.
    town.app
        .clock()
        .advance(chrono::Duration::minutes(13 * 60 + 59));
    assert!(number(&crate::town::submitted(&mine).await).starts_with("43010220261122000003"));
    town.app.clock().advance(chrono::Duration::minutes(1));
    assert!(number(&crate::town::submitted(&mine).await).starts_with("43010220261123000001"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_submit_makes_one_case() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    let body = json!({"version": ready["version"]});
    let url = path(&ready, "/submit");
    let answers = futures::future::join_all((0..8).map(|_| mine.post(&url, &body))).await;
    let won: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status.is_success())
        .collect();
    assert_eq!(won.len(), 1);
    let case = won[0].json()["case_number"].clone();
    for lost in answers.iter().filter(|answer| !answer.status.is_success()) {
        assert_eq!(
            lost.clone().refused(409, "intake.already_submitted")["args"]["case_number"],
            case
        );
    }
    assert_eq!(
        tb_intake::changes(town.log())
            .changes("", 500)
            .await
            .unwrap()
            .changes
            .len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_a_key_the_repeat_gets_the_same_answer() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    let body = json!({"version": ready["version"]});
    let url = path(&ready, "/submit");
    let keyed = mine.clone().once("submit-once-1");
    let answers = futures::future::join_all((0..4).map(|_| keyed.post(&url, &body))).await;
    let first = answers[0].clone().ok();
    for answer in answers {
        let again = answer.ok();
        assert_eq!(
            (&again["case_number"], &again["query_password"]),
            (&first["case_number"], &first["query_password"])
        );
    }
    // PostgreSQL shows a change once no older transaction runs, in any database of the cluster.
    let mut told = 0;
    for _ in 0..400 {
        let feed = tb_intake::changes(town.log());
        told = feed.changes("", 500).await.unwrap().changes.len();
        if told > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(told, 1);
    keyed
        .post(&url, &json!({"version": 99}))
        .await
        .refused(422, "http.idempotency_mismatch");
}
