//! Deputies at cases: what they may do in whose place, what is said of it, and that nobody is a
//! second person to himself.

use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use tb_kernel::{Actor, Deputised};
use tb_storage::entity::audit;
use tb_testkit::{Client, clerk, head};

use crate::world::{API, OTHERS, OURS, REGISTRATION, World, allowed, command, department};

/// A clerk who is the deputy of the head.
fn deputy(n: u128) -> Actor {
    let absent = head(2, &department(OURS));
    Actor {
        deputy_of: vec![Deputised {
            id: absent.id,
            name: absent.name,
            roles: absent.roles,
            arranged_by: absent.id,
        }],
        ..clerk(n, &department(OURS))
    }
}

async fn witnesses(world: &World) -> Vec<String> {
    let rows = audit::Entity::find().order_by_asc(audit::Column::Seq);
    let rows = rows.all(&world.app.store().read()).await.unwrap();
    rows.into_iter()
        .filter(|row| row.acting_as.contains("deputy of"))
        .map(|row| row.action)
        .collect()
}

/// A case whose steps of a clerk are done: a head decides.
async fn at_the_head(world: &World, number: &str) -> uuid::Uuid {
    let id = world.submit(number, REGISTRATION).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    command(
        &clerk,
        id,
        "step",
        json!({"outcome": "pass", "opinion": "同意"}),
    )
    .await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_holds_the_posts_and_the_history_says_for_whom() {
    let world = World::new().await;
    let id = at_the_head(&world, "430102202611220000701").await;
    let colleague = world.app.as_actor(clerk(3, &department(OURS)));
    let stands_in = world.app.as_actor(deputy(3));
    let todo = format!("{API}/cases?todo=true");
    let without = colleague.get(&todo).await.ok();
    assert_eq!(
        without["items"],
        json!([]),
        "the head's case is not a clerk's"
    );
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "step").unwrap_err(),
        "approval.wrong_post",
        "{case}"
    );
    let with = stands_in.get(&todo).await.ok();
    assert_eq!(with["items"][0]["id"], json!(id));
    let counts = stands_in.get(&format!("{API}/counts?todo=true")).await.ok();
    assert_eq!(counts["states"]["examining"], 1, "{counts}");
    let mine = stands_in.get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&mine, "step"), Ok(()));

    let step = json!({"outcome": "pass", "opinion": "同意"});
    let case = command(&stands_in, id, "step", step).await;
    let last = case["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["actor"], &last["deputy_of"]),
        (&json!("测试3"), &json!("测试2")),
        "{last}"
    );
    let case = command(
        &stands_in,
        id,
        "decide",
        json!({"result": "granted", "reason": ""}),
    )
    .await;
    assert_eq!(case["state"], "decided");
    assert_eq!(
        witnesses(&world).await,
        ["approval.case.step_completed", "approval.case.decided"]
    );
    // What a clerk does in his own right he does in his own name.
    let case = command(&stands_in, id, "close", json!({})).await;
    let last = case["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["deputy_of"], json!(null));
    // And no more than handling cases.
    let label = json!({"name": "重点", "tone": "blue"});
    let refused = stands_in.post(&format!("{API}/labels"), &label).await;
    refused.refused(403, "http.forbidden");
    let elsewhere = Actor {
        department: Some(department(OTHERS)),
        ..deputy(4)
    };
    let elsewhere = world.app.as_actor(elsewhere);
    let blind = elsewhere.get(&format!("{API}/cases/{id}")).await;
    blind.refused(404, "approval.case_not_found");
}

async fn proposed(world: &World, number: &str, by: &Client) -> (uuid::Uuid, serde_json::Value) {
    let id = world.submit(number, REGISTRATION).await;
    let why = json!({"reason": "重复录入"});
    let case = command(by, id, "propose-void", why).await;
    let body = json!({"version": case["version"], "reason": "重复录入"});
    (id, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_is_no_second_person_to_who_is_away() {
    let world = World::new().await;
    let stands_in = world.app.as_actor(deputy(3));
    let both = "approval.deputy_on_both_sides";
    // Who is away proposed it, his deputy answers.
    let (id, body) = proposed(&world, "430102202611220000711", &world.head()).await;
    let path = format!("{API}/cases/{id}/void");
    stands_in.post(&path, &body).await.refused(403, both);
    let seen = stands_in.get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(allowed(&seen, "void").unwrap_err(), both);
    // The deputy proposed it, who was away answers.
    let (id, body) = proposed(&world, "430102202611220000712", &stands_in).await;
    let path = format!("{API}/cases/{id}/void");
    world.head().post(&path, &body).await.refused(403, both);
    // The deputy himself stays the first person.
    let own = stands_in.post(&path, &body).await;
    own.refused(403, "approval.second_person_voids");
    // A head whom neither stands for is a second person.
    let third = world.app.as_actor(head(5, &department(OURS)));
    assert_eq!(third.post(&path, &body).await.ok()["state"], "voided");
    // Whoever proposes does not choose who answers: the place was arranged by the first person.
    let (id, body) = proposed(&world, "430102202611220000714", &third).await;
    let path = format!("{API}/cases/{id}/void");
    let mut chosen = deputy(3);
    chosen.deputy_of[0].arranged_by = head(5, &department(OURS)).id;
    let chosen = world.app.as_actor(chosen);
    chosen.post(&path, &body).await.refused(403, both);
    // A clerk's proposal is answered by the deputy in the place of the head.
    let (id, body) = proposed(&world, "430102202611220000713", &world.clerk()).await;
    let path = format!("{API}/cases/{id}/void");
    let case = stands_in.post(&path, &body).await.ok();
    let last = case["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["deputy_of"], "测试2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_runs_in_ones_own_right() {
    let world = World::new().await;
    let id = at_the_head(&world, "430102202611220000721").await;
    let stands_in = world.app.as_actor(deputy(3));
    let body = json!({"pick": {"by": "cases", "ids": [id]}});
    let options = stands_in
        .post(&format!("{API}/batches/options"), &body)
        .await;
    let options = options.ok();
    let steps = options["commands"].as_array().unwrap().iter();
    let mut steps = steps.filter(|one| one["command"] == "step");
    assert!(
        steps.next().is_none_or(|one| one["possible"] == 0),
        "{options}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_answers_for_the_post_that_is_addressed() {
    let world = World::new().await;
    let id = world.submit("430102202611220000731", REGISTRATION).await;
    let order = json!({"to": "head", "words": "请说明进度", "reply_days": 2});
    let path = format!("{API}/cases/{id}/supervise");
    let operator = world.app.as_actor(tb_testkit::operator(9, "430102"));
    operator.post(&path, &order).await.ok();
    let plain = world.app.as_actor(clerk(3, &department(OURS)));
    let list = format!("{API}/supervisions?mine=true");
    assert_eq!(plain.get(&list).await.ok()["items"], json!([]));
    let stands_in = world.app.as_actor(deputy(3));
    let open = stands_in.get(&list).await.ok()["items"][0].clone();
    assert_eq!(open["may_reply"], true);
    let path = format!("{API}/supervisions/{}/reply", open["id"].as_str().unwrap());
    let body = json!({"version": open["version"], "words": "明天办结"});
    plain
        .post(&path, &body)
        .await
        .refused(403, "approval.order_not_yours");
    let replied = stands_in.post(&path, &body).await.ok();
    assert_eq!(replied["replier"], "测试3（代测试2）");
}
