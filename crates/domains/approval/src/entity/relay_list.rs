//! `approval_relay_list`: a hand-over list (交接单) between a counter and an office.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_relay_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `papers` of the applicants, or `results` for them.
    pub what: String,
    pub number: String,
    /// The department that hands over.
    pub from_id: Uuid,
    pub from_office: String,
    /// The department that receives.
    pub to_id: Uuid,
    pub to_office: String,
    pub cases: i32,
    pub state: String,
    pub sender: String,
    pub sent_at: DateTimeUtc,
    /// The courier who carries it; none where somebody of the two sides does.
    pub company: Option<String>,
    /// His number.
    pub tracking_number: Option<String>,
    pub receiver: Option<String>,
    pub received_at: Option<DateTimeUtc>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
