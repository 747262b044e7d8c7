//! What whoever booked does with his visits: sees them, cancels, takes another slot.

use serde::Deserialize;
use tb_contract::access::AppointmentOwn;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, office_time};
use utoipa::ToSchema;
use uuid::Uuid;

use super::book::{SlotChoice, others};
use super::record::put;
use super::slots::By;
use super::visit::Visit;
use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState, begin};
use crate::store;
use crate::view::{AppointmentView, Eyes, views};

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
    let mut visit = Visit::take(ctx, Eyes::Own, (id, body.version), Act::Cancel).await?;
    visit.set(AppointmentState::Cancelled, None)?;
    visit.save("hall.appointment.cancelled").await
}

/// Takes another slot of the same place and lets the old one go, in one step.
pub(crate) async fn change(
    ctx: &Ctx<AppointmentOwn>,
    id: Uuid,
    body: ChangeVisit,
) -> Result<AppointmentView, Fault> {
    let mut visit = Visit::take(ctx, Eyes::Own, (id, body.version), Act::Change).await?;
    let slot = visit.slot(&body.slot, By::Applicant, Some(id)).await?;
    let booked = (visit.row.subject.as_str(), office_time::day(slot.starts_at));
    if store::appointment::has_open(visit.tx.conn(), ctx.actor().id, booked, Some(id)).await? {
        return Err(Error::BookedAlready.into());
    }
    others(&visit.tx, &slot, Some(id)).await?;
    put(&mut visit.row, &body.slot.counter, &slot);
    let (state, term) = begin(&visit.place.document, slot.starts_at, visit.tx.now());
    visit.set(state, None)?;
    visit.row.answer_until = term;
    if state == AppointmentState::Confirmed {
        visit.tell("hall.appointment.confirmed")?;
    }
    visit.save("hall.appointment.changed").await
}
