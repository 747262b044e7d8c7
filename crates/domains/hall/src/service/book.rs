//! Booking a visit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::AppointmentOwn;
use tb_contract::ports::ApplicantProfile;
use tb_http::Ctx;
use tb_kernel::{AccountId, Fault, Scope, office_time};
use tb_storage::{Conn, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::errand::{self, Subject, WhatFor};
use super::place::{self, Place};
use super::record::{set, tell, twice};
use super::slots::{By, Wish, free};
use crate::app::App;
use crate::error::Error;
use crate::model::appointment::{AppointmentState, begin};
use crate::model::conduct::{closed_until, overlaps};
use crate::model::number::new_number;
use crate::model::opening::Slot;
use crate::sealed::{NAME, PHONE, phone_index};
use crate::store;
use crate::store::appointment::Appointment;
use crate::view::{AppointmentView, BookingStanding, Eyes, view};

/// How often another number is tried.
const TRIES: u32 = 20;

/// A slot at a counter.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct SlotChoice {
    /// Key of the counter.
    pub counter: String,
    /// Beginning of the slot.
    pub starts_at: DateTime<Utc>,
}

/// A visit.
#[derive(Deserialize, ToSchema)]
pub struct BookVisit {
    /// Where.
    pub site_id: Uuid,
    /// When.
    pub slot: SlotChoice,
    /// What for.
    pub errand: WhatFor,
}

/// Books a visit for the caller.
pub(crate) async fn book(
    app: &App,
    ctx: &Ctx<AppointmentOwn>,
    body: BookVisit,
) -> Result<AppointmentView, Fault> {
    let who = app.applicants().profile(ctx.actor().id).await?;
    let who = who.ok_or(Error::WhoUnknown)?;
    let subject = errand::subject(app, ctx, &body.errand).await?;
    let mut tx = ctx.begin().await?;
    let place = place::taken(&tx, &Scope::Everything, body.site_id).await?;
    let standing = standing(app, tx.conn(), ctx.actor().id, tx.now()).await?;
    if let Some(until) = standing.closed_until {
        let until = until.to_string();
        return Err(Error::BookingClosed { until }.into());
    }
    let counters = place.counters_for(&subject.errand());
    if !counters.iter().any(|one| one.key == body.slot.counter) {
        return Err(Error::CounterAstray.into());
    }
    let wish = Wish {
        counter: &body.slot.counter,
        starts_at: body.slot.starts_at,
        but: None,
        by: By::Applicant,
    };
    let slot = free(tx.conn(), &place, wish, tx.now()).await?;
    let booked = (subject.key(), office_time::day(slot.starts_at));
    if store::appointment::has_open(tx.conn(), ctx.actor().id, booked, None).await? {
        return Err(Error::BookedAlready.into());
    }
    let most = app.settings().conduct.most_open;
    let others = others(&tx, &slot, None).await?;
    if others >= usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(Error::TooManyOpen { max: most }.into());
    }
    let mut row = new_row(&tx, &place, (&body.slot.counter, &slot), &subject, &who).await?;
    let (state, term) = begin(&place.document, slot.starts_at, tx.now());
    set(&tx, &mut row, state, None)?;
    row.answer_until = term;
    store::appointment::insert(tx.conn(), row.clone())
        .await
        .map_err(twice)?;
    tx.done("hall.appointment.booked", "appointment", row.id);
    if state == AppointmentState::Confirmed {
        tell(&mut tx, &place, &row, "hall.appointment.confirmed")?;
    }
    let view = view(tx.sealer(), &place, &row, Eyes::Own, tx.now())?;
    tx.commit(&view).await?;
    Ok(view)
}

/// How many other visits the caller has booked, none of them at the time of a slot; `but`: the visit that moves.
pub(crate) async fn others(tx: &Tx, slot: &Slot, but: Option<Uuid>) -> Result<usize, Fault> {
    let account = tx.actor().id;
    let booked = store::appointment::open_slots(tx.conn(), account, tx.now(), but).await?;
    if overlaps(&booked, (slot.starts_at, slot.ends_at)) {
        return Err(Error::BookedThen.into());
    }
    Ok(booked.len())
}

/// Whether the caller can book now.
pub(crate) async fn standing(
    app: &App,
    conn: &Conn,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<BookingStanding, Fault> {
    let rule = &app.settings().conduct;
    let missed = store::appointment::missed(conn, account, rule.missed.into()).await?;
    Ok(BookingStanding {
        closed_until: closed_until(rule, &missed, office_time::day(now)),
        missed_limit: rule.missed,
        within_days: rule.within_days,
        closed_days: rule.closed_days,
    })
}

async fn new_row(
    tx: &Tx,
    place: &Place,
    (counter, slot): (&str, &Slot),
    subject: &Subject,
    who: &ApplicantProfile,
) -> Result<Appointment, Fault> {
    let (id, sealer) = (tx.new_id(), tx.sealer());
    Ok(Appointment {
        id,
        number: free_number(tx).await?,
        state: String::new(),
        site_id: place.row.id,
        counter: counter.to_owned(),
        day: office_time::day(slot.starts_at),
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        account_id: who.account_id.0,
        subject: subject.key().to_owned(),
        item_code: subject.item_code.clone(),
        item_name: subject.item_name.clone(),
        case_number: subject.case_number.clone(),
        application_id: subject.application_id,
        department_id: place.row.department_id,
        region: place.row.region.clone(),
        name: sealer.seal_text(NAME, id, &who.name)?,
        phone: sealer.seal_text(PHONE, id, &who.phone)?,
        phone_bidx: phone_index(sealer, &who.phone),
        enterprise: who.enterprise_name.clone(),
        answer_until: None,
        reason: None,
        offered_counter: None,
        offered_at: None,
        reminded_at: None,
        version: 0,
        created_at: tx.now(),
        changed_at: tx.now(),
        changed_by: "self".to_owned(),
    })
}

/// A booking number that nobody has.
pub(crate) async fn free_number(tx: &Tx) -> Result<String, Fault> {
    for _ in 0..TRIES {
        let number = new_number(tx.store().entropy());
        if !store::appointment::is_taken(tx.conn(), &number).await? {
            return Ok(number);
        }
    }
    Err(Fault::internal("booking numbers are used up"))
}
