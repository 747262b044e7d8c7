//! Rates and words as the public sees them.

use chrono::Duration;
use serde_json::json;
use tb_interaction::seed::{PastService, seed_past};
use tb_kernel::{Region, RequestId};
use tb_storage::Origin;
use tb_testkit::{department, operator};
use uuid::Uuid;

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

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_past_counts_once_and_is_marked() {
    let world = World::new().await;
    let by = Origin::system("test", RequestId(Uuid::nil()));
    let past: Vec<PastService> = [Some(5), Some(1), None]
        .into_iter()
        .enumerate()
        .map(|(n, level)| PastService {
            case_number: format!("43010220261022900000{n}"),
            item_code: format!("{OURS}4432099001000"),
            item_name: "失业登记".to_owned(),
            department_code: OURS.to_owned(),
            department: department(OURS).id,
            region: Region::parse("430102").unwrap(),
            ended_at: world.app.now() - Duration::days(20),
            level,
        })
        .collect();
    let url = format!("{API}/rates?period=all");
    let anybody = world.app.client();
    assert_eq!(anybody.get(&url).await.ok()["sample"], false);
    let store = world.app.store();
    assert_eq!(seed_past(store, &by, past.clone()).await.unwrap(), 3);
    assert_eq!(seed_past(store, &by, past).await.unwrap(), 0, "once");
    let rates = anybody.get(&url).await.ok();
    assert_eq!(rates["sample"], true);
    let total = &rates["total"];
    assert_eq!(
        (&total["services"], &total["rated"], &total["poor"]),
        (&json!(3), &json!(2), &json!(1))
    );
    assert_eq!(
        (&total["rectified"], &total["in_time"], &total["good"]),
        (&json!(1000), &json!(1000), &json!(500))
    );
    let closed = format!("{API}/tasks?state=closed");
    let tasks = world.clerk().get(&closed).await.ok();
    assert_eq!(tasks["items"][0]["level"], 1);
    assert_eq!(tasks["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_a_joint_matter_counts_and_is_asked_about_by_the_whole_alone() {
    let world = World::new().await;
    let number = "430102202611220000016";
    world.end_as_part(number, OURS).await;
    let rates = world.app.client().get(&format!("{API}/rates")).await.ok();
    assert_eq!(rates["total"]["services"], 1);
    assert!(world.sms().await.is_empty(), "nobody is asked for a part");
    let wanted = json!({"case_number": number, "channel": "qr"});
    world
        .clerk()
        .post(&format!("{API}/links"), &wanted)
        .await
        .refused(409, "interaction.rated_with_whole");
}
