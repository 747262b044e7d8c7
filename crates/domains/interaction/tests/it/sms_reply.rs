//! Ratings by reply.

use chrono::Duration;
use serde_json::{Value, json};
use tb_contract::sms::SmsNotice;
use tb_interaction::Simulator;

use crate::world::{API, OURS, PHONE, World};

const NUMBER: &str = "430102202611220000019";

/// A service has ended, and account 1 is asked to rate it.
async fn asked() -> (World, Value) {
    let world = World::new().await;
    world.wish(true, false, true).await;
    world.end(NUMBER, OURS).await;
    let asked = world.sms().await.remove(0);
    assert_eq!(
        (&asked["kind"], &asked["state"]),
        (&json!("rating_asked"), &json!("delivered"))
    );
    (world, asked)
}

async fn reply(world: &World, to: &Value, words: &str, from_other: bool) -> Value {
    let url = format!("{API}/sms/{}/replies", to["id"].as_str().unwrap());
    let body = json!({"words": words, "from_other": from_other});
    // What is sent in answer comes later than what it answers.
    world.app.clock().advance(Duration::seconds(1));
    let answer = world.administrator().post(&url, &body).await.ok();
    world.app.run_events().await;
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_rates_once() {
    let (world, asked) = asked().await;
    let answer = reply(&world, &asked, "５、非常满意！", false).await;
    assert!(answer["replied_at"].is_string());
    assert_eq!(answer["on_phone"]["replies"], json!(["５、非常满意！"]));
    reply(&world, &asked, "1", false).await;
    assert_eq!(world.taken().await, [("sms".to_owned(), 5)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_wish_is_not_asked() {
    let world = World::new().await;
    world.end(NUMBER, OURS).await;
    assert!(world.sms().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_answered_once() {
    let (world, asked) = asked().await;
    reply(&world, &asked, "谢谢", false).await;
    reply(&world, &asked, "请问几点开门", false).await;
    let sent = world.sms().await;
    assert_eq!((sent.len(), &sent[0]["kind"]), (2, &json!("rating_help")));
    assert!(
        sent[0]["on_phone"]["text"]
            .as_str()
            .unwrap()
            .contains("一个数字")
    );
    // The reply goes to the help's number, which is the same.
    reply(&world, &sent[0], "2", false).await;
    assert_eq!(world.taken().await, [("sms".to_owned(), 2)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_number_a_late_reply_and_a_rated_case_change_nothing() {
    let (world, asked) = asked().await;
    reply(&world, &asked, "1", true).await;
    world
        .app
        .clock()
        .advance(Duration::days(7) + Duration::minutes(1));
    reply(&world, &asked, "1", false).await;
    assert!(world.taken().await.is_empty());
    assert_eq!(world.sms().await.len(), 1);

    let (world, asked) = self::asked().await;
    world.rate(NUMBER, OURS, 4, "").await;
    reply(&world, &asked, "1", false).await;
    assert!(world.taken().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn td_ends_all_messages_on_both_sides() {
    let (world, asked) = asked().await;
    reply(&world, &asked, "td", false).await;
    let url = format!("{API}/sms-wishes");
    let wishes = world.citizen(1).get(&url).await.ok();
    assert_eq!(
        (&wishes["progress"], &wishes["rating"]),
        (&json!(false), &json!(false))
    );
    // Who wants them again here is still blocked by the operator.
    world.wish(true, false, true).await;
    world.end("430102202611220000020", OURS).await;
    let sent = world.sms().await;
    assert_eq!(
        (&sent[0]["state"], &sent[0]["reason"]),
        (&json!("refused"), &json!("opted_out"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_counts_once_and_only_when_it_is_signed_and_fresh() {
    let (world, asked) = asked().await;
    let operator = Simulator::new(world.app.store());
    let notice = |id: &str, words: &str| {
        let notice = SmsNotice::Reply {
            id: id.to_owned(),
            from: PHONE.to_owned(),
            extension: String::new(),
            words: words.to_owned(),
            at: world.app.now(),
        };
        operator.sign(serde_json::to_string(&notice).unwrap())
    };
    let (anybody, url) = (world.app.client(), format!("{API}/sms/notices"));
    let mut forged = notice("MO1", "5");
    forged.body = forged.body.replace("\"5\"", "\"1\"");
    let forged = serde_json::to_value(&forged).unwrap();
    anybody
        .post(&url, &forged)
        .await
        .refused(403, "interaction.sms_forged");
    let unreadable = serde_json::to_value(operator.sign("{}".to_owned())).unwrap();
    anybody
        .post(&url, &unreadable)
        .await
        .refused(403, "interaction.sms_forged");
    let old = serde_json::to_value(notice("MO1", "5")).unwrap();
    world.app.clock().advance(Duration::minutes(6));
    anybody
        .post(&url, &old)
        .await
        .refused(403, "interaction.sms_stale");
    // Believed, twice, and of digits that nobody had: nothing happens.
    let good = serde_json::to_value(notice("MO1", "5")).unwrap();
    anybody.post(&url, &good).await.ok();
    anybody.post(&url, &good).await.ok();
    let report = SmsNotice::Report {
        key: asked["id"].as_str().unwrap().to_owned(),
        delivered: false,
    };
    let report = operator.sign(serde_json::to_string(&report).unwrap());
    anybody
        .post(&url, &serde_json::to_value(report).unwrap())
        .await
        .ok();
    assert_eq!(
        world.sms().await[0]["state"],
        "delivered",
        "the first report counts"
    );
    assert!(world.taken().await.is_empty());
}
