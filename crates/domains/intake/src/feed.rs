//! The intake feed (P4): changes of applications as the centre fetches them by cursor, read from
//! intake's own topic of the event log.

use std::sync::Arc;

use tb_contract::feed::ChangePage;
use tb_contract::ports::{IntakeChanges, PortResult};
use tb_contract::topics;
use tb_events::EventLog;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Position;

/// The most changes in one page.
const MAX_CHANGES: u64 = 500;

struct Feed(Arc<dyn EventLog>);

/// The feed over an event log.
pub fn changes(log: Arc<dyn EventLog>) -> Arc<dyn IntakeChanges> {
    Arc::new(Feed(log))
}

#[async_trait::async_trait]
impl IntakeChanges for Feed {
    async fn changes(&self, cursor: &str, limit: u64) -> PortResult<ChangePage> {
        let after: Position = cursor
            .parse()
            .map_err(|()| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?;
        let found = self
            .0
            .read(topics::INTAKE_CHANGE, after, limit.clamp(1, MAX_CHANGES))
            .await?;
        let cursor = found
            .last()
            .map_or_else(|| cursor.to_owned(), |(position, _)| position.to_string());
        Ok(ChangePage {
            changes: found.into_iter().map(|(_, event)| event).collect(),
            cursor,
        })
    }
}
