//! Divisions of the demo city.

use serde_json::json;
use tb_catalogue::{Catalogue, seed};
use tb_contract::divisions::{Division, DivisionKind};

use crate::{API, by, demo, empty, licence_types, names};

#[tokio::test]
async fn the_city_is_walked_down_to_the_community() {
    let app = empty().await;
    let city: seed::CityDivisions = serde_json::from_str(demo!("divisions.changsha.json")).unwrap();
    let rows = city.rows();
    assert_eq!(rows.len(), 1 + 1 + 9 + 172 + 1_649 + 2);
    assert_eq!(
        seed::seed_divisions(app.store(), &by(&app), rows.clone())
            .await
            .unwrap(),
        rows.len()
    );
    assert_eq!(
        seed::seed_divisions(app.store(), &by(&app), rows)
            .await
            .unwrap(),
        0,
        "nothing is new"
    );

    let get = async |path: &str| app.client().get(&format!("{API}/divisions{path}")).await;
    assert_eq!(names(&get("").await.ok()), ["湖南省"]);
    let counties = get("?parent=430100").await.ok();
    assert_eq!(counties["items"].as_array().unwrap().len(), 11);
    let zone = &counties["items"][9];
    assert_eq!(
        (&zone["kind"], &zone["is_leaf"], &zone["level"]),
        (&json!("zone"), &json!(true), &json!("district"))
    );
    let first = &counties["items"][0];
    assert_eq!(
        *first,
        json!({"code": "430102", "name": "芙蓉区", "level": "district", "kind": "division", "is_leaf": false})
    );
    let towns = get("?parent=430102").await.ok();
    assert_eq!(towns["items"][0]["level"], "town");
    let communities = get("?parent=430102001").await.ok();
    assert_eq!(communities["items"].as_array().unwrap().len(), 7);
    assert_eq!(
        (
            &communities["items"][0]["level"],
            &communities["items"][0]["is_leaf"]
        ),
        (&json!("community"), &json!(true))
    );

    let one = get("/430102001001").await.ok();
    let way: Vec<_> = one["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        way,
        [
            "湖南省",
            "长沙市",
            "芙蓉区",
            "文艺路街道",
            "识字里社区居委会"
        ]
    );
    get("?parent=110000")
        .await
        .refused(404, "catalogue.division_not_found");
    get("/nonsense")
        .await
        .refused(404, "catalogue.division_not_found");
}

#[tokio::test]
async fn a_changed_name_reaches_the_tree() {
    let app = empty().await;
    let catalogue = Catalogue::new(app.store(), licence_types()).unwrap();
    let rows = seed::divisions_from_csv(
        "code,name,kind\n430000,湖南省,division\n430171,高新区,zone\n".as_bytes(),
    )
    .unwrap();
    assert_eq!(rows[1].kind, DivisionKind::Zone);
    seed::seed_divisions(app.store(), &by(&app), rows)
        .await
        .unwrap();
    assert_eq!(
        catalogue.tree().await.unwrap().get("430171").unwrap().name,
        "高新区"
    );
    let renamed = Division {
        code: "430171".into(),
        name: "长沙高新区".into(),
        kind: DivisionKind::Zone,
    };
    assert_eq!(
        seed::seed_divisions(app.store(), &by(&app), vec![renamed])
            .await
            .unwrap(),
        1
    );
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let tree = catalogue.tree().await.unwrap();
    assert_eq!(
        (tree.get("430171").unwrap().name.as_str(), tree.len()),
        ("长沙高新区", 2)
    );
    let bad = Division {
        code: "43017".into(),
        name: "错".into(),
        kind: DivisionKind::Division,
    };
    assert!(
        seed::seed_divisions(app.store(), &by(&app), vec![bad])
            .await
            .is_err()
    );
}
