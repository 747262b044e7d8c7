//! Where and when: the places for an errand, their days and slots with what is left of them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use tb_contract::access::{AppointmentOwn, SlotBrowse};
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Conn;
use utoipa::IntoParams;
use uuid::Uuid;

use super::errand::{self, Subject};
use super::place::{self, Place};
use crate::app::{App, calendar};
use crate::error::Error;
use crate::model::opening::{self, Slot};
use crate::store;
use crate::view::{PickupView, PlaceView, SlotDay, SlotView, place_view};

/// What places are looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// Item that is to be handled there.
    #[serde(default)]
    pub item_code: String,
}

/// Whose slots.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SlotQuery {
    /// Key of the counter.
    #[serde(default)]
    pub counter: String,
}

/// The places that take an item; none where no visit can be booked for it.
pub(crate) async fn places(
    ctx: &Ctx<SlotBrowse>,
    query: &PlaceQuery,
) -> Result<Vec<PlaceView>, Fault> {
    let conn = ctx.read();
    let item = store::copy::item(&conn, &query.item_code).await?;
    match item.filter(|item| item.bookable) {
        Some(item) => views(&conn, &Subject::of_item(item)).await,
        None => Ok(Vec::new()),
    }
}

/// The places that hand out a result of the caller's; none while it does not wait at a counter.
pub(crate) async fn pickup(
    app: &App,
    ctx: &Ctx<AppointmentOwn>,
    number: &str,
) -> Result<PickupView, Fault> {
    let places = match errand::waiting(app, ctx, number).await? {
        Some(subject) => views(&ctx.read(), &subject).await?,
        None => Vec::new(),
    };
    Ok(PickupView { places })
}

async fn views(conn: &Conn, subject: &Subject) -> Result<Vec<PlaceView>, Fault> {
    let errand = subject.errand();
    let mut views = Vec::new();
    for place in errand::places(conn, &errand).await? {
        let office = store::copy::Departments::by_code(conn, &place.row.department_code).await?;
        views.push(place_view(&place, &place.counters_for(&errand), office));
    }
    Ok(views)
}

/// The days of a counter that can be booked, each with its slots; days without any say why, where somebody
/// has written it.
pub(crate) async fn days(
    ctx: &Ctx<SlotBrowse>,
    id: Uuid,
    query: &SlotQuery,
) -> Result<Vec<SlotDay>, Fault> {
    let (conn, now) = (ctx.read(), ctx.now());
    let place = place::found(&conn, id).await?;
    let document = &place.document;
    let counter = document
        .counter(&query.counter)
        .ok_or(Error::CounterAstray)?;
    let calendar = calendar(&conn).await?;
    let span = (office_time::day(now), opening::last_day(document, now));
    let taken = store::appointment::taken(&conn, id, &counter.key, span).await?;
    let mut days = Vec::new();
    for day in span.0.iter_days().take_while(|day| *day <= span.1) {
        let kind = opening::kind_of(&calendar, day, &place.row.region);
        let slots = opening::slots(document, counter, day, kind);
        let slots = slots
            .iter()
            .filter(|slot| opening::is_in_time(document, slot.starts_at, now))
            .map(|slot| SlotView {
                starts_at: slot.starts_at,
                ends_at: slot.ends_at,
                left: left(
                    slot,
                    taken.get(&slot.starts_at).copied().unwrap_or_default(),
                ),
            });
        days.push(SlotDay {
            day,
            note: opening::hours(document, day, kind).1.to_owned(),
            slots: slots.collect(),
        });
    }
    Ok(days)
}

fn left(slot: &Slot, taken: i64) -> u32 {
    let taken = u32::try_from(taken).unwrap_or(u32::MAX);
    slot.places.saturating_sub(taken)
}

/// Who takes a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Whoever comes: within the days that can be booked.
    Applicant,
    /// Staff: any slot to come.
    Staff,
}

/// A slot that somebody wants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish<'a> {
    /// Key of the counter.
    pub counter: &'a str,
    /// Beginning.
    pub starts_at: DateTime<Utc>,
    /// The appointment that moves, whose own place does not count.
    pub but: Option<Uuid>,
    /// Who.
    pub by: By,
}

/// The slot, where it has room; the caller holds the place.
pub(crate) async fn free(
    conn: &Conn,
    place: &Place,
    wish: Wish<'_>,
    now: DateTime<Utc>,
) -> Result<Slot, Fault> {
    let document = &place.document;
    let counter = document.counter(wish.counter).ok_or(Error::CounterAstray)?;
    let day = office_time::day(wish.starts_at);
    let calendar = calendar(conn).await?;
    let kind = opening::kind_of(&calendar, day, &place.row.region);
    let slots = opening::slots(document, counter, day, kind);
    let slot = slots
        .into_iter()
        .find(|slot| slot.starts_at == wish.starts_at);
    let slot = slot.ok_or(Error::SlotUnknown)?;
    let in_time = match wish.by {
        By::Staff => slot.starts_at > now,
        By::Applicant => {
            opening::is_in_time(document, slot.starts_at, now)
                && day <= opening::last_day(document, now)
        }
    };
    if !in_time {
        return Err(Error::SlotClosed.into());
    }
    let taken =
        store::appointment::taken_in(conn, place.row.id, &counter.key, slot.starts_at, wish.but);
    if taken.await? >= u64::from(slot.places) {
        return Err(Error::SlotFull.into());
    }
    Ok(slot)
}
