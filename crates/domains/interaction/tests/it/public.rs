//! Rates and words as the public sees them.

use serde_json::json;
use tb_testkit::operator;

use crate::world::{API, OTHERS, OURS, WORDS, World, act, mended, reached};

#[tokio::test(flavor = "multi_thread")]
async fn rates_count_what_was_rated_and_nothing_else() {
    let world = World::new().await;
    world.rate("430102202611220000011", OURS, 5, "").await;
    world.rate("430102202611220000012", OURS, 3, "").await;
    world.rate("430102202611220000013", OURS, 1, "").await;
    world.end("430102202611220000014", OURS).await;
    world.end("430103202611220000015", OTHERS).await;
    // Told again, by a log that delivers at least once.
    world.rate("430102202611220000013", OURS, 1, "").await;
    let (clerk, anybody) = (world.clerk(), world.app.client());
    let task = world.task(&clerk).await;
    let task = act(&clerk, &task, "contact", reached()).await.ok();
    let task = act(&clerk, &task, "rectify", mended()).await.ok();
    act(&world.head(), &task, "call-back", json!({"level": 4}))
        .await
        .ok();
    let rates = anybody.get(&format!("{API}/rates?period=month")).await.ok();
    let ours = &rates["rows"][0];
    assert_eq!(ours["name"], "芙蓉区人力资源和社会保障局");
    assert_eq!(
        (&ours["services"], &ours["rated"], &ours["poor"]),
        (&json!(4), &json!(3), &json!(1))
    );
    assert_eq!(
        (&ours["participation"], &ours["good"]),
        (&json!(750), &json!(667))
    );
    assert_eq!(
        (
            &ours["rectified"],
            &ours["in_time"],
            &ours["call_back_satisfied"]
        ),
        (&json!(1000), &json!(1000), &json!(1000))
    );
    let others = &rates["rows"][1];
    assert_eq!(
        (&others["participation"], &others["good"]),
        (&json!(0), &json!(null))
    );
    assert_eq!(rates["total"]["services"], 5);
    assert_eq!(
        rates["channels"],
        json!([{"channel": "online", "rated": 3, "good": 667}])
    );
    let items = anybody
        .get(&format!("{API}/rates?by=item&department={OURS}"))
        .await
        .ok();
    assert_eq!(items["rows"].as_array().unwrap().len(), 1);
    assert_eq!(items["rows"][0]["name"], "失业登记");
    anybody
        .get(&format!("{API}/rates?by=person"))
        .await
        .refused(422, "interaction.unknown_word");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_public_only_after_a_review_and_without_numbers() {
    let world = World::new().await;
    world.rate("430102202611220000011", OURS, 1, WORDS).await;
    world.rate("430102202611220000012", OURS, 5, "很好").await;
    let public = format!("{API}/public-words");
    let anybody = world.app.client();
    assert_eq!(anybody.get(&public).await.ok()["items"], json!([]));
    let elsewhere = world.app.as_actor(operator(51, "430103"));
    let waiting = format!("{API}/words");
    assert_eq!(elsewhere.get(&waiting).await.ok()["items"], json!([]));
    let centre = world.centre();
    let page = centre.get(&waiting).await.ok();
    let written = |words: &str| {
        let mut items = page["items"].as_array().unwrap().iter();
        items.find(|one| one["words"] == words).unwrap()
    };
    let (good, poor) = (written("很好"), written(WORDS));
    assert_eq!(poor["proposal"], "跑了三趟才办好，打 *********** 没人接");
    let review =
        |one: &serde_json::Value| format!("{waiting}/{}/review", one["id"].as_str().unwrap());
    let raw = json!({"publish": true, "words": WORDS});
    centre
        .post(&review(poor), &raw)
        .await
        .refused(422, "interaction.words_unmasked");
    elsewhere
        .post(&review(poor), &raw)
        .await
        .refused(404, "interaction.no_words");
    let masked = json!({"publish": true, "words": poor["proposal"]});
    centre.post(&review(poor), &masked).await.ok();
    centre
        .post(&review(poor), &masked)
        .await
        .refused(404, "interaction.no_words");
    centre
        .post(&review(good), &json!({"publish": false}))
        .await
        .ok();
    let page = anybody.get(&public).await.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(page["items"][0]["words"], poor["proposal"]);
    assert_eq!(page["items"][0]["office"], "芙蓉区人力资源和社会保障局");
}
