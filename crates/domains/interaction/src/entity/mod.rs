//! Interaction's tables.

pub(crate) mod appraisal;
pub(crate) mod calendar;
pub(crate) mod department;
pub(crate) mod link;
pub(crate) mod occasion;
pub(crate) mod simulated_sms;
pub(crate) mod sms;
pub(crate) mod sms_heard;
pub(crate) mod sms_wish;
pub(crate) mod task;
pub(crate) mod task_event;
