//! What staff does with the visits of its places.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::AppointmentHandle;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::book::SlotChoice;
use super::errand::counter_takes;
use super::place::Place;
use super::record::{may, put, reason, save, set, taken, tell};
use super::slots::{By, Wish, free};
use crate::app::App;
use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState};
use crate::model::number;
use crate::sealed::phone_index;
use crate::store;
use crate::store::appointment::Wanted;
use crate::view::{AppointmentView, DeskPlace, Eyes, place_line, view, views};

/// The most visits that a list shows: more than a place has in a day.
const MOST: u64 = 1_000;

/// Which visits staff wants to see.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskQuery {
    /// Place.
    pub site_id: Option<Uuid>,
    /// Day; today where it is not given.
    pub day: Option<NaiveDate>,
    /// A booking number or a phone, exactly, on any day and at any place within reach.
    pub q: Option<String>,
}

/// Version that was read, for what needs no more.
#[derive(Deserialize, ToSchema)]
pub struct HandleVisit {
    /// Version that was read.
    pub version: i64,
}

/// Why a visit cannot be, and what the office offers.
#[derive(Deserialize, ToSchema)]
pub struct DeclineVisit {
    /// Version that was read.
    pub version: i64,
    /// Why.
    pub reason: String,
    /// Another slot.
    #[serde(default)]
    pub offered: Option<SlotChoice>,
}

/// Where a visit is moved.
#[derive(Deserialize, ToSchema)]
pub struct MoveVisit {
    /// Version that was read.
    pub version: i64,
    /// Why.
    pub reason: String,
    /// Where.
    pub slot: SlotChoice,
}

/// The places within reach.
pub(crate) async fn places(ctx: &Ctx<AppointmentHandle>) -> Result<Vec<DeskPlace>, Fault> {
    let rows = store::site::list(&ctx.read(), ctx.scope(), None, MOST).await?;
    rows.into_iter()
        .map(|row| Ok(place_line(&Place::of(row)?)))
        .collect()
}

/// The visits of a place on a day, or those that a search finds.
pub(crate) async fn list(
    ctx: &Ctx<AppointmentHandle>,
    query: DeskQuery,
) -> Result<Vec<AppointmentView>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let q = query.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let wanted = match (q, query.site_id) {
        (Some(q), _) => match number::read(q) {
            Some(number) => Wanted::Number(number),
            // Whoever has left no phone is found by none.
            None if !q.contains(|c: char| c.is_ascii_digit()) => return Ok(Vec::new()),
            None => Wanted::Phone(phone_index(sealer, q)),
        },
        (None, Some(site)) => Wanted::Day(site, query.day.unwrap_or(office_time::day(ctx.now()))),
        (None, None) => return Ok(Vec::new()),
    };
    let rows = store::appointment::desk(&conn, ctx.scope(), &wanted, MOST).await?;
    if q.is_some() {
        // Who looked for somebody is known by what was found, without the number that was typed.
        for row in rows.iter().take(5) {
            ctx.record_read("appointment", row.id).await?;
        }
    }
    views(&conn, sealer, &rows, Eyes::Staff, ctx.now()).await
}

/// Confirms a visit.
pub(crate) async fn confirm(
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: HandleVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::Confirm, &place, &row, tx.now())?;
    set(&tx, &mut row, AppointmentState::Confirmed, None)?;
    row.changed_by.clone_from(&tx.actor().name);
    save(&mut tx, &row, "hall.appointment.confirmed").await?;
    tell(&mut tx, &place, &row, "confirmed")?;
    let view = view(tx.sealer(), &place, &row, Eyes::Staff, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Declines a visit, with a reason and perhaps another slot, which nobody holds meanwhile.
pub(crate) async fn decline(
    app: &App,
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: DeclineVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::Decline, &place, &row, tx.now())?;
    let why = reason(&body.reason)?;
    if let Some(offered) = body.offered {
        let item = store::copy::item(tx.conn(), &row.item_code).await?;
        if !counter_takes(&place, &offered.counter, &row, item.as_ref()) {
            return Err(Error::CounterAstray.into());
        }
        // He must still be able to take it.
        let wish = Wish {
            counter: &offered.counter,
            starts_at: offered.starts_at,
            but: None,
            by: By::Applicant,
        };
        free(app, tx.conn(), &place, wish, tx.now()).await?;
        row.offered_counter = Some(offered.counter);
        row.offered_at = Some(offered.starts_at);
    }
    set(&tx, &mut row, AppointmentState::Declined, Some(&why))?;
    row.changed_by.clone_from(&tx.actor().name);
    save(&mut tx, &row, "hall.appointment.declined").await?;
    tell(&mut tx, &place, &row, "declined")?;
    let view = view(tx.sealer(), &place, &row, Eyes::Staff, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Moves a visit to another slot of its place; it is confirmed by that.
pub(crate) async fn shift(
    app: &App,
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: MoveVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::Move, &place, &row, tx.now())?;
    let why = reason(&body.reason)?;
    let item = store::copy::item(tx.conn(), &row.item_code).await?;
    if !counter_takes(&place, &body.slot.counter, &row, item.as_ref()) {
        return Err(Error::CounterAstray.into());
    }
    let wish = Wish {
        counter: &body.slot.counter,
        starts_at: body.slot.starts_at,
        but: Some(id),
        by: By::Staff,
    };
    let slot = free(app, tx.conn(), &place, wish, tx.now()).await?;
    put(&mut row, &body.slot.counter, &slot);
    set(&tx, &mut row, AppointmentState::Confirmed, Some(&why))?;
    row.changed_by.clone_from(&tx.actor().name);
    save(&mut tx, &row, "hall.appointment.moved").await?;
    tell(&mut tx, &place, &row, "moved")?;
    let view = view(tx.sealer(), &place, &row, Eyes::Staff, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Notes that somebody has come.
pub(crate) async fn check_in(
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: HandleVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::CheckIn, &place, &row, tx.now())?;
    set(&tx, &mut row, AppointmentState::Attended, None)?;
    row.changed_by.clone_from(&tx.actor().name);
    save(&mut tx, &row, "hall.appointment.attended").await?;
    let view = view(tx.sealer(), &place, &row, Eyes::Staff, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}
