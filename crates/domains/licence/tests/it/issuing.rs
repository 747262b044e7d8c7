//! An order becomes a licence, once, with everything that the minimum of the standard asks for.

use serde_json::json;
use tb_licence::is_mark;

use crate::world::{API, CREDIT_CODE, OTHERS, OURS, World, card, permit};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_becomes_one_licence_however_often_it_comes() {
    let world = World::new().await;
    let order = permit("430102202611220000235");
    world.order(&order).await;
    world.order(&order).await;
    let mine = world.mine(3).await;
    assert_eq!(mine.len(), 1, "{mine:?}");
    assert_eq!(mine[0]["type_name"], "食品经营许可证");
    assert_eq!(mine[0]["number"], "JY2430102000001");
    assert_eq!(mine[0]["standing"], "valid");
    // The permit's five years end on the day before.
    assert_eq!(mine[0]["issued_on"], "2026-11-22");
    assert_eq!(mine[0]["valid_until"], "2031-11-21");
    let id = mine[0]["id"].as_str().unwrap();
    let full = world.holder(3).get(&format!("{API}/mine/{id}")).await.ok();
    assert!(is_mark(full["mark"].as_str().unwrap()), "{}", full["mark"]);
    assert_eq!(full["holder_id"], CREDIT_CODE);
    assert_eq!(full["organ_code"], OURS);
    assert_eq!(full["genuine"], true);
    let place = json!({"label": "经营场所", "value": "长沙市芙蓉区八一路 1 号"});
    let face = full["face"].as_array().unwrap();
    assert!(face.contains(&place), "{face:?}");
    // What the form left out leaves no line.
    assert!(!face.iter().any(|line| line["label"] == "主体业态"));
    let said = world.said().await;
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].kind, "licence.licence.issued");
    assert_eq!(said[0].payload["state"], "valid");
}

#[tokio::test(flavor = "multi_thread")]
async fn serials_and_identifiers_differ_from_licence_to_licence() {
    let world = World::new().await;
    for n in 0..3 {
        world
            .order(&permit(&format!("43010220261122000024{n}")))
            .await;
    }
    let mut numbers: Vec<String> = Vec::new();
    for row in world.mine(3).await {
        numbers.push(row["number"].as_str().unwrap().to_owned());
    }
    // In one and the same moment their order is nobody's.
    numbers.sort();
    assert_eq!(
        numbers,
        ["JY2430102000001", "JY2430102000002", "JY2430102000003"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_holder_is_who_the_form_names_where_the_type_says_so() {
    let world = World::new().await;
    world.order(&card("430102202611220000251")).await;
    assert_eq!(world.mine(1).await.len(), 1);
    assert!(world.mine(2).await.is_empty(), "the agent holds nothing");
    let full = world.one().await;
    assert_eq!(full["holder_name"], "张示例");
    assert_eq!(full["valid_until"], serde_json::Value::Null);
    let id = full["id"].as_str().unwrap();
    let stranger = world.holder(2);
    for path in ["", "/file"] {
        let path = format!("{API}/mine/{id}{path}");
        stranger
            .get(&path)
            .await
            .refused(404, "licence.licence_not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_without_a_type_issues_nothing_and_blocks_nothing() {
    let world = World::new().await;
    let mut order = permit("430102202611220000261");
    order.item_code = "11430102TB0000108H4430199007777".to_owned();
    world.order(&order).await;
    assert!(world.mine(3).await.is_empty());
    world.order(&permit("430102202611220000279")).await;
    assert_eq!(world.mine(3).await.len(), 1);
    let dead = world
        .app
        .log()
        .lag(None)
        .await
        .unwrap()
        .iter()
        .map(|row| row.parked)
        .sum::<u64>();
    assert_eq!(dead, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_case_voids_its_licence() {
    let world = World::new().await;
    let order = permit("430102202611220000287");
    world.order(&order).await;
    world.void(&order).await;
    world.void(&order).await;
    assert_eq!(world.mine(3).await[0]["standing"], "voided");
    let kinds: Vec<String> = world.said().await.into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["licence.licence.issued", "licence.licence.voided"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_decision_takes_its_licence_with_it() {
    let world = World::new().await;
    let order = permit("430102202611220000309");
    world.order(&order).await;
    world.revoke(&order).await;
    world.revoke(&order).await;
    assert_eq!(world.mine(3).await[0]["standing"], "revoked");
    let kinds: Vec<String> = world.said().await.into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["licence.licence.issued", "licence.licence.revoked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pdf_is_made_once_and_stays_the_same() {
    let world = World::new().await;
    world.order(&card("430102202611220000295")).await;
    let id = world.one().await["id"].as_str().unwrap().to_owned();
    let path = format!("{API}/mine/{id}/file");
    let first = world.holder(1).get(&path).await;
    assert_eq!(first.status, 200);
    assert!(first.bytes.starts_with(b"%PDF-"));
    // Of another day, and seen by the organ: the same bytes.
    world.app.clock().advance(chrono::TimeDelta::days(40));
    let again = world
        .clerk(OTHERS)
        .get(&format!("{API}/licences/{id}/file"))
        .await;
    assert_eq!(again.status, 200);
    assert_eq!(first.bytes, again.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_find_their_own_departments_licences_exactly() {
    let world = World::new().await;
    world.order(&permit("430102202611220000309")).await;
    let path = |q: &str| format!("{API}/licences?q={q}");
    for q in ["JY2430102000001", CREDIT_CODE, "430102202611220000309"] {
        let page = world.clerk(OURS).get(&path(q)).await.ok();
        assert_eq!(page["items"].as_array().unwrap().len(), 1, "{q}");
        let page = world.clerk(OTHERS).get(&path(q)).await.ok();
        assert_eq!(page["items"].as_array().unwrap().len(), 0, "{q}");
    }
    let page = world.clerk(OURS).get(&path("JY2430102")).await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 0, "not exact");
    let page = world.admin().get(&path("JY2430102000001")).await.ok();
    let id = page["items"][0]["id"].as_str().unwrap().to_owned();
    let strange = world
        .clerk(OTHERS)
        .get(&format!("{API}/licences/{id}"))
        .await;
    strange.refused(404, "licence.licence_not_found");
    let full = world
        .clerk(OURS)
        .get(&format!("{API}/licences/{id}"))
        .await
        .ok();
    assert_eq!(full["verify_address"], "", "only its holder shows it");
}
