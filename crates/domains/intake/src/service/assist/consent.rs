//! Consent: the applicant lets the assistant who has his request into one draft, for some days, to look or to
//! fill in. Given in his account; ended by either side, at once.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::{ApplicationWrite, AssistDesk};
use tb_contract::events::LetterFile;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Tracked, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::desk::finish;
use super::over::end_consent;
use super::{mine, note, tell, words};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::State;
use crate::model::assist::{AssistMay, LONGEST_CONSENT, fits_consent};
use crate::sealed::{self, ASSIST_PAPER};
use crate::service::write::{Entry, expect_himself, expect_version, held, record, save};
use crate::store;
use crate::store::application::Application;
use crate::store::assist::{Consent, Request};
use crate::view::help::HelpView;
use crate::view::{ApplicationView, view};

/// Lets the assistant into the draft.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GiveConsent {
    /// What he may do there.
    pub may: AssistMay,
    /// His last day.
    pub until_on: NaiveDate,
}

/// Lets him in no longer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EndConsent {
    /// Version of the request that the page has.
    pub version: i64,
}

/// The applicant has looked at all that was filled in for him.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CheckHelp {
    /// Version of the draft that the page shows.
    pub version: i64,
}

/// The applicant's consent, in his own account.
pub(crate) async fn give(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: GiveConsent,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_himself(&row, ctx.actor().id)?;
    let mut request = request_for(&tx, &row).await?;
    request.application_id = Some(row.id);
    let given = Given {
        may: body.may,
        until_on: body.until_on,
        paper: None,
    };
    keep(&tx, &mut row, &request, given).await?;
    request.version += 1;
    store::assist::save(tx.conn(), request.clone()).await?;
    note(&tx, request.id, "consented", "", "").await?;
    save(&tx, &row).await?;
    tx.done("intake.assist.consented", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The request that consent to a draft is about, taken by an assistant: about this draft, or made before there
/// was one.
async fn request_for(tx: &Tx, row: &Application) -> Result<Request, Fault> {
    let found = match store::assist::of_draft(tx.conn(), row.id).await? {
        Some(found) => Some(found),
        None => store::assist::of_item(tx.conn(), row.account_id, &row.item_code).await?,
    };
    let request = found.ok_or(Error::AssistNotFound)?;
    if request.assistant_id.is_none() {
        return Err(Error::AssistNotTaken.into());
    }
    Ok(request)
}

/// What is consented to.
pub(super) struct Given {
    /// What the assistant may do.
    pub may: AssistMay,
    /// His last day.
    pub until_on: NaiveDate,
    /// The signed paper, where it is one.
    pub paper: Option<Vec<LetterFile>>,
}

/// Writes consent on a draft, in the place of an earlier one; the caller saves the row.
pub(super) async fn keep(
    tx: &Tx,
    row: &mut Application,
    request: &Request,
    given: Given,
) -> Result<(), Fault> {
    if sealed::state(row)? != State::Draft {
        return Err(Error::NotDraft.into());
    }
    if !fits_consent(given.until_on, office_time::day(tx.now())) {
        let max = LONGEST_CONSENT.to_string();
        let fault = fault_at("/until_on".to_owned(), field::ASSIST_DAY, &[("max", &max)]);
        return Err(with_fields(Error::AssistInvalid, vec![fault]));
    }
    let assistant = request.assistant_id.ok_or(Error::AssistNotTaken)?;
    store::assist::end_consents(tx.conn(), row.id, "replaced", tx.now()).await?;
    let id = tx.new_id();
    let paper = given.paper.as_ref();
    let consent = Consent {
        id,
        request_id: request.id,
        application_id: row.id,
        account_id: row.account_id,
        assistant_id: assistant,
        assistant_name: request.assistant_name.clone().unwrap_or_default(),
        may: given.may.as_str().to_owned(),
        until_on: given.until_on,
        given_at: tx.now(),
        paper: paper
            .map(|files| tx.sealer().seal_json(ASSIST_PAPER, id, files))
            .transpose()?,
        ended_at: None,
        ended_by: None,
    };
    store::assist::insert_consent(tx.conn(), consent).await?;
    row.assistant_id = Some(assistant);
    row.assist_until = Some(given.until_on);
    row.assist_may = Some(given.may.as_str().to_owned());
    let now = tx.now();
    let kind = if given.paper.is_some() {
        "assist_consented_on_paper"
    } else {
        "assist_consented"
    };
    record(tx, row, Entry::own(kind, now, "")).await?;
    Ok(())
}

/// The applicant ends his consent.
pub(crate) async fn end(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_himself(&row, ctx.actor().id)?;
    if !end_consent(&tx, &mut row, "applicant").await? {
        return Err(Error::AssistNoConsent.into());
    }
    if let Some(request) = store::assist::of_draft(tx.conn(), row.id).await? {
        note(&tx, request.id, "consent_ended", "", "").await?;
    }
    save(&tx, &row).await?;
    tx.done("intake.assist.consent_ended", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The assistant ends it: he needs it no longer.
pub(crate) async fn lay_down(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    body: EndConsent,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let request = mine(&tx, ctx, id, body.version).await?;
    let mut row = draft_of(&tx, &request).await?;
    if !end_consent(&tx, &mut row, "assistant").await? {
        return Err(Error::AssistNoConsent.into());
    }
    save(&tx, &row).await?;
    note(&tx, id, "consent_ended", &ctx.actor().name, "").await?;
    tell(&tx, &request, "assist_laid_down", &words(&request, "")).await?;
    tx.done("intake.assist.consent_ended", "application", row.id);
    let (account, application) = (row.account_id, row.id);
    let answer = finish(ctx, tx, request).await?;
    app.tell(account, application);
    Ok(answer)
}

/// The draft of a request, held until the transaction ends.
pub(super) async fn draft_of(tx: &Tx, request: &Request) -> Result<Tracked<Application>, Fault> {
    let id = request.application_id.ok_or(Error::AssistNoDraft)?;
    let row = store::application::any_locked(tx.conn(), id).await?;
    Ok(row.ok_or(Error::AssistNoDraft)?)
}

/// The applicant has looked at everything that was filled in for him.
pub(crate) async fn check(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: CheckHelp,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    store::assist::check(tx.conn(), row.id, tx.now()).await?;
    tx.done("intake.assist.checked", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
