//! A rating that should not count is judged by another organisation.

use serde_json::json;
use tb_testkit::{department, operator};

use crate::world::{API, OURS, WORDS, World, act};

const NUMBER: &str = "430102202611220000019";

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_takes_a_rating_out_and_the_citizen_is_told() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 1, WORDS).await;
    world.rate("430102202611220000027", OURS, 5, "").await;
    let clerk = world.clerk();
    let task = world.task(&clerk).await;
    let why = json!({"ground": "wrong_object", "words": "群众反映的是另一单位的事项。"});
    let task = act(&clerk, &task, "appeal", why.clone()).await.ok();
    assert_eq!(task["appeal"], "asked");
    act(&clerk, &task, "appeal", why)
        .await
        .refused(409, "interaction.appealed_before");
    let yes = json!({"upheld": true, "words": "评价对象确为其他单位。"});
    act(&clerk, &task, "decide-appeal", yes.clone())
        .await
        .refused(403, "http.forbidden");
    // An operator who belongs to the rated office is not another organisation.
    let mut inside = operator(31, "4301");
    inside.department = Some(department(OURS));
    act(
        &world.app.as_actor(inside),
        &task,
        "decide-appeal",
        yes.clone(),
    )
    .await
    .refused(403, "interaction.rated_decides");
    let rates = world.app.client().get(&format!("{API}/rates")).await.ok();
    assert_eq!(rates["total"]["good"], 500);
    let task = act(&world.centre(), &task, "decide-appeal", yes).await.ok();
    assert_eq!(
        (&task["state"], &task["appeal"]),
        (&json!("excluded"), &json!("upheld"))
    );
    let told = world.told().await;
    let (kind, last) = told.last().unwrap();
    assert_eq!(
        (kind.as_str(), last.words.as_str()),
        ("excluded", "评价对象确为其他单位。")
    );
    let mine = world
        .citizen(1)
        .get(&format!("{API}/my-rectifications/{NUMBER}"))
        .await
        .ok();
    assert_eq!(mine["excluded_because"], "评价对象确为其他单位。");
    // It does not count, but it was given.
    let rates = world.app.client().get(&format!("{API}/rates")).await.ok();
    assert_eq!(
        (
            &rates["total"]["good"],
            &rates["total"]["rated"],
            &rates["total"]["poor"]
        ),
        (&json!(1000), &json!(2), &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_appeal_leaves_everything_as_it_was() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 2, "").await;
    let clerk = world.clerk();
    let task = world.task(&clerk).await;
    let why = json!({"ground": "malicious", "words": "疑似恶意评价。"});
    let task = act(&clerk, &task, "appeal", why).await.ok();
    let no = json!({"upheld": false, "words": "未见恶意。"});
    let task = act(&world.centre(), &task, "decide-appeal", no).await.ok();
    assert_eq!(
        (&task["state"], &task["appeal"]),
        (&json!("open"), &json!("rejected"))
    );
    assert_eq!(
        world.told().await.len(),
        1,
        "the citizen hears nothing of it"
    );
}
