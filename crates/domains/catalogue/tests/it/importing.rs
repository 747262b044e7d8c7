//! Import of real lists.

use serde_json::{Value, json};
use tb_catalogue::{ImportOptions, ImportReport, import_items};
use tb_kernel::Region;
use tb_testkit::TestApp;

use crate::{
    API, MANAGE, OFFICE, UNEMPLOYMENT, admin, by, city, demo, draft, empty, with_departments,
};

const LIST: &str = demo!("items-guangan.csv");
const HEAD: &str = "department,category,name,item_code,item_type,office_code,area_code\n";

async fn import(app: &TestApp, csv: &str, dry_run: bool) -> ImportReport {
    let options = ImportOptions {
        region: Region::parse("430102").unwrap(),
        sample: true,
        dry_run,
        by: by(app),
    };
    import_items(app.store(), csv.as_bytes(), &options)
        .await
        .unwrap()
}

fn codes(notes: &[tb_catalogue::RowNote]) -> Vec<(u64, &str)> {
    notes
        .iter()
        .map(|note| (note.row, note.code.as_str()))
        .collect()
}

#[tokio::test]
async fn the_real_list_comes_in_whole_and_once() {
    let app = empty().await;
    let dry = import(&app, LIST, true).await;
    let items = app.client().get(&format!("{API}/figures")).await.ok();
    assert_eq!(
        (dry.imported, &items["items"], &items["departments"]),
        (1_135, &json!(0), &json!(0))
    );

    let report = import(&app, LIST, false).await;
    assert_eq!(
        (report.imported, report.rejected.len(), report.departments),
        (1_135, 0, 34)
    );
    // Every office code that is not a valid credit code is remarked on.
    assert!(report.warnings.len() > 800, "{}", report.warnings.len());
    assert!(
        report
            .warnings
            .iter()
            .all(|note| note.code == "catalogue.field.row_office_code")
    );
    assert_eq!(
        ImportReport {
            dry_run: true,
            ..report.clone()
        },
        dry
    );
    let figures = app.client().get(&format!("{API}/figures")).await.ok();
    assert_eq!(
        (&figures["items"], &figures["departments"]),
        (&json!(1_135), &json!(34))
    );

    let again = import(&app, LIST, false).await;
    assert_eq!(
        (again.imported, again.updated, again.unchanged),
        (0, 0, 1_135)
    );
}

#[tokio::test]
async fn an_imported_item_is_a_guide_and_keeps_its_codes() {
    let app = empty().await;
    import(&app, LIST, false).await;
    let code = "511Z07001006-511602000000-000-11511301008778183N-1-00";
    let guide = app.client().get(&format!("{API}/items/{code}")).await.ok();
    assert_eq!(guide["name"], "企业投资项目备案（技术改造）（市级/县级）");
    assert_eq!(
        (&guide["item_type"], &guide["region"], &guide["sample"]),
        (&json!("10"), &json!("430102"), &json!(true))
    );
    assert_eq!(
        (&guide["online"], &guide["online_depth"], &guide["form"]),
        (&json!(false), &json!(0), &Value::Null)
    );
    assert_eq!(guide["external_codes"], json!([code]));
    assert_eq!(guide["category"], "");
    assert_eq!(guide["department_code"], "11511301008778183N");
    let offices = app
        .client()
        .get(&format!("{API}/departments?q=%E4%BA%BA%E7%A4%BE&limit=100"))
        .await
        .ok();
    let office = &offices["items"][0];
    assert_eq!(office["name"], "区人社局");
    // One office with five codes in the list, none of them valid: the first stands for it.
    assert_eq!(office["code"], "1151130108778239R");
    assert_eq!(office["external_codes"].as_array().unwrap().len(), 4);
    assert_eq!(office["items"], 144);
    assert_eq!(office["enabled"], false);
}

#[tokio::test]
async fn rows_are_rejected_with_reasons_and_the_rest_comes_in() {
    let app = with_departments().await;
    let csv = format!(
        "{HEAD}区人社局,未分类,甲事项,A-0001,20,{OFFICE},1\n区人社局,未分类,,A-0002,20,{OFFICE},1\n\
         区人社局,未分类,乙事项,A-0003,77,{OFFICE},1\n区人社局,未分类,丙事项,a0001,1,{OFFICE},1\n\
         新设局,未分类,丁事项,事项,5,00877868-5,1\n"
    );
    let answer = admin(&app)
        .multipart(
            &format!("{API}/manage/import"),
            &[("region", "430102"), ("sample", "false")],
            ("file", "list.csv", csv.as_bytes()),
        )
        .await
        .ok();
    let report: ImportReport = serde_json::from_value(answer).unwrap();
    assert_eq!((report.imported, report.departments), (2, 1));
    let rejected = [
        (3, "catalogue.field.row_name"),
        (4, "catalogue.field.row_type"),
        (5, "catalogue.field.row_duplicate"),
    ];
    assert_eq!(codes(&report.rejected), rejected);
    assert_eq!(report.rejected[1].message, "事项类型“77”无法识别，未导入。");
    assert_eq!(
        codes(&report.warnings),
        [
            (6, "catalogue.field.row_no_code"),
            (6, "catalogue.field.row_office_code")
        ]
    );
    let guide = app.client().get(&format!("{API}/items/a-0001")).await.ok();
    assert_eq!(
        (&guide["department_name"], &guide["sample"]),
        (&json!("芙蓉区人力资源和社会保障局"), &json!(false))
    );
}

#[tokio::test]
async fn what_is_no_list_is_refused_whole() {
    let app = with_departments().await;
    let path = format!("{API}/manage/import");
    let admin = admin(&app);
    let send = async |fields: &[(&str, &str)], content: &[u8]| {
        admin
            .multipart(&path, fields, ("file", "x.csv", content))
            .await
    };
    send(&[("region", "430102")], b"PK\x03\x04\xff\xfe")
        .await
        .refused(422, "catalogue.file_unreadable");
    send(&[("region", "430102")], b"a,b\n1,2\n")
        .await
        .refused(422, "catalogue.columns_missing");
    let problem = send(&[], HEAD.as_bytes())
        .await
        .refused(422, "catalogue.import_invalid");
    assert_eq!(problem["fields"][0]["path"], "/region");
    let large = vec![b'x'; 33 * 1024 * 1024];
    send(&[("region", "430102")], &large)
        .await
        .refused(413, "catalogue.file_too_large");
}

#[tokio::test]
async fn a_described_item_takes_the_place_of_rows_of_its_name() {
    let app = city().await;
    let report = import(&app, LIST, false).await;
    assert_eq!((report.imported, report.merged), (1_132, 3));
    let merged: Vec<_> = report
        .warnings
        .iter()
        .filter(|note| note.code == "catalogue.field.row_merged")
        .collect();
    let unemployment = merged
        .iter()
        .find(|note| note.args["name"] == "失业登记")
        .unwrap();
    assert_eq!(unemployment.args["code"], UNEMPLOYMENT);
    let row = LIST
        .lines()
        .nth(usize::try_from(unemployment.row).unwrap() - 1)
        .unwrap();
    let code = row.split(',').nth(3).unwrap();
    let guide = app.client().get(&format!("{API}/items/{code}")).await.ok();
    assert_eq!(
        (&guide["code"], &guide["version"]),
        (&json!(UNEMPLOYMENT), &json!(2))
    );
    assert!(guide["form"].is_object(), "the description stays");
    let again = import(&app, LIST, false).await;
    assert_eq!(
        (again.imported, again.unchanged, again.merged),
        (0, 1_132, 3)
    );
    assert_eq!(
        app.client().get(&format!("{API}/items/{code}")).await.ok()["version"],
        2
    );
}

#[tokio::test]
async fn an_import_changes_what_the_list_says_and_leaves_alone_what_people_work_on() {
    let app = with_departments().await;
    let row = |name: &str, code: &str| format!("区人社局,未分类,{name},{code},20,{OFFICE},1\n");
    import(
        &app,
        &format!(
            "{HEAD}{}{}{}",
            row("甲", "A-0001"),
            row("乙", "A-0002"),
            row("丙", "A-0003")
        ),
        false,
    )
    .await;
    let admin = admin(&app);
    admin
        .post(
            &format!("{MANAGE}/A-0003/withdraw"),
            &json!({"version": 1, "reason": "停用"}),
        )
        .await
        .ok();
    let mut described = draft("A-0002");
    described["name"] = "乙".into();
    admin
        .put(
            &format!("{MANAGE}/A-0002"),
            &json!({"version": 1, "item": described}),
        )
        .await
        .ok();

    let list = format!(
        "{HEAD}{}{}{}",
        row("甲改", "A-0001"),
        row("乙改", "A-0002"),
        row("丙改", "A-0003")
    );
    let report = import(&app, &list, false).await;
    assert_eq!((report.updated, report.merged, report.unchanged), (1, 1, 1));
    assert_eq!(
        codes(&report.warnings),
        [
            (3, "catalogue.field.row_merged"),
            (4, "catalogue.field.row_withdrawn")
        ]
    );
    assert_eq!(
        app.client().get(&format!("{API}/items/A-0001")).await.ok()["name"],
        "甲改"
    );
    assert_eq!(
        app.client().get(&format!("{API}/items/A-0002")).await.ok()["name"],
        "乙"
    );
    app.client()
        .get(&format!("{API}/items/A-0003"))
        .await
        .refused(404, "catalogue.item_withdrawn");
    let draft = admin.get(&format!("{MANAGE}/A-0002")).await.ok();
    assert_eq!(
        (&draft["changed"], &draft["item"]["name"]),
        (&json!(true), &json!("乙"))
    );
}

#[tokio::test]
async fn one_office_under_two_names_is_one_department() {
    let app = with_departments().await;
    let full = "芙蓉区人力资源和社会保障局";
    let csv = format!(
        "{HEAD}区人社局,未分类,甲,A-0001,20,1151130108778239R_1,1\n\
         {full},未分类,乙,A-0002,20,1151130108778239R_2,1\n"
    );
    let report = import(&app, &csv, false).await;
    assert_eq!((report.imported, report.departments), (2, 0));
    for code in ["A-0001", "A-0002"] {
        let guide = app.client().get(&format!("{API}/items/{code}")).await.ok();
        assert_eq!(guide["department_code"], OFFICE);
    }
    let page = app
        .client()
        .get(&format!("{API}/departments?region=430102&limit=100"))
        .await
        .ok();
    let office = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["code"] == OFFICE)
        .unwrap();
    let codes = json!(["1151130108778239R_1", "1151130108778239R_2"]);
    assert_eq!(office["external_codes"], codes);
}

/// As it comes out of other people's systems: entities encoded twice, an error page in the middle
/// of the rows, a ragged row, a code twice.
#[tokio::test]
async fn a_dirty_list_is_reported_row_by_row_and_its_good_rows_come_in() {
    let app = with_departments().await;
    let rows = [
        "区人社局,未分类,《办法》&amp;amp;《细则》咨询,TEST-A,20,,",
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>",
        "&amp;lt;body&amp;gt;&amp;lt;center&amp;gt;nginx",
        "区人社局,未分类,少了几列,TEST-B",
        "区人社局,未分类,第一次,TEST-C,20,,",
        "区人社局,未分类,第二次,TEST-C,20,,",
    ];
    let csv = format!("{HEAD}{}\n", rows.join("\n"));
    let (gbk, ..) = encoding_rs::GBK.encode(&csv);
    let mut reports = Vec::new();
    for bytes in [csv.as_bytes(), &gbk] {
        let options = ImportOptions {
            region: Region::parse("430102").unwrap(),
            sample: true,
            dry_run: true,
            by: by(&app),
        };
        reports.push(import_items(app.store(), bytes, &options).await.unwrap());
    }
    assert_eq!(reports[0], reports[1], "both encodings read alike");
    let report = import(&app, &csv, false).await;
    assert_eq!(
        codes(&report.rejected),
        [
            (3, "catalogue.field.row_markup"),
            (4, "catalogue.field.row_markup"),
            (5, "catalogue.field.row_shape"),
            (7, "catalogue.field.row_duplicate"),
        ]
    );
    assert!(codes(&report.warnings).contains(&(2, "catalogue.field.row_entities")));
    assert_eq!(report.imported, 2);
    let item = app.client().get(&format!("{API}/items/TEST-A")).await.ok();
    assert_eq!(item["name"], "《办法》&《细则》咨询");
}
