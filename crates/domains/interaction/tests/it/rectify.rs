//! A poor rating, its rectification, the call-back.

use chrono::Duration;
use serde_json::json;
use tb_testkit::{clerk, department, operator};

use crate::world::{API, OTHERS, OURS, WORDS, World, act, mended, reached};

const NUMBER: &str = "430102202611220000019";

#[tokio::test(flavor = "multi_thread")]
async fn a_poor_rating_is_rectified_and_called_back_by_somebody_else() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 1, WORDS).await;
    let clerk = world.clerk();
    let task = world.task(&clerk).await;
    // Sunday: the first working day is Monday, the fifth Friday.
    assert_eq!(
        json!([
            task["state"],
            task["light"],
            task["contact_due"],
            task["close_due"],
            task["level"]
        ]),
        json!(["open", "green", "2026-11-23", "2026-11-27", 1])
    );
    assert_eq!(task["words"], WORDS);
    assert_eq!(task["tags"][0]["label"], "多次往返跑");
    let task = act(&clerk, &task, "contact", reached()).await.ok();
    assert_eq!(
        (&task["state"], &task["due"]),
        (&json!("contacted"), &json!("2026-11-27"))
    );
    let task = act(&clerk, &task, "rectify", mended()).await.ok();
    assert_eq!(task["state"], "rectified");

    // The handler does not ask whether he did well.
    let glad = json!({"level": 4, "words": "满意"});
    act(&clerk, &task, "call-back", glad.clone())
        .await
        .refused(403, "interaction.handler_calls_back");
    let mut commands = task["commands"].as_array().unwrap().iter();
    let own = commands.find(|one| one["command"] == "call_back").unwrap();
    assert_eq!(own["code"], "interaction.handler_calls_back");
    let task = act(&world.centre(), &task, "call-back", glad).await.ok();
    // The first rating stays.
    assert_eq!(
        json!([
            task["state"],
            task["outcome"],
            task["second_level"],
            task["level"]
        ]),
        json!(["closed", "satisfied", 4, 1])
    );
    let timeline = task["timeline"].as_array().unwrap().iter();
    let kinds: Vec<&str> = timeline.map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["opened", "contacted", "rectified", "called_back"]);
    let told = world.told().await.into_iter();
    let told: Vec<String> = told.map(|(kind, _)| kind).collect();
    assert_eq!(told, ["opened", "contacted", "rectified", "closed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_before_its_turn_or_on_what_was_seen_too_long_ago() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 1, "").await;
    let clerk = world.clerk();
    let task = world.task(&clerk).await;
    act(&clerk, &task, "rectify", mended())
        .await
        .refused(409, "interaction.wrong_state");
    act(
        &clerk,
        &task,
        "contact",
        json!({"way": "fax", "reached": true}),
    )
    .await
    .refused(422, "interaction.unknown_word");
    let tried = json!({"way": "phone", "reached": false});
    let task = act(&clerk, &task, "contact", tried).await.ok();
    assert_eq!(task["state"], "open", "an attempt is no contact");
    let old = task.clone();
    let task = act(&clerk, &task, "contact", reached()).await.ok();
    let lacking = json!({"findings": "一", "measures": " ", "result": "三"});
    act(&clerk, &task, "rectify", lacking)
        .await
        .refused(422, "interaction.words_missing");
    act(&clerk, &old, "rectify", mended())
        .await
        .refused(409, "interaction.stale_version");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_still_dissatisfied_sends_it_back_until_the_last_round() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 2, "").await;
    let (clerk, citizen) = (world.clerk(), world.citizen(1));
    let mine = format!("{API}/my-rectifications/{NUMBER}");
    for round in 1..=3 {
        let seen = citizen.get(&mine).await.ok();
        assert_eq!(
            (&seen["state"], &seen["round"]),
            (&json!("open"), &json!(round))
        );
        let answer = json!({"version": seen["version"], "level": 2});
        citizen
            .post(&format!("{mine}/answer"), &answer)
            .await
            .refused(409, "interaction.wrong_state");
        world.app.clock().advance(Duration::days(1));
        let task = world.task(&clerk).await;
        let task = act(&clerk, &task, "contact", reached()).await.ok();
        act(&clerk, &task, "rectify", mended()).await.ok();
        let seen = citizen.get(&mine).await.ok();
        assert_eq!(seen["asks"], true);
        assert_eq!(seen["result"], "已上门补办，并修改了一次性告知单。");
        let answer = json!({"version": seen["version"], "level": 2, "words": "还是不行"});
        citizen.post(&format!("{mine}/answer"), &answer).await.ok();
    }
    let task = world.task(&clerk).await;
    assert_eq!(
        (&task["state"], &task["outcome"]),
        (&json!("closed"), &json!("dissatisfied"))
    );
    // Monday to Friday: 2026-11-23 plus one round a day; the second round began on the 23rd.
    let told = world.told().await;
    let reopened: Vec<String> = told
        .iter()
        .filter(|(kind, _)| kind == "reopened")
        .map(|(_, told)| told.due.unwrap().to_string())
        .collect();
    assert_eq!(reopened, ["2026-11-24", "2026-11-25"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_sees_it_and_good_ratings_open_nothing() {
    let world = World::new().await;
    world.rate(NUMBER, OURS, 1, WORDS).await;
    world.rate("430102202611220000027", OURS, 3, "").await;
    let id = world.task(&world.clerk()).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for stranger in [
        world.app.as_actor(clerk(21, &department(OTHERS))),
        world.app.as_actor(operator(22, "430103")),
    ] {
        let page = stranger.get(&format!("{API}/tasks")).await.ok();
        assert_eq!(page["items"], json!([]));
        stranger
            .get(&format!("{API}/tasks/{id}"))
            .await
            .refused(404, "interaction.task_not_found");
    }
    let theirs = world
        .citizen(2)
        .get(&format!("{API}/my-rectifications/{NUMBER}"))
        .await
        .ok();
    assert!(theirs.is_null(), "{theirs}");
    let answer = json!({"version": 1, "level": 5});
    world
        .citizen(2)
        .post(&format!("{API}/my-rectifications/{NUMBER}/answer"), &answer)
        .await
        .refused(404, "interaction.task_not_found");
    let counts = world.clerk().get(&format!("{API}/task-counts")).await.ok();
    assert_eq!((&counts["open"], &counts["green"]), (&json!(1), &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_goes_on_where_it_ended_and_takes_filters() {
    let world = World::new().await;
    for n in 0..5 {
        world
            .rate(&format!("43010220261122000{n}"), OURS, 1, "")
            .await;
    }
    let clerk = world.clerk();
    let first = clerk.get(&format!("{API}/tasks?limit=3")).await.ok();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = clerk
        .get(&format!("{API}/tasks?limit=3&cursor={cursor}"))
        .await
        .ok();
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    assert_eq!(second["items"].as_array().unwrap().len(), 2);
    assert!(second["next_cursor"].is_null());
    let one = clerk
        .get(&format!("{API}/tasks?q=430102202611220003"))
        .await
        .ok();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let red = clerk.get(&format!("{API}/tasks?light=red")).await.ok();
    assert_eq!(red["items"], json!([]));
    for (wrong, code) in [
        ("light=pink", "interaction.unknown_word"),
        ("state=lost", "interaction.unknown_word"),
        ("cursor=x", "interaction.wrong_cursor"),
    ] {
        clerk
            .get(&format!("{API}/tasks?{wrong}"))
            .await
            .refused(422, code);
    }
}
