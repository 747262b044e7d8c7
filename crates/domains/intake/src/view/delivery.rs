//! How the result reaches the applicant, for his page.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_contract::events::{DeliveryAddress, DeliveryTold};
use tb_contract::item::{ItemDocument, ResultDelivery};
use tb_storage::{Sealer, StorageError};
use utoipa::ToSchema;

use crate::model::State;
use crate::model::delivery::{is_changeable, is_confirmable};
use crate::sealed;
use crate::store::application::Application;

/// What may be chosen, what was, and where the result is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationDelivery {
    /// Ways that the item offers.
    pub offered: Vec<ResultDelivery>,
    /// The way chosen.
    pub way: Option<ResultDelivery>,
    /// Where it goes.
    pub address: Option<DeliveryAddress>,
    /// Whether the choice may be changed.
    pub changeable: bool,
    /// Where results are handed out.
    pub places: Vec<PickUpPlace>,
    /// What the office has done.
    pub progress: Option<DeliveryProgress>,
    /// Whether the applicant can say that he has it.
    pub confirmable: bool,
}

/// A place where results are handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PickUpPlace {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// When it is open.
    pub hours: String,
}

/// How far the result has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryProgress {
    /// `pick_up`, `courier`, `online`, `in_person`.
    pub way: String,
    /// Courier.
    pub company: String,
    /// Number of the parcel.
    pub tracking_number: String,
    /// Given to the courier.
    pub dispatched_at: Option<DateTime<Utc>>,
    /// Delivered.
    pub delivered_at: Option<DateTime<Utc>>,
    /// Who took it, masked.
    pub collector: String,
    /// When the applicant confirmed that he has it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl From<DeliveryTold> for DeliveryProgress {
    fn from(told: DeliveryTold) -> Self {
        Self {
            way: told.way,
            company: told.company,
            tracking_number: told.tracking_number,
            dispatched_at: told.dispatched_at,
            delivered_at: told.delivered_at,
            collector: told.collector,
            confirmed_at: told.confirmed_at,
        }
    }
}

/// The delivery; none where there is nothing to say. Of a whole joint matter only the choice for all of its
/// items: what comes of it stands with each of them.
pub(super) fn delivery(
    sealer: &Sealer,
    row: &Application,
    item: &ItemDocument,
    state: State,
) -> Result<Option<ApplicationDelivery>, StorageError> {
    let told = sealed::delivery_told(sealer, row)?;
    let offered = &item.handling.delivery;
    let is_to_come = state.is_open()
        || matches!(state, State::Draft | State::Decided)
        || (state == State::Closed && row.result.is_some());
    let says_nothing = told.is_none() && (offered.is_empty() || !is_to_come);
    if says_nothing {
        return Ok(None);
    }
    let choice = sealed::delivery(sealer, row)?;
    let places = item.places.iter().map(|place| PickUpPlace {
        name: place.name.clone(),
        address: place.address.clone(),
        hours: place.hours.clone(),
    });
    Ok(Some(ApplicationDelivery {
        offered: offered.clone(),
        way: choice.as_ref().map(|choice| choice.way),
        address: choice.and_then(|choice| choice.address),
        changeable: row.revoked_at.is_none() && is_changeable(item, state, told.as_ref()),
        places: places.collect(),
        confirmable: row.revoked_at.is_none() && is_confirmable(state, told.as_ref()),
        progress: told.map(DeliveryProgress::from),
    }))
}
