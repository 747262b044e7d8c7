//! `apps_endpoint`: where messages go.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps_endpoint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub url: String,
    /// The secret; and the one before, valid beside it for a while.
    pub secret: SealedBytes,
    pub old_secret: Option<SealedBytes>,
    pub old_secret_until: Option<DateTimeUtc>,
    /// What it wants, as JSON.
    pub wants: String,
    pub active: bool,
    /// Since when no message has gone through.
    pub failing_since: Option<DateTimeUtc>,
    /// When the platform switched it off by itself.
    pub disabled_at: Option<DateTimeUtc>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
