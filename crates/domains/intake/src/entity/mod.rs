//! Tables of intake, one entity each; only `store` touches them.

pub(crate) mod application;
pub(crate) mod batch;
pub(crate) mod batch_row;
pub(crate) mod calendar;
pub(crate) mod call;
pub(crate) mod co_applicant;
pub(crate) mod commitment;
pub(crate) mod commitment_bar;
pub(crate) mod counter_entry;
pub(crate) mod counter_item;
pub(crate) mod item;
pub(crate) mod joint_item;
pub(crate) mod letter;
pub(crate) mod mandate;
pub(crate) mod material;
pub(crate) mod message;
pub(crate) mod rating;
pub(crate) mod result;
pub(crate) mod serial;
pub(crate) mod signing;
pub(crate) mod timeline;
pub(crate) mod vault_document;
pub(crate) mod vault_edition;
pub(crate) mod vault_file;
pub(crate) mod vault_use;
