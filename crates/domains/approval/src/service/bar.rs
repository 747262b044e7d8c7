//! Bars from promises: who is barred, and lifting a bar, which takes two persons.

use chrono::{DateTime, Utc};
use tb_contract::access::{CaseDivert, CaseRead, Permission};
use tb_http::Ctx;
use tb_kernel::identity_number::mask_name;
use tb_kernel::{Actor, Fault, Page, PageRequest};
use uuid::Uuid;

use super::commitment::tell;
use super::deputy::{capacities, holding, name, witness};
use crate::api::commitment::{AnswerLift, BarQuery, BarView, ProposeLift};
use crate::app::App;
use crate::entity::bar;
use crate::error::Error;
use crate::model::apply::Surroundings;
use crate::model::event::office_day;
use crate::model::guard::HEAD;
use crate::sealed::{BAR_NAME, BAR_REASON, LIFT_REASON};
use crate::store;

/// Longest reason, in characters.
const MOST_WORDS: usize = 2_000;

/// Bars within reach, the newest first.
pub(crate) async fn bars(
    app: &App,
    ctx: &Ctx<CaseRead>,
    query: BarQuery,
) -> Result<Page<BarView>, Fault> {
    let before = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(|cursor| cursor.parse().map_err(|_| Error::WrongCursor))
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let rows = store::bar::list(&ctx.read(), ctx.scope(), before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &bar::Model| row.id.to_string());
    let items: Result<Vec<BarView>, Fault> =
        page.items.iter().map(|row| view(app, ctx, row)).collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// Somebody wants a bar lifted.
pub(crate) async fn propose_lift(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: Uuid,
    body: ProposeLift,
) -> Result<BarView, Fault> {
    let reason = words(&body.reason)?;
    let mut tx = ctx.begin().await?;
    let mut row = taken(ctx, &tx, id, body.version).await?;
    if row.lift_proposer_id.is_some() {
        return Err(Error::BarMoved.into());
    }
    let actor = tx.actor().clone();
    let acting_for = capacities(&actor, CaseDivert::KEY);
    let acting_for = acting_for.first().copied().flatten();
    let stood_for: Vec<Uuid> = actor.deputy_of.iter().map(|one| one.id.0).collect();
    row.lift_proposer_id = Some(actor.id.0);
    row.lift_proposer = Some(name(&actor, acting_for));
    row.lift_stood_for = Some(serde_json::to_string(&stood_for).map_err(Fault::internal)?);
    row.lift_reason = Some(tx.sealer().seal_text(LIFT_REASON, row.id, &reason)?);
    row.version += 1;
    store::bar::update(tx.conn(), row.clone()).await?;
    tx.done("approval.commitment.lift_proposed", "commitment_bar", id);
    let answer = view(app, ctx, &row)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A head who is another person answers.
pub(crate) async fn answer_lift(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: Uuid,
    body: AnswerLift,
) -> Result<BarView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = taken(ctx, &tx, id, body.version).await?;
    let actor = tx.actor().clone();
    let acting_for = holding(&actor, HEAD, Error::HeadApproves)?;
    if row.lift_proposer_id.is_none() {
        return Err(Error::BarMoved.into());
    }
    check_second(&row, &actor, tx.now())?;
    witness(&mut tx, acting_for, CaseDivert::KEY);
    row.version += 1;
    if body.granted {
        row.lifted_at = Some(tx.now());
        row.lifted_by = Some(name(&actor, acting_for));
        tell(&mut tx, &row, "")?;
        tx.done("approval.commitment.bar_lifted", "commitment_bar", id);
    } else {
        (row.lift_proposer_id, row.lift_proposer, row.lift_reason) = (None, None, None);
        tx.done("approval.commitment.lift_rejected", "commitment_bar", id);
    }
    store::bar::update(tx.conn(), row.clone()).await?;
    let answer = view(app, ctx, &row)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The bar is lifted by two persons, of whom neither is the deputy of the other.
fn check_second(row: &bar::Model, actor: &Actor, now: DateTime<Utc>) -> Result<(), Fault> {
    let stood_for: Vec<Uuid> = match &row.lift_stood_for {
        Some(list) => serde_json::from_str(list).map_err(Fault::internal)?,
        None => Vec::new(),
    };
    let around = Surroundings::of(actor, now);
    Ok(around.check_second(row.lift_proposer_id, &stood_for, Error::SecondPersonLifts)?)
}

fn words(reason: &str) -> Result<String, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::ReasonMissing);
    }
    if reason.chars().count() > MOST_WORDS {
        return Err(Error::TextTooLong { max: MOST_WORDS });
    }
    Ok(reason.to_owned())
}

async fn taken(
    ctx: &Ctx<CaseDivert>,
    tx: &tb_storage::Tx,
    id: Uuid,
    version: i64,
) -> Result<bar::Model, Fault> {
    let row = store::bar::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::BarNotFound)?;
    if row.version != version || !is_in_force(&row, tx.now()) {
        return Err(Error::BarMoved.into());
    }
    Ok(row)
}

fn is_in_force(row: &bar::Model, now: chrono::DateTime<chrono::Utc>) -> bool {
    row.lifted_at.is_none() && row.until_on >= office_day(now)
}

fn view<P: Permission>(app: &App, ctx: &Ctx<P>, row: &bar::Model) -> Result<BarView, Fault> {
    let sealer = app.store().sealer();
    let name = sealer.open_text(BAR_NAME, row.id, &row.holder_name)?;
    let lift_reason = row
        .lift_reason
        .as_ref()
        .map(|reason| sealer.open_text(LIFT_REASON, row.id, reason))
        .transpose()?;
    Ok(BarView {
        id: row.id,
        version: row.version,
        holder: if row.organisation {
            name
        } else {
            mask_name(&name)
        },
        case_id: row.case_id,
        case_number: row.case_number.clone(),
        item_name: row.item_name.clone(),
        office: row.office.clone(),
        reason: sealer.open_text(BAR_REASON, row.id, &row.reason)?,
        until: row.until_on,
        made_by: row.made_by.clone(),
        made_at: row.made_at,
        in_force: is_in_force(row, ctx.now()),
        lift_proposed_by: row.lift_proposer.clone(),
        lift_reason,
        may_answer_lift: row.lift_proposer_id.is_some()
            && check_second(row, ctx.actor(), ctx.now()).is_ok()
            && holding(ctx.actor(), HEAD, Error::HeadApproves).is_ok(),
        lifted_at: row.lifted_at,
        lifted_by: row.lifted_by.clone(),
    })
}
