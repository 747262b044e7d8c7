//! Looking at accounts: administrators' lists, masked throughout.

use std::collections::HashMap;

use tb_contract::access::AccountRead;
use tb_http::Ctx;
use tb_kernel::{AccountId, ErrorKind, Fault, Page};
use tb_storage::Conn;
use uuid::Uuid;

use crate::api::account::{AccountQuery, AccountView};
use crate::entity::account;
use crate::error::Error;
use crate::model::normal_login;
use crate::store::Listing;
use crate::{sealing, store};

/// A page of accounts.
pub(crate) async fn list(
    ctx: &Ctx<AccountRead>,
    query: AccountQuery,
) -> Result<Page<AccountView>, Fault> {
    let before = query
        .page()
        .cursor
        .as_deref()
        .map(Uuid::parse_str)
        .transpose();
    let words = query
        .q
        .as_deref()
        .map(str::trim)
        .filter(|q| !q.is_empty())
        .map(str::to_owned);
    let sealer = ctx.store().sealer();
    let indexes = words.as_deref().map(|words| {
        (
            sealing::person_indexes(sealer, words),
            sealing::login_index(sealer, &normal_login(words)),
        )
    });
    let listing = Listing {
        words,
        indexes,
        kind: query.kind.map(sealing::kind_key),
        department: query.department.clone(),
        before: before.map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?,
    };
    let limit = query.page().limit();
    let conn = ctx.read();
    let rows = store::list(&conn, ctx.scope(), listing, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let items = views(ctx, &conn, page.items).await?;
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// One account.
pub(crate) async fn find(ctx: &Ctx<AccountRead>, id: AccountId) -> Result<AccountView, Fault> {
    let conn = ctx.read();
    let row = store::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let view = views(ctx, &conn, vec![row]).await?.pop();
    Ok(view.ok_or(Error::AccountNotFound)?)
}

/// Rows as they are shown, with the lock-outs in force. Shared with the services that change one.
pub(crate) async fn views<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    rows: Vec<account::Model>,
) -> Result<Vec<AccountView>, Fault> {
    let logins = rows.iter().map(|row| row.login_bidx.clone()).collect();
    let lock_outs = store::lock_outs(conn, logins, ctx.now()).await?;
    let until: HashMap<_, _> = lock_outs
        .into_iter()
        .map(|row| (row.login_bidx, row.locked_until))
        .collect();
    rows.into_iter()
        .map(|row| {
            let locked_until = until.get(&row.login_bidx).copied().flatten();
            Ok(AccountView::new(
                &sealing::open(row, ctx.store().sealer())?,
                locked_until,
            ))
        })
        .collect()
}
