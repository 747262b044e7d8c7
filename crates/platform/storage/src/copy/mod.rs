//! Copies of everything for a backup: the database as it was at one moment, files as they lie
//! (sealed), and keys under a passphrase; and the places into which a restore puts them.

mod database;
mod files;
mod passphrase;
mod place;

pub use database::{AuditHead, Frozen, Inventory, inventory};
pub use files::{FileSum, StoredFile, sum_of_file};
pub use passphrase::{open_with_passphrase, seal_with_passphrase};
pub use place::{PostgresPlace, close_sqlite_for_moving, sqlite_file};
