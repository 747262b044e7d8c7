//! What intake answers the hall: which result of somebody waits at a counter.

use std::sync::Arc;

use async_trait::async_trait;
use tb_contract::collections::{Collectable, Collections};
use tb_contract::item::ResultDelivery;
use tb_contract::ports::PortResult;
use tb_kernel::{AccountId, ApplicationId, Fault, Region};
use tb_storage::{Sealer, StorageError, Store};

use crate::model::State;
use crate::sealed;
use crate::store;
use crate::store::application::Application;

struct Waiting(Store);

/// The results that wait at counters, over `storage`.
pub fn collections(storage: &Store) -> Arc<dyn Collections> {
    Arc::new(Waiting(storage.clone()))
}

#[async_trait]
impl Collections for Waiting {
    async fn waiting(
        &self,
        account: AccountId,
        case_number: &str,
    ) -> PortResult<Option<Collectable>> {
        let row = store::application::by_number(&self.0.read(), case_number).await?;
        let Some(row) = row.filter(|row| row.account_id == account.0) else {
            return Ok(None);
        };
        if !is_to_collect(self.0.sealer(), &row)? {
            return Ok(None);
        }
        let region = Region::parse(&row.region)
            .ok_or_else(|| Fault::internal("an application lies in no region"))?;
        Ok(Some(Collectable {
            application_id: ApplicationId(row.id),
            case_number: case_number.to_owned(),
            item_code: row.item_code,
            item_name: row.item_name,
            department_code: row.department_code,
            region,
        }))
    }
}

/// Whether a result lies at a counter: the case is closed with one, nothing was sent, and nobody wanted it
/// another way.
pub(crate) fn is_to_collect(sealer: &Sealer, row: &Application) -> Result<bool, StorageError> {
    if sealed::state(row)? != State::Closed || row.result.is_none() || row.revoked_at.is_some() {
        return Ok(false);
    }
    let told = sealed::delivery_told(sealer, row)?;
    let choice = sealed::delivery(sealer, row)?;
    let at_counter = choice.is_none_or(|choice| choice.way == ResultDelivery::PickUp);
    Ok(at_counter && row.joint_plan.is_none() && told.is_none())
}
