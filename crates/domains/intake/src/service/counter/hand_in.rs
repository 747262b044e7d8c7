//! What a hand-in at the counter has beyond an applicant's own: his consent, whose it becomes, and
//! who took it in.

use tb_contract::events::{Applicant, CounterEntry};
use tb_contract::ports::Identified;
use tb_http::Ctx;
use tb_kernel::{AccountId, AccountKind, ApplicationId, DepartmentId, Fault};
use tb_storage::Tx;

use super::{
    behind_counter, draft_entry, elsewhere_of, identified, papers_of, present_of, rows, set_present,
};
use crate::app::App;
use crate::error::Error;
use crate::sealed;
use crate::service::create::applicant;
use crate::service::write::{Entry as Happened, record};
use crate::store;
use crate::store::application::Application;

/// Who applies: the caller himself, or at a counter whom the draft names, under his account where
/// he has one. Asked of identity, so never inside a transaction.
pub(crate) async fn applying<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
) -> Result<Applicant, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let row = store::application::find(&conn, &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    if !behind_counter(ctx) {
        return applying_online(app, ctx, &row).await;
    }
    let entry = store::counter::find(&conn, row.id).await?;
    let entry = entry.ok_or(Error::ApplicationNotFound)?;
    let who = identified(&present_of(sealer, &entry)?);
    let account = app.applicants().account_of(&who).await?;
    Ok(Applicant {
        account_id: account.unwrap_or(AccountId(uuid::Uuid::nil())),
        ..sealed::applicant(sealer, &row)?
    })
}

/// The same online: the applicant himself, or whom the caller acts for. Who proves his right by a
/// paper applies for somebody who may have an account, or none.
async fn applying_online<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Applicant, Fault> {
    if row.proxy_proof.is_some() && row.account_id.is_nil() {
        let who = sealed::applicant(ctx.store().sealer(), row)?;
        let named = Identified {
            citizen_id: who.id_number.clone(),
            credit_code: None,
        };
        let account = app.applicants().account_of(&named).await?;
        let account_id = account.unwrap_or(AccountId(uuid::Uuid::nil()));
        return Ok(Applicant { account_id, ..who });
    }
    let account = AccountId(row.account_id);
    let kind = if account == ctx.actor().id {
        ctx.actor().kind
    } else {
        AccountKind::Person
    };
    let profile = app.applicants().profile(account).await?;
    Ok(applicant(&profile.ok_or(Error::ProfileMissing)?, kind))
}

/// Refuses a hand-in at the counter without the consent of whom it is for, and one by an applicant
/// that claims to be at a counter.
pub(crate) fn expect_consent<P>(ctx: &Ctx<P>, consented: Option<bool>) -> Result<(), Error> {
    match (behind_counter(ctx), consented) {
        (true, Some(true)) | (false, None) => Ok(()),
        (true, _) => Err(Error::ConsentMissing),
        (false, Some(_)) => Err(Error::ChannelReserved),
    }
}

/// Requirement ids whose paper lies at the counter; `None` where no counter takes it in.
pub(crate) async fn papers_here(tx: &Tx, row: &Application) -> Result<Option<Vec<String>>, Fault> {
    let entry = super::entry_of(tx.conn(), row).await?;
    Ok(entry.as_ref().map(papers_of).transpose()?)
}

/// Makes it his, and notes who took it in.
pub(crate) async fn take_in(
    tx: &mut Tx,
    row: &mut Application,
    who: &Applicant,
) -> Result<Option<CounterEntry>, Fault> {
    if row.proxy_proof.is_some() {
        // By a paper it was nobody's so far: from the hand-in on it is the applicant's.
        row.account_id = who.account_id.0;
    }
    if row.channel != super::CHANNEL {
        return Ok(None);
    }
    let mut entry = draft_entry(tx, row).await?;
    let mut present = present_of(tx.sealer(), &entry)?;
    present.agreed_at = Some(tx.now());
    set_present(tx.sealer(), &mut entry, &present)?;
    row.account_id = who.account_id.0;
    entry.claimed = !row.account_id.is_nil();
    entry.handed_by = Some(tx.actor().id.0);
    entry.handed_by_name = Some(tx.actor().name.clone());
    entry.handed_at = Some(tx.now());
    let told = CounterEntry {
        office: entry.office.clone(),
        department_id: Some(DepartmentId(entry.department_id)),
        clerk_id: tx.actor().id,
        clerk_name: tx.actor().name.clone(),
        elsewhere: elsewhere_of(&entry)?,
        papers: papers_of(&entry)?,
    };
    store::counter::save(tx.conn(), entry).await?;
    let now = tx.now();
    let kind = if told.elsewhere.is_some() {
        "entered_elsewhere"
    } else {
        "entered_at_counter"
    };
    let happened = Happened {
        office: &told.office,
        step: told.elsewhere.as_ref().map(|place| place.name.clone()),
        ..Happened::own(kind, now, "")
    };
    record(tx, row, happened).await?;
    tx.done("intake.counter.consented", "application", row.id);
    Ok(Some(told))
}
