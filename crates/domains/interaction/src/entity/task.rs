//! `interaction_task`: the rectification of one poor rating.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub occasion_id: Uuid,
    pub case_number: String,
    pub account_id: Uuid,
    pub item_code: String,
    pub item_name: String,
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    pub level: i32,
    pub state: String,
    pub version: i64,
    pub round: i32,
    /// When the service ended: what the rates go by.
    pub invited_at: DateTimeUtc,
    pub opened_at: DateTimeUtc,
    pub round_at: DateTimeUtc,
    /// The term that runs, or the last that ran.
    pub due_on: Date,
    pub yellow_from: Date,
    pub contact_due: Date,
    pub close_due: Date,
    pub contacted_at: Option<DateTimeUtc>,
    pub rectified_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// Whether the first rectification was done in its term.
    pub in_time: Option<bool>,
    /// `satisfied`, `dissatisfied`, `unreached`.
    pub outcome: Option<String>,
    /// The second rating, of the rectification; the first never changes.
    pub second_level: Option<i32>,
    pub unreached: i32,
    pub appeal: String,
    /// Accounts that worked on it, as JSON.
    #[sea_orm(column_type = "Text")]
    pub handlers: String,
    /// 0 none, 1 the head, 2 the centre.
    pub escalation: i32,
    pub last_seq: i32,
}

impl ActiveModelBehavior for ActiveModel {}
