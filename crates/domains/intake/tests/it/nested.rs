//! Groups of rows in groups of rows, with files in them: nothing is lost between visits, and a
//! correction of one place changes that place alone.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{Town, answers, complete, fields, look, number, path, upload};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

/// Content that is a picture and no other one.
fn picture(n: u8) -> Vec<u8> {
    [PNG, &[n]].concat()
}

async fn scan(client: &Client, application: &Value, n: u8) -> String {
    let name = format!("证{n}.png");
    let kept = upload(client, application, "form.family", &name, &picture(n)).await;
    kept["id"].as_str().unwrap().to_owned()
}

fn family(scans: &[String]) -> Value {
    json!([
        {"name": "甲", "papers": [{"number": "1", "scan": [scans[0]]}, {"number": "2", "scan": [scans[1]]}]},
        {"name": "乙", "papers": [{"number": "3", "scan": [scans[2]]}]}
    ])
}

fn form(family: Value) -> Value {
    let mut form = answers();
    form["family"] = family;
    form
}

async fn save(client: &Client, application: &Value, form: Value) -> Value {
    let version = look(client, application).await["version"].clone();
    let body = json!({"version": version, "form": form});
    client.put(&path(application, "/form"), &body).await.ok()
}

/// Handed in, with three scans in three nested rows.
async fn handed_in(client: &Client) -> (Value, Vec<String>) {
    let open = complete(client).await;
    let mut scans = Vec::new();
    for n in 1..=3 {
        scans.push(scan(client, &open, n).await);
    }
    let saved = save(client, &open, form(family(&scans))).await;
    let body = json!({"version": saved["version"]});
    let done = client.post(&path(&open, "/submit"), &body).await.ok();
    (done, scans)
}

/// The department wants the number and the scan of the second paper of the first person.
async fn asked(town: &Town, done: &Value) -> [&'static str; 2] {
    let listed = ["/family/0/papers/1/number", "/family/0/papers/1/scan"];
    let notice = json!({"fields": listed, "reason": "看不清"});
    town.feed_back(
        number(done),
        1,
        "correction_requested",
        "correcting",
        notice,
    )
    .await;
    listed
}

#[tokio::test]
async fn rows_their_order_and_their_files_are_there_again() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = complete(&mine).await;
    let scans = [scan(&mine, &open, 1).await, scan(&mine, &open, 2).await];
    // One row is begun and empty, one has a file and no number yet: drafts keep both.
    let rows = json!([
        {"name": "乙", "papers": [{"scan": [scans[1]]}, {}]},
        {},
        {"name": "甲", "papers": [{"number": "1", "scan": [scans[0]]}]}
    ]);
    save(&mine, &open, form(rows.clone())).await;
    let again = look(&mine, &open).await;
    assert_eq!(again["form"]["family"], rows);
    let files = again["attachments"].as_array().unwrap();
    let is_known = |id: &String| files.iter().any(|file| file["id"] == id.as_str());
    assert!(
        files.len() == 2 && scans.iter().all(is_known),
        "both files are known by name again"
    );
}

#[tokio::test]
async fn one_place_in_one_row_of_a_row_may_change_and_nothing_else() {
    let town = Town::new().await;
    let mine = town.person(1);
    let (done, scans) = handed_in(&mine).await;
    asked(&town, &done).await;
    let new = scan(&mine, &done, 9).await;

    let mut other = form(family(&scans));
    other["family"][0]["papers"][0]["number"] = "9".into();
    let version = look(&mine, &done).await["version"].clone();
    let refused = mine
        .put(
            &path(&done, "/form"),
            &json!({"version": version, "form": other}),
        )
        .await
        .refused(422, "intake.form_invalid");
    assert_eq!(fields(&refused), ["/form/family/0/papers/0/number"]);
    // A file of another row comes under the same key, and stays all the same.
    for id in [&scans[0], &scans[2]] {
        mine.delete(&path(&done, &format!("/materials/{id}")))
            .await
            .refused(409, "intake.not_editable");
    }

    let mut right = form(family(&scans));
    right["family"][0]["papers"][1] = json!({"number": "22", "scan": [new]});
    let saved = save(&mine, &done, right.clone()).await;
    // Whoever comes back sees what he wrote last, not what was handed in.
    assert_eq!(look(&mine, &done).await["form"]["family"], right["family"]);
    let old = path(&done, &format!("/materials/{}", scans[1]));
    assert_eq!(mine.delete(&old).await.status, StatusCode::NO_CONTENT);
    let body = json!({"version": saved["version"], "remark": ""});
    let corrected = mine.post(&path(&done, "/correct"), &body).await.ok();
    assert_eq!(corrected["form"]["family"], right["family"]);
}

#[tokio::test]
async fn only_files_that_the_form_names_are_handed_in() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = complete(&mine).await;
    let [kept, dropped] = [scan(&mine, &open, 1).await, scan(&mine, &open, 2).await];
    let rows = json!([{"name": "甲", "papers": [{"number": "1", "scan": [kept]}]}]);
    let saved = save(&mine, &open, form(rows)).await;
    let body = json!({"version": saved["version"]});
    mine.post(&path(&open, "/submit"), &body).await.ok();
    let told = crate::feed::last(&town).await.payload["materials"].to_string();
    assert!(told.contains(&kept) && !told.contains(&dropped), "{told}");
}
