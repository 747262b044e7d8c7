//! What staff does with the visits of its places.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::AppointmentHandle;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::book::SlotChoice;
use super::place::Place;
use super::record::{put, reason};
use super::slots::By;
use super::visit::Visit;
use crate::model::appointment::{Act, AppointmentState};
use crate::model::number;
use crate::sealed::phone_index;
use crate::store;
use crate::store::appointment::Wanted;
use crate::view::{AppointmentView, DeskPlace, Eyes, place_line, views};

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
        for row in &rows {
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
    let mut visit = Visit::take(ctx, Eyes::Staff, (id, body.version), Act::Confirm).await?;
    visit.set(AppointmentState::Confirmed, None)?;
    visit.tell("hall.appointment.confirmed")?;
    visit.save("hall.appointment.confirmed").await
}

/// Declines a visit, with a reason and perhaps another slot, which nobody holds meanwhile.
pub(crate) async fn decline(
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: DeclineVisit,
) -> Result<AppointmentView, Fault> {
    let mut visit = Visit::take(ctx, Eyes::Staff, (id, body.version), Act::Decline).await?;
    let why = reason(&body.reason)?;
    if let Some(offered) = body.offered {
        // He must still be able to take it.
        visit.slot(&offered, By::Applicant, None).await?;
        visit.row.offered_counter = Some(offered.counter);
        visit.row.offered_at = Some(offered.starts_at);
    }
    visit.set(AppointmentState::Declined, Some(&why))?;
    visit.tell("hall.appointment.declined")?;
    visit.save("hall.appointment.declined").await
}

/// Moves a visit to another slot of its place; it is confirmed by that.
pub(crate) async fn shift(
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: MoveVisit,
) -> Result<AppointmentView, Fault> {
    let mut visit = Visit::take(ctx, Eyes::Staff, (id, body.version), Act::Move).await?;
    let why = reason(&body.reason)?;
    let slot = visit.slot(&body.slot, By::Staff, Some(id)).await?;
    put(&mut visit.row, &body.slot.counter, &slot);
    visit.set(AppointmentState::Confirmed, Some(&why))?;
    visit.tell("hall.appointment.moved")?;
    visit.save("hall.appointment.moved").await
}

/// Notes that somebody has come.
pub(crate) async fn check_in(
    ctx: &Ctx<AppointmentHandle>,
    id: Uuid,
    body: HandleVisit,
) -> Result<AppointmentView, Fault> {
    let mut visit = Visit::take(ctx, Eyes::Staff, (id, body.version), Act::CheckIn).await?;
    visit.set(AppointmentState::Attended, None)?;
    visit.save("hall.appointment.attended").await
}
