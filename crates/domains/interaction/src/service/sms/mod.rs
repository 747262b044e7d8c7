//! Short messages: queued with what they tell of, sent by a job, heard of through signed messages of the
//! operator.

pub(crate) mod hear;
pub(crate) mod queue;
pub(crate) mod read;
pub(crate) mod send;
pub(crate) mod wish;

pub(crate) use queue::queue_all;
