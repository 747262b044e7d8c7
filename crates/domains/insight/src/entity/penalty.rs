//! `insight_penalty`: an administrative penalty as it is published, or waits to be (行政处罚公示). Of a
//! person the name alone is kept, and never a number.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_penalty")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub organisation: bool,
    pub party: SealedBytes,
    pub party_bidx: Vec<u8>,
    pub party_code: SealedBytes,
    pub legal_person: SealedBytes,
    pub document_number: String,
    pub offence: String,
    #[sea_orm(column_type = "Text")]
    pub facts: String,
    #[sea_orm(column_type = "Text")]
    pub basis: String,
    /// Kinds, parted by `、`.
    pub kinds: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// Fen.
    pub fine: Option<i64>,
    /// Fen.
    pub confiscated: Option<i64>,
    pub licences: String,
    pub decided_on: Date,
    pub valid_to: Option<Date>,
    /// Last day of its display.
    pub shown_until: Date,
    /// Last day for its publication.
    pub due_on: Date,
    /// Last day for checking the correction of what was published; none where nothing waits for it.
    pub recheck_by: Option<Date>,
    pub office: String,
    pub department_code: String,
    pub region: String,
    /// `proposed`, `returned`, `published`, `withdrawn`, `repaired`, `revoked`.
    pub state: String,
    /// Why what was published was corrected or revoked: the public reads it.
    pub remark: String,
    /// Why it was returned, withdrawn or repaired, last: said inside.
    pub note: String,
    pub made_by: Uuid,
    pub made_by_name: String,
    pub checked_by: Option<Uuid>,
    pub checked_by_name: String,
    pub published_at: Option<DateTimeUtc>,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
