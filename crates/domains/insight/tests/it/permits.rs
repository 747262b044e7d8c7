//! The public register of permits.

use serde_json::{Value, json};
use tb_testkit::{department, head, operator};

use crate::world::{API, Case, FIRM, OTHERS, World};

fn correction(of: &Value) -> Value {
    json!({
        "version": of["version"], "permit_kind": "核准", "certificate": "食品经营许可证",
        "content": "热食类食品制售", "valid_from": "2026-11-18", "valid_to": "2031-11-17",
        "reason": "许可内容漏填经营项目",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_granted_permit_of_an_organisation_is_published_by_name() {
    let world = World::new().await;
    world.whole("430102202611160000091", Case::permit()).await;
    world.whole("430102202611160000092", Case::benefit()).await;
    let anybody = world.anybody();
    let page = world.get(&anybody, "permits").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
    let permit = &page["items"][0];
    for (field, value) in [
        ("holder", FIRM),
        ("holder_code", "91430102TB0000001X"),
        ("document_number", "芙市监许〔2026〕0091号"),
        ("certificate", "食品经营许可证"),
        ("decided_on", "2026-11-18"),
        ("valid_to", "2031-11-17"),
        ("due_on", "2026-11-27"),
        ("state", "published"),
    ] {
        assert_eq!(permit[field], value, "{field}");
    }
    for (query, many) in [
        (FIRM, 1),
        ("91430102tb0000001x", 1),
        ("芙市监许〔2026〕0091号", 1),
        ("食品", 1),
        ("长沙", 0),
    ] {
        let found = world.get(&anybody, &format!("permits?q={query}")).await;
        assert_eq!(found["items"].as_array().unwrap().len(), many, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_corrected_and_withdrawn_with_a_reason_by_its_own_office() {
    let world = World::new().await;
    world.whole("430102202611160000093", Case::permit()).await;
    let (head, anybody) = (world.head(), world.anybody());
    let permit = world.get(&head, "manage/permits").await["items"][0].clone();
    let id = permit["id"].as_str().unwrap();
    let (correct, withdraw) = (
        format!("{API}/manage/permits/{id}/correct"),
        format!("{API}/manage/permits/{id}/withdraw"),
    );
    for (field, value, code) in [
        ("reason", json!(" "), "insight.reason_missing"),
        ("permit_kind", json!("随便"), "insight.unknown_word"),
        ("content", json!(""), "insight.field_missing"),
        ("valid_to", json!("2026-11-01"), "insight.validity_astray"),
        ("reason", json!("长".repeat(201)), "insight.text_too_long"),
    ] {
        let mut body = correction(&permit);
        body[field] = value;
        head.post(&correct, &body).await.refused(422, code);
    }
    let elsewhere = [
        world
            .app
            .as_actor(tb_testkit::head(21, &department(OTHERS))),
        world.app.as_actor(operator(22, "430103")),
    ];
    for stranger in &elsewhere {
        stranger
            .post(&correct, &correction(&permit))
            .await
            .refused(404, "insight.permit_not_found");
        assert_eq!(
            world.get(stranger, "manage/permits").await["items"],
            json!([])
        );
    }
    let mended = head.post(&correct, &correction(&permit)).await.ok();
    assert_eq!(
        (&mended["content"], &mended["remark"]),
        (&json!("热食类食品制售"), &json!("许可内容漏填经营项目"))
    );
    head.post(&correct, &correction(&permit))
        .await
        .refused(409, "insight.stale_version");
    assert_eq!(
        world.get(&anybody, "permits").await["items"][0]["permit_kind"],
        "核准"
    );
    let body = json!({"version": mended["version"], "reason": "企业信用修复"});
    head.post(&withdraw, &body).await.ok();
    assert_eq!(world.get(&anybody, "permits").await["items"], json!([]));
    let all = world.get(&head, "manage/permits?state=withdrawn").await;
    assert_eq!(all["items"][0]["remark"], "企业信用修复");
    let body = json!({"version": all["items"][0]["version"], "reason": "再来"});
    head.post(&withdraw, &body)
        .await
        .refused(409, "insight.withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_case_strikes_its_entry() {
    let world = World::new().await;
    let mut case = world.whole("430102202611160000094", Case::permit()).await;
    case.voided("2026-11-20T09:00");
    world.tell(&case).await;
    assert_eq!(
        world.get(&world.anybody(), "permits").await["items"],
        json!([])
    );
    let head = world
        .app
        .as_actor(head(12, &department(crate::world::OURS)));
    let struck = world.get(&head, "manage/permits").await;
    assert_eq!(
        (&struck["items"][0]["state"], &struck["items"][0]["remark"]),
        (&json!("withdrawn"), &json!("许可决定已作废"))
    );
}
