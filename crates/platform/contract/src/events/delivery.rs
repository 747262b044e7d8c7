//! How the result reaches the applicant: what he wants, and what the department has done about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::item::ResultDelivery;

/// Where a parcel goes, or where somebody brings the result. Personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryAddress {
    /// Who takes it.
    pub recipient: String,
    /// Phone of the recipient.
    pub phone: String,
    /// The whole address.
    pub address: String,
}

/// How the applicant wants the result (送达方式). Personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryChoice {
    /// Way: one that the item offers.
    pub way: ResultDelivery,
    /// Where it goes, for the ways that need it.
    #[serde(default)]
    pub address: Option<DeliveryAddress>,
    /// When he chose.
    pub chosen_at: DateTime<Utc>,
}

/// `intake.application.delivery_chosen`: the applicant changed his mind.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeliveryChosen {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// What he wants now.
    pub delivery: DeliveryChoice,
}

/// `intake.application.receipt_confirmed`: the applicant says that he has the result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReceiptConfirmed {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
}

/// How far the delivery has come, as the applicant is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTold {
    /// `pick_up`, `courier`, `online`, `in_person`.
    pub way: String,
    /// Courier.
    #[serde(default)]
    pub company: String,
    /// Number of the parcel.
    #[serde(default)]
    pub tracking_number: String,
    /// Given to the courier.
    #[serde(default)]
    pub dispatched_at: Option<DateTime<Utc>>,
    /// Delivered.
    #[serde(default)]
    pub delivered_at: Option<DateTime<Utc>>,
    /// Who took it, masked.
    #[serde(default)]
    pub collector: String,
    /// When the applicant confirmed that he has it.
    #[serde(default)]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Where he chose too late: the choice that is in force, if there is one.
    #[serde(default)]
    pub in_force: Option<DeliveryChoice>,
}
