//! The tables of approval, one entity a table.

pub(crate) mod bar;
pub(crate) mod batch;
pub(crate) mod batch_row;
pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod case_event;
pub(crate) mod case_label;
pub(crate) mod clock_sweep;
pub(crate) mod department;
pub(crate) mod item;
pub(crate) mod label;
pub(crate) mod mention;
pub(crate) mod note;
pub(crate) mod opinion;
pub(crate) mod paper;
pub(crate) mod paper_serial;
pub(crate) mod payload;
pub(crate) mod saved_view;
pub(crate) mod supervision;
pub(crate) mod tally;
pub(crate) mod tally_delta;
