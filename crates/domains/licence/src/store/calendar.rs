//! Read copies of the calendars that the catalogue publishes.

use crate::entity::calendar;

/// The calendars as published.
pub(crate) type Calendars = tb_storage::Calendars<calendar::Entity>;
