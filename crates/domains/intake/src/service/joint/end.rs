//! Withdrawal of the whole, and its one rating.

use tb_contract::events::WithdrawalAsked;
use tb_kernel::Fault;
use tb_storage::{Tracked, Tx};

use super::{follow::restate, matter, plan};
use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::sealed;
use crate::sentence::named;
use crate::service::rate::{Given, give};
use crate::service::write::{Entry, SELF, announce, notify, record, touch};
use crate::store;
use crate::store::application::Application;

/// Asks to withdraw one application, or takes it back where no department has it yet. The caller
/// saves the row.
pub(crate) async fn ask(tx: &mut Tx, row: &mut Application, reason: &str) -> Result<(), Fault> {
    let now = tx.now();
    if sealed::state(row)? == State::Waiting {
        State::Withdrawn.as_str().clone_into(&mut row.state);
        record(tx, row, Entry::own("withdrawn", now, reason)).await?;
        touch(row, SELF, now);
        return Ok(());
    }
    row.withdrawal_pending = true;
    announce(
        tx,
        row,
        "intake.application.withdrawn",
        |version, number| WithdrawalAsked {
            case_number: number.to_owned(),
            version,
            reason: reason.to_owned(),
        },
    )?;
    record(tx, row, Entry::own("withdrawal_asked", now, reason)).await?;
    notify(tx, row, "withdrawal_asked", &named(row)).await?;
    touch(row, SELF, now);
    Ok(())
}

/// Asks to withdraw all that is under way; the caller saves the whole's own row.
pub(crate) async fn ask_all(
    app: &App,
    tx: &mut Tx,
    whole: &mut Application,
    reason: &str,
) -> Result<(), Fault> {
    let pinned = plan(whole)?.ok_or(Error::NotWithdrawable)?;
    let matter = matter(app, tx.conn(), whole, pinned).await?;
    let mut children = store::joint::children_locked(tx.conn(), whole.id).await?;
    let mut asked = 0;
    for child in &mut children {
        if sealed::state(child)?.is_open() && !child.withdrawal_pending {
            ask(tx, child, reason).await?;
            store::application::save(tx.conn(), child).await?;
            asked += 1;
        }
    }
    if asked == 0 {
        return Err(Error::NotWithdrawable.into());
    }
    restate(whole, &matter, &children)
}

/// One rating for all that was handled; each department gets it with its case.
pub(crate) async fn rate_all(
    tx: &mut Tx,
    whole: &Application,
    given: &Given<'_>,
) -> Result<(), Fault> {
    let mut children: Vec<Tracked<Application>> =
        store::joint::children_locked(tx.conn(), whole.id).await?;
    for child in &mut children {
        if child.rated || !sealed::state(child)?.is_ratable() {
            continue;
        }
        give(tx, child, given).await?;
        store::application::save(tx.conn(), child).await?;
    }
    Ok(())
}
