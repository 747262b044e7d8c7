//! Every query of the hall.

pub(crate) mod appointment;
pub(crate) mod copy;
pub(crate) mod site;

use tb_storage::StorageError;

type Result<T> = std::result::Result<T, StorageError>;
