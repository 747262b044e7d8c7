//! `insight_case`: one row a case, as far as it is counted and published.

#![expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    /// Orders lists, since a number is not for everybody.
    pub id: Uuid,
    pub version: i64,
    pub item_code: String,
    pub item_name: String,
    pub department_code: String,
    pub region: String,
    pub channel: String,
    pub organisation: bool,
    /// Masked.
    pub applicant: String,
    pub sample: bool,
    pub state: String,
    pub result: Option<String>,
    pub running: bool,
    /// Whether it is far enough to be seen by the public; its item says whether it may be.
    pub shown: bool,
    pub submitted_at: DateTimeUtc,
    pub submitted_on: Date,
    pub accepted_on: Option<Date>,
    pub ended_on: Option<Date>,
    pub done_at: Option<DateTimeUtc>,
    pub paused_since: Option<DateTimeUtc>,
    pub paused_minutes: i32,
    /// End of the last pause that was counted.
    pub pauses_counted_to: Option<DateTimeUtc>,
    pub gross_minutes: Option<i32>,
    pub net_minutes: Option<i32>,
    pub yellow_from: Option<DateTimeUtc>,
    pub promised_until: Option<DateTimeUtc>,
    pub legal_until: Option<DateTimeUtc>,
    pub late: bool,
    pub rated_on: Option<Date>,
    pub level: Option<i32>,
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
