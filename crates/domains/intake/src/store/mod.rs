//! Every query of intake, by noun.
pub(crate) mod application;
pub(crate) mod assist;
pub(crate) mod batch;
pub(crate) mod call;
pub(crate) mod commitment;
pub(crate) mod counter;
pub(crate) mod item;
pub(crate) mod joint;
pub(crate) mod letter;
pub(crate) mod mandate;
pub(crate) mod material;
pub(crate) mod message;
pub(crate) mod result;
pub(crate) mod serial;
pub(crate) mod signing;
pub(crate) mod timeline;
pub(crate) mod vault;
