//! The vault: what was given once is there again, for nobody else, and never when it is over.

use axum::http::StatusCode;
use chrono::Duration;
use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{
    ITEM, PDF, Town, agent, answers, draft, fields, item, look, number, path, submitted, upload,
};

const VAULT: &str = "/api/v1/intake/vault/documents";

/// An item of another office that asks for the same paper by a slightly other name and id.
const OTHER: &str = "1143010200612345674300101002000";

fn other_item(reuse_days: Option<u32>) -> Value {
    let mut other = item();
    other["code"] = OTHER.into();
    other["name"] = "就业援助".into();
    other["situations"] = json!([]);
    let mut paper = json!({"id": "ending", "name": "解除劳动合同证明（原件）", "necessity": "required", "source": "applicant", "form": "electronic"});
    if let Some(days) = reuse_days {
        paper["reuse_days"] = days.into();
    }
    other["materials"] = json!([paper]);
    other
}

async fn other_draft(client: &Client) -> Value {
    let body = json!({"item_code": OTHER, "channel": "pc"});
    client.post("/api/v1/intake/applications", &body).await.ok()
}

async fn documents(client: &Client) -> Value {
    client.get(VAULT).await.ok()["items"].clone()
}

async fn detail(client: &Client, document: &Value) -> Value {
    let id = document["id"].as_str().unwrap();
    client.get(&format!("{VAULT}/{id}")).await.ok()
}

async fn put_in(client: &Client, name: &str, until: &str, content: &[u8]) -> Value {
    let fields = [("name", name), ("valid_until", until)];
    let file = ("file", "扫描.pdf", content);
    client.multipart(VAULT, &fields, file).await.ok()
}

/// Takes a document for the first material of an application.
fn wish(document: &Value) -> Value {
    json!({"requirement_id": "ending", "document_id": document["id"]})
}

async fn fill_and_submit(client: &Client, open: &Value) -> Value {
    let body = json!({"version": open["version"], "form": answers()});
    let saved = client.put(&path(open, "/form"), &body).await.ok();
    let body = json!({"version": saved["version"]});
    client.post(&path(&saved, "/submit"), &body).await.ok()
}

#[tokio::test]
async fn a_second_application_needs_no_upload() {
    let town = Town::new().await;
    town.publish(other_item(None), 1).await;
    let mine = town.person(1);
    let first = submitted(&mine).await;
    let kept = documents(&mine).await;
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    assert_eq!(kept[0]["name"], "解除劳动合同证明");
    assert_eq!(kept[0]["origin"]["case_number"], first["case_number"]);
    assert_eq!(kept[0]["files"][0]["file_name"], "证明.pdf");

    town.app.clock().advance(Duration::days(3));
    let second = other_draft(&mine).await;
    let file = &second["materials"][0]["files"][0];
    assert_eq!(
        file["vault"],
        json!({"name": "解除劳动合同证明", "given_on": "2026-11-22", "item_name": "失业登记", "good_until": null, "although_over": false})
    );
    let id = file["id"].as_str().unwrap();
    let back = mine.get(&path(&second, &format!("/materials/{id}"))).await;
    assert_eq!(
        &back.bytes[..],
        PDF,
        "the same bytes under the new application"
    );
    let done = fill_and_submit(&mine, &second).await;

    let seen = detail(&mine, &kept[0]).await;
    assert_eq!(seen["editions"].as_array().unwrap().len(), 1, "nothing new");
    let uses = seen["uses"].as_array().unwrap();
    let names: Vec<_> = uses
        .iter()
        .map(|used| used["application"]["case_number"].as_str().unwrap())
        .collect();
    assert_eq!(names, [number(&done), number(&first)]);
}

#[tokio::test]
async fn a_new_paper_becomes_the_next_edition_and_the_same_one_does_not() {
    let town = Town::new().await;
    let mine = town.person(1);
    submitted(&mine).await;
    let second = draft(&mine).await;
    let taken = second["materials"][1]["files"][0]["id"].as_str().unwrap();
    let taken = path(&second, &format!("/materials/{taken}"));
    assert_eq!(mine.delete(&taken).await.status, StatusCode::NO_CONTENT);
    // Removed is removed: another situation does not bring it back.
    let body = json!({"version": second["version"], "situation_answers": {"reason": "closed"}});
    let second = mine.put(&path(&second, "/situation"), &body).await.ok();
    assert_eq!(second["materials"][1]["files"], json!([]));
    let body = json!({"version": second["version"], "situation_answers": {"reason": "resigned"}});
    let second = mine.put(&path(&second, "/situation"), &body).await.ok();
    upload(&mine, &second, "proof", "又一份.pdf", b"%PDF-1.7 other").await;
    fill_and_submit(&mine, &second).await;
    let kept = documents(&mine).await;
    assert_eq!(
        (&kept[0]["edition"], kept.as_array().unwrap().len()),
        (&json!(2), 1)
    );
    assert_eq!(kept[0]["files"][0]["file_name"], "又一份.pdf");
    let seen = detail(&mine, &kept[0]).await;
    assert_eq!(seen["editions"][1]["files"][0]["file_name"], "证明.pdf");

    // The same bytes again, uploaded: no third edition.
    let third = draft(&mine).await;
    upload(&mine, &third, "proof", "又一份.pdf", b"%PDF-1.7 other").await;
    fill_and_submit(&mine, &third).await;
    assert_eq!(documents(&mine).await[0]["edition"], 2);
}

#[tokio::test]
async fn the_vault_of_another_does_not_exist() {
    let town = Town::new().await;
    town.publish(other_item(None), 1).await;
    let (mine, other) = (town.person(1), town.person(2));
    submitted(&mine).await;
    let document = documents(&mine).await[0].clone();
    assert_eq!(documents(&other).await, json!([]));
    let open = other_draft(&other).await;
    assert_eq!(open["materials"][0]["files"], json!([]));
    assert_eq!(other.get(&path(&open, "/vault")).await.ok(), json!([]));
    let gone = "intake.vault_document_not_found";
    let id = document["id"].as_str().unwrap();
    let file = document["files"][0]["id"].as_str().unwrap();
    let one = format!("{VAULT}/{id}");
    other.get(&one).await.refused(404, gone);
    other
        .get(&format!("{one}/files/{file}"))
        .await
        .refused(404, gone);
    let change = json!({"version": 1, "valid_until": null});
    other.put(&one, &change).await.refused(404, gone);
    other.delete(&one).await.refused(404, gone);
    other
        .post(&path(&open, "/vault"), &wish(&document))
        .await
        .refused(404, gone);
    // Nor by an application of somebody else.
    other
        .post(&path(&other_draft(&mine).await, "/vault"), &wish(&document))
        .await
        .refused(404, "intake.application_not_found");
    let bytes = mine.get(&format!("{one}/files/{file}")).await;
    assert_eq!((bytes.status, &bytes.bytes[..]), (StatusCode::OK, PDF));
}

#[tokio::test]
async fn an_enterprise_shares_its_vault_among_its_agents_and_not_with_their_own() {
    let town = Town::new().await;
    let mut of_firms = other_item(None);
    of_firms["audience"] = json!(["enterprise", "natural_person"]);
    town.publish(of_firms, 1).await;
    let (one, two) = (town.app.as_actor(agent(3)), town.app.as_actor(agent(4)));
    let first = other_draft(&one).await;
    upload(&one, &first, "ending", "证明.pdf", PDF).await;
    fill_and_submit(&one, &first).await;
    let seen = documents(&two).await;
    assert_eq!(
        seen[0]["origin"]["application_id"],
        Value::Null,
        "not his own"
    );
    assert_eq!(seen[0]["origin"]["item_name"], "就业援助");
    let second = other_draft(&two).await;
    assert_eq!(second["materials"][0]["files"].as_array().unwrap().len(), 1);
    assert_eq!(
        documents(&town.person(1)).await,
        json!([]),
        "the person behind has his own"
    );
}

#[tokio::test]
async fn what_is_over_is_offered_as_over_and_never_taken_silently() {
    let town = Town::new().await;
    town.publish(other_item(Some(30)), 1).await;
    let mine = town.person(1);
    let document = put_in(&mine, "解除劳动合同证明", "", PDF).await;
    let early = other_draft(&mine).await;
    assert_eq!(
        early["materials"][0]["files"][0]["vault"]["good_until"],
        "2026-12-22"
    );

    // Over between filling in and handing in.
    town.app.clock().advance(Duration::days(31));
    let body = json!({"version": early["version"], "form": answers()});
    let early = mine.put(&path(&early, "/form"), &body).await.ok();
    let refused = mine
        .post(
            &path(&early, "/submit"),
            &json!({"version": early["version"]}),
        )
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/materials/ending"]);
    assert_eq!(refused["fields"][0]["code"], "intake.field.material_over");

    let late = other_draft(&mine).await;
    assert_eq!(late["materials"][0]["files"], json!([]));
    let fits = mine.get(&path(&late, "/vault")).await.ok();
    assert_eq!(
        (&fits[0]["over"], &fits[0]["good_until"]),
        (&json!(true), &json!("2026-12-22"))
    );
    mine.post(&path(&late, "/vault"), &wish(&document))
        .await
        .refused(409, "intake.vault_document_over");
    let mut sure = wish(&document);
    sure["although_over"] = true.into();
    let taken = mine.post(&path(&late, "/vault"), &sure).await.ok();
    assert_eq!(taken[0]["vault"]["although_over"], true);
    fill_and_submit(&mine, &late).await;
}

#[tokio::test]
async fn the_owner_sets_its_last_day_and_an_old_tab_is_told() {
    let town = Town::new().await;
    town.publish(other_item(None), 1).await;
    let mine = town.person(1);
    let document = put_in(&mine, " 解除劳动合同证明 ", "2026-11-30", PDF).await;
    assert_eq!(
        (&document["valid_until"], &document["expired"]),
        (&json!("2026-11-30"), &json!(false))
    );
    let url = format!("{VAULT}/{}", document["id"].as_str().unwrap());
    let change = json!({"version": document["version"], "valid_until": "2026-11-21"});
    let changed = mine.put(&url, &change).await.ok();
    assert_eq!(changed["expired"], true);
    mine.put(&url, &change)
        .await
        .refused(409, "intake.stale_version");
    assert_eq!(other_draft(&mine).await["materials"][0]["files"], json!([]));
    let change = json!({"version": changed["version"], "valid_until": null});
    mine.put(&url, &change).await.ok();
    assert_eq!(
        other_draft(&mine).await["materials"][0]["files"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let change = json!({"version": 3, "valid_until": "9999-01-01"});
    let refused = mine
        .put(&url, &change)
        .await
        .refused(422, "intake.vault_invalid");
    assert_eq!(fields(&refused), ["/valid_until"]);
    for (name, until) in [("", ""), ("证", "明天")] {
        let parts = [("name", name), ("valid_until", until)];
        mine.multipart(VAULT, &parts, ("file", "a.pdf", PDF))
            .await
            .refused(422, "intake.vault_invalid");
    }
    mine.multipart(VAULT, &[("name", "证")], ("file", "a.exe", PDF))
        .await
        .refused(422, "intake.material_type");
}

#[tokio::test]
async fn deleting_leaves_applications_alone_and_two_tabs_do_no_harm() {
    let town = Town::new().await;
    town.publish(other_item(None), 1).await;
    let mine = town.person(1);
    let first = submitted(&mine).await;
    let document = documents(&mine).await[0].clone();
    let open = other_draft(&mine).await;
    // Another tab takes the same document again: nothing twice.
    let again = mine
        .post(&path(&open, "/vault"), &wish(&document))
        .await
        .ok();
    assert_eq!(again, json!([]));
    assert_eq!(
        look(&mine, &open).await["materials"][0]["files"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let url = format!("{VAULT}/{}", document["id"].as_str().unwrap());
    assert_eq!(mine.delete(&url).await.status, StatusCode::NO_CONTENT);
    mine.delete(&url)
        .await
        .refused(404, "intake.vault_document_not_found");
    assert_eq!(documents(&mine).await, json!([]));
    let file = look(&mine, &first).await["materials"][1]["files"][0].clone();
    let bytes = mine
        .get(&path(
            &first,
            &format!("/materials/{}", file["id"].as_str().unwrap()),
        ))
        .await;
    assert_eq!(&bytes.bytes[..], PDF);
    // A draft that had it keeps it, and handing it in brings nothing back that was deleted.
    fill_and_submit(&mine, &open).await;
    assert_eq!(documents(&mine).await, json!([]));
}

#[tokio::test]
async fn a_deleted_draft_leaves_nothing_and_a_withdrawn_application_what_it_gave() {
    let town = Town::new().await;
    town.publish(other_item(None), 1).await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    upload(&mine, &open, "proof", "证明.pdf", PDF).await;
    assert_eq!(
        documents(&mine).await,
        json!([]),
        "given is what was handed in"
    );
    mine.delete(&path(&open, "")).await;
    let first = submitted(&mine).await;
    let body = json!({"version": look(&mine, &first).await["version"], "reason": "不办了"});
    mine.post(&path(&first, "/withdraw"), &body).await.ok();
    town.feed_back(number(&first), 1, "withdrawn", "withdrawn", json!({}))
        .await;
    assert_eq!(look(&mine, &first).await["state"], "withdrawn");
    let second = other_draft(&mine).await;
    assert_eq!(
        second["materials"][0]["files"][0]["vault"]["item_name"],
        "失业登记"
    );
}

#[tokio::test]
async fn what_is_written_for_one_application_is_not_kept() {
    let town = Town::new().await;
    town.publish(other_item(Some(0)), 1).await;
    let mine = town.person(1);
    let first = other_draft(&mine).await;
    upload(&mine, &first, "ending", "证明.pdf", PDF).await;
    fill_and_submit(&mine, &first).await;
    assert_eq!(documents(&mine).await, json!([]));
    put_in(&mine, "解除劳动合同证明", "", PDF).await;
    assert_eq!(other_draft(&mine).await["materials"][0]["files"], json!([]));
}

#[tokio::test]
async fn a_correction_brings_the_new_paper_and_only_that() {
    let town = Town::new().await;
    let mine = town.person(1);
    let first = submitted(&mine).await;
    let asked = json!({"materials": ["proof"], "reason": "请盖章"});
    town.feed_back(
        number(&first),
        1,
        "correction_requested",
        "correcting",
        asked,
    )
    .await;
    // From the vault too a material may be taken that is to be mended, and no other.
    let body = json!({"requirement_id": "extra", "document_id": documents(&mine).await[0]["id"]});
    mine.post(&path(&first, "/vault"), &body)
        .await
        .refused(409, "intake.not_editable");
    let open = look(&mine, &first).await;
    let old = open["materials"][1]["files"][0]["id"].as_str().unwrap();
    mine.delete(&path(&open, &format!("/materials/{old}")))
        .await;
    upload(&mine, &open, "proof", "盖章.pdf", b"%PDF-1.7 sealed").await;
    let body = json!({"version": look(&mine, &first).await["version"], "remark": ""});
    mine.post(&path(&first, "/correct"), &body).await.ok();
    let kept = documents(&mine).await;
    assert_eq!(kept[0]["edition"], 2);
    assert_eq!(kept[0]["files"][0]["file_name"], "盖章.pdf");
    assert_eq!(kept[0]["files"].as_array().unwrap().len(), 1);
    assert_eq!(ITEM, first["item_code"]);
}

#[tokio::test]
async fn nothing_of_the_vault_lies_open_in_the_database() {
    let town = Town::new().await;
    let mine = town.person(1);
    put_in(&mine, "刑满释放证明", "", PDF).await;
    let first = submitted(&mine).await;
    let dump = crate::privacy::dump(&town).await;
    assert!(
        dump.contains(number(&first)),
        "the dump does hold the tables"
    );
    assert!(!dump.contains("释放") && !dump.contains("扫描.pdf"));
}
