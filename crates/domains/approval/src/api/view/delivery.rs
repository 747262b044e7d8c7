//! The delivery of a case, for its page.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_contract::item::ResultDelivery;
use utoipa::ToSchema;

use crate::model::delivery::{CollectorDocument, CollectorRelation};
use crate::model::state::DeliveryWay;

/// How the result is to reach the applicant, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultDeliveryView {
    /// Ways that the item offers; empty where it does not say.
    pub offered: Vec<ResultDelivery>,
    /// What the applicant chose.
    pub chosen: Option<ResultDelivery>,
    /// When he chose.
    pub chosen_at: Option<DateTime<Utc>>,
    /// Who takes it at the address, masked where the answer is.
    pub recipient: String,
    /// Phone, masked likewise.
    pub phone: String,
    /// Where it goes, masked likewise.
    pub address: String,
    /// Courier.
    pub company: Option<String>,
    /// Number of the parcel.
    pub tracking_number: Option<String>,
    /// Given to the courier.
    pub dispatched_at: Option<DateTime<Utc>>,
    /// How it was delivered.
    pub way: Option<DeliveryWay>,
    /// When.
    pub delivered_at: Option<DateTime<Utc>>,
    /// Who took it.
    pub collector: Option<CollectorView>,
    /// When the applicant confirmed that he has it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Who took a result.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CollectorView {
    /// Name, masked where the answer is.
    pub name: String,
    /// What he showed.
    pub document: CollectorDocument,
    /// Its number, masked likewise.
    pub id_number: String,
    /// What he is to the applicant.
    pub relation: CollectorRelation,
    /// What he was authorised by.
    pub authority: String,
    /// Whether he signed by hand.
    pub signed: bool,
}
