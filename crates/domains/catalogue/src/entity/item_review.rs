//! `catalogue_item_review`: a version that was submitted, and what became of it. Staff are recorded
//! by id and name, as everywhere in the catalogue.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_item_review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item_id: Uuid,
    pub code: String,
    pub name: String,
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    /// A `ReviewState`.
    pub state: String,
    /// Optimistic version of the row.
    pub version: i64,
    /// What was submitted: an `ItemDocument` as JSON.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// Who had a hand in it: a list of `Editor` as JSON.
    #[sea_orm(column_type = "Text")]
    pub editors: String,
    /// The version that was in force when it was submitted; 0: none.
    pub base_version: i64,
    /// What the submitter says about it.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// First day of its effect; none: when it is approved.
    pub effective_on: Option<Date>,
    pub submitter_id: Uuid,
    pub submitter: String,
    pub submitted_at: DateTimeUtc,
    pub decider_id: Option<Uuid>,
    pub decider: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was returned or taken back.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// When it has to be published, while it is approved for a coming day.
    pub due_at: Option<DateTimeUtc>,
    /// The version that it became.
    pub published_version: Option<i64>,
    /// What stood against it on its day: a list of `FieldFault` as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub faults: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
