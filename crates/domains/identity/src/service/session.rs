//! One's own session: looking at it, prolonging it, ending it.

use axum::http::HeaderMap;
use tb_contract::access::SessionUse;
use tb_http::{Ctx, session_token};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Origin;

use crate::api::session::SessionView;
use crate::app::App;
use crate::error::Error;
use crate::model::expires_at;
use crate::sessions::{Found, TokenHash, find, token_hash};
use crate::store;

/// The session of the request.
pub(crate) async fn current(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
) -> Result<SessionView, Fault> {
    let (session, _) = own(app, ctx, headers).await?;
    Ok(SessionView::new(&session.account, session.expires_at))
}

/// Prolongs the session, up to its absolute end.
pub(crate) async fn renew(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
) -> Result<SessionView, Fault> {
    let (session, _) = own(app, ctx, headers).await?;
    let mut tx = ctx.store().begin(own_origin(ctx)).await?;
    store::touch_session(tx.conn(), session.id, tx.now()).await?;
    tx.done("identity.session.renewed", "session", session.id);
    let view = SessionView::new(
        &session.account,
        expires_at(session.created_at, tx.now(), session.life(&app.settings)),
    );
    tx.commit(&()).await?;
    app.forget(session.account.id);
    Ok(view)
}

/// Ends the session; one that has ended already is no error.
pub(crate) async fn sign_out(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
) -> Result<(), Fault> {
    let Ok((session, hash)) = own(app, ctx, headers).await else {
        return Ok(());
    };
    let mut tx = ctx.store().begin(own_origin(ctx)).await?;
    store::end_session(tx.conn(), &hash, tx.now()).await?;
    tx.done("identity.session.ended", "account", session.account.id);
    tx.commit(&()).await?;
    app.forget(session.account.id);
    Ok(())
}

async fn own(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
) -> Result<(Found, TokenHash), Fault> {
    let Some(token) = session_token(headers) else {
        return Err(Error::NoSession.into());
    };
    let hash = token_hash(token);
    let at = ctx.actor().kiosk.as_ref().map(|kiosk| kiosk.id);
    let found = find(ctx.store(), &app.settings, &hash, at).await?;
    let session =
        found.ok_or_else(|| Fault::new(ErrorKind::Unauthenticated, "http.session_expired"))?;
    Ok((session, hash))
}

/// The door is public, yet here somebody acts for himself. Repeats are harmless: no key is taken.
fn own_origin(ctx: &Ctx<SessionUse>) -> Origin {
    Origin {
        acting_as: "self".to_owned(),
        ..ctx.origin()
    }
}
