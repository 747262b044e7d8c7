//! Who is told what becomes of a licence: its holder, by the number that stands on it.

use serde_json::{Value, json};
use tb_testkit::citizen;

use crate::world::{API, OTHERS, OURS, World, card, permit};

/// Kind and accounts of the last thing that was said of a change.
async fn told(world: &World) -> (String, Value) {
    let said = world.said().await;
    let last = said
        .into_iter()
        .rfind(|event| event.kind.starts_with("licence.change."))
        .unwrap();
    (last.kind, last.payload["change"]["accounts"].clone())
}

async fn propose(world: &World, of: &str, id: &Value) {
    let proposal = json!({"row_version": 1, "kind": "revoke", "reason": "以虚假材料取得许可。",
        "basis": "《中华人民共和国行政许可法》第六十九条", "answer_days": 5});
    let path = format!("{API}/licences/{}/propose-change", id.as_str().unwrap());
    world.clerk(of).post(&path, &proposal).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_holder_is_told_and_not_whoever_applied_for_him() {
    let world = World::new().await;
    world.order(&card("430102202611220000413")).await;
    propose(&world, OTHERS, &world.one().await["id"]).await;
    let (kind, accounts) = told(&world).await;
    assert_eq!(kind, "licence.change.proposed");
    assert_eq!(accounts, json!([citizen(1).id]), "citizen 2 applied");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_of_an_organisation_are_told_and_nobody_where_there_is_no_account() {
    let world = World::new().await;
    let mut order = permit("430102202611220000405");
    order.applicant.account_id = citizen(2).id;
    world.order(&order).await;
    propose(&world, OURS, &world.mine(3).await[0]["id"]).await;
    assert_eq!(told(&world).await.1, json!([citizen(3).id]));

    let mut order = card("430102202611220000413");
    let number = order.answers.iter_mut().find(|one| one.key == "citizen_id");
    "430102199001019993".clone_into(&mut number.unwrap().text);
    world.order(&order).await;
    let list = world.clerk(OTHERS).get(&format!("{API}/licences")).await;
    propose(&world, OTHERS, &list.ok()["items"][0]["id"]).await;
    let (kind, accounts) = told(&world).await;
    assert_eq!(kind, "licence.change.proposed");
    assert_eq!(accounts, Value::Null, "his number is nobody's here");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_by_silence_is_told_once() {
    let world = World::new().await;
    world.order(&permit("430102202611220000405")).await;
    let id = world.mine(3).await[0]["id"].clone();
    let at = |moment: &str| chrono::DateTime::parse_from_rfc3339(moment).unwrap();
    let clock = world.app.clock();
    clock.set(at("2031-10-22T10:00:00+08:00").to_utc());
    let asked = json!({"row_version": 1, "kind": "renew", "reason": "继续经营。"});
    let path = format!("{API}/mine/{}/ask", id.as_str().unwrap());
    world.holder(3).post(&path, &asked).await.ok();
    clock.set(at("2031-11-22T10:00:00+08:00").to_utc());
    world.app.run_periodic("licence.deem_renewed").await;
    world.app.run_periodic("licence.deem_renewed").await;
    let said = world.said().await;
    let deemed = "licence.change.deemed_granted";
    let times = said.iter().filter(|event| event.kind == deemed).count();
    assert_eq!(times, 1);
    assert_eq!(
        told(&world).await,
        (deemed.to_owned(), json!([citizen(3).id]))
    );
}
