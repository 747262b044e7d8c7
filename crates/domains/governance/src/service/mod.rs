//! Use-cases of the centre.

mod feed_back;
mod publish_change;

pub(crate) use feed_back::feed_back;
pub(crate) use publish_change::publish_change;
