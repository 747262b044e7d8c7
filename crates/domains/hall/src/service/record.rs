//! What the use-cases write alike: how an appointment is taken, moved on and told of.

use chrono::{DateTime, Days, Utc};
use tb_contract::events::AppointmentTold;
use tb_contract::topics;
use tb_kernel::{AccountId, ApplicationId, Fault, Region, Scope, office_time};
use tb_storage::{NewEvent, StorageError, Tx, is_unique_violation};
use uuid::Uuid;

use super::place::{self, Place};
use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState, Facts, Refusal, check};
use crate::model::opening::Slot;
use crate::sealed::{self, REASON};
use crate::store;
use crate::store::appointment::Appointment;

/// Longest reason.
const MOST_REASON: usize = 200;

/// An appointment with its place, both held until the transaction ends: the place first.
pub(crate) async fn taken(
    tx: &Tx,
    scope: &Scope,
    id: Uuid,
    version: i64,
) -> Result<(Place, Appointment), Fault> {
    let seen = store::appointment::find(tx.conn(), scope, id).await?;
    let seen = seen.ok_or(Error::AppointmentNotFound)?;
    let place = place::taken(tx, &Scope::Everything, seen.site_id).await?;
    let row = store::appointment::take(tx.conn(), scope, id).await?;
    let row = row.ok_or(Error::AppointmentNotFound)?;
    if row.version != version {
        return Err(Error::StaleAppointment.into());
    }
    Ok((place, row))
}

/// How far an appointment is; a word that is none cannot be in the column.
pub(crate) fn state(row: &Appointment) -> Result<AppointmentState, Fault> {
    AppointmentState::parse(&row.state).ok_or_else(|| Fault::internal("an appointment in no state"))
}

/// What the rules look at.
pub(crate) fn facts(place: &Place, row: &Appointment) -> Result<Facts, Fault> {
    Ok(Facts {
        state: state(row)?,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        close_minutes: place.document.close_minutes,
    })
}

/// Whether something can be done, as callers learn it.
pub(crate) fn may(
    act: Act,
    place: &Place,
    row: &Appointment,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    check(act, &facts(place, row)?, now).map_err(|why| match why {
        Refusal::WrongState => Error::WrongState.into(),
        Refusal::TooLate => Error::TooLate.into(),
        Refusal::NotToday => Error::NotToday.into(),
    })
}

/// What the office says, as it is kept.
pub(crate) fn reason(text: &str) -> Result<String, Error> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::ReasonMissing),
        n if n > MOST_REASON => Err(Error::ReasonTooLong { max: MOST_REASON }),
        _ => Ok(text.to_owned()),
    }
}

/// Puts an appointment into a slot.
pub(crate) fn put(row: &mut Appointment, counter: &str, slot: &Slot) {
    counter.clone_into(&mut row.counter);
    row.day = office_time::day(slot.starts_at);
    row.starts_at = slot.starts_at;
    row.ends_at = slot.ends_at;
    row.offered_at = None;
    row.offered_counter = None;
    row.reminded_at = None;
}

/// Moves an appointment on; `reason`: what the office says, kept as the last word.
pub(crate) fn set(
    tx: &Tx,
    row: &mut Appointment,
    state: AppointmentState,
    reason: Option<&str>,
) -> Result<(), StorageError> {
    state.as_str().clone_into(&mut row.state);
    if state != AppointmentState::Requested {
        row.answer_until = None;
    }
    row.reason = match reason {
        Some(text) => Some(tx.sealer().seal_text(REASON, row.id, text)?),
        None => None,
    };
    if state == AppointmentState::Confirmed && is_soon(row, tx.now()) {
        // Whoever is told of it today need not be reminded of it tomorrow.
        row.reminded_at = Some(tx.now());
    }
    row.version += 1;
    row.changed_at = tx.now();
    Ok(())
}

fn is_soon(row: &Appointment, now: DateTime<Utc>) -> bool {
    let tomorrow = office_time::day(now).checked_add_days(Days::new(1));
    tomorrow.is_some_and(|tomorrow| row.day <= tomorrow)
}

/// Writes an appointment that was moved on, with its audit entry.
pub(crate) async fn save(tx: &mut Tx, row: &Appointment, done: &'static str) -> Result<(), Fault> {
    store::appointment::update(tx.conn(), row.clone())
        .await
        .map_err(twice)?;
    tx.done(done, "appointment", row.id);
    Ok(())
}

/// A unique violation means that the same was booked elsewhere in the same moment.
pub(crate) fn twice(error: StorageError) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::BookedAlready.into(),
        _ => error.into(),
    }
}

/// Tells whoever booked; `kind` is the event's.
pub(crate) fn tell(tx: &mut Tx, place: &Place, row: &Appointment, kind: &str) -> Result<(), Fault> {
    let counter = place.document.counter(&row.counter);
    let told = AppointmentTold {
        account_id: AccountId(row.account_id),
        application_id: row.application_id.map(ApplicationId),
        number: row.number.clone(),
        item_name: row.item_name.clone(),
        site: place.document.name.clone(),
        address: place.document.address.clone(),
        counter: counter
            .map(|counter| counter.name.clone())
            .unwrap_or_default(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        reason: sealed::reason(tx.sealer(), row)?,
        offered_at: row.offered_at,
    };
    tx.emit(NewEvent {
        topic: topics::HALL,
        key: &row.id.to_string(),
        kind,
        version: row.version,
        causation_id: None,
        department_code: Some(&place.row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload: &told,
    })?;
    Ok(())
}
