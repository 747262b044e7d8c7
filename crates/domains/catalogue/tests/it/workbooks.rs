//! Lists as Excel workbooks: the same path as CSV, the same report.

use serde_json::json;
use tb_sheet::{Column, Kind, Workbook};
use tb_testkit::{Answer, Client};

use crate::base_items::BASE;
use crate::{API, MANAGE, OFFICE, UNEMPLOYMENT, admin, city, with_departments};

const HEADINGS: [&str; 6] = [
    "实施部门",
    "主项名称",
    "事项名称",
    "实施编码",
    "事项类型",
    "部门统一社会信用代码",
];
/// 社会保障卡申领, with a code that begins with zeros.
const ZEROS: &str = "0012345678901234567890123456789";

/// A workbook as somebody fills it in, with headings of his own. `Kind::Number` is what a spreadsheet
/// makes of a column that nobody has made text.
fn filled(kind: Kind, rows: &[[&str; 6]]) -> Vec<u8> {
    let columns = HEADINGS.map(|title| Column {
        name: title,
        title,
        kind: if title == "实施编码" {
            kind
        } else {
            Kind::Text
        },
        required: false,
        about: "",
    });
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.map(str::to_owned).to_vec())
        .collect();
    tb_sheet::workbook(&Workbook {
        title: "清单",
        columns: &columns,
        rows: &rows,
        remarks: &[],
        written_at: chrono::DateTime::UNIX_EPOCH,
    })
    .unwrap()
}

async fn import(client: &Client, file: &[u8], dry_run: bool) -> Answer {
    let dry_run = if dry_run { "true" } else { "false" };
    let fields = [("region", "430102"), ("dry_run", dry_run)];
    let path = format!("{API}/manage/import");
    client
        .multipart(&path, &fields, ("file", "x.xlsx", file))
        .await
}

#[tokio::test]
async fn a_workbook_is_tried_taken_in_and_told_by_its_rows() {
    let app = with_departments().await;
    let admin = admin(&app);
    let rows = [
        ["区人社局", "未分类", "甲事项", ZEROS, "公共服务", OFFICE],
        ["区人社局", "", "", "A-0002", "公共服务", OFFICE],
        ["", "", "", "", "", ""],
        ["区人社局", "", "乙事项", "A-0003", "其他服务", OFFICE],
    ];
    let file = filled(Kind::Code, &rows);
    let tried = import(&admin, &file, true).await.ok();
    assert_eq!(tried["imported"], 1, "{tried}");
    let told: Vec<_> = tried["rejected"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&told[0]["row"], &told[0]["code"]),
        (&json!(3), &json!("catalogue.field.row_name"))
    );
    assert_eq!(
        (&told[1]["row"], &told[1]["code"]),
        (&json!(5), &json!("catalogue.field.row_type"))
    );
    let missing = admin.get(&format!("{MANAGE}/{ZEROS}")).await;
    missing.refused(404, "catalogue.item_not_found");
    assert_eq!(import(&admin, &file, false).await.ok()["imported"], 1);
    let item = admin.get(&format!("{MANAGE}/{ZEROS}")).await.ok();
    assert_eq!(
        (&item["item"]["name"], &item["item"]["item_type"]),
        (&json!("甲事项"), &json!("20"))
    );
    assert_eq!(import(&admin, &file, false).await.ok()["unchanged"], 1);
}

#[tokio::test]
async fn a_code_that_became_a_number_is_told_by_its_cell() {
    let app = with_departments().await;
    let rows = [[
        "区人社局",
        "",
        "甲事项",
        "1143010200000087144320990010001",
        "20",
        OFFICE,
    ]];
    let report = import(&admin(&app), &filled(Kind::Number, &rows), true)
        .await
        .ok();
    assert_eq!(report["imported"], 0);
    let note = &report["rejected"][0];
    assert_eq!(
        (&note["row"], &note["code"], &note["args"]["cell"]),
        (
            &json!(2),
            &json!("catalogue.field.cell_rounded"),
            &json!("D2")
        )
    );
    assert!(
        note["message"].as_str().unwrap().contains("科学计数")
            || note["message"].as_str().unwrap().contains("改成数字")
    );
}

#[tokio::test]
async fn what_is_exported_as_a_workbook_is_read_again() {
    let app = city().await;
    let client = admin(&app);
    let file = client
        .get(&format!("{API}/manage/export?format=xlsx"))
        .await;
    let report = import(&client, &file.bytes, true).await.ok();
    assert_eq!(report["rejected"], json!([]), "{report}");
    let codes = tb_sheet::read(
        &file.bytes,
        &[Column {
            name: "item_code",
            title: "实施编码",
            kind: Kind::Code,
            required: true,
            about: "",
        }],
    )
    .unwrap();
    let has = |row: &tb_sheet::Row| row.cells.as_ref().unwrap().get("item_code") == UNEMPLOYMENT;
    assert_eq!(
        (
            codes.rows.len(),
            codes.rows.iter().filter(|row| has(row)).count()
        ),
        (12, 1)
    );
}

#[tokio::test]
async fn files_that_are_no_such_workbook_are_refused_whole() {
    let app = with_departments().await;
    let admin = admin(&app);
    let old = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 512],
    ]
    .concat();
    let answer = import(&admin, &old, true).await;
    answer.refused(422, "catalogue.workbook_old");
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let locked = [old, name].concat();
    let fields = [("dry_run", "true")];
    let answer = admin
        .multipart(
            &format!("{BASE}/import"),
            &fields,
            ("file", "b.xlsx", &locked),
        )
        .await;
    answer.refused(422, "catalogue.workbook_locked");
    let other = filled(Kind::Code, &[]);
    let answer = admin
        .multipart(
            &format!("{BASE}/import"),
            &fields,
            ("file", "b.xlsx", &other),
        )
        .await;
    let problem = answer.refused(422, "catalogue.columns_missing");
    assert!(
        problem["detail"].as_str().unwrap().contains("基本编码"),
        "{problem}"
    );
}
