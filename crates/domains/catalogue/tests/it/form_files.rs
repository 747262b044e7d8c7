//! Blank forms and samples of materials: brought, named by versions, handed out, carried, forgotten.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::Duration;
use serde_json::{Value, json};
use tb_storage::BlobColumn;
use tb_testkit::{Answer, Client, TestApp};

use crate::{API, MANAGE, admin, city, draft, publish, with_departments};

const FILES: &str = "/api/v1/catalogue/manage/form-files";
const PACKAGES: &str = "/api/v1/catalogue/manage/packages";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n%%EOF";
const COLUMNS: [BlobColumn; 1] = [BlobColumn {
    table: "catalogue_form_file",
    column: "blob",
}];

async fn bring(client: &Client, name: &str, content: &[u8]) -> Answer {
    client.multipart(FILES, &[], ("file", name, content)).await
}

/// An item whose first material has this blank form.
fn with_form(code: &str, file: &Value) -> Value {
    let mut item = draft(code);
    item["materials"][0]["blank_form"] = file.clone();
    item
}

fn public(sum: &Value) -> String {
    format!("{API}/form-files/{}", sum.as_str().unwrap())
}

fn kept(sum: &Value) -> String {
    format!("{FILES}/{}", sum.as_str().unwrap())
}

#[tokio::test]
async fn a_form_is_for_anybody_from_its_publication_on() {
    let app = city().await;
    let admin = admin(&app);
    let file = bring(&admin, "失业登记表.pdf", PDF).await.ok();
    assert_eq!(
        (&file["name"], &file["media_type"], &file["size"]),
        (
            &json!("失业登记表.pdf"),
            &json!("application/pdf"),
            &json!(PDF.len())
        )
    );
    let again = bring(&admin, "失业登记表.pdf", PDF).await.ok();
    assert_eq!(again, file, "the same file is the same file");
    let other = bring(&admin, "样表.pdf", PDF).await.ok();
    assert_ne!(
        other["sum"], file["sum"],
        "under another name it is another"
    );

    // Name, kind and length are those that are known, whatever the editor sends.
    let mut said = file.clone();
    said["name"] = "别的名字.exe".into();
    let body = json!({"item": with_form("TEST-0001", &said)});
    admin.post(MANAGE, &body).await.ok();
    let item = admin.get(&format!("{MANAGE}/TEST-0001")).await.ok();
    assert_eq!(item["item"]["materials"][0]["blank_form"], file);
    assert_eq!(admin.get(&kept(&file["sum"])).await.bytes, PDF);
    let answer = app.client().get(&public(&file["sum"])).await;
    answer.refused(404, "catalogue.form_file_not_found");

    publish(&app, "TEST-0001", 1).await;
    let answer = app.client().get(&public(&file["sum"])).await;
    assert_eq!(answer.bytes, PDF);
    let guide = app
        .client()
        .get(&format!("{API}/items/TEST-0001"))
        .await
        .ok();
    assert_eq!(guide["materials"][0]["blank_form"]["sum"], file["sum"]);
    let answer = app.client().get(&public(&other["sum"])).await;
    answer.refused(404, "catalogue.form_file_not_found");

    // The next version goes on without it; cases of the first one still have it.
    let body = json!({"version": item_version(&admin).await, "item": draft("TEST-0001")});
    let saved = admin.put(&format!("{MANAGE}/TEST-0001"), &body).await.ok();
    let changes = admin.get(&format!("{MANAGE}/TEST-0001/compare")).await.ok();
    let change = &changes["changes"][0];
    assert_eq!(
        (&change["path"], &change["kind"], &change["from"]["name"]),
        (
            &json!("/materials/0/blank_form"),
            &json!("removed"),
            &json!("失业登记表.pdf")
        )
    );
    publish(&app, "TEST-0001", saved["version"].as_i64().unwrap()).await;
    assert_eq!(app.client().get(&public(&file["sum"])).await.bytes, PDF);
}

async fn item_version(client: &Client) -> i64 {
    let item = client.get(&format!("{MANAGE}/TEST-0001")).await.ok();
    item["version"].as_i64().unwrap()
}

#[tokio::test]
async fn what_is_no_form_is_refused_beside_its_field() {
    let app = city().await;
    let admin = admin(&app);
    for (name, content, code) in [
        ("表.exe", &b"MZ\x90\x00"[..], "http.file_kind"),
        ("表.docx", PDF, "http.file_kind"),
        ("表.pdf", b"", "http.file_empty"),
    ] {
        bring(&admin, name, content).await.refused(422, code);
    }
    let large = [PDF, &vec![b' '; 10 * 1024 * 1024]].concat();
    bring(&admin, "表.pdf", &large)
        .await
        .refused(413, "http.too_large");
    let unknown = json!({"sum": "0".repeat(64), "name": "表.pdf", "media_type": "", "size": 1});
    let body = json!({"item": with_form("TEST-0001", &unknown)});
    let problem = admin
        .post(MANAGE, &body)
        .await
        .refused(422, "catalogue.draft_invalid");
    assert_eq!(problem["fields"][0]["path"], "/materials/0/blank_form");
    assert_eq!(problem["fields"][0]["code"], "catalogue.field.form_file");
    app.client()
        .multipart(FILES, &[], ("file", "表.pdf", PDF))
        .await
        .refused(401, "http.unauthenticated");
}

#[tokio::test]
async fn a_copy_names_the_same_file_and_both_are_told_as_users() {
    let app = city().await;
    let admin = admin(&app);
    let file = bring(&admin, "表.pdf", PDF).await.ok();
    let body = json!({"item": with_form("TEST-0001", &file)});
    admin.post(MANAGE, &body).await.ok();
    let body = json!({"code": "TEST-0002"});
    admin
        .post(&format!("{MANAGE}/TEST-0001/copy"), &body)
        .await
        .ok();
    let uses = format!("{}/uses", kept(&file["sum"]));
    let codes = |list: &Value| {
        let rows = list["items"].as_array().unwrap().clone();
        rows.iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&admin.get(&uses).await.ok()),
        ["TEST-0001", "TEST-0002"]
    );
    let body = json!({"version": 1, "item": draft("TEST-0001")});
    admin.put(&format!("{MANAGE}/TEST-0001"), &body).await.ok();
    assert_eq!(codes(&admin.get(&uses).await.ok()), ["TEST-0002"]);
}

async fn take(client: &Client, package: &Value, dry_run: bool) -> Value {
    let fields = [("dry_run", if dry_run { "true" } else { "false" })];
    let bytes = serde_json::to_vec(package).unwrap();
    let file = ("file", "items.json", bytes.as_slice());
    client.multipart(PACKAGES, &fields, file).await.ok()
}

#[tokio::test]
async fn a_package_carries_the_files_and_an_altered_one_is_found_out() {
    let here = city().await;
    let file = bring(&admin(&here), "表.pdf", PDF).await.ok();
    let mut item = with_form("TEST-0001", &file);
    item["materials"][0]["sample_form"] = file.clone();
    admin(&here).post(MANAGE, &json!({"item": item})).await.ok();
    let export = "/api/v1/catalogue/manage/export?code=TEST-0001";
    let package = admin(&here).get(export).await.ok();
    assert_eq!(
        package["files"].as_array().unwrap().len(),
        1,
        "each file once"
    );

    let there = with_departments().await;
    let admin = admin(&there);
    let tried = take(&admin, &package, true).await;
    assert_eq!(tried["imported"], 1, "{tried}");
    let missing = admin.get(&kept(&file["sum"])).await;
    missing.refused(404, "catalogue.form_file_not_found");
    for altered in [
        json!(BASE64_STANDARD.encode(b"%PDF-1.7 other")),
        json!("?"),
        Value::Null,
    ] {
        let mut package = package.clone();
        package["files"][0]["content"] = altered;
        let report = take(&admin, &package, false).await;
        assert_eq!(report["imported"], 0);
        assert_eq!(report["rejected"][0]["code"], "catalogue.field.form_file");
    }
    assert_eq!(take(&admin, &package, false).await["imported"], 1);
    assert_eq!(admin.get(&kept(&file["sum"])).await.bytes, PDF);
    assert_eq!(take(&admin, &package, false).await["unchanged"], 1);
}

async fn forget(app: &TestApp) {
    app.run_periodic("catalogue.forget_form_files").await;
}

#[tokio::test]
async fn a_file_is_kept_while_anything_names_it() {
    let app = city().await;
    let admin = admin(&app);
    let named = bring(&admin, "用着.pdf", PDF).await.ok();
    let unnamed = bring(&admin, "没用.png", b"\x89PNG\r\n\x1a\n0000")
        .await
        .ok();
    let body = json!({"item": with_form("TEST-0001", &named)});
    admin.post(MANAGE, &body).await.ok();
    app.clock().advance(Duration::hours(23));
    forget(&app).await;
    assert_eq!(
        admin.get(&kept(&unnamed["sum"])).await.status,
        200,
        "somebody may be about to name it"
    );
    app.clock().advance(Duration::hours(2));
    forget(&app).await;
    admin
        .get(&kept(&unnamed["sum"]))
        .await
        .refused(404, "catalogue.form_file_not_found");
    assert_eq!(admin.get(&kept(&named["sum"])).await.bytes, PDF);

    // The draft names it no longer, but a version does, for good.
    publish(&app, "TEST-0001", 1).await;
    let saved = json!({"version": item_version(&admin).await, "item": draft("TEST-0001")});
    admin.put(&format!("{MANAGE}/TEST-0001"), &saved).await.ok();
    app.clock().advance(Duration::days(2));
    forget(&app).await;
    assert_eq!(app.client().get(&public(&named["sum"])).await.bytes, PDF);
    // By this column the sweep of the file store knows which contents are named.
    assert_eq!(tb_catalogue::manifest().blobs, COLUMNS);
}
