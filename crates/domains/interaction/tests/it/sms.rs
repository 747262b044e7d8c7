//! Short messages: to whom they go, what they say, what becomes of them.

use serde_json::json;
use tb_contract::sms::SmsKind;

use crate::world::{API, PHONE, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_three_duties_go_out_unless_somebody_says_no() {
    let world = World::new().await;
    for kind in [
        SmsKind::PreReviewPassed,
        SmsKind::CorrectionAsked,
        SmsKind::NotAccepted,
        SmsKind::ResultReady,
    ] {
        world.tell(&[1], kind).await;
    }
    let sent = world.sms().await;
    let kinds: Vec<_> = sent.iter().rev().map(|one| one["kind"].clone()).collect();
    assert_eq!(
        kinds,
        ["pre_review_passed", "correction_asked", "not_accepted"]
    );
    let first = &sent[2];
    assert_eq!(first["state"], "delivered", "{first}");
    let phone = &first["on_phone"];
    assert_eq!(phone["number"], "139****0001");
    let text = phone["text"].as_str().unwrap();
    assert!(text.starts_with("【通办】您申请的“失业登记”（办件编号430102202611220000019）"));
    assert!(!text.contains(PHONE) && !text.contains("张"), "{text}");
    assert_eq!(
        first["segments"],
        if text.chars().count() <= 70 { 1 } else { 2 }
    );

    world.wish(false, true, false).await;
    world.tell(&[1], SmsKind::CorrectionAsked).await;
    world.tell(&[1], SmsKind::ResultReady).await;
    let sent = world.sms().await;
    assert_eq!((sent.len(), &sent[0]["kind"]), (4, &json!("result_ready")));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_was_told_gets_one_and_whoever_cannot_is_noted() {
    let world = World::new().await;
    world.tell(&[1, 2, 3, 9], SmsKind::CorrectionAsked).await;
    let sent = world.sms().await;
    let mut states: Vec<_> = sent
        .iter()
        .map(|one| {
            format!(
                "{}/{}",
                one["state"].as_str().unwrap(),
                one["reason"].as_str().unwrap()
            )
        })
        .collect();
    states.sort();
    assert_eq!(
        states,
        [
            "delivered/",
            "dropped/no_phone",
            "dropped/no_phone",
            "undelivered/"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_is_ones_own_and_without_an_operator_nothing_is_queued() {
    let world = World::new().await;
    let url = format!("{API}/sms-wishes");
    let unsaid = world.citizen(2).get(&url).await.ok();
    assert_eq!(
        (&unsaid["progress"], &unsaid["result"], &unsaid["rating"]),
        (&json!(true), &json!(false), &json!(false))
    );
    assert!(unsaid["operator"].as_str().unwrap().contains("模拟"));
    world.wish(false, true, true).await;
    let still = world.citizen(2).get(&url).await.ok();
    assert_eq!(still["progress"], true);
    assert_eq!(world.citizen(1).get(&url).await.ok()["progress"], false);

    let bare = World::with(|_| None).await;
    bare.tell(&[1], SmsKind::CorrectionAsked).await;
    assert!(bare.sms().await.is_empty());
    assert!(bare.citizen(1).get(&url).await.ok()["operator"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_see_what_went_out() {
    let world = World::new().await;
    for other in [
        world.citizen(1),
        world.clerk(),
        world.head(),
        world.centre(),
    ] {
        let url = format!("{API}/sms");
        other.get(&url).await.refused(403, "http.forbidden");
    }
}
