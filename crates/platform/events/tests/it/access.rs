//! The access list: who is not named as a reader does not read.

use tb_contract::topics;
use tb_events::Subscription;
use tb_kernel::ErrorKind;
use tokio_util::sync::CancellationToken;

use crate::world::{Recorder, World};

#[tokio::test]
async fn a_reader_that_is_not_listed_is_refused() {
    let world = World::new().await;
    let log = world.log().await;
    let shutdown = CancellationToken::new();
    shutdown.cancel();
    let cases = [
        ("governance", topics::ACCEPTANCE, true),
        ("governance:mirror", topics::ACCEPTANCE, true),
        ("approval", topics::APPLICATION_DATA_PREFIX, true),
        ("intake", topics::ACCEPTANCE, false),
        ("governance", topics::APPLICATION_DATA_PREFIX, false),
        ("governance", "tb.", false),
        ("governance", "tb.unknown.v1", false),
    ];
    for (group, topic, listed) in cases {
        let subscription = Subscription::new(group, Recorder::willing()).topic(topic);
        match log.run(subscription, shutdown.clone()).await {
            Ok(()) => assert!(listed, "{group} {topic}"),
            Err(fault) => {
                assert!(!listed, "{group} {topic}");
                assert_eq!(
                    (fault.kind, fault.code),
                    (ErrorKind::Forbidden, "events.reader_not_listed")
                );
            }
        }
    }
}
