//! `hall_appointment`: one row a booking. Who comes is sealed; `subject` is the item's code, or the case
//! number of the result that is collected, so that nobody books the same twice on a day.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hall_appointment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Booking number.
    pub number: String,
    pub state: String,
    pub site_id: Uuid,
    pub counter: String,
    /// Office day of the slot.
    pub day: Date,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub account_id: Uuid,
    pub subject: String,
    pub item_code: String,
    pub item_name: String,
    /// The case whose result is collected.
    pub case_number: Option<String>,
    pub application_id: Option<Uuid>,
    /// Department and region that run the place: the reach of staff.
    pub department_id: Uuid,
    pub region: String,
    pub name: SealedBytes,
    pub phone: SealedBytes,
    pub phone_bidx: Vec<u8>,
    /// The enterprise that whoever booked acts for; empty for a person.
    pub enterprise: String,
    /// Until when staff answers.
    pub answer_until: Option<DateTimeUtc>,
    /// Why the office declined or moved it.
    pub reason: Option<SealedBytes>,
    /// Another slot that the office offers.
    pub offered_counter: Option<String>,
    pub offered_at: Option<DateTimeUtc>,
    pub reminded_at: Option<DateTimeUtc>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    /// `self`, the name of a member of staff, or empty for the platform.
    pub changed_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
