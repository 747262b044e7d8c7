//! What applicant and office write to each other: events of the case that move nothing.

use serde_json::{Value, json};
use tb_contract::events::{Letter, LetterFile, MessageSent};
use tb_testkit::Client;
use uuid::Uuid;

use crate::world::{API, REGISTRATION, Sent, World, department, send_other};

const NUMBER: &str = "430102202611220000610";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// The applicant writes, with a file where one is named.
async fn write(world: &World, sent: &mut Sent, words: &str, file: Option<&LetterFile>) {
    sent.kind = "intake.application.message_sent";
    sent.body.version += 1;
    let told = MessageSent {
        case_number: sent.body.case_number.clone(),
        version: sent.body.version,
        letter: Letter {
            id: world.app.store().new_id(),
            words: words.to_owned(),
            files: file.cloned().into_iter().collect(),
        },
    };
    send_other(world, sent, serde_json::to_value(&told).unwrap()).await;
}

async fn begun(world: &World) -> (Uuid, Sent) {
    let sent = world.sent(NUMBER, REGISTRATION);
    world.send(&sent).await;
    world.app.run_events().await;
    (world.id_of(NUMBER, REGISTRATION).await, sent)
}

async fn letters(world: &World, id: Uuid) -> Value {
    let path = format!("{API}/cases/{id}/letters");
    world.clerk().get(&path).await.ok()
}

async fn waiting(client: &Client) -> (i64, usize) {
    let counts = client.get(&format!("{API}/counts")).await.ok();
    let found = client.get(&format!("{API}/cases?letter=true")).await.ok();
    (
        counts["letters"].as_i64().unwrap(),
        found["items"].as_array().unwrap().len(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_applicant_writes_waits_until_it_is_answered() {
    let world = World::new().await;
    let (id, mut sent) = begun(&world).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/letters"));
    let file = LetterFile {
        id: world.app.store().new_id(),
        file_name: "独孤的证明.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 15,
    };
    let blobs = world.app.store().blobs();
    blobs.put_named(&file.blob(), PDF).await.unwrap();
    assert_eq!(waiting(&clerk).await, (0, 0));
    let before = world.case(id).await;

    write(&world, &mut sent, "证明找到了，补传给您", Some(&file)).await;
    let case = world.case(id).await;
    assert_eq!(case["state"], before["state"]);
    assert_eq!(case["clocks"], before["clocks"]);
    assert_eq!(case["letters"], 1);
    assert!(
        !case.to_string().contains("证明找到了"),
        "nor in the history"
    );
    let first = letters(&world, id).await[0].clone();
    assert_eq!(first["words"], "证明找到了，补传给您");
    assert_eq!(first["by_applicant"], true);
    assert_eq!(first["files"][0]["file_name"], "独孤的证明.pdf");
    assert_eq!(waiting(&clerk).await, (1, 1));
    let (kind, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(kind, "approval.case.message_received");
    assert!(said.letter.is_none(), "he need not be told his own words");
    let opened = clerk.get(&format!("{path}/files/{}", file.id)).await;
    assert_eq!((opened.status.as_u16(), &opened.bytes[..]), (200, PDF));
    clerk
        .get(&format!("{path}/files/{}", Uuid::nil()))
        .await
        .refused(404, "approval.material_not_found");

    let files: [(&str, &str, &[u8]); 2] = [("file", "样表.pdf", PDF), ("file", "说明.pdf", PDF)];
    let answer = format!("{path}?seen={}", first["seq"]);
    let done = clerk
        .multipart_of(&answer, &[("words", " 已收到，请再补一份样表 ")], &files)
        .await
        .ok();
    let case = world.case(id).await;
    assert_eq!(done["version"], case["version"]);
    assert_eq!(case["letter_since"], Value::Null);
    let second = letters(&world, id).await[1].clone();
    assert_eq!(second["words"], "已收到，请再补一份样表");
    assert_eq!(
        case["handler"], before["handler"],
        "nobody handles by writing"
    );
    assert_eq!(waiting(&clerk).await, (0, 0));
    let (kind, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(kind, "approval.case.message_sent");
    let letter = said.letter.unwrap();
    assert_eq!(letter.files[1].file_name, "说明.pdf");
    assert_eq!(
        blobs.get(&letter.files[0].blob()).await.unwrap().unwrap(),
        PDF
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_answer_is_settled_unless_he_wrote_again() {
    let world = World::new().await;
    let (id, mut sent) = begun(&world).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/letters/settle"));
    write(&world, &mut sent, "谢谢", None).await;
    let seen = letters(&world, id).await[0]["seq"].clone();
    write(&world, &mut sent, "还有一个问题", None).await;
    let refused = clerk.post(&path, &json!({"seen": seen})).await;
    refused.refused(409, "approval.letter_came");
    assert_eq!(waiting(&clerk).await, (1, 1));
    // An answer to the first does not answer the second.
    let none: [(&str, &str, &[u8]); 0] = [];
    let answer = format!("{API}/cases/{id}/letters?seen={seen}");
    clerk
        .multipart_of(&answer, &[("words", "不客气")], &none)
        .await
        .ok();
    assert_eq!(waiting(&clerk).await, (1, 1));
    let case = world.case(id).await;
    let seen = json!({"seen": letters(&world, id).await[1]["seq"]});
    clerk.post(&path, &seen).await.ok();
    clerk.post(&path, &seen).await.ok();
    assert_eq!(waiting(&clerk).await, (0, 0));
    let after = world.case(id).await;
    assert_eq!(after["version"], case["version"], "nobody is told of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_has_words_and_few_good_files_and_stays_in_the_office() {
    let world = World::new().await;
    let (id, _) = begun(&world).await;
    let (clerk, path) = (world.clerk(), format!("{API}/cases/{id}/letters"));
    let none: [(&str, &str, &[u8]); 0] = [];
    let write = async |words: &str, files: &[(&str, &str, &[u8])]| {
        clerk.multipart_of(&path, &[("words", words)], files).await
    };
    write("  ", &none)
        .await
        .refused(422, "approval.reason_missing");
    let long = "长".repeat(2_001);
    write(&long, &none)
        .await
        .refused(422, "approval.text_too_long");
    let page: [(&str, &str, &[u8]); 1] = [("file", "a.pdf", b"<html>")];
    write("您好", &page).await.refused(422, "http.file_kind");
    let empty: [(&str, &str, &[u8]); 1] = [("file", "a.pdf", b"")];
    write("您好", &empty).await.refused(422, "http.file_empty");
    let many: Vec<(&str, &str, &[u8])> = vec![("file", "a.pdf", PDF); 6];
    write("您好", &many)
        .await
        .refused(422, "http.too_many_files");
    let other: [(&str, &str, &[u8]); 1] = [("virus", "a.pdf", PDF)];
    write("您好", &other).await.refused(422, "http.malformed");
    let big = vec![b' '; 51 * 1024 * 1024];
    let huge: [(&str, &str, &[u8]); 1] = [("file", "a.pdf", &big)];
    write("您好", &huge).await.refused(413, "http.too_large");
    assert_eq!(world.case(id).await["letters"], 0);
    let operator = world.app.as_actor(tb_testkit::operator(9, "430102"));
    operator.get(&path).await.refused(403, "http.forbidden");

    let stranger = world
        .app
        .as_actor(tb_testkit::clerk(9, &department(crate::world::OTHERS)));
    stranger
        .multipart_of(&path, &[("words", "您好")], &none)
        .await
        .refused(404, "approval.case_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_on_a_case_that_is_over_is_met_among_what_is_to_be_done() {
    let world = World::new().await;
    let (id, mut sent) = begun(&world).await;
    let clerk = world.clerk();
    let (before, none) = todo(&clerk).await;
    assert_eq!(none, 0);
    let refused = json!({"kind": "refused", "reason": "不属于本机关职权"});
    crate::world::command(&clerk, id, "refuse", refused).await;
    write(&world, &mut sent, "为什么不用办？", None).await;
    assert_eq!(todo(&clerk).await, (before + 1, 1));
}

/// Letters in the turn of the caller: as counted, and as listed.
async fn todo(client: &Client) -> (i64, usize) {
    let counts = client.get(&format!("{API}/counts?todo=true")).await.ok();
    let found = client
        .get(&format!("{API}/cases?letter=true&todo=true"))
        .await
        .ok();
    (
        counts["letters"].as_i64().unwrap(),
        found["items"].as_array().unwrap().len(),
    )
}
