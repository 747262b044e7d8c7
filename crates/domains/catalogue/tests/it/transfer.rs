//! Items from one installation to another, copies, and where an item is used.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client, TestApp};

use crate::{MANAGE, UNEMPLOYMENT, admin, city, draft, with_departments};

const EXPORT: &str = "/api/v1/catalogue/manage/export";
const PACKAGES: &str = "/api/v1/catalogue/manage/packages";

async fn send(client: &Client, package: &[u8], dry_run: bool, overwrite: bool) -> Answer {
    let fields = [
        ("dry_run", if dry_run { "true" } else { "false" }),
        ("overwrite", if overwrite { "true" } else { "false" }),
    ];
    client
        .multipart(PACKAGES, &fields, ("file", "items.json", package))
        .await
}

fn figures(report: &Value) -> [u64; 4] {
    let list = |key: &str| report[key].as_array().unwrap().len() as u64;
    [
        report["imported"].as_u64().unwrap(),
        report["updated"].as_u64().unwrap(),
        report["unchanged"].as_u64().unwrap(),
        list("rejected"),
    ]
}

async fn drafts(app: &TestApp) -> usize {
    let list = admin(app).get(&format!("{MANAGE}?limit=100")).await.ok();
    list["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_package_makes_the_same_items_elsewhere_as_drafts() {
    let here = city().await;
    let package = admin(&here).get(EXPORT).await.ok();
    assert_eq!(package["items"].as_array().unwrap().len(), 12);
    let bytes = serde_json::to_vec(&package).unwrap();

    let there = with_departments().await;
    let admin = admin(&there);
    let tried = send(&admin, &bytes, true, false).await.ok();
    assert_eq!(figures(&tried), [12, 0, 0, 0]);
    assert_eq!(drafts(&there).await, 0, "a dry run writes nothing");
    let done = send(&admin, &bytes, false, false).await.ok();
    assert_eq!(figures(&done), [12, 0, 0, 0]);
    let item = admin.get(&format!("{MANAGE}/{UNEMPLOYMENT}")).await.ok();
    assert_eq!(item["status"], "draft");
    let packed = package["items"].as_array().unwrap();
    let same = packed
        .iter()
        .find(|one| one["item"]["code"] == UNEMPLOYMENT);
    assert_eq!(item["item"], same.unwrap()["item"], "nothing is lost");
    let again = send(&admin, &bytes, false, false).await.ok();
    assert_eq!(figures(&again), [0, 0, 12, 0]);
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_told_and_spoils_nothing() {
    let app = with_departments().await;
    let admin = admin(&app);
    let mut nowhere = draft("TEST-0002");
    nowhere["department_code"] = "NOBODY".into();
    let mut bare = draft("TEST-0003");
    bare["conditions"] = json!([]);
    let package = json!({"format": "tongban.items", "version": 1, "items": [
        {"item": draft("TEST-0001")}, {"item": nowhere}, {"item": {"code": 7}},
        {"item": draft("test-0001")}, {"item": bare}]});
    let bytes = serde_json::to_vec(&package).unwrap();
    let report = send(&admin, &bytes, false, false).await.ok();
    assert_eq!(figures(&report), [2, 0, 0, 3]);
    let told = |at: usize| {
        let note = &report["rejected"][at];
        (
            note["row"].as_u64().unwrap(),
            note["code"].as_str().unwrap(),
        )
    };
    assert_eq!(told(0), (2, "catalogue.field.department"));
    assert_eq!(told(1), (3, "catalogue.field.package_item"));
    assert_eq!(told(2), (4, "catalogue.field.row_duplicate"));
    let place = report["rejected"][0]["message"].as_str().unwrap();
    assert!(place.starts_with("失业登记 /department_code: "), "{place}");
    assert_eq!(
        report["warnings"][0]["code"],
        "catalogue.field.package_unfit"
    );

    // Somebody works on the draft: it is left alone unless that is wanted.
    let mut other = draft("TEST-0001");
    other["summary"] = "别处的说明".into();
    let package = json!({"format": "tongban.items", "version": 1, "items": [{"item": other}]});
    let bytes = serde_json::to_vec(&package).unwrap();
    let report = send(&admin, &bytes, false, false).await.ok();
    assert_eq!(report["rejected"][0]["code"], "catalogue.field.row_draft");
    let report = send(&admin, &bytes, false, true).await.ok();
    assert_eq!(figures(&report), [0, 1, 0, 0]);
    let item = admin.get(&format!("{MANAGE}/TEST-0001")).await.ok();
    assert_eq!(item["item"]["summary"], "别处的说明");
    send(&admin, b"name,code\n", true, false)
        .await
        .refused(422, "catalogue.package_unreadable");
}

#[tokio::test]
async fn the_flat_list_is_one_that_the_import_reads() {
    let app = city().await;
    let client = admin(&app);
    let answer = client.get(&format!("{EXPORT}?format=csv")).await;
    let csv = String::from_utf8(answer.bytes.to_vec()).unwrap();
    assert!(csv.starts_with("\u{feff}department,category,name,item_code,item_type,office_code,"));
    assert_eq!(csv.lines().count(), 13);
    let fields = [("region", "430102"), ("dry_run", "true")];
    let path = "/api/v1/catalogue/manage/import";
    let report = client
        .multipart(path, &fields, ("file", "items.csv", csv.as_bytes()))
        .await
        .ok();
    assert_eq!(report["rejected"], json!([]), "{report}");
    let one = client
        .get(&format!("{EXPORT}?code={UNEMPLOYMENT}"))
        .await
        .ok();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_copy_is_a_draft_of_its_own() {
    let app = city().await;
    let admin = admin(&app);
    let path = format!("{MANAGE}/{UNEMPLOYMENT}/copy");
    let body = json!({"code": UNEMPLOYMENT});
    admin
        .post(&path, &body)
        .await
        .refused(409, "catalogue.code_taken");
    let body = json!({"code": "TEST-0009", "name": "失业登记（市级）", "department_code": "11430100TB000001X1"});
    let saved = admin.post(&path, &body).await.ok();
    assert_eq!(saved["status"], "draft");
    let copy = admin.get(&format!("{MANAGE}/TEST-0009")).await.ok();
    let item = &copy["item"];
    assert_eq!(
        (&item["name"], &item["region"], &item["business_code"]),
        (&json!("失业登记（市级）"), &json!("4301"), &Value::Null)
    );
    assert_eq!(item["department_name"], "长沙市人力资源和社会保障局");
    assert_eq!(item["materials"], draft("TEST-0009")["materials"]);
    admin
        .post(&format!("{MANAGE}/NOBODY-1/copy"), &body)
        .await
        .refused(404, "catalogue.item_not_found");
}

#[tokio::test]
async fn it_is_told_where_an_item_is_used() {
    let app = city().await;
    let path = format!("{MANAGE}/{UNEMPLOYMENT}/uses");
    let uses = admin(&app).get(&path).await.ok();
    assert_eq!(uses["items"].as_array().unwrap().len(), 1, "{uses}");
    assert_eq!(
        (&uses["items"][0]["kind"], &uses["items"][0]["name"]),
        (&json!("preceding"), &json!("就业创业证申领"))
    );
}
