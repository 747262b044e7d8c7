//! The intake feed (P4): what the governance centre fetches from the intake API by cursor.

use serde::{Deserialize, Serialize};
use tb_kernel::Event;

/// One page of the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangePage {
    /// Changes in commit order.
    pub changes: Vec<Event>,
    /// Where to go on; the same cursor again when nothing is new.
    pub cursor: String,
}
