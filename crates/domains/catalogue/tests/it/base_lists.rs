//! The base catalogue as a file.

use serde_json::{Value, json};
use tb_testkit::{Answer, Client};

use crate::base_items::BASE;
use crate::{admin, city, with_departments};

async fn send(client: &Client, file: impl AsRef<[u8]>, dry_run: bool, publish: bool) -> Answer {
    let word = |yes: bool| if yes { "true" } else { "false" };
    let fields = [("dry_run", word(dry_run)), ("publish", word(publish))];
    let path = format!("{BASE}/import");
    client
        .multipart(&path, &fields, ("file", "base.csv", file.as_ref()))
        .await
}

fn figures(report: &Value) -> [u64; 4] {
    [
        report["imported"].as_u64().unwrap(),
        report["updated"].as_u64().unwrap(),
        report["unchanged"].as_u64().unwrap(),
        report["rejected"].as_array().unwrap().len() as u64,
    ]
}

const LIST: &str = "基本编码,事项名称,事项类型,主管条线,行使层级,法定时限,设定依据\n\
    432099001000,失业登记,公共服务,人力资源和社会保障,市级、县级,10个工作日,《中华人民共和国就业促进法》第三十五条\n\
    430199008000,食品经营许可,行政许可,市场监督管理,县级,20个工作日,《中华人民共和国食品安全法》第三十五条\n\
    430199008000,食品经营许可,行政许可,,县级,,\n\
    43019900,短码,行政许可,,县级,,\n\
    430199008001,无类型,许可,,县级,,\n";

#[tokio::test]
async fn a_list_is_tried_taken_in_and_told_row_by_row() {
    let app = city().await;
    let admin = admin(&app);
    let tried = send(&admin, LIST, true, true).await.ok();
    assert_eq!(figures(&tried), [2, 0, 0, 3], "{tried}");
    let rows: Vec<_> = tried["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["row"].as_u64().unwrap())
        .collect();
    assert_eq!(rows, [4, 5, 6]);
    assert_eq!(
        admin.get(BASE).await.ok()["items"],
        json!([]),
        "a dry run writes nothing"
    );

    send(&admin, LIST, false, true).await.ok();
    let list = admin.get(BASE).await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert!(
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["status"] == "published")
    );
    let again = send(&admin, LIST, false, true).await.ok();
    assert_eq!(figures(&again), [0, 0, 2, 3]);
    let changed = LIST.replace("10个工作日", "7个工作日");
    assert_eq!(
        figures(&send(&admin, &changed, false, false).await.ok()),
        [0, 1, 1, 3]
    );
    let one = admin.get(&format!("{BASE}/432099001000")).await.ok();
    assert_eq!(
        one["published"]["legal_term"]["length"], 10,
        "it is a draft until it is published"
    );
    assert_eq!(one["item"]["legal_term"]["length"], 7);
    // Somebody works on it: the next list leaves it alone.
    let more = LIST.replace("10个工作日", "6个工作日");
    let report = send(&admin, &more, false, true).await.ok();
    assert_eq!(report["rejected"][0]["code"], "catalogue.field.row_draft");

    let body = json!({"version": 2, "reason": "取消许可"});
    admin
        .post(&format!("{BASE}/430199008000/abolish"), &body)
        .await
        .ok();
    let report = send(&admin, &LIST.replace("20个", "19个"), true, true)
        .await
        .ok();
    let codes: Vec<_> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"catalogue.field.row_abolished"),
        "{codes:?}"
    );
    for (bad, code) in [
        ("name\n甲\n", "catalogue.columns_missing"),
        (
            "{\"format\":\"tongban.items\"}",
            "catalogue.base_list_unreadable",
        ),
        ("PK\u{3}\u{4}", "catalogue.base_list_unreadable"),
    ] {
        send(&admin, bad, true, false).await.refused(422, code);
    }
}

#[tokio::test]
async fn what_is_exported_is_taken_in_elsewhere() {
    let here = city().await;
    send(&admin(&here), LIST, false, true).await.ok();
    for format in ["json", "csv", "xlsx"] {
        let there = with_departments().await;
        let file = admin(&here)
            .get(&format!("{BASE}/export?format={format}"))
            .await;
        let report = send(&admin(&there), &file.bytes, false, true).await.ok();
        assert_eq!(figures(&report), [2, 0, 0, 0], "{format}: {report}");
        let path = format!("{BASE}/432099001000");
        let (one, other) = (
            admin(&here).get(&path).await.ok(),
            admin(&there).get(&path).await.ok(),
        );
        assert_eq!(one["item"], other["item"], "{format}");
    }
}
