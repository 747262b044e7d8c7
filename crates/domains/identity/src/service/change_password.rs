//! Changing one's own password. It ends every other session of the account.

use axum::http::HeaderMap;
use tb_contract::access::PasswordChange;
use tb_http::{Ctx, session_token};
use tb_kernel::{AccountId, Fault, Scope};
use tb_storage::Tx;

use super::attempts;
use crate::api::password::{ChangePassword, PasswordChanged};
use crate::app::App;
use crate::entity::credential::PasswordHash;
use crate::error::Error;
use crate::model::expires_at;
use crate::sessions::{TokenHash, token_hash};
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
    let proven = store::password_hash(&ctx.read(), id.0).await?;
    if !app.passwords.verify(proven.clone(), body.current).await? {
        attempts::refuse(ctx, ACTION, &id.to_string()).await?;
        return Err(wrong_password());
    }
    let hash = app.passwords.hash(body.new, ctx.store().entropy()).await?;
    let mut tx = ctx.begin().await?;
    let kept = session_token(headers).map(token_hash);
    let kept = kept.ok_or(Error::NoSession)?;
    still_holds(app, &tx, id, &kept, proven).await?;
    store::set_password(tx.conn(), id.0, hash, false, tx.now()).await?;
    store::end_sessions(tx.conn(), id.0, Some(&kept), tx.now()).await?;
    store::clear_attempts(tx.conn(), &login_bidx).await?;
    tx.done(ACTION, "account", id);
    let answer = PasswordChanged {
        changed_at: tx.now(),
    };
    tx.commit(&answer).await?;
    app.forget(id);
    Ok(answer)
}

/// Takes the account, and makes sure that what was proven before still holds: an administrator may
/// have given a new password or locked the account meanwhile, and his word stands.
async fn still_holds(
    app: &App,
    tx: &Tx,
    id: AccountId,
    session: &TokenHash,
    proven: Option<PasswordHash>,
) -> Result<(), Fault> {
    let row = store::take(tx.conn(), &Scope::Own(id), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let session = store::find_session(tx.conn(), session).await?;
    let lives = session.is_some_and(|(session, _)| {
        let life = app.settings.life(session.kiosk_id.is_some());
        let until = expires_at(session.created_at, session.last_seen_at, life);
        session.account_id == id.0 && tx.now() < until
    });
    if !lives || row.disabled_at.is_some() {
        return Err(Error::NoSession.into());
    }
    if store::password_hash(tx.conn(), id.0).await? != proven {
        return Err(wrong_password());
    }
    Ok(())
}

fn wrong_password() -> Fault {
    Error::InvalidPassword.with(vec![Error::PasswordWrong.at("/current")])
}

fn refusal(body: &ChangePassword, login: &str) -> Option<Error> {
    if body.new == body.current {
        Some(Error::PasswordUnchanged)
    } else {
        password::error(&body.new, login)
    }
}
