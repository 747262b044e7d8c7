//! Signing in. An unknown account and a wrong password take the same way: both are counted, both
//! cost one hash, both get the same answer.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use tb_contract::access::SessionUse;
use tb_http::{Ctx, session_token};
use tb_kernel::{AccountId, Actor, Fault, Scope, office_time};
use tb_storage::Origin;
use uuid::Uuid;

use super::attempts;
use super::held::hold;
use crate::api::session::{SessionView, SignIn};
use crate::app::App;
use crate::entity::credential::PasswordHash;
use crate::entity::session;
use crate::error::Error;
use crate::model::{expires_at, normal_login};
use crate::sessions::token_hash;
use crate::{sealing, store};

const ACTION: &str = "identity.session.started";

/// Signs in and returns the session with its token.
pub(crate) async fn sign_in(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
    body: SignIn,
) -> Result<(SessionView, String), Fault> {
    app.sign_ins.check(ctx.address())?;
    let login_bidx = sealing::login_index(ctx.store().sealer(), &normal_login(&body.account));
    let row = store::find_by_login(&ctx.read(), &login_bidx).await?;
    let object_id = row
        .as_ref()
        .map_or_else(|| "unknown".to_owned(), |row| row.id.to_string());
    attempts::count(ctx, &login_bidx, ACTION, &object_id).await?;
    let hash =
        store::password_hash(&ctx.read(), row.as_ref().map_or(Uuid::nil(), |row| row.id)).await?;
    let proven = app.passwords.verify(hash.clone(), body.password).await?;
    let Some(row) = row.filter(|_| proven) else {
        attempts::refuse(ctx, ACTION, &object_id).await?;
        return Err(Error::WrongCredentials.into());
    };
    if row.disabled_at.is_some() {
        attempts::refuse(ctx, ACTION, &object_id).await?;
        return Err(Error::AccountLocked.into());
    }
    start(app, ctx, headers, AccountId(row.id), hash).await
}

/// Starts a session under a new token, and ends the one that the browser showed, if any: a token
/// that was planted before the sign-in is worth nothing after it. `proven` is the hash that the
/// password was held against; where it has been replaced meanwhile, nothing is proven.
async fn start(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
    id: AccountId,
    proven: Option<PasswordHash>,
) -> Result<(SessionView, String), Fault> {
    let token = new_token(ctx);
    let actor = Actor {
        id,
        ..ctx.actor().clone()
    };
    let mut tx = ctx
        .store()
        .begin(Origin {
            actor,
            acting_as: "self".to_owned(),
            ..ctx.origin()
        })
        .await?;
    let now = tx.now();
    let row = store::take(tx.conn(), &Scope::Own(id), id)
        .await?
        .ok_or(Error::WrongCredentials)?;
    if row.disabled_at.is_some() || store::password_hash(tx.conn(), id.0).await? != proven {
        return Err(Error::WrongCredentials.into());
    }
    if let Some(shown) = session_token(headers) {
        store::end_session(tx.conn(), &token_hash(shown), now).await?;
    }
    store::clear_attempts(tx.conn(), &row.login_bidx).await?;
    let mut account = sealing::open(row, tx.sealer())?;
    let today = office_time::day(now);
    hold(tx.conn(), tx.sealer(), &mut account, today).await?;
    let session = session::Model {
        id: tx.new_id(),
        account_id: id.0,
        token_hash: token_hash(&token).to_vec(),
        user_agent_hash: headers
            .get(header::USER_AGENT)
            .map(|agent| Sha256::digest(agent.as_bytes()).to_vec()),
        created_at: now,
        last_seen_at: now,
        ended_at: None,
    };
    store::insert_session(tx.conn(), session).await?;
    tx.done(ACTION, "account", id);
    let view = SessionView::new(&account, expires_at(now, now, &app.settings));
    tx.commit(&()).await?;
    app.forget(ctx.actor().id);
    Ok((view, token))
}

fn new_token(ctx: &Ctx<SessionUse>) -> String {
    let mut token = [0_u8; 32];
    ctx.store().entropy().fill(&mut token);
    URL_SAFE_NO_PAD.encode(token)
}
