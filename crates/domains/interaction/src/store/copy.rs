//! Read copies of what the catalogue publishes.

use crate::entity::{calendar, department};

/// The calendars as published.
pub(crate) type Calendars = tb_storage::Calendars<calendar::Entity>;
/// The departments as published.
pub(crate) type Departments = tb_storage::Departments<department::Entity>;
