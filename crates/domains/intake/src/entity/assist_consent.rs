//! `intake_assist_consent`: that an applicant lets an assistant into one draft: what he may do there, until
//! when, and who ended it before.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_assist_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request_id: Uuid,
    pub application_id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    pub assistant_id: Uuid,
    pub assistant_name: String,
    /// `look` or `fill`.
    pub may: String,
    /// Last day.
    pub until_on: Date,
    pub given_at: DateTimeUtc,
    /// The signed paper as files, where it was not given in the account.
    pub paper: Option<SealedBytes>,
    pub ended_at: Option<DateTimeUtc>,
    /// `applicant`, `assistant`, `handed_over`, `submitted`, `closed`, `deleted` or `replaced`.
    pub ended_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
