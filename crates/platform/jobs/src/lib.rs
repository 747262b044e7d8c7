//! Background work. [`spawn`] is the one place where tasks start, a [`Supervisor`] owns them, and
//! a [`JobRunner`] runs periodic jobs (one process at a time) and durable queued jobs, which
//! [`enqueue`] writes in the transaction that wants them done.

mod backoff;
mod claim;
mod entity;
mod error;
mod job;
mod lease;
mod migration;
mod operate;
mod periodic;
mod queue;
mod runner;
mod supervisor;
mod task;

pub use backoff::backoff;
pub use error::JobError;
pub use job::{Job, JobRun, QueueHandler};
pub use migration::MIGRATIONS;
pub use operate::{DeadSelection, JobCount, JobFilter, QueuedJob, count_jobs, list_jobs, requeue};
pub use periodic::Periodic;
pub use queue::{due_jobs, enqueue};
pub use runner::{JobRunner, RunnerConfig};
pub use supervisor::Supervisor;
pub use task::{Task, spawn};
