//! `intake_co_applicant`: who is named to sign an application besides the applicant.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_co_applicant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    /// Place in the order in which they were named.
    pub place: i32,
    pub organisation: bool,
    pub number_bidx: Vec<u8>,
    /// Name, number and phone.
    pub person: SealedBytes,
    /// The account that is told; none where none is known yet.
    pub account_id: Option<Uuid>,
    /// `named`, `asked`, `signed` or `declined`.
    pub state: String,
    /// The name as it was written.
    pub signature: Option<SealedBytes>,
    /// What was signed.
    pub digest: Option<String>,
    pub signed_at: Option<DateTimeUtc>,
    /// Why he declined.
    pub reason: Option<SealedBytes>,
}

impl ActiveModelBehavior for ActiveModel {}
