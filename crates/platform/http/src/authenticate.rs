//! Who calls: the `web` role asks the session store about the cookie; the other roles believe an
//! actor token and nothing else.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use tb_contract::ports::{PortResult, Sessions};
use tb_kernel::Actor;

use crate::cookie::session_token;
use crate::edge::Edge;

/// How callers are recognised.
#[derive(Clone)]
pub enum Authentication {
    /// By cookie.
    Sessions(Arc<dyn Sessions>),
    /// By actor token.
    Tokens,
}

/// Who calls; anonymous where the request says nothing valid. `true`: it carried a session that is
/// no longer valid.
pub(crate) async fn authenticate(edge: &Edge, headers: &HeaderMap) -> PortResult<(Actor, bool)> {
    match edge.authentication() {
        Authentication::Sessions(sessions) => {
            let Some(token) = session_token(headers) else {
                return Ok((Actor::anonymous(), false));
            };
            let session = sessions.authenticate(token).await?;
            Ok(session.map_or_else(
                || (Actor::anonymous(), true),
                |session| (session.actor, false),
            ))
        }
        Authentication::Tokens => {
            let bearer = headers
                .get(header::AUTHORIZATION)
                .and_then(|value| value.to_str().ok());
            let token = bearer.and_then(|value| value.strip_prefix("Bearer "));
            let verified =
                token.and_then(|token| edge.tokens().verify(token, edge.store().clock().now()));
            let stale = token.is_some() && verified.is_none();
            Ok((
                verified.map_or_else(Actor::anonymous, |token| token.actor),
                stale,
            ))
        }
    }
}
