//! Words and pure rules of a case: states, the table of transitions, the clocks, the lights, what
//! a notice may list, what a correction may change, papers. Nothing here reads or writes.

pub(crate) mod applicant_term;
pub(crate) mod apply;
pub(crate) mod archive;
pub(crate) mod batch;
pub(crate) mod clocks;
pub(crate) mod command;
pub(crate) mod commitment;
pub(crate) mod commitment_paper;
pub(crate) mod correction;
pub(crate) mod defects;
pub(crate) mod deferral;
pub(crate) mod delivery;
pub(crate) mod delivery_paper;
pub(crate) mod diversion;
pub(crate) mod diversion_paper;
pub(crate) mod event;
pub(crate) mod form_words;
pub(crate) mod guard;
pub(crate) mod label;
pub(crate) mod light;
pub(crate) mod number_list;
pub(crate) mod opinion;
pub(crate) mod paper;
pub(crate) mod paper_number;
pub(crate) mod relay;
pub(crate) mod running;
pub(crate) mod saved;
pub(crate) mod state;
pub(crate) mod supervision;
pub(crate) mod table;
pub(crate) mod transition;
pub(crate) mod turn;
pub(crate) mod verb;
pub(crate) mod words;
