//! What goes by time: requests that nobody answered are confirmed, who did not come has missed his visit,
//! and everybody is reminded the day before.

use chrono::{Days, Timelike};
use tb_kernel::{Fault, RequestId, Scope, office_time};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use super::place::Place;
use super::record::{may, save, set, state, tell};
use crate::model::appointment::{Act, AppointmentState, ended};
use crate::store;
use crate::store::appointment::{Appointment, Due};

/// What is said to those of whom nothing could be noted; in Chinese, as whatever staff says.
const NOTHING_NOTED: &str = "当时系统故障，未能登记到访；本次不记为未到。";
const BATCH: u64 = 500;
/// The hour from which on people are reminded.
const FROM_HOUR: u32 = 9;

/// Does what is due; returns how much.
pub(crate) async fn run(storage: &Store) -> Result<usize, Fault> {
    let (conn, now) = (storage.read(), storage.clock().now());
    let mut due = vec![
        (Due::Unanswered(now), Step::Answer),
        (Due::Over(now), Step::End),
    ];
    let here = now.with_timezone(&office_time::shanghai());
    let tomorrow = office_time::day(now).checked_add_days(Days::new(1));
    if let Some(tomorrow) = tomorrow.filter(|_| here.hour() >= FROM_HOUR) {
        due.push((Due::Unreminded(tomorrow), Step::Remind));
    }
    let (mut done, mut trouble) = (0, None);
    for (which, step) in due {
        for id in store::appointment::due(&conn, which, BATCH).await? {
            // Trouble of one visit does not hold up the others: the next round comes back for it.
            match take_step(storage, id, step).await {
                Ok(is_done) => done += usize::from(is_done),
                Err(fault) => {
                    tracing::error!(visit = %id, code = fault.code, cause = ?fault.cause, "the time of a visit cannot be looked at");
                    trouble = Some(fault);
                }
            }
        }
    }
    trouble.map_or(Ok(done), Err)
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Answer,
    End,
    Remind,
}

async fn take_step(storage: &Store, id: Uuid, step: Step) -> Result<bool, Fault> {
    let origin = Origin::system("hall.appointments", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let Some(row) = store::appointment::take(tx.conn(), &Scope::Everything, id).await? else {
        return Ok(false);
    };
    let site = store::site::find(tx.conn(), &Scope::Everything, row.site_id).await?;
    let Some(site) = site else {
        return Ok(false);
    };
    let place = Place::of(site)?;
    // Somebody may have acted in the same moment.
    let done = match step {
        Step::Answer => answer(&mut tx, &place, row).await?,
        Step::End => end(&mut tx, &place, row).await?,
        Step::Remind => remind(&mut tx, &place, row).await?,
    };
    if done {
        tx.commit(&()).await?;
    }
    Ok(done)
}

async fn answer(tx: &mut Tx, place: &Place, mut row: Appointment) -> Result<bool, Fault> {
    let is_due = row.answer_until.is_some_and(|until| until <= tx.now());
    if !is_due || may(Act::Confirm, place, &row, tx.now()).is_err() {
        return Ok(false);
    }
    set(tx, &mut row, AppointmentState::Confirmed, None)?;
    row.changed_by.clear();
    save(tx, &row, "hall.appointment.confirmed").await?;
    tell(tx, place, &row, "hall.appointment.confirmed")?;
    Ok(true)
}

async fn end(tx: &mut Tx, place: &Place, mut row: Appointment) -> Result<bool, Fault> {
    if row.ends_at > tx.now() {
        return Ok(false);
    }
    let (before, at) = (state(&row)?, row.ends_at);
    let Some(to) = ended(before, at, tx.now()) else {
        return Ok(false);
    };
    let (done, why) = match (before, to) {
        (_, AppointmentState::Missed) => ("hall.appointment.missed", None),
        (AppointmentState::Confirmed, _) => ("hall.appointment.declined", Some(NOTHING_NOTED)),
        _ => ("hall.appointment.declined", None),
    };
    set(tx, &mut row, to, why)?;
    row.changed_by.clear();
    save(tx, &row, done).await?;
    tell(tx, place, &row, done)?;
    Ok(true)
}

async fn remind(tx: &mut Tx, place: &Place, mut row: Appointment) -> Result<bool, Fault> {
    if row.reminded_at.is_some() || state(&row)? != AppointmentState::Confirmed {
        return Ok(false);
    }
    row.reminded_at = Some(tx.now());
    save(tx, &row, "hall.appointment.reminded").await?;
    tell(tx, place, &row, "hall.appointment.reminded")?;
    Ok(true)
}
