//! An operator that fails: tried again, nothing sent twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use tb_contract::payments::{Distrust, SignedMessage};
use tb_contract::ports::PortResult;
use tb_contract::sms::{Sms, SmsAnswered, SmsAsked, SmsKind, SmsNotice};
use tb_interaction::{Operator, Simulator};
use tb_kernel::{ErrorKind, Fault};

use crate::world::World;

/// Fails twice before it hands on to the simulated one.
struct Shaky {
    calls: Arc<AtomicUsize>,
    behind: Simulator,
}

#[async_trait]
impl Sms for Shaky {
    async fn send(&self, asked: &SmsAsked) -> PortResult<SmsAnswered> {
        if self.calls.fetch_add(1, Ordering::SeqCst) < 2 {
            return Err(Fault::new(ErrorKind::Unavailable, "http.busy"));
        }
        self.behind.send(asked).await
    }

    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<SmsNotice, Distrust> {
        self.behind.read(message, now)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_that_is_down_is_tried_again() {
    let calls = Arc::new(AtomicUsize::new(0));
    let world = World::with(|store| {
        Some(Operator {
            name: "试验".to_owned(),
            signature: "通办".to_owned(),
            reply_days: 7,
            port: Arc::new(Shaky {
                calls: calls.clone(),
                behind: Simulator::new(store),
            }),
            simulator: None,
        })
    })
    .await;
    world.tell(&[1], SmsKind::CorrectionAsked).await;
    let state = async || world.sms().await[0]["state"].clone();
    assert_eq!(state().await, "waiting");
    for _ in 0..2 {
        world.app.clock().advance(Duration::minutes(1));
        world.app.run_events().await;
    }
    assert_eq!(state().await, json!("accepted"));
    assert_eq!(calls.load(Ordering::SeqCst), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulated_operator_takes_a_message_once_and_no_more_than_its_day_allows() {
    let world = World::new().await;
    let operator = Simulator::new(world.app.store());
    let message = |n: usize| SmsAsked {
        key: format!("key-{n}"),
        to: "13907319999".to_owned(),
        signature: "通办".to_owned(),
        template: "rating_help".to_owned(),
        params: std::collections::BTreeMap::new(),
        extension: "0001".to_owned(),
    };
    let said = async |asked: &SmsAsked| serde_json::to_value(operator.send(asked).await.unwrap());
    for _ in 0..2 {
        // The same key again sends nothing.
        assert_eq!(said(&message(0)).await.unwrap(), json!({"accepted": 1}));
    }
    for n in 1..20 {
        assert_eq!(
            said(&message(n)).await.unwrap(),
            json!({"accepted": 1}),
            "{n}"
        );
    }
    assert_eq!(
        said(&message(20)).await.unwrap(),
        json!({"refused": "limit"})
    );
    world.app.clock().advance(Duration::days(1));
    assert_eq!(said(&message(20)).await.unwrap(), json!({"accepted": 1}));
    let landline = SmsAsked {
        to: "0731-84560000".to_owned(),
        ..message(21)
    };
    assert_eq!(said(&landline).await.unwrap(), json!({"refused": "number"}));
    let stranger = SmsAsked {
        signature: "别家".to_owned(),
        ..message(22)
    };
    assert_eq!(
        said(&stranger).await.unwrap(),
        json!({"refused": "signature"})
    );
}
