//! Ending that somebody acts for an applicant: on one application by either of the two, or on all that
//! were begun by an authorisation when that is ended. Nothing is lost, and the desk is told.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::ProxyEnded;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{StorageError, Tracked, Tx};
use utoipa::ToSchema;

use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::sealed;
use crate::sentence::named;
use crate::service::counter::rows;
use crate::service::delete::take_away;
use crate::service::joint::follow::enter;
use crate::service::write::{
    Entry, SELF, announce, expect_version, held, notify, record, save, touch,
};
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// Ends it on one application.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EndProxy {
    /// Version that the page has.
    pub version: i64,
}

/// Whoever acts for the applicant of an application does so no longer, nor in anything that was handed
/// in with it. He himself gets it shown this last time. A draft that is nobody else's goes with him.
pub(crate) async fn end(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: EndProxy,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    enter(&tx, &rows(ctx), id.0).await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    if row.proxy.is_none() || row.proxy_ended_on.is_some() {
        return Err(Error::ProxyNone.into());
    }
    if is_only_his(&row)? {
        row.proxy_ended_on = Some(office_time::day(tx.now()));
        let answer = view(app, ctx, tx.conn(), &row).await?;
        take_away(&mut tx, &mut row).await?;
        tx.commit(&answer).await?;
        return Ok(answer);
    }
    end_on(&mut tx, &mut row).await?;
    tx.done("intake.application.proxy_ended", "application", id);
    let whole = row.joint_id.unwrap_or(row.id);
    for mut other in store::joint::others_locked(tx.conn(), whole, row.id).await? {
        if other.proxy.is_some() && other.proxy_ended_on.is_none() {
            end_on(&mut tx, &mut other).await?;
            tx.done("intake.application.proxy_ended", "application", other.id);
        }
    }
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Whether a draft is within nobody's reach but that of whoever acts by a paper: whom it names has no
/// part in it before the hand-in.
fn is_only_his(row: &Application) -> Result<bool, StorageError> {
    Ok(row.account_id.is_nil() && sealed::state(row)? == State::Draft)
}

/// Notes on an application that its proxy acts no longer, tells both and the desk, and saves it.
pub(crate) async fn end_on(
    tx: &mut Tx,
    row: &mut Tracked<Application>,
) -> Result<(), StorageError> {
    let now = tx.now();
    let on = office_time::day(now);
    record(tx, row, Entry::own("proxy_ended", now, "")).await?;
    // Before it is written down: the proxy still gets this message.
    notify(tx, row, "proxy_ended", &named(row)).await?;
    row.proxy_ended_on = Some(on);
    let state = sealed::state(row)?;
    if has_case(row, state) {
        announce(
            tx,
            row,
            "intake.application.proxy_ended",
            |version, number| ProxyEnded {
                case_number: number.to_owned(),
                version,
                on,
            },
        )?;
    }
    touch(row, SELF, now);
    save(tx, row).await
}

/// Whether a department has a case of it; the whole of a joint matter has none of its own.
fn has_case(row: &Application, state: State) -> bool {
    row.joint_plan.is_none() && !matches!(state, State::Draft | State::Waiting)
}
