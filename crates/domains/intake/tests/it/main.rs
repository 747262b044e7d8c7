//! Intake through HTTP on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod appointment;
mod assist;
mod assist_consent;
mod batch;
mod batch_run;
mod commitment;
mod correcting;
mod counter;
mod counter_owner;
mod cross_region;
mod deferral;
mod delivery;
mod fee;
mod feed;
mod feedback;
mod files;
mod inbox;
mod joint;
mod joint_correction;
mod joint_proxy;
mod joint_waiting;
mod joint_withdrawal;
mod kiosk;
mod letter;
mod licence;
mod licence_told;
mod life;
mod nested;
mod numbers;
mod privacy;
mod progress;
mod proxy;
mod proxy_paper;
mod rating;
mod refusals;
mod register;
mod result;
mod signing;
mod signing_after;
mod stale;
mod texts;
mod told;
mod town;
mod vault;
