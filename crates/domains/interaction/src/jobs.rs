//! What goes by time: overdue tasks go up; and what waits in the queue: short messages.

use std::time::Duration;

use tb_jobs::{Job, JobError, JobRun, Periodic, QueueHandler};
use tb_storage::Store;
use uuid::Uuid;

use crate::app::App;
use crate::service::escalate;
use crate::service::sms::send::send;

/// Sends one short message.
pub(crate) const SEND: &str = "interaction.send_sms";

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let app = app.clone();
    let every = Duration::from_mins(1);
    vec![Periodic::new("interaction.escalate", every, move |store| {
        let app = app.clone();
        async move {
            let raised = escalate::escalate(&app, &store).await?;
            if raised > 0 {
                tracing::warn!(raised, "rectifications are overdue and went up");
            }
            Ok(())
        }
    })]
}

/// What waits in the queue.
pub(crate) fn queues(app: &App) -> Vec<QueueHandler> {
    vec![SendSms(app.clone()).into()]
}

/// A run sends one message; what only lies with the operator is tried again, at growing distances.
struct SendSms(App);

#[async_trait::async_trait]
impl Job for SendSms {
    const KIND: &'static str = SEND;
    type Args = Uuid;

    async fn run(&self, store: &Store, _: &JobRun, id: Uuid) -> Result<(), JobError> {
        Ok(send(&self.0, store, id).await?)
    }
}
