//! `identity_attempt`: attempts to sign in under a login name that have not succeeded, whether such
//! an account exists or not, so that a lock-out does not tell which names exist.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub login_bidx: Vec<u8>,
    pub failed: i32,
    pub first_at: DateTimeUtc,
    pub locked_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
