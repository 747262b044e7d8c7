//! The sealed columns.

use tb_storage::Column;

pub(crate) const COMMENT: Column = Column::new("interaction_occasion", "comment");
pub(crate) const PUBLISHED: Column = Column::new("interaction_occasion", "published");
pub(crate) const DETAIL: Column = Column::new("interaction_task_event", "detail");
pub(crate) const TOKEN: Column = Column::new("interaction_link", "token_bidx");
pub(crate) const APPRAISAL: Column = Column::new("interaction_appraisal", "comment");
pub(crate) const APPRAISAL_PUBLISHED: Column = Column::new("interaction_appraisal", "published");
pub(crate) const PHONE: Column = Column::new("interaction_sms", "phone_bidx");
pub(crate) const SIMULATED_PHONE: Column = Column::new("interaction_simulated_sms", "phone");
pub(crate) const SIMULATED_INDEX: Column = Column::new("interaction_simulated_sms", "phone_bidx");
pub(crate) const SIMULATED_WORDS: Column = Column::new("interaction_simulated_sms", "words");
