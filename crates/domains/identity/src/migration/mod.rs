//! Migrations of identity's tables.

mod m0001_accounts;
mod m0002_delegation;
mod m0003_proxy;
mod m0005_kiosk;
mod m0006_agents;

use sea_orm_migration::MigrationTrait;
use tb_storage::migration::MigrationSet;

/// Identity's tables.
pub(crate) const MIGRATIONS: MigrationSet = MigrationSet {
    domain: "identity",
    list,
};

fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_accounts::Migration),
        Box::new(m0002_delegation::Migration),
        Box::new(m0003_proxy::Migration),
        Box::new(m0005_kiosk::Migration),
        Box::new(m0006_agents::Migration),
    ]
}
