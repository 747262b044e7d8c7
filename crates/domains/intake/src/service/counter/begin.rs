//! Beginning at the counter: the item, who stands there, and the draft.

use serde::Deserialize;
use tb_contract::access::CounterWrite;
use tb_contract::events::{Channel, TakenElsewhere};
use tb_contract::item::SituationAnswers;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Conn;
use utoipa::ToSchema;

use super::{counter, profile, set_present, takes};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::counter::{Identity, Present, Presented, identify};
use crate::model::licence::replaceable;
use crate::model::proxy::ByPaper;
use crate::service::create::{CreateApplication, applicant, calendar_version, check, draft};
use crate::service::licence;
use crate::service::proxy::begin::{represent, stands_in};
use crate::store;
use crate::store::counter::{CounterItemRow, Entry, Takes};
use crate::view::{ApplicationView, view};

/// An application that the counter takes in.
#[derive(Deserialize, ToSchema)]
pub struct BeginAtCounter {
    /// Item.
    pub item_code: String,
    /// Answers of the situation guide.
    #[serde(default)]
    pub situation_answers: SituationAnswers,
    /// Who stands there.
    pub applicant: Presented,
    /// The clerk has compared the identity document with who shows it.
    pub id_checked: bool,
    /// Who stands there for the applicant, where it is not he himself.
    #[serde(default)]
    pub proxy: Option<ByPaper>,
}

/// Makes a draft of the counter.
pub(crate) async fn begin(
    app: &App,
    ctx: &Ctx<CounterWrite>,
    body: BeginAtCounter,
) -> Result<ApplicationView, Fault> {
    let conn = ctx.read();
    let takes = takes(ctx)?;
    let found = expect_taken(&conn, &takes, &body.item_code).await?;
    let elsewhere = place(app, &takes, &found).await?;
    let who = who(ctx, &body.applicant, body.id_checked)?;
    let item = app.item(&conn, &found.code, found.version).await?;
    check(&item, who.kind(), &body.situation_answers)?;
    if item.handling.co_applicants.is_some() {
        // Co-applicants sign by their accounts; signatures on paper are not taken here.
        return Err(Error::CounterSigners {
            item: item.name.clone(),
        }
        .into());
    }
    let proxy = body.proxy.as_ref();
    let proxy = proxy.map(|entered| stands_in(ctx, &item, &who, entered));
    let proxy = proxy.transpose()?;
    let calendar_version = calendar_version(&conn).await?;
    let counter = counter(ctx)?;
    let applicant = applicant(&profile(&who), who.kind());
    let asked = replaceable(&item, &body.situation_answers);
    let stands_there = Some(&applicant).filter(|_| proxy.is_none());
    let licences = licence::ready(app, stands_there, &asked).await;

    let mut tx = ctx.begin().await?;
    let create = CreateApplication {
        item_code: found.code,
        situation_answers: body.situation_answers,
        channel: Channel::Counter,
        on_behalf: None,
    };
    let mut row = draft(
        &tx,
        &item,
        found.version,
        calendar_version,
        &profile(&who),
        who.kind(),
        &create,
    )?;
    ctx.actor().name.clone_into(&mut row.updated_by);
    if let Some(proxy) = &proxy {
        represent(&tx, &mut row, proxy).await?;
    }
    store::application::insert(tx.conn(), row.clone()).await?;
    let mut entry = Entry {
        application_id: row.id,
        department_id: counter.id.0,
        office: counter.name.clone(),
        begun_by: ctx.actor().id.0,
        begun_by_name: ctx.actor().name.clone(),
        handed_by: None,
        handed_by_name: None,
        handed_at: None,
        elsewhere: elsewhere
            .map(|place| serde_json::to_string(&place))
            .transpose()
            .map_err(Fault::internal)?,
        papers: "[]".to_owned(),
        present: row.applicant.clone(),
        owner_bidx: Vec::new(),
        claimed: false,
    };
    set_present(tx.sealer(), &mut entry, &present(&who, tx.now()))?;
    store::counter::insert(tx.conn(), entry).await?;
    licence::fill_in(&mut tx, &row, &licences).await?;
    tx.done("intake.counter.begun", "application", row.id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The item, if the counter may take it in.
async fn expect_taken(conn: &Conn, takes: &Takes, code: &str) -> Result<CounterItemRow, Fault> {
    if let Some(found) = store::counter::item(conn, takes, code).await? {
        return Ok(found);
    }
    let elsewhere = store::counter::any_item(conn, code).await?;
    Err(match elsewhere {
        Some(row) if takes.comprehensive.is_some() && takes.is_elsewhere(&row) => {
            Error::CrossRegionItem {
                item: row.name,
                department: row.department_name,
            }
        }
        _ => Error::CounterItem,
    }
    .into())
}

/// The counter's division, where the item belongs to another one.
async fn place(
    app: &App,
    takes: &Takes,
    item: &CounterItemRow,
) -> Result<Option<TakenElsewhere>, Fault> {
    let Some(region) = takes
        .comprehensive
        .as_ref()
        .filter(|_| takes.is_elsewhere(item))
    else {
        return Ok(None);
    };
    let division = match region.as_str() {
        code if code.len() > 6 => code.to_owned(),
        _ => region.six(),
    };
    let around = app.surroundings().await?;
    let name = around.tree().get(&division).map(|one| one.name.clone());
    Ok(Some(TakenElsewhere {
        name: name.unwrap_or_else(|| division.clone()),
        division,
    }))
}

/// Whom the clerk has identified.
pub(super) fn who(
    ctx: &Ctx<CounterWrite>,
    entered: &Presented,
    id_checked: bool,
) -> Result<Identity, Fault> {
    if !id_checked {
        return Err(Error::IdUnchecked.into());
    }
    identify(entered, office_time::day(ctx.now()), ctx.locale())
        .map_err(|faults| with_fields(Error::PresentInvalid, faults))
}

/// What the entry remembers of him.
pub(super) fn present(who: &Identity, at: chrono::DateTime<chrono::Utc>) -> Present {
    Present {
        citizen_id: who.citizen_id.clone(),
        credit_code: who.credit_code.clone(),
        checked_at: at,
        agreed_at: None,
    }
}
