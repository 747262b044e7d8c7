//! Behaviour of approval through events and HTTP on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod applicant_term;
mod archive;
mod archive_faults;
mod archive_run;
mod archive_setting;
mod batch;
mod batch_receipt;
mod batch_run;
mod charging;
mod city;
mod clock;
mod co_applicant;
mod commitment;
mod correction;
mod counter;
mod cross_region;
mod deferral;
mod delivery;
mod deputy;
mod desk;
mod divert;
mod exchange;
mod export;
mod fee;
mod fee_again;
mod fee_gate;
mod fee_notice;
mod fee_request;
mod fee_said;
mod fee_trouble;
mod handover;
mod hearing;
mod hearing_days;
mod joint;
mod joint_merged;
mod label;
mod letter;
mod licence;
mod licence_order;
mod note;
mod opinion;
mod paper;
mod path;
mod proxy;
mod race;
mod relay;
mod result;
mod saved;
mod seal;
mod staff;
mod supervision;
mod wire;
mod words;
mod world;
