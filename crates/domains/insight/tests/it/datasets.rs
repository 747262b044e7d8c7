//! Open data.

use serde_json::{Value, json};

use crate::world::{API, Case, FIRM, World};

#[tokio::test(flavor = "multi_thread")]
async fn every_data_set_comes_as_csv_and_json_with_the_fields_it_names() {
    let world = World::new().await;
    world.whole("430102202611160000095", Case::permit()).await;
    crate::penalties::published(&world, "芙市监罚〔2026〕1号").await;
    world.fold().await;
    let anybody = world.anybody();
    let catalogue = world.get(&anybody, "open-data").await;
    let sets = catalogue.as_array().unwrap();
    assert_eq!(sets.len(), 4);
    for set in sets {
        let json: Value = anybody.get(set["json"].as_str().unwrap()).await.ok();
        let fields = set["fields"].as_array().unwrap();
        assert_eq!(
            (&json["fields"], &json["licence"]),
            (&set["fields"], &json!("CC-BY-4.0"))
        );
        let rows = json["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{set}");
        for row in rows {
            let keys = row.as_object().unwrap().keys().count();
            assert_eq!(keys, fields.len(), "{row}");
        }
        let csv = anybody.get(set["csv"].as_str().unwrap()).await;
        let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
        let head = fields
            .iter()
            .map(|field| format!("\"{}\"", field["title"].as_str().unwrap()));
        let head: Vec<_> = head.collect();
        assert_eq!(
            text.lines().next().unwrap(),
            format!("\u{feff}{}", head.join(","))
        );
        assert_eq!(text.lines().count(), rows.len() + 1);
    }
    for name in ["nothing.csv", "items.xml", "items", "..%2Fitems.csv"] {
        anybody
            .get(&format!("{API}/open-data/{name}"))
            .await
            .refused(404, "insight.no_data_set");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn permits_come_in_the_national_fields_and_few_cases_are_not_told() {
    let world = World::new().await;
    world.whole("430102202611160000096", Case::permit()).await;
    world.fold().await;
    let anybody = world.anybody();
    let permits = world.get(&anybody, "open-data/permits.json").await;
    let row = &permits["rows"][0];
    for (field, value) in [
        ("xzxdr_mc", FIRM),
        ("xzxdr_lb", "法人及非法人组织"),
        ("xkjdws_wh", "芙市监许〔2026〕0096号"),
        ("xk_lb", "普通"),
        ("yxq_z", "2026-11-18"),
        ("yxq_zhi", "2031-11-17"),
        ("dqzt", "有效"),
    ] {
        assert_eq!(row[field], value, "{field}");
    }
    let months = world.get(&anybody, "open-data/case-statistics.json").await;
    let row = &months["rows"][0];
    assert_eq!(
        (&row["month"], &row["ended"]),
        (&json!("2026-11"), &json!(null)),
        "one case is too few"
    );
    for serial in 97..99 {
        world
            .whole(&format!("4301022026111600000{serial}"), Case::permit())
            .await;
    }
    world.fold().await;
    let months = world.get(&anybody, "open-data/case-statistics.json").await;
    assert_eq!(months["rows"][0]["ended"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_validity_is_what_its_words_say() {
    let world = World::new().await;
    for (serial, words) in [
        "自发证之日起五年",
        "长期有效",
        "以证件载明的有效期为准",
        "有效期一日",
    ]
    .into_iter()
    .enumerate()
    {
        let mut case = Case::permit();
        words.clone_into(&mut case.facts().validity);
        let number = format!("43010220261116000009{serial}");
        world.whole(&number, case).await;
    }
    let permits = world.get(&world.anybody(), "open-data/permits.json").await;
    for (serial, to, state) in [
        (0, json!("2031-11-17"), "有效"),
        (1, json!("2099-12-31"), "有效"),
        (2, json!(null), "有效"),
        (3, json!("2026-11-18"), "无效"),
    ] {
        let document = format!("芙市监许〔2026〕009{serial}号");
        let rows = permits["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["xkjdws_wh"] == document);
        let row = row.unwrap();
        assert_eq!((&row["yxq_zhi"], &row["dqzt"]), (&to, &json!(state)));
    }
}
