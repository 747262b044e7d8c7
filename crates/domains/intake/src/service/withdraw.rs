//! Asking to withdraw after submission; the department answers.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::counter::rows;
use super::joint::end::{ask, ask_all};
use super::joint::follow::{enter, follow};
use super::write::{Entry, SELF, expect_version, held, record, save, touch};
use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::sealed;
use crate::view::{ApplicationView, view};

/// Longest reason.
const MAX_REASON: usize = 500;

/// A wish to withdraw.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawApplication {
    /// Version that the page has.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Asks to withdraw.
pub(crate) async fn withdraw(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: WithdrawApplication,
) -> Result<ApplicationView, Fault> {
    let reason = body.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > MAX_REASON {
        return Err(Error::ReasonInvalid { max: MAX_REASON }.into());
    }
    let mut tx = ctx.begin().await?;
    enter(&tx, &rows(ctx), id.0).await?;
    let mut row = held(&tx, ctx, id).await?;
    match sealed::state(&row)? {
        State::Draft => return Err(Error::DraftNotWithdrawable.into()),
        _ if row.withdrawal_pending => return Err(Error::WithdrawalPending.into()),
        state if !state.is_open() => return Err(Error::NotWithdrawable.into()),
        _ => expect_version(&row, body.version, ctx.locale())?,
    }
    if row.joint_plan.is_some() {
        ask_all(app, &mut tx, &mut row, &reason).await?;
        let now = tx.now();
        record(&tx, &mut row, Entry::own("withdrawal_asked", now, &reason)).await?;
        touch(&mut row, SELF, now);
        save(&tx, &row).await?;
    } else {
        ask(&mut tx, &mut row, &reason).await?;
        save(&tx, &row).await?;
        follow(app, &mut tx, &row, SELF).await?;
    }
    tx.done("intake.application.withdrawn", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}
