//! Notes of the office: sealed, for colleagues only, beside the case.

use serde_json::{Value, json};
use tb_testkit::{Client, clerk, head, operator};
use uuid::Uuid;

use crate::staff::PORTER;
use crate::world::{API, FOREIGN, OTHERS, OURS, REGISTRATION, World, department};

const NUMBER: &str = "430102202611220000601";

async fn notes(client: &Client, id: Uuid) -> Vec<Value> {
    let page = client.get(&format!("{API}/cases/{id}/notes")).await.ok();
    page["items"].as_array().unwrap().clone()
}

async fn counted(client: &Client) -> (u64, usize) {
    let counts = client.get(&format!("{API}/counts")).await.ok();
    let found = client
        .get(&format!("{API}/cases?mentioned=true"))
        .await
        .ok();
    (
        counts["mentions"].as_u64().unwrap(),
        found["items"].as_array().unwrap().len(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_names_a_colleague_who_finds_the_case_until_he_has_seen_it() {
    let world = World::new().await;
    let id = world.submit(NUMBER, REGISTRATION).await;
    let path = format!("{API}/cases/{id}/notes");
    let before = world.case(id).await;
    let said = world.said(NUMBER).await.len();
    let other = clerk(3, &department(OURS));
    let (first, second) = (world.clerk(), world.app.as_actor(other.clone()));

    let body = json!({"words": "请核对 独孤示例 的社保记录", "mentions": [other.id]});
    let note = first.post(&path, &body).await.ok();
    assert_eq!(note["mentions"][0]["read_at"], Value::Null);
    assert_eq!(note["may_withdraw"], true);
    assert_eq!(counted(&second).await, (1, 1));
    assert_eq!(counted(&first).await, (0, 0), "nobody named him");
    let seen = notes(&second, id).await;
    assert_eq!(seen[0]["words"], "请核对 独孤示例 的社保记录");
    assert_eq!(seen[0]["for_me"], true);
    assert_eq!(seen[0]["may_withdraw"], false);
    second.post(&format!("{path}/seen"), &json!({})).await.ok();
    assert_eq!(counted(&second).await, (0, 0));
    assert_ne!(
        notes(&first, id).await[0]["mentions"][0]["read_at"],
        Value::Null
    );

    // The case knows nothing of it: same version, no event, nothing told.
    let after = world.case(id).await;
    assert_eq!(after["version"], before["version"]);
    assert_eq!(after["timeline"], before["timeline"]);
    assert_eq!(world.said(NUMBER).await.len(), said);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_author_takes_a_note_back_and_its_words_are_gone() {
    let world = World::new().await;
    let id = world.submit(NUMBER, REGISTRATION).await;
    let path = format!("{API}/cases/{id}/notes");
    let colleague = clerk(3, &department(OURS));
    let body = json!({"words": "写错了", "mentions": [colleague.id]});
    let note = world.clerk().post(&path, &body).await.ok();
    let back = format!("{path}/{}/withdraw", note["id"].as_str().unwrap());
    let refused = world.head().post(&back, &json!({})).await;
    refused.refused(403, "approval.note_of_another");
    world.clerk().post(&back, &json!({})).await.ok();
    world.clerk().post(&back, &json!({})).await.ok();
    let left = notes(&world.clerk(), id).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["words"], Value::Null);
    assert_ne!(left[0]["withdrawn_at"], Value::Null);
    assert_eq!(counted(&world.app.as_actor(colleague)).await, (0, 0));
    let missing = format!("{path}/{}/withdraw", Uuid::nil());
    let refused = world.clerk().post(&missing, &json!({})).await;
    refused.refused(404, "approval.note_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_for_the_department_and_come_page_by_page() {
    let world = World::new().await;
    let id = world.submit(NUMBER, REGISTRATION).await;
    let path = format!("{API}/cases/{id}/notes");
    for n in 0..5 {
        let body = json!({"words": format!("第{n}条")});
        world.app.clock().advance(chrono::TimeDelta::seconds(1));
        world.clerk().post(&path, &body).await.ok();
    }
    let first = world.clerk().get(&format!("{path}?limit=3")).await.ok();
    assert_eq!(first["items"][0]["words"], "第4条");
    let next = first["next_cursor"].as_str().unwrap();
    let rest = world
        .clerk()
        .get(&format!("{path}?limit=3&cursor={next}"))
        .await
        .ok();
    assert_eq!(rest["items"].as_array().unwrap().len(), 2);
    assert_eq!(rest["next_cursor"], Value::Null);

    let stranger = world.app.as_actor(head(12, &department(OTHERS)));
    stranger
        .get(&path)
        .await
        .refused(404, "approval.case_not_found");
    let words = json!({"words": "我也说一句"});
    stranger
        .post(&path, &words)
        .await
        .refused(404, "approval.case_not_found");
    // Whoever looks over a region reads cases, but not what the office notes for itself.
    let over = world.app.as_actor(operator(13, "430102"));
    assert_eq!(over.get(&format!("{API}/cases/{id}")).await.status, 200);
    assert_eq!(over.get(&path).await.status, 403);

    for (body, code) in [
        (json!({"words": "  "}), "approval.note_empty"),
        (
            json!({"words": "字".repeat(2001)}),
            "approval.text_too_long",
        ),
        (
            json!({"words": "看", "mentions": [Uuid::from_u128(PORTER)]}),
            "approval.not_a_colleague",
        ),
        (
            json!({"words": "看", "mentions": [Uuid::from_u128(999)]}),
            "approval.not_a_colleague",
        ),
    ] {
        world.clerk().post(&path, &body).await.refused(422, code);
    }
    let colleagues = world.clerk().get(&format!("{API}/colleagues")).await.ok();
    let names: Vec<&str> = colleagues
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["测试2", "测试3", "测试4"],
        "neither oneself nor the porter"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_others_takes_no_note() {
    let world = World::new().await;
    let id = world.submit("430104202611220000602", FOREIGN).await;
    let path = format!("{API}/cases/{id}/notes");
    let body = json!({"words": "不是我们的"});
    world
        .clerk()
        .post(&path, &body)
        .await
        .refused(404, "approval.case_not_found");
    world
        .clerk()
        .post(&format!("{path}/seen"), &json!({}))
        .await
        .refused(404, "approval.case_not_found");
}
