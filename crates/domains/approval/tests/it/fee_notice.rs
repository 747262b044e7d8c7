//! What claims to come from the payment platform: believed when it is, counted once, kept when not.

use serde_json::{Value, json};
use tb_approval::Simulator;
use tb_contract::payments::{Payment, PaymentNotice, SignedMessage};
use tb_testkit::Answer;
use uuid::Uuid;

use crate::charging::CHARGED_FIRST;
use crate::world::{API, World};

const NUMBER: &str = "430102202611230000911";

async fn order(world: &World, id: Uuid) -> Value {
    let path = format!("{API}/cases/{id}/fees");
    world.clerk().get(&path).await.ok()["orders"][0].clone()
}

async fn noticed(world: &World) -> (Uuid, PaymentNotice) {
    world.on("2026-11-23");
    let id = world.submit(NUMBER, CHARGED_FIRST).await;
    world.app.run_periodic("approval.payments").await;
    let order = order(world, id).await;
    let order_id: Uuid = order["id"].as_str().unwrap().parse().unwrap();
    let notice = PaymentNotice {
        number: format!("{}-1", order_id.simple()),
        code: order["code"].as_str().unwrap().to_owned(),
        payment: Payment {
            transaction: "T1".to_owned(),
            amount: 4_000,
            currency: "CNY".to_owned(),
            paid_at: world.app.now(),
            receipt: "R1".to_owned(),
        },
    };
    (id, notice)
}

fn signed(world: &World, notice: &PaymentNotice) -> SignedMessage {
    Simulator::new(world.app.store()).sign(serde_json::to_string(notice).unwrap())
}

async fn tell(world: &World, message: &SignedMessage) -> Answer {
    let body = serde_json::to_value(message).unwrap();
    let path = format!("{API}/payments/notifications");
    world.app.client().post(&path, &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_message_counts_once_however_often_it_comes() {
    let world = World::new().await;
    let (id, notice) = noticed(&world).await;
    let message = signed(&world, &notice);
    for _ in 0..3 {
        tell(&world, &message).await.ok();
    }
    // Told anew under another nonce, as a platform does that got no answer.
    tell(&world, &signed(&world, &notice)).await.ok();
    let order = order(&world, id).await;
    assert_eq!(
        (order["state"].as_str(), order["paid"].as_i64()),
        (Some("paid"), Some(4_000))
    );
    assert_eq!(order["payments"].as_array().unwrap().len(), 1);
    assert_eq!(order["receipt"], "R1");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_count_once() {
    let world = World::new().await;
    let (id, notice) = noticed(&world).await;
    let messages: Vec<SignedMessage> = (0..4).map(|_| signed(&world, &notice)).collect();
    let told = messages.iter().map(|message| tell(&world, message));
    for answer in futures::future::join_all(told).await {
        assert!(
            answer.status.is_success() || answer.status.as_u16() >= 500,
            "{}",
            answer.status
        );
    }
    assert_eq!(order(&world, id).await["paid"], 4_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forged_changed_or_old_counts_nothing() {
    let world = World::new().await;
    let (id, notice) = noticed(&world).await;
    let good = signed(&world, &notice);
    let forged = SignedMessage {
        signature: "0".repeat(64),
        ..good.clone()
    };
    tell(&world, &forged)
        .await
        .refused(403, "approval.payment_forged");
    let changed = SignedMessage {
        body: good.body.replace("4000", "1"),
        ..good.clone()
    };
    assert_ne!(changed.body, good.body);
    tell(&world, &changed)
        .await
        .refused(403, "approval.payment_forged");
    let unreadable = Simulator::new(world.app.store()).sign("{}".to_owned());
    tell(&world, &unreadable)
        .await
        .refused(403, "approval.payment_forged");
    world.app.clock().advance(chrono::Duration::minutes(6));
    tell(&world, &good)
        .await
        .refused(409, "approval.payment_stale");
    // Rightly signed, and yet not what was asked.
    let with = |change: &dyn Fn(&mut PaymentNotice)| {
        let mut other = notice.clone();
        change(&mut other);
        signed(&world, &other)
    };
    let wrong: [&dyn Fn(&mut PaymentNotice); 7] = [
        &|one| one.payment.amount = 3_999,
        &|one| one.payment.amount = -4_000,
        &|one| one.payment.currency = "USD".to_owned(),
        &|one| one.code = "0".to_owned(),
        &|one| one.number = "x".to_owned(),
        &|one| one.number = format!("{}-1", Uuid::nil().simple()),
        &|one| one.number = one.number.replace("-1", "-2"),
    ];
    for change in wrong {
        tell(&world, &with(change))
            .await
            .refused(409, "approval.payment_astray");
    }
    let order = order(&world, id).await;
    assert_eq!(
        (order["state"].as_str(), order["paid"].as_i64()),
        (Some("noticed"), Some(0))
    );
    assert_eq!(order["payments"], json!([]));
    // One nonce for two different payments.
    let first = signed(&world, &notice);
    tell(&world, &first).await.ok();
    let verdicts = verdicts(&world).await;
    for word in [
        "forged",
        "unreadable",
        "stale",
        "wrong_amount",
        "wrong_currency",
        "wrong_code",
        "unknown",
        "taken",
    ] {
        assert!(
            verdicts.iter().any(|one| one == word),
            "{word}: {verdicts:?}"
        );
    }
}

/// What was made of the messages, as it is kept.
async fn verdicts(world: &World) -> Vec<String> {
    use sea_orm::{ConnectionTrait, Statement};
    let conn = world.app.store().read();
    let statement = Statement::from_string(
        conn.get_database_backend(),
        "SELECT verdict FROM approval_payment_notice",
    );
    let rows = conn.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "verdict").unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_nonsense_does_not_fill_the_disk() {
    let world = World::new().await;
    let (_, notice) = noticed(&world).await;
    let forged = SignedMessage {
        signature: String::new(),
        ..signed(&world, &notice)
    };
    for _ in 0..210 {
        tell(&world, &forged)
            .await
            .refused(403, "approval.payment_forged");
    }
    assert_eq!(verdicts(&world).await.len(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_names_a_nonce_does_not_use_it_up() {
    let world = World::new().await;
    let (id, notice) = noticed(&world).await;
    let good = signed(&world, &notice);
    let forged = SignedMessage {
        signature: "0".repeat(64),
        ..good.clone()
    };
    tell(&world, &forged)
        .await
        .refused(403, "approval.payment_forged");
    tell(&world, &good).await.ok();
    assert_eq!(order(&world, id).await["paid"], 4_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_long_ago_is_forgotten_and_what_was_paid_never() {
    let world = World::new().await;
    let (_, notice) = noticed(&world).await;
    let forged = SignedMessage {
        signature: String::new(),
        ..signed(&world, &notice)
    };
    tell(&world, &forged)
        .await
        .refused(403, "approval.payment_forged");
    tell(&world, &signed(&world, &notice)).await.ok();
    let tidy = async || {
        let job = "approval.forget_payment_notices";
        world.app.run_periodic(job).await;
    };
    tidy().await;
    assert_eq!(verdicts(&world).await.len(), 2);
    world.app.clock().advance(chrono::Duration::days(91));
    tidy().await;
    assert_eq!(verdicts(&world).await, ["taken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulated_platform_believes_no_more_than_a_real_one() {
    let world = World::new().await;
    let (_, notice) = noticed(&world).await;
    let simulator = Simulator::new(world.app.store());
    let asked = json!({ "payments": notice.number }).to_string();
    let message = simulator.sign(asked);
    assert_eq!(simulator.hear(&message).await.unwrap(), json!([]));
    assert!(
        simulator.hear(&message).await.is_err(),
        "a nonce is good once"
    );
    let forged = SignedMessage {
        signature: "0".repeat(64),
        ..simulator.sign(json!({ "close": notice.number }).to_string())
    };
    assert!(simulator.hear(&forged).await.is_err());
    let late = simulator.sign(json!({ "close": notice.number }).to_string());
    world.app.clock().advance(chrono::Duration::minutes(6));
    assert!(simulator.hear(&late).await.is_err());
    let bill = |amount: i64| {
        json!({ "open": { "number": notice.number, "office": "11430102TB00000871", "subject": "x",
            "amount": amount, "currency": "CNY", "expires_at": "2027-01-01T00:00:00Z" } })
        .to_string()
    };
    let again = simulator.hear(&simulator.sign(bill(4_000))).await.unwrap();
    assert_eq!(
        again["code"],
        notice.code.as_str(),
        "the same order, the same code"
    );
    assert!(simulator.hear(&simulator.sign(bill(1))).await.is_err());
    let back = |refund: &str, amount: i64| {
        json!({ "refund": { "refund": refund, "number": notice.number, "transaction": "T1", "amount": amount } })
            .to_string()
    };
    let refused = simulator
        .hear(&simulator.sign(back("r1", 1)))
        .await
        .unwrap();
    assert!(
        refused["refused"].is_string(),
        "nothing was paid: {refused}"
    );
}
