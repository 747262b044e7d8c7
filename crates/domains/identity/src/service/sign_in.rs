//! Signing in. An unknown account and a wrong password take the same way: both are counted, both
//! cost one hash, both get the same answer.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
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
use crate::model::{expires_at, normal_login, works_here};
use crate::sessions::token_hash;
use crate::{sealing, store};

pub(super) const ACTION: &str = "identity.session.started";

/// Signs in and returns the session with its token.
pub(crate) async fn sign_in(
    app: &App,
    ctx: &Ctx<SessionUse>,
    headers: &HeaderMap,
    body: SignIn,
) -> Result<(SessionView, String), Fault> {
    app.sign_ins.check(&ctx.source())?;
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
    let proof = Proof::Password(hash);
    start(app, ctx, headers, AccountId(row.id), proof).await
}

/// What has proven who signs in. Looked at again where the session begins.
pub(super) enum Proof {
    /// A password; this is the hash that it was held against.
    Password(Option<PasswordHash>),
    /// An identity card in the reader of a kiosk, at this moment.
    Card(DateTime<Utc>),
}

/// Starts a session under a new token, and ends the one that the browser showed, if any: a token
/// that was planted before the sign-in is worth nothing after it. At a kiosk it belongs to the kiosk
/// and ends whatever was begun there before.
pub(super) async fn start<P>(
    app: &App,
    ctx: &Ctx<P>,
    headers: &HeaderMap,
    id: AccountId,
    proof: Proof,
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
    if row.disabled_at.is_some() {
        return Err(Error::WrongCredentials.into());
    }
    match (proof, &ctx.actor().kiosk) {
        (Proof::Password(proven), _) => {
            // Where the password has been replaced meanwhile, nothing is proven.
            if store::password_hash(tx.conn(), id.0).await? != proven {
                return Err(Error::WrongCredentials.into());
            }
        }
        (Proof::Card(at), Some(kiosk)) => super::card::take_reading(&mut tx, kiosk, at).await?,
        (Proof::Card(_), None) => return Err(Error::NotAtKiosk.into()),
    }
    if let Some(shown) = session_token(headers) {
        store::end_session(tx.conn(), &token_hash(shown), now).await?;
    }
    store::clear_attempts(tx.conn(), &row.login_bidx).await?;
    let mut account = sealing::open(row, tx.sealer())?;
    let today = office_time::day(now);
    hold(tx.conn(), tx.sealer(), &mut account, today).await?;
    let kiosk_id = ctx.actor().kiosk.as_ref().map(|kiosk| kiosk.id);
    if let Some(kiosk_id) = kiosk_id {
        if works_here(account.kind) {
            return Err(Error::KioskForCitizens.into());
        }
        store::kiosk::end_sessions(tx.conn(), kiosk_id, now).await?;
        tx.done("identity.kiosk.signed_in_at", "kiosk", kiosk_id);
    }
    let session = session::Model {
        id: tx.new_id(),
        account_id: id.0,
        token_hash: token_hash(&token).to_vec(),
        user_agent_hash: headers
            .get(header::USER_AGENT)
            .map(|agent| Sha256::digest(agent.as_bytes()).to_vec()),
        kiosk_id,
        created_at: now,
        last_seen_at: now,
        ended_at: None,
    };
    store::insert_session(tx.conn(), session).await?;
    tx.done(ACTION, "account", id);
    let view = SessionView::new(
        &account,
        expires_at(now, now, app.settings.life(kiosk_id.is_some())),
    );
    tx.commit(&()).await?;
    app.forget(ctx.actor().id);
    Ok((view, token))
}

/// A token that nobody guesses.
pub(super) fn new_token<P>(ctx: &Ctx<P>) -> String {
    let mut token = [0_u8; 32];
    ctx.store().entropy().fill(&mut token);
    URL_SAFE_NO_PAD.encode(token)
}
