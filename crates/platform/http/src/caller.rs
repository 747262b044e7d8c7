//! Who calls. The `web` role asks the session store about the cookie; the other roles believe what
//! `web` signed and nothing else. From the same token they take the id of the request and the
//! address it came from, so that limits, audit rows and log lines of all roles speak of one request
//! of one person.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request};
use axum::http::{Extensions, HeaderMap, header};
use tb_contract::ports::{PortResult, Sessions};
use tb_kernel::{Actor, Locale, RequestId};
use uuid::Uuid;

use crate::actor_token::ActorToken;
use crate::cookie::{kiosk_token, session_token};
use crate::edge::Edge;

/// The header in which a role names the request on whose behalf it asks another.
pub const REQUEST_ID: &str = "x-request-id";

/// The header of what a page asks without anybody having touched it, such as a look for news.
const BACKGROUND: &str = "x-tongban-background";

/// How callers are recognised.
#[derive(Clone)]
pub enum Authentication {
    /// By cookie.
    Sessions(Arc<dyn Sessions>),
    /// By actor token.
    Tokens,
}

/// Who calls, and how he wants to be answered.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// A session or token was shown but is no longer valid.
    pub stale: bool,
    /// Language of the answer.
    pub locale: Locale,
    /// Id of the request.
    pub request_id: RequestId,
    /// Network address.
    pub address: String,
}

/// The caller that the edge has recognised, for code that forwards a request as it is.
pub fn caller(extensions: &Extensions) -> Option<&Caller> {
    extensions.get()
}

/// Where a request comes from, as far as its headers prove it.
pub(crate) enum Sender {
    /// From outside.
    Stranger,
    /// From the role that faces the browsers, on somebody's behalf.
    Forwarded(Box<ActorToken>),
    /// From a role of ours, for itself.
    Service(Option<RequestId>),
}

impl Sender {
    pub fn of(edge: &Edge, headers: &HeaderMap) -> Self {
        let shown = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let Some(shown) = shown else {
            return Self::Stranger;
        };
        if edge.service_key().matches(shown) {
            let id = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
            return Self::Service(id.and_then(|id| id.parse().ok()));
        }
        let token = shown
            .strip_prefix("Bearer ")
            .filter(|_| matches!(edge.authentication(), Authentication::Tokens));
        token
            .and_then(|token| edge.tokens().verify(token, edge.store().clock().now()))
            .map_or(Self::Stranger, |token| Self::Forwarded(Box::new(token)))
    }

    /// The request that it belongs to, where that has begun elsewhere.
    pub fn request_id(&self) -> Option<RequestId> {
        match self {
            Self::Stranger => None,
            Self::Forwarded(token) => Some(token.request_id),
            Self::Service(id) => *id,
        }
    }

    /// Whether limits per address are for this edge to hold: behind `web` they were held there, and
    /// roles are not limited in asking each other.
    pub fn is_limited(&self, edge: &Edge) -> bool {
        matches!(self, Self::Stranger)
            && matches!(edge.authentication(), Authentication::Sessions(_))
    }

    /// The kiosk that a request names and that was good a short while ago: many of a service hall
    /// share one address, so that limits count each by itself.
    pub fn known_kiosk(edge: &Edge, headers: &HeaderMap) -> Option<String> {
        let Authentication::Sessions(sessions) = edge.authentication() else {
            return None;
        };
        let id = sessions.known_kiosk(kiosk_token(headers)?)?;
        Some(kiosk_key(id))
    }

    /// The network address of the person.
    pub fn address(&self, edge: &Edge, request: &Request) -> String {
        match self {
            Self::Forwarded(token) => token.address.clone(),
            Self::Service(_) => peer(request),
            Self::Stranger => {
                let believed = edge.config().behind_proxy
                    && matches!(edge.authentication(), Authentication::Sessions(_));
                let forwarded = believed.then(|| forwarded_for(request.headers())).flatten();
                forwarded.map_or_else(|| peer(request), |address| address.to_string())
            }
        }
    }

    /// Who acts; anonymous where the request says nothing valid. `true`: it showed a session that is
    /// no longer valid.
    pub async fn actor(self, edge: &Edge, headers: &HeaderMap) -> PortResult<(Actor, bool)> {
        match (self, edge.authentication()) {
            (Self::Forwarded(token), _) => Ok((token.actor, token.stale)),
            (_, Authentication::Tokens) => Ok((
                Actor::anonymous(),
                headers.contains_key(header::AUTHORIZATION),
            )),
            (_, Authentication::Sessions(sessions)) => {
                let kiosk = match kiosk_token(headers) {
                    Some(token) => sessions.kiosk(token).await?,
                    None => None,
                };
                let session = match session_token(headers) {
                    Some(token) => {
                        let found = sessions.authenticate(token, kiosk.as_ref(), is_used(headers));
                        Some(found.await?)
                    }
                    None => None,
                };
                let stale = matches!(session, Some(None));
                let actor = session
                    .flatten()
                    .map_or_else(Actor::anonymous, |it| it.actor);
                Ok((Actor { kiosk, ..actor }, stale))
            }
        }
    }
}

/// What limits count a kiosk by.
pub(crate) fn kiosk_key(id: Uuid) -> String {
    format!("kiosk {id}")
}

/// Whether a person is at it: pages mark what they ask by themselves, and a live stream, whose
/// request cannot be marked, is asked for anew by the browser itself.
fn is_used(headers: &HeaderMap) -> bool {
    let is_stream = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == b"text/event-stream");
    !headers.contains_key(BACKGROUND) && !is_stream
}

/// What the proxy in front says; its last entry is the only one that the client did not write.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// The other end of the connection.
fn peer(request: &Request) -> String {
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(
            || "local".to_owned(),
            |ConnectInfo(address)| address.ip().to_string(),
        )
}
