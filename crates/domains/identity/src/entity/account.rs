//! `identity_account`: who can sign in. Of persons the login name and the name lie sealed, of staff
//! clear; either way the login name is unique by its blind index. Id numbers and phones are sealed.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub login: Option<String>,
    pub login_sealed: Option<SealedBytes>,
    pub login_bidx: Vec<u8>,
    pub name: Option<String>,
    pub name_sealed: Option<SealedBytes>,
    pub name_bidx: Vec<u8>,
    pub citizen_id: Option<SealedBytes>,
    pub citizen_id_bidx: Option<Vec<u8>>,
    pub phone: Option<SealedBytes>,
    pub phone_bidx: Option<Vec<u8>>,
    pub enterprise_name: Option<String>,
    pub enterprise_credit_code: Option<String>,
    pub department_id: Option<Uuid>,
    pub department_code: Option<String>,
    pub department_name: Option<String>,
    pub region: Option<String>,
    pub roles: String,
    pub demo: bool,
    pub disabled_at: Option<DateTimeUtc>,
    pub must_change_password: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
