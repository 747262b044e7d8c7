//! `identity_credential`: the password of an account as a PHC string, which no log shows.

use sea_orm::DeriveValueType;
use sea_orm::entity::prelude::*;

/// A PHC string.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct PasswordHash(pub String);

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    pub hash: PasswordHash,
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
