//! The sealed columns of the hall.

use tb_kernel::identity_number::half_width;
use tb_storage::{Column, Sealer, StorageError};

use crate::entity::appointment;

pub(crate) const NAME: Column = Column::new("hall_appointment", "name");
pub(crate) const PHONE: Column = Column::new("hall_appointment", "phone");
pub(crate) const REASON: Column = Column::new("hall_appointment", "reason");

/// The blind index of a phone number.
pub(crate) fn phone_index(sealer: &Sealer, phone: &str) -> Vec<u8> {
    let digits: String = half_width(phone)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    sealer.blind_index(PHONE, &digits)
}

/// Who comes.
pub(crate) fn name(sealer: &Sealer, row: &appointment::Model) -> Result<String, StorageError> {
    sealer.open_text(NAME, row.id, &row.name)
}

/// His phone.
pub(crate) fn phone(sealer: &Sealer, row: &appointment::Model) -> Result<String, StorageError> {
    sealer.open_text(PHONE, row.id, &row.phone)
}

/// What the office said; empty where it said nothing.
pub(crate) fn reason(sealer: &Sealer, row: &appointment::Model) -> Result<String, StorageError> {
    match &row.reason {
        Some(reason) => sealer.open_text(REASON, row.id, reason),
        None => Ok(String::new()),
    }
}
