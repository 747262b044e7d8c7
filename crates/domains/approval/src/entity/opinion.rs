//! `approval_opinion`: one row a department that was asked for its opinion about a case.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_opinion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub case_number: String,
    pub item_name: String,
    /// Name of the department that asks.
    pub office: String,
    /// The department that is asked.
    pub asked_id: Uuid,
    pub asked_region: String,
    pub asked_office: String,
    pub question: SealedBytes,
    pub shows_form: bool,
    /// Requirement ids whose files are shown: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub shows_materials: String,
    pub asker: String,
    pub asked_at: DateTimeUtc,
    pub answer_by: Date,
    /// First moment after the last day for the answer.
    pub answer_until: DateTimeUtc,
    pub state: String,
    pub stance: Option<String>,
    /// A `Letter` as JSON.
    pub answer: Option<SealedBytes>,
    pub answerer: Option<String>,
    /// When it was given, declined, withdrawn, or became of no use.
    pub settled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
