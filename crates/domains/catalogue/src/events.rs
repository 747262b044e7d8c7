//! What the catalogue listens to: how often its items are applied for.

use std::sync::Arc;

use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::service::hot;

const COUNTED: &str = "insight.items.counted";

/// The catalogue's subscription.
pub(crate) fn subscription() -> Subscription {
    Subscription::new("catalogue", Arc::new(Listener))
        .topic(topics::INSIGHT)
        .kind(COUNTED)
}

struct Listener;

#[async_trait::async_trait]
impl Handler for Listener {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            COUNTED => Ok(hot::counted(tx, payload(event)?).await?),
            _ => Ok(()),
        }
    }
}
