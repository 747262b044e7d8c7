//! What applicant and office write to each other, as the applicant sees it.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{Town, complete, look, number, path, submitted};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

async fn write(mine: &Client, view: &Value, words: &str) -> tb_testkit::Answer {
    let none: [(&str, &str, &[u8]); 0] = [];
    mine.multipart_of(&path(view, "/letters"), &[("words", words)], &none)
        .await
}

#[tokio::test]
async fn he_writes_with_files_and_reads_the_answer() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let view = look(&mine, &done).await;
    assert_eq!(view["may_write"], true);
    let files: [(&str, &str, &[u8]); 1] = [("file", "../我的说明.pdf", PDF)];
    let written = mine
        .multipart_of(
            &path(&done, "/letters"),
            &[("words", " 什么时候能办好？ ")],
            &files,
        )
        .await
        .ok();
    let letter = &written["letters"][0];
    assert_eq!(letter["words"], "什么时候能办好？");
    assert_eq!(letter["office"], "");
    assert_eq!(letter["files"][0]["file_name"], "我的说明.pdf");
    assert_eq!(
        written["version"], view["version"],
        "nothing of the case changed"
    );
    let file = letter["files"][0]["id"].as_str().unwrap().to_owned();
    let there = path(&done, &format!("/letters/files/{file}"));
    assert_eq!(mine.get(&there).await.bytes, PDF);
    town.person(2)
        .get(&there)
        .await
        .refused(404, "intake.application_not_found");
    let sent = crate::feed::last(&town).await;
    assert_eq!(sent.kind, "intake.application.message_sent");
    assert_eq!(sent.payload["letter"]["files"][0]["id"], file.as_str());

    // The department repeats his letter: nothing new for him. Its own reaches page and inbox.
    town.feed_back(number(&done), 1, "message_received", "received", json!({}))
        .await;
    let answer = json!({"at": "2026-11-23T02:00:00Z", "letter": {"id": "01900000-0000-7000-8000-0000000000aa", "words": "三个工作日内。", "files": []}});
    town.feed_back(number(&done), 2, "message_sent", "received", answer)
        .await;
    let view = look(&mine, &done).await;
    let letters = view["letters"].as_array().unwrap();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[1]["words"], "三个工作日内。");
    assert_ne!(letters[1]["office"], "");
    let page = mine.get("/api/v1/intake/messages").await.ok();
    assert_eq!(page["items"][0]["kind"], "message_sent");
    assert_eq!(page["items"][0]["title"], "办理部门给您发来消息");
    assert_ne!(page["items"][1]["kind"], "message_received");
}

#[tokio::test]
async fn a_draft_has_nobody_to_write_to_and_words_are_bounded() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = complete(&mine).await;
    assert_eq!(draft["may_write"], false);
    write(&mine, &draft, "您好")
        .await
        .refused(409, "intake.nobody_to_write_to");
    let body = json!({"version": draft["version"]});
    let done = mine.post(&path(&draft, "/submit"), &body).await.ok();
    write(&mine, &done, " \n ")
        .await
        .refused(422, "intake.letter_empty");
    let long = "长".repeat(2_001);
    write(&mine, &done, &long)
        .await
        .refused(422, "intake.letter_too_long");
    write(&town.person(2), &done, "您好")
        .await
        .refused(404, "intake.application_not_found");
    for n in 0..20 {
        write(&mine, &done, &format!("第 {n} 条")).await.ok();
    }
    write(&mine, &done, "第 21 条")
        .await
        .refused(429, "intake.letters_too_many");
    town.app.clock().advance(chrono::Duration::hours(25));
    let view = write(&mine, &done, "第二天").await.ok();
    let letters = view["letters"].as_array().unwrap();
    assert_eq!(letters.len(), 21);
    assert_eq!(letters[20]["words"], "第二天");
}
