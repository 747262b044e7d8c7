//! `approval_joint_part`: one row a case of a joint matter that is answered as one: how far the part of its
//! department has come. What the part says is in the history of the case.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_joint_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    pub case_number: String,
    pub item_name: String,
    /// Name of the department.
    pub office: String,
    pub department_id: Uuid,
    /// Number of the whole.
    pub joint_number: String,
    pub joint_name: String,
    /// The lead office.
    pub lead_id: Uuid,
    pub lead_code: String,
    pub lead_name: String,
    pub lead_region: String,
    pub state: String,
    pub verdict: Option<String>,
    pub answerer: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    /// Last day for the part.
    pub part_by: Date,
    /// First moment behind it.
    pub part_until: DateTimeUtc,
    /// Last day for the lead office.
    pub send_by: Date,
    /// First moment behind it.
    pub send_until: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
    /// Counts what has become of it, over all rounds.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
