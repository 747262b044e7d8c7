//! Ratings by phone.

use serde_json::{Value, json};
use tb_testkit::{actor, department};

use crate::world::{API, OURS, World};

const NUMBER: &str = "430102202611220000019";

fn said(tail: &str) -> Value {
    json!({
        "case_number": NUMBER, "id_tail": tail, "level": 2,
        "tags": ["several_visits"], "comment": "跑了三趟",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_takes_a_rating_down_once_he_knows_who_is_calling() {
    let world = World::new().await;
    let (centre, url) = (world.centre(), format!("{API}/hotline/ratings"));
    centre
        .post(&url, &said("169986"))
        .await
        .refused(409, "interaction.not_ratable");
    world.end(NUMBER, OURS).await;
    for wrong in ["", "9986", "169987"] {
        centre
            .post(&url, &said(wrong))
            .await
            .refused(422, "interaction.proof_wrong");
    }
    let mut astray = said("169986");
    astray["level"] = json!(5);
    centre
        .post(&url, &astray)
        .await
        .refused(422, "interaction.tags_astray");
    centre.post(&url, &said("169986")).await.ok();
    assert_eq!(world.taken().await, [("hotline".to_owned(), 2)]);
    world.rate(NUMBER, OURS, 2, "").await;
    centre
        .post(&url, &said("169986"))
        .await
        .refused(409, "interaction.not_ratable");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_a_number_out_by_trying() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    let url = format!("{API}/hotline/ratings");
    for n in 0..5 {
        let body = said(&format!("10000{n}"));
        world
            .centre()
            .post(&url, &body)
            .await
            .refused(422, "interaction.proof_wrong");
    }
    world
        .centre()
        .post(&url, &said("169986"))
        .await
        .refused(429, "http.limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_rated_takes_nothing_down() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    let url = format!("{API}/hotline/ratings");
    for staff in [world.clerk(), world.head(), world.citizen(1)] {
        staff
            .post(&url, &said("169986"))
            .await
            .refused(403, "http.forbidden");
    }
    let mut one_of_them = actor(31, tb_kernel::AccountKind::Staff, &["centre_operator"]);
    one_of_them.department = Some(department(OURS));
    one_of_them.region = tb_testkit::operator(31, "4301").region;
    let one_of_them = world.app.as_actor(one_of_them);
    one_of_them
        .post(&url, &said("169986"))
        .await
        .refused(403, "interaction.rated_records");
}
