//! The fee of a case, for the applicant's page.

use serde::Serialize;
use tb_contract::events::FeeTold;
use tb_storage::{Sealer, StorageError};
use utoipa::ToSchema;

use crate::model::fee::{ASKABLE, is_payable, may_ask};
use crate::sealed;
use crate::store::application::Application;

/// What is charged, how it stands, and what can be done about it. Sums in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationFee {
    /// As the office told.
    #[serde(flatten)]
    pub told: FeeTold,
    /// Whether it can be paid now.
    pub payable: bool,
    /// What can be asked for: `reduction`, `exemption`, `refund`.
    pub askable: Vec<&'static str>,
}

/// The fee, where there is one.
pub(super) fn fee(
    sealer: &Sealer,
    row: &Application,
) -> Result<Option<ApplicationFee>, StorageError> {
    let told = sealed::fee(sealer, row)?;
    Ok(told.map(|told| ApplicationFee {
        payable: is_payable(&told),
        askable: ASKABLE
            .into_iter()
            .filter(|what| may_ask(&told, what))
            .collect(),
        told,
    }))
}
