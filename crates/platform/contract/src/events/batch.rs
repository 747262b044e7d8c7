//! Applications that an organisation makes for many persons at once (批量申办).

use serde::{Deserialize, Serialize};

/// Most rows of a batch, whatever an item allows.
pub const MOST_BATCH_ROWS: u32 = 1_000;

/// Which row of which batch an application is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BatchRef {
    /// Number of the receipt that was given for the batch.
    pub number: String,
    /// The row, from 1.
    pub row: u32,
    /// Rows of the batch.
    pub rows: u32,
}
