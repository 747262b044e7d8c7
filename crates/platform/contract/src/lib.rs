//! What domains say to each other and nothing else: the registry of permissions and roles,
//! the documents and event payloads that travel, the topics they travel on, and the ports
//! (read-only traits) that their owners implement.

pub mod access;
pub mod collections;
pub mod divisions;
pub mod events;
pub mod feed;
pub mod item;
pub mod joint;
pub mod licences;
pub mod papers;
pub mod payments;
pub mod ports;
pub mod rating;
pub mod sms;
pub mod topics;
