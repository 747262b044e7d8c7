//! The sealed columns.

use tb_storage::Column;

/// Name of who holds a permit.
pub(crate) const HOLDER: Column = Column::new("insight_permit", "holder");
/// His credit code.
pub(crate) const HOLDER_CODE: Column = Column::new("insight_permit", "holder_code");
