//! Calls between roles that run as processes of their own: the `web` role forwards the browser's
//! requests with a signed actor token; ports are called with the service key. The one crate that
//! holds the HTTP client, also for the way out to other systems.

mod client;
mod forward;
mod headers;
mod outbound;
mod ports;

pub use client::{Client, RemoteRole};
pub use forward::forward_routes;
pub use outbound::{OutboundClient, OutboundRules};
pub use ports::{
    RemoteDivisions, expose_applicants, expose_changes, expose_colleagues, expose_divisions,
    expose_held_licences, expose_licences, expose_names, expose_papers,
};
