//! What whoever booked does with his visits: sees them, cancels, takes another slot.

use serde::Deserialize;
use tb_contract::access::AppointmentOwn;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, office_time};
use utoipa::ToSchema;
use uuid::Uuid;

use super::book::SlotChoice;
use super::errand::counter_takes;
use super::record::{may, put, save, set, taken, tell};
use super::slots::{By, Wish, free};
use crate::app::App;
use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState, begin};
use crate::store;
use crate::view::{AppointmentView, Eyes, view, views};

/// A visit that is cancelled.
#[derive(Deserialize, ToSchema)]
pub struct CancelVisit {
    /// Version that was read.
    pub version: i64,
}

/// A visit that takes another slot of its place.
#[derive(Deserialize, ToSchema)]
pub struct ChangeVisit {
    /// Version that was read.
    pub version: i64,
    /// When.
    pub slot: SlotChoice,
}

/// The caller's visits, the newest booking first.
pub(crate) async fn list(
    ctx: &Ctx<AppointmentOwn>,
    page: PageRequest,
) -> Result<Page<AppointmentView>, Fault> {
    let before = page.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let before = before.map(|cursor| cursor.parse::<Uuid>().map_err(|_| Error::WrongCursor));
    let (before, limit, conn) = (before.transpose()?, page.limit(), ctx.read());
    let rows = store::appointment::own(&conn, ctx.actor().id, before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    Ok(Page {
        items: views(
            &conn,
            ctx.store().sealer(),
            &page.items,
            Eyes::Own,
            ctx.now(),
        )
        .await?,
        next_cursor: page.next_cursor,
    })
}

/// Cancels a visit.
pub(crate) async fn cancel(
    ctx: &Ctx<AppointmentOwn>,
    id: Uuid,
    body: CancelVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::Cancel, &place, &row, tx.now())?;
    set(&tx, &mut row, AppointmentState::Cancelled, None)?;
    "self".clone_into(&mut row.changed_by);
    save(&mut tx, &row, "hall.appointment.cancelled").await?;
    let view = view(tx.sealer(), &place, &row, Eyes::Own, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Takes another slot of the same place and lets the old one go, in one step.
pub(crate) async fn change(
    app: &App,
    ctx: &Ctx<AppointmentOwn>,
    id: Uuid,
    body: ChangeVisit,
) -> Result<AppointmentView, Fault> {
    let mut tx = ctx.begin().await?;
    let (place, mut row) = taken(&tx, ctx.scope(), id, body.version).await?;
    may(Act::Change, &place, &row, tx.now())?;
    let item = store::copy::item(tx.conn(), &row.item_code).await?;
    if !counter_takes(&place, &body.slot.counter, &row, item.as_ref()) {
        return Err(Error::CounterAstray.into());
    }
    let wish = Wish {
        counter: &body.slot.counter,
        starts_at: body.slot.starts_at,
        but: Some(id),
        by: By::Applicant,
    };
    let slot = free(app, tx.conn(), &place, wish, tx.now()).await?;
    let booked = (row.subject.as_str(), office_time::day(slot.starts_at));
    if store::appointment::has_open(tx.conn(), ctx.actor().id, booked, Some(id)).await? {
        return Err(Error::BookedAlready.into());
    }
    put(&mut row, &body.slot.counter, &slot);
    let (state, term) = begin(&place.document, slot.starts_at, tx.now());
    set(&tx, &mut row, state, None)?;
    row.answer_until = term;
    "self".clone_into(&mut row.changed_by);
    save(&mut tx, &row, "hall.appointment.changed").await?;
    if state == AppointmentState::Confirmed {
        tell(&mut tx, &place, &row, "confirmed")?;
    }
    let view = view(tx.sealer(), &place, &row, Eyes::Own, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}
