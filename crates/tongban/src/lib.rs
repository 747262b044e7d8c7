//! The binary's parts: command line, settings, roles, wiring, serving, the demo city. A library so
//! that tests can open the whole product in one process.

mod backup;
mod cli;
mod config;
mod demo;
pub mod fonts;
mod log_lines;
mod roles;
mod serve;
mod system;
mod telemetry;
pub mod upkeep;
pub mod wiring;

pub use cli::run;
pub use demo::DEMO_PASSWORD;
