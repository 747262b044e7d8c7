//! Asking for help: by whoever applies, for a draft of his or for an item; what became of it; taking it back.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_calendar::{Request as Clock, Term};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_contract::item::ItemDocument;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, Page, PageRequest};
use tb_storage::{Conn, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::over::{Ending, close};
use super::{expect_version, note, state};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::assist::{AskedHelp, AssistOutcome, AssistState, asked};
use crate::model::{State, may_apply};
use crate::sealed::{self, ASSIST_ASKED};
use crate::service::create::calendar_version;
use crate::service::read::cursor;
use crate::service::write::{expect_himself, held};
use crate::store;
use crate::store::assist::{Request, Shown, Whose};
use crate::view::help::{HelpReader, HelpRow, HelpView, help, row};

/// Asks for help.
#[derive(Deserialize, ToSchema)]
pub struct AskHelp {
    /// The draft that it is about.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// The item, where there is no draft yet.
    #[serde(default)]
    pub item_code: Option<String>,
    /// What for, and how he is reached.
    #[serde(flatten)]
    pub help: AskedHelp,
}

/// Takes a request back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawHelp {
    /// Version that the page has.
    pub version: i64,
}

/// What help is asked about.
struct About {
    application_id: Option<Uuid>,
    item_code: String,
    item_name: String,
    department_name: String,
    region: String,
}

/// Asks the assistants of the item's division.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    body: AskHelp,
) -> Result<HelpView, Fault> {
    let profile = app.applicants().profile(ctx.actor().id).await?;
    let profile = profile.ok_or(Error::ProfileMissing)?;
    let mut tx = ctx.begin().await?;
    let about = about(app, &tx, ctx, &body).await?;
    let asked = asked(&body.help, &profile.name, ctx.locale())
        .map_err(|faults| with_fields(Error::AssistInvalid, faults))?;
    let open = match about.application_id {
        Some(id) => store::assist::of_draft(tx.conn(), id).await?,
        None => store::assist::of_item(tx.conn(), ctx.actor().id.0, &about.item_code).await?,
    };
    if open.is_some() {
        return Err(Error::AssistOpen.into());
    }
    let id = tx.new_id();
    let request = Request {
        id,
        account_id: ctx.actor().id.0,
        application_id: about.application_id,
        item_code: about.item_code,
        item_name: about.item_name,
        department_name: about.department_name,
        contact_by: contact_by(app, &tx, &about.region).await?,
        region: about.region,
        place: body.help.place.as_str().to_owned(),
        asked: tx.sealer().seal_json(ASSIST_ASKED, id, &asked)?,
        state: AssistState::Open.as_str().to_owned(),
        contacted_at: None,
        assistant_id: None,
        assistant_name: None,
        outcome: None,
        closed_at: None,
        version: 1,
        created_at: tx.now(),
    };
    store::assist::insert(tx.conn(), request.clone()).await?;
    note(&tx, id, "asked", "", "").await?;
    tx.done("intake.assist.asked", "assist_request", id);
    let answer = help(tx.sealer(), tx.conn(), request, HelpReader::asker(ctx)).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// What the request is about: a draft of the caller's own, or an item that he may apply for.
async fn about(
    app: &App,
    tx: &Tx,
    ctx: &Ctx<ApplicationWrite>,
    body: &AskHelp,
) -> Result<About, Fault> {
    if let Some(id) = body.application_id {
        let row = held(tx, ctx, id).await?;
        expect_himself(&row, ctx.actor().id)?;
        if sealed::state(&row)? != State::Draft {
            return Err(Error::NotDraft.into());
        }
        return Ok(About {
            application_id: Some(row.id),
            item_code: row.item_code.clone(),
            item_name: row.item_name.clone(),
            department_name: row.department_name.clone(),
            region: row.region.clone(),
        });
    }
    let code = body.item_code.as_deref().unwrap_or_default();
    let newest = store::item::newest(tx.conn(), code).await?;
    let newest = newest.ok_or(Error::ItemNotFound)?;
    if newest.withdrawn {
        return Err(Error::ItemWithdrawn.into());
    }
    let item = app.item(tx.conn(), code, newest.version).await?;
    if !may_apply(ctx.actor().kind, &item.audience) {
        return Err(Error::AudienceMismatch.into());
    }
    Ok(of_item(&item))
}

fn of_item(item: &ItemDocument) -> About {
    About {
        application_id: None,
        item_code: item.code.clone(),
        item_name: item.name.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
    }
}

/// The last day for getting in touch, by the calendar in force.
async fn contact_by(app: &App, tx: &Tx, region: &str) -> Result<NaiveDate, Fault> {
    let version = calendar_version(tx.conn()).await?;
    let calendar = app.calendar(tx.conn(), &version).await?;
    let term = Term::working_days(app.settings().assist_contact_days);
    let clock = Clock::new(tx.now(), term).in_region(region);
    Ok(calendar.due(&clock).map_err(Fault::internal)?.date)
}

/// What the caller has asked for, newest first.
pub(crate) async fn list(
    ctx: &Ctx<ApplicationRead>,
    page: PageRequest,
) -> Result<Page<HelpRow>, Fault> {
    let (conn, limit, past) = (ctx.read(), page.limit(), cursor(&page)?);
    let whose = Whose::Asker(ctx.actor().id);
    let rows = store::assist::list(&conn, &whose, Shown::All, (past, limit)).await?;
    let Page { items, next_cursor } = Page::from_surplus(rows, limit, |one| one.id.to_string());
    let sealer = ctx.store().sealer();
    let reader = HelpReader::asker(ctx);
    let lines = items.into_iter().map(|one| row(sealer, one, reader));
    Ok(Page {
        items: lines.collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One of them.
pub(crate) async fn one(ctx: &Ctx<ApplicationRead>, id: Uuid) -> Result<HelpView, Fault> {
    let conn: Conn = ctx.read();
    let found = store::assist::find(&conn, &Whose::Asker(ctx.actor().id), id).await?;
    let request = found.ok_or(Error::AssistNotFound)?;
    Ok(help(ctx.store().sealer(), &conn, request, HelpReader::asker(ctx)).await?)
}

/// Takes a request back; whatever was consented to ends with it.
pub(crate) async fn withdraw(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    body: WithdrawHelp,
) -> Result<HelpView, Fault> {
    let mut tx = ctx.begin().await?;
    let whose = Whose::Asker(ctx.actor().id);
    let found = store::assist::find_locked(tx.conn(), &whose, id).await?;
    let mut request = found.ok_or(Error::AssistNotFound)?;
    if state(&request) == AssistState::Closed {
        return Err(Error::AssistClosed.into());
    }
    expect_version(&request, body.version)?;
    let ending = Ending {
        outcome: AssistOutcome::Withdrawn,
        by: "",
        words: "",
    };
    close(&tx, &mut request, ending).await?;
    tx.done("intake.assist.withdrawn", "assist_request", id);
    let application = request.application_id;
    let answer = help(tx.sealer(), tx.conn(), request, HelpReader::asker(ctx)).await?;
    tx.commit(&answer).await?;
    if let Some(application) = application {
        app.tell(ctx.actor().id.0, application);
    }
    Ok(answer)
}
