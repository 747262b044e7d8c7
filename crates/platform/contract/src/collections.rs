//! The port by which the hall learns what somebody can collect at a counter.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, ApplicationId, Region};

use crate::ports::PortResult;

/// A result that waits at a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collectable {
    /// Application.
    pub application_id: ApplicationId,
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Department that handled it.
    pub department_code: String,
    /// Region of the item.
    pub region: Region,
}

/// Intake's answers about results that wait for their applicants.
#[async_trait]
pub trait Collections: Send + Sync {
    /// The result of a closed case of this account, where it is handed out at a counter and has not been
    /// sent or collected.
    async fn waiting(
        &self,
        account: AccountId,
        case_number: &str,
    ) -> PortResult<Option<Collectable>>;
}
