//! The sealed columns.

use tb_storage::Column;

pub(crate) const COMMENT: Column = Column::new("interaction_occasion", "comment");
pub(crate) const PUBLISHED: Column = Column::new("interaction_occasion", "published");
pub(crate) const DETAIL: Column = Column::new("interaction_task_event", "detail");
pub(crate) const TOKEN: Column = Column::new("interaction_link", "token_bidx");
