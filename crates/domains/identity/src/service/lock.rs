//! Locking and unlocking accounts, and giving a new initial password. Locking ends all sessions.

use tb_contract::access::AccountWrite;
use tb_http::Ctx;
use tb_kernel::{AccountId, Fault};
use tb_storage::Tx;

use super::accounts::views;
use crate::api::account::{AccountView, ResetPassword};
use crate::app::App;
use crate::entity::account;
use crate::error::Error;
use crate::model::works_here;
use crate::{password, sealing, store};

/// Locks an account until it is unlocked.
pub(crate) async fn lock(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    id: AccountId,
) -> Result<AccountView, Fault> {
    if id == ctx.actor().id {
        return Err(Error::OwnAccount.into());
    }
    let mut tx = ctx.begin().await?;
    let row = take(ctx, &tx, id).await?;
    let row = account::Model {
        disabled_at: Some(row.disabled_at.unwrap_or(tx.now())),
        ..row
    };
    store::end_sessions(tx.conn(), id.0, None, tx.now()).await?;
    tx.done("identity.account.locked", "account", id);
    finish(app, ctx, tx, row).await
}

/// Unlocks an account, whether an administrator or wrong passwords locked it.
pub(crate) async fn unlock(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    id: AccountId,
) -> Result<AccountView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = take(ctx, &tx, id).await?;
    let row = account::Model {
        disabled_at: None,
        ..row
    };
    store::clear_attempts(tx.conn(), &row.login_bidx).await?;
    tx.done("identity.account.unlocked", "account", id);
    finish(app, ctx, tx, row).await
}

/// Gives a new initial password. Only to staff: whoever could give a citizen a password could act
/// in his name.
pub(crate) async fn reset_password(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    id: AccountId,
    body: ResetPassword,
) -> Result<AccountView, Fault> {
    let row = store::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let account = sealing::open(row, ctx.store().sealer())?;
    if !works_here(account.kind) {
        return Err(Error::NotStaff.into());
    }
    if let Some(error) = password::error(&body.password, &account.login) {
        return Err(Error::InvalidPassword.with(vec![error.at("/password")]));
    }
    let hash = app
        .passwords
        .hash(body.password, ctx.store().entropy())
        .await?;
    let mut tx = ctx.begin().await?;
    let row = take(ctx, &tx, id).await?;
    let row = account::Model {
        must_change_password: true,
        ..row
    };
    store::set_password(tx.conn(), id.0, hash, true, tx.now()).await?;
    store::end_sessions(tx.conn(), id.0, None, tx.now()).await?;
    store::clear_attempts(tx.conn(), &row.login_bidx).await?;
    tx.done("identity.password.reset", "account", id);
    finish(app, ctx, tx, row).await
}

async fn take(ctx: &Ctx<AccountWrite>, tx: &Tx, id: AccountId) -> Result<account::Model, Fault> {
    Ok(store::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?)
}

async fn finish(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    tx: Tx,
    row: account::Model,
) -> Result<AccountView, Fault> {
    let row = account::Model {
        version: row.version + 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
        ..row
    };
    let id = AccountId(row.id);
    store::update(tx.conn(), row.clone()).await?;
    let view = views(ctx, tx.conn(), vec![row])
        .await?
        .pop()
        .ok_or(Error::AccountNotFound)?;
    tx.commit(&view).await?;
    app.forget(id);
    Ok(view)
}
