//! One-time links: on paper, and at the counter with three buttons.

use chrono::Duration;
use serde_json::{Value, json};
use tb_contract::topics;
use tb_storage::Position;
use tb_testkit::{clerk, department};

use crate::world::{API, OTHERS, OURS, World};

const NUMBER: &str = "430102202611220000019";

async fn link(world: &World, channel: &str) -> String {
    let body = json!({"case_number": NUMBER, "channel": channel});
    let link = world
        .clerk()
        .post(&format!("{API}/links"), &body)
        .await
        .ok();
    format!("{API}/links/{}", link["token"].as_str().unwrap())
}

async fn last_taken(world: &World) -> Value {
    world.app.settle().await;
    let log = world.app.log();
    let all = log
        .read(topics::INTERACTION, Position::default(), 100)
        .await
        .unwrap();
    let (_, event) = all.into_iter().last().unwrap();
    assert_eq!(event.kind, "interaction.rating.taken");
    event.payload
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_on_paper_rates_once_without_signing_in() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    let (path, anybody) = (link(&world, "qr").await, world.app.client());
    let offer = anybody.get(&path).await.ok();
    assert_eq!(offer["office"], "芙蓉区人力资源和社会保障局");
    assert_eq!(offer["levels"].as_array().unwrap().len(), 5);
    let rating = format!("{path}/rating");
    let wrong = json!({"level": 5, "tags": ["several_visits"]});
    anybody
        .post(&rating, &wrong)
        .await
        .refused(422, "interaction.tags_astray");
    anybody
        .post(&rating, &json!({"level": 6}))
        .await
        .refused(422, "interaction.level_astray");
    let poor = json!({"level": 1, "tags": ["several_visits"], "comment": "跑了三趟"});
    anybody.post(&rating, &poor).await.ok();
    let taken = last_taken(&world).await;
    assert_eq!(
        (&taken["channel"], &taken["level"]),
        (&json!("qr"), &json!(1))
    );
    anybody
        .post(&rating, &poor)
        .await
        .refused(404, "interaction.link_dead");
    anybody
        .get(&path)
        .await
        .refused(404, "interaction.link_dead");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_on_paper_comes_with_its_code() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    let make = async |channel: &str| {
        let body = json!({"case_number": NUMBER, "channel": channel});
        let link = world
            .clerk()
            .post(&format!("{API}/links"), &body)
            .await
            .ok();
        link["code"].as_array().unwrap().len()
    };
    assert!(make("qr").await >= 29);
    assert_eq!(make("device").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_buttons_are_the_levels_5_4_and_2() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    for (button, level) in [("very_satisfied", 5), ("satisfied", 4), ("dissatisfied", 2)] {
        let path = link(&world, "device").await;
        let offer = world.app.client().get(&path).await.ok();
        let of_button = offer["levels"].as_array().unwrap().iter();
        let levels: Vec<i64> = of_button
            .map(|one| one["level"].as_i64().unwrap())
            .collect();
        assert_eq!(levels, [5, 4, 2]);
        let pressed = json!({"button": button});
        world
            .app
            .client()
            .post(&format!("{path}/rating"), &pressed)
            .await
            .ok();
        assert_eq!(last_taken(&world).await["level"], level);
    }
    let path = link(&world, "device").await;
    world.app.clock().advance(Duration::minutes(11));
    world
        .app
        .client()
        .get(&path)
        .await
        .refused(404, "interaction.link_dead");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_own_office_makes_links_and_only_before_the_rating() {
    let world = World::new().await;
    let body = json!({"case_number": NUMBER, "channel": "qr"});
    let make = format!("{API}/links");
    world
        .clerk()
        .post(&make, &body)
        .await
        .refused(409, "interaction.not_ratable");
    world.end(NUMBER, OURS).await;
    let other = world.app.as_actor(clerk(41, &department(OTHERS)));
    other
        .post(&make, &body)
        .await
        .refused(409, "interaction.not_ratable");
    let path = link(&world, "qr").await;
    world.rate(NUMBER, OURS, 4, "").await;
    world
        .app
        .client()
        .get(&path)
        .await
        .refused(409, "interaction.not_ratable");
    world
        .clerk()
        .post(&make, &body)
        .await
        .refused(409, "interaction.not_ratable");
}
