//! Every query of interaction.

pub(crate) mod appraisal;
pub(crate) mod copy;
pub(crate) mod link;
pub(crate) mod occasion;
pub(crate) mod rate;
pub(crate) mod sms;
pub(crate) mod task;

use tb_storage::StorageError;

type Result<T> = std::result::Result<T, StorageError>;
