//! After its issue a licence is revoked, deregistered, replaced and renewed: its holder is heard, and
//! a second person decides.

use serde_json::{Value, json};
use tb_testkit::{Client, department, head};

use crate::world::{API, OTHERS, OURS, World, card, permit};

fn head_of(world: &World, of: &str) -> Client {
    world.app.as_actor(head(12, &department(of)))
}

async fn post(client: &Client, id: &str, verb: &str, body: Value) -> tb_testkit::Answer {
    client.post(&format!("{API}/{id}/{verb}"), &body).await
}

/// A permit of the enterprise: the paths of its holder and of staff.
async fn issued(world: &World) -> (String, String) {
    world.order(&permit("430102202611220000405")).await;
    let id = world.mine(3).await[0]["id"].as_str().unwrap().to_owned();
    (format!("mine/{id}"), format!("licences/{id}"))
}

fn proposal() -> Value {
    json!({"row_version": 1, "kind": "revoke", "reason": "以虚假材料取得许可。",
           "basis": "《中华人民共和国行政许可法》第六十九条", "answer_days": 5})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_hears_the_holder_and_wants_a_second_person() {
    let world = World::new().await;
    let (mine, ours) = issued(&world).await;
    let (clerk, head, holder) = (world.clerk(OURS), head_of(&world, OURS), world.holder(3));
    post(&world.clerk(OTHERS), &ours, "propose-change", proposal())
        .await
        .refused(404, "licence.licence_not_found");
    let mut hasty = proposal();
    hasty["answer_days"] = 1.into();
    post(&clerk, &ours, "propose-change", hasty)
        .await
        .refused(422, "licence.wrong_term");
    let view = post(&clerk, &ours, "propose-change", proposal()).await.ok();
    assert_eq!(view["changes"][0]["state"], "open");
    assert_eq!(view["changes"][0]["answer_until"], "2026-11-27");
    let granted = json!({"granted": true, "reason": "事实清楚。"});
    // Nobody decides while the holder may still answer.
    post(&head, &ours, "decide-change", granted.clone())
        .await
        .refused(409, "licence.holder_not_heard");
    let said = json!({"statement": "材料属实，请再核查。"});
    post(&world.holder(1), &mine, "answer", said.clone())
        .await
        .refused(404, "licence.licence_not_found");
    let view = post(&holder, &mine, "answer", said.clone()).await.ok();
    assert_eq!(view["changes"][0]["answer"], "材料属实，请再核查。");
    post(&holder, &mine, "answer", said)
        .await
        .refused(409, "licence.nothing_to_answer");
    let view = post(&head, &ours, "decide-change", granted.clone())
        .await
        .ok();
    assert_eq!(view["standing"], "revoked");
    assert_eq!(view["history"][1]["kind"], "revoked");
    assert_eq!(view["history"][1]["reason"], "事实清楚。");
    post(&head, &ours, "decide-change", granted)
        .await
        .refused(409, "licence.nothing_to_decide");
    let kinds: Vec<String> = world.said().await.into_iter().map(|e| e.kind).collect();
    assert_eq!(
        kinds,
        [
            "licence.licence.issued",
            "licence.change.proposed",
            "licence.change.granted",
            "licence.licence.revoked"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_proposes_does_not_decide_and_silence_is_waited_for() {
    let world = World::new().await;
    let (mine, ours) = issued(&world).await;
    let head = head_of(&world, OURS);
    post(&head, &ours, "propose-change", proposal()).await.ok();
    world.app.clock().advance(chrono::TimeDelta::days(6));
    let said = json!({"statement": "晚了一天。"});
    post(&world.holder(3), &mine, "answer", said)
        .await
        .refused(409, "licence.answer_too_late");
    let no = json!({"granted": false, "reason": "证据不足。"});
    post(&head, &ours, "decide-change", no.clone())
        .await
        .refused(403, "licence.same_person");
    post(&world.clerk(OURS), &ours, "decide-change", no.clone())
        .await
        .refused(403, "http.forbidden");
    let another = tb_testkit::head(13, &department(OURS));
    let view = post(&world.app.as_actor(another), &ours, "decide-change", no)
        .await
        .ok();
    assert_eq!(view["standing"], "valid");
    assert_eq!(view["changes"][0]["state"], "rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_is_a_new_version_and_the_old_code_says_so() {
    let world = World::new().await;
    let (mine, ours) = issued(&world).await;
    let holder = world.holder(3);
    let old = holder.get(&format!("{API}/{mine}")).await.ok();
    world.app.clock().advance(chrono::TimeDelta::days(30));
    let asked = json!({"row_version": 1, "kind": "replace", "reason": "证书遗失。"});
    post(&holder, &mine, "ask", asked.clone()).await.ok();
    post(&holder, &mine, "ask", asked)
        .await
        .refused(409, "licence.stale_licence");
    let granted = json!({"granted": true, "reason": "同意补发。"});
    let new = post(&head_of(&world, OURS), &ours, "decide-change", granted)
        .await
        .ok();
    assert_eq!(new["standing"], "valid");
    assert_eq!(new["version"], 2);
    assert_eq!(new["number"], old["number"]);
    assert_eq!(new["issued_on"], "2026-12-22");
    assert_eq!(new["valid_until"], old["valid_until"]);
    assert_eq!(new["genuine"], true);
    assert!(new["mark"].as_str().unwrap().contains(".0000001.002."));
    let code = old["verify_address"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    let said = world
        .app
        .client()
        .get(&format!("{API}/verify/{code}"))
        .await
        .ok();
    assert_eq!(said["standing"], "replaced");
    let mine = world.mine(3).await;
    assert_eq!(mine.len(), 2, "the old one stays to be seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undecided_renewal_counts_as_granted_at_the_end() {
    let world = World::new().await;
    let (mine, _) = issued(&world).await;
    let at = |day: &str| {
        let moment = format!("{day}T10:00:00+08:00");
        chrono::DateTime::parse_from_rfc3339(&moment)
            .unwrap()
            .to_utc()
    };
    // Thirty days before 2031-11-21.
    world.app.clock().set(at("2031-10-22"));
    let asked = json!({"row_version": 1, "kind": "renew", "reason": "继续经营。"});
    let view = post(&world.holder(3), &mine, "ask", asked).await.ok();
    assert_eq!(view["changes"][0]["deem_after"], "2031-11-21");
    world.app.clock().set(at("2031-11-21"));
    world.app.run_periodic("licence.deem_renewed").await;
    assert_eq!(world.mine(3).await.len(), 1, "its last day is not over");
    world.app.clock().set(at("2031-11-22"));
    world.app.run_periodic("licence.deem_renewed").await;
    world.app.run_periodic("licence.deem_renewed").await;
    let all = world.mine(3).await;
    let valid = all.iter().find(|row| row["standing"] == "valid").unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(valid["valid_until"], "2036-11-21");
    let id = valid["id"].as_str().unwrap();
    let full = world.holder(3).get(&format!("{API}/mine/{id}")).await.ok();
    let face = full["face"].as_array().unwrap();
    let line = face.iter().find(|line| line["label"] == "有效期").unwrap();
    assert_eq!(line["value"], "2031年11月22日至2036年11月21日");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_is_asked_for_near_the_end_and_can_be_taken_back() {
    let world = World::new().await;
    let (mine, _) = issued(&world).await;
    let holder = world.holder(3);
    let offered = async || holder.get(&format!("{API}/{mine}")).await.ok()["may_ask"].clone();
    let on = |day: &str| {
        let moment = format!("{day}T10:00:00+08:00");
        let at = chrono::DateTime::parse_from_rfc3339(&moment).unwrap();
        world.app.clock().set(at.to_utc());
    };
    let asked = json!({"row_version": 1, "kind": "renew", "reason": "继续经营。"});
    // 180 days before 2031-11-21.
    on("2031-05-24");
    assert!(!offered().await.to_string().contains("renew"));
    let early = post(&holder, &mine, "ask", asked.clone()).await;
    early.refused(409, "licence.renewal_too_early");
    on("2031-05-25");
    assert!(offered().await.to_string().contains("renew"));
    post(&holder, &mine, "ask", asked).await.ok();
    let back = json!({"row_version": 2});
    let view = post(&holder, &mine, "take-back", back).await.ok();
    assert_eq!(view["changes"][0]["state"], "withdrawn");
    post(&holder, &mine, "take-back", json!({"row_version": 3}))
        .await
        .refused(409, "licence.nothing_to_take_back");
    // Nothing is deemed granted of what was taken back, and it can be asked for again.
    let again = json!({"row_version": 3, "kind": "renew", "reason": "还是要继续。"});
    post(&holder, &mine, "ask", again).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_renewal_is_not_deemed_and_a_licence_without_end_has_none() {
    let world = World::new().await;
    let (mine, _) = issued(&world).await;
    let late = chrono::DateTime::parse_from_rfc3339("2031-10-23T10:00:00+08:00").unwrap();
    world.app.clock().set(late.to_utc());
    let asked = json!({"row_version": 1, "kind": "renew", "reason": "继续经营。"});
    let view = post(&world.holder(3), &mine, "ask", asked.clone())
        .await
        .ok();
    assert_eq!(view["changes"][0]["deem_after"], Value::Null);
    world.app.clock().advance(chrono::TimeDelta::days(60));
    world.app.run_periodic("licence.deem_renewed").await;
    assert_eq!(world.mine(3).await[0]["standing"], "expired");

    world.order(&card("430102202611220000413")).await;
    let id = world.mine(1).await[0]["id"].as_str().unwrap().to_owned();
    post(&world.holder(1), &format!("mine/{id}"), "ask", asked)
        .await
        .refused(409, "licence.change_not_possible");
}
