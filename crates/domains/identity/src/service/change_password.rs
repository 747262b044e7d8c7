//! Changing one's own password. It ends every other session of the account.

use axum::http::HeaderMap;
use tb_contract::access::PasswordChange;
use tb_http::{Ctx, session_token};
use tb_kernel::Fault;

use super::attempts;
use crate::api::password::{ChangePassword, PasswordChanged};
use crate::app::App;
use crate::error::Error;
use crate::sessions::token_hash;
use crate::{password, sealing, store};

const ACTION: &str = "identity.password.changed";

/// Changes the password.
pub(crate) async fn change_password(
    app: &App,
    ctx: &Ctx<PasswordChange>,
    headers: &HeaderMap,
    body: ChangePassword,
) -> Result<PasswordChanged, Fault> {
    let id = ctx.actor().id;
    let row = store::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let login_bidx = row.login_bidx.clone();
    let account = sealing::open(row, ctx.store().sealer())?;
    let error = refusal(&body, &account.login).map(|error| error.at("/new"));
    Error::InvalidPassword.unless_empty(error.into_iter().collect())?;
    // Whoever sits down at an open session must not be able to guess on.
    attempts::count(ctx, &login_bidx, ACTION, &id.to_string()).await?;
    let hash = store::password_hash(&ctx.read(), id.0).await?;
    if !app.passwords.verify(hash, body.current).await? {
        attempts::refuse(ctx, ACTION, &id.to_string()).await?;
        return Err(Error::InvalidPassword.with(vec![Error::PasswordWrong.at("/current")]));
    }
    let hash = app.passwords.hash(body.new, ctx.store().entropy()).await?;
    let mut tx = ctx.begin().await?;
    let kept = session_token(headers).map(token_hash);
    store::set_password(tx.conn(), id.0, hash, false, tx.now()).await?;
    store::end_sessions(
        tx.conn(),
        id.0,
        kept.as_ref().map(<[u8; 32]>::as_slice),
        tx.now(),
    )
    .await?;
    store::clear_attempts(tx.conn(), &login_bidx).await?;
    tx.done(ACTION, "account", id);
    let answer = PasswordChanged {
        changed_at: tx.now(),
    };
    tx.commit(&answer).await?;
    app.forget(id);
    Ok(answer)
}

fn refusal(body: &ChangePassword, login: &str) -> Option<Error> {
    if body.new == body.current {
        Some(Error::PasswordUnchanged)
    } else {
        password::error(&body.new, login)
    }
}
