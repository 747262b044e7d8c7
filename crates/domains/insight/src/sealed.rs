//! The sealed columns.

use tb_storage::Column;

/// Name of who holds a permit.
pub(crate) const HOLDER: Column = Column::new("insight_permit", "holder");
/// His credit code.
pub(crate) const HOLDER_CODE: Column = Column::new("insight_permit", "holder_code");
/// Who was penalised.
pub(crate) const PARTY: Column = Column::new("insight_penalty", "party");
/// Its credit code; empty for persons.
pub(crate) const PARTY_CODE: Column = Column::new("insight_penalty", "party_code");
/// Who stands for it in law; empty for persons.
pub(crate) const LEGAL_PERSON: Column = Column::new("insight_penalty", "legal_person");
