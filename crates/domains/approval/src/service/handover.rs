//! Hand-over (移交): the cases of somebody who leaves or changes his post go on with a colleague. One
//! case by its own command, many by a batch that filters by who handles them.

use std::collections::BTreeSet;

use tb_contract::access::{CaseAccept, CaseExamine, CaseHandOver, Permission};
use tb_contract::ports::Colleague;
use tb_http::Ctx;
use tb_kernel::{AccountId, Actor, CaseId, Fault};
use uuid::Uuid;

use super::divert::divert;
use super::note::may;
use crate::api::handover::{HandOverCase, HandlerView};
use crate::api::note::ColleagueView;
use crate::api::view::CaseView;
use crate::app::App;
use crate::error::Error;
use crate::model::diversion::Way;
use crate::model::event::StaffRef;
use crate::store;

/// Row 23.
pub(crate) async fn hand_over(
    app: &App,
    ctx: &Ctx<CaseHandOver>,
    id: CaseId,
    body: HandOverCase,
) -> Result<CaseView, Fault> {
    store::case::find(&ctx.read(), ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let to = successor(app, ctx.actor(), body.successor_id.0).await?;
    let way = Way::HandOver { to };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Whoever handles cases in the head's department.
async fn people(app: &App, head: &Actor) -> Result<Vec<Colleague>, Fault> {
    let department = head.department.as_ref().ok_or(Error::NotYours)?;
    let mut people = app.colleagues().of_department(department.id).await?;
    people.retain(|one| may(one, CaseAccept::KEY) || may(one, CaseExamine::KEY));
    Ok(people)
}

/// Who can go on with cases.
pub(crate) async fn successors(
    app: &App,
    ctx: &Ctx<CaseHandOver>,
) -> Result<Vec<ColleagueView>, Fault> {
    let people = people(app, ctx.actor()).await?;
    Ok(people.into_iter().map(ColleagueView::of).collect())
}

/// Whether somebody can go on with cases.
pub(crate) async fn is_successor(app: &App, head: &Actor, to: Uuid) -> Result<bool, Fault> {
    let people = people(app, head).await?;
    Ok(people.iter().any(|colleague| colleague.id.0 == to))
}

/// Who is to go on with cases, if he is one of them.
pub(crate) async fn successor(app: &App, head: &Actor, to: Uuid) -> Result<StaffRef, Fault> {
    let people = people(app, head).await?;
    let found = people.into_iter().find(|colleague| colleague.id.0 == to);
    let colleague = found.ok_or(Error::NotASuccessor)?;
    Ok(StaffRef {
        id: colleague.id.0,
        name: colleague.name,
    })
}

/// Who handles how many cases of the department, and who of them does so still: those who do not
/// come first.
pub(crate) async fn handlers(
    app: &App,
    ctx: &Ctx<CaseHandOver>,
) -> Result<Vec<HandlerView>, Fault> {
    let people = people(app, ctx.actor()).await?;
    let here: BTreeSet<Uuid> = people.iter().map(|colleague| colleague.id.0).collect();
    let mut handlers: Vec<HandlerView> = store::handler::holdings(&ctx.read(), ctx.scope())
        .await?
        .into_iter()
        .map(|held| HandlerView {
            id: AccountId(held.handler_id),
            name: held.name,
            running: held.running,
            to_deliver: held.total - held.running,
            here: here.contains(&held.handler_id),
        })
        .collect();
    handlers.sort_by(|one, other| {
        (one.here, other.running, &one.name).cmp(&(other.here, one.running, &other.name))
    });
    Ok(handlers)
}
