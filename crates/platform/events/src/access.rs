//! The access list as the drivers enforce it: a group reads a topic only where its domain is named.

use tb_contract::topics;
use tb_kernel::{ErrorKind, Fault};

use crate::handler::Subscription;

/// Refuses a subscription to a topic that the access list does not open to its domain.
pub(crate) fn check(subscription: &Subscription) -> Result<(), Fault> {
    for topic in &subscription.topics {
        let listed =
            topics::access(topic).is_some_and(|row| row.readers.contains(&subscription.domain()));
        if !listed {
            return Err(Fault::new(ErrorKind::Forbidden, "events.reader_not_listed")
                .arg("group", subscription.group)
                .arg("topic", topic));
        }
    }
    Ok(())
}
