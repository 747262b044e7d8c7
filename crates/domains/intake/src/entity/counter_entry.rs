//! `intake_counter_entry`: an application that a counter takes in for whoever stands there: which
//! counter, who there, what was shown on paper, and by which number its owner finds it later.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_counter_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// The department whose counter it is: its clerks go on with the draft.
    pub department_id: Uuid,
    /// Its name.
    pub office: String,
    pub begun_by: Uuid,
    pub begun_by_name: String,
    pub handed_by: Option<Uuid>,
    pub handed_by_name: Option<String>,
    pub handed_at: Option<DateTimeUtc>,
    /// Requirement ids whose paper was taken or whose original was compared, as JSON.
    #[sea_orm(column_type = "Text")]
    pub papers: String,
    /// The counter's division, where it takes in for an office of another one, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub elsewhere: Option<String>,
    /// Who stood there, how he was identified, and what he agreed to.
    pub present: SealedBytes,
    /// Numbers of the person, or of enterprise and agent.
    pub owner_bidx: Vec<u8>,
    /// Whether an account has it.
    pub claimed: bool,
}

impl ActiveModelBehavior for ActiveModel {}
