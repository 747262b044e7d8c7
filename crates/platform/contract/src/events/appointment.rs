//! What the hall says of an appointment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, ApplicationId};

/// `hall.appointment.confirmed`, `.declined`, `.moved`, `.reminded`, `.missed`: what whoever booked is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentTold {
    /// Whose.
    pub account_id: AccountId,
    /// The application whose result is to be collected.
    pub application_id: Option<ApplicationId>,
    /// Booking number.
    pub number: String,
    /// Item that it is about.
    pub item_name: String,
    /// Name of the place.
    pub site: String,
    /// Its address.
    pub address: String,
    /// Name of the counter.
    pub counter: String,
    /// Beginning of the slot.
    pub starts_at: DateTime<Utc>,
    /// Its end.
    pub ends_at: DateTime<Utc>,
    /// Why, where the office gave a reason.
    pub reason: String,
    /// Another slot that the office offers.
    pub offered_at: Option<DateTime<Utc>>,
}
