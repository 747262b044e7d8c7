//! `intake_signing`: the request for signatures that was made last for a draft.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_signing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    /// `open`, `complete`, `handed_in`, `taken_back` or `lapsed`.
    pub state: String,
    /// What is signed: SHA-256 over form, materials and parties.
    pub digest: String,
    pub asked_at: DateTimeUtc,
    /// Last day for signing; once all have, for handing in.
    pub until_on: Date,
    /// Day on which the clock reminds; none: it has, or there is no time for it.
    pub remind_on: Option<Date>,
    /// Day on which the applicant urged last.
    pub urged_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
