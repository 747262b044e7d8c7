//! Appraisals of offices as a whole.

use chrono::Duration;
use serde_json::{Value, json};
use tb_testkit::operator;

use crate::world::{API, OTHERS, OURS, WORDS, World};

async fn give(world: &World, by: u128, office: &str, level: u8, words: &str) -> tb_testkit::Answer {
    let body = json!({"department_code": office, "level": level, "words": words});
    let url = format!("{API}/appraisals");
    world.citizen(by).post(&url, &body).await
}

async fn list(world: &World, path: &str) -> Value {
    world.centre().get(&format!("{API}/{path}")).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_a_person_office_and_day() {
    let world = World::new().await;
    give(&world, 1, OURS, 5, "").await.ok();
    give(&world, 1, OURS, 1, "")
        .await
        .refused(409, "interaction.appraised_today");
    give(&world, 1, OTHERS, 3, "").await.ok();
    give(&world, 2, OURS, 2, "").await.ok();
    world.app.clock().advance(Duration::days(1));
    give(&world, 1, OURS, 4, "").await.ok();
    let rates = list(&world, "appraisal-rates").await;
    assert_eq!(
        (&rates[0]["code"], &rates[0]["given"], &rates[0]["good"]),
        (&json!(OURS), &json!(3), &json!(667))
    );
    assert_eq!(rates[1]["name"], "天心区民政局");
    assert_eq!(
        list(&world, "appraisals").await["items"],
        json!([]),
        "levels alone say nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_read_and_masked_before_the_public_sees_them() {
    let world = World::new().await;
    give(&world, 1, OURS, 2, WORDS).await.ok();
    assert_eq!(list(&world, "appraisals").await["items"], json!([]));
    let waiting = list(&world, "appraisal-words").await["items"][0].clone();
    assert_eq!(waiting["words"], WORDS);
    let elsewhere = world.app.as_actor(operator(21, "430103"));
    let url = format!("{API}/appraisal-words");
    assert_eq!(elsewhere.get(&url).await.ok()["items"], json!([]));
    let review = format!("{url}/{}/review", waiting["id"].as_str().unwrap());
    let centre = world.centre();
    let whole = json!({"publish": true, "words": WORDS});
    centre
        .post(&review, &whole)
        .await
        .refused(422, "interaction.words_unmasked");
    let body = json!({"publish": true, "words": waiting["proposal"]});
    elsewhere
        .post(&review, &body)
        .await
        .refused(404, "interaction.no_words");
    centre.post(&review, &body).await.ok();
    centre
        .post(&review, &body)
        .await
        .refused(404, "interaction.no_words");
    let anybody = world.app.client();
    let public = anybody.get(&format!("{API}/appraisals")).await.ok();
    let one = &public["items"][0];
    assert!(one["words"].as_str().unwrap().contains("***********"));
    assert_eq!(one["office"], "芙蓉区人力资源和社会保障局");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_citizens_appraise_and_only_offices_that_there_are() {
    let world = World::new().await;
    give(&world, 1, "11430102TB00000000", 5, "")
        .await
        .refused(422, "interaction.office_unknown");
    give(&world, 1, OURS, 0, "")
        .await
        .refused(422, "interaction.level_astray");
    give(&world, 1, OURS, 5, &"好".repeat(501))
        .await
        .refused(422, "interaction.text_too_long");
    let body = json!({"department_code": OURS, "level": 5, "words": ""});
    let url = format!("{API}/appraisals");
    world
        .clerk()
        .post(&url, &body)
        .await
        .refused(403, "http.forbidden");
    world
        .app
        .client()
        .post(&url, &body)
        .await
        .refused(401, "http.unauthenticated");
}
