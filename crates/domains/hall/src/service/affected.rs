//! Who has booked what changed hours, or a new calendar, no longer have room for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use tb_calendar::Calendar;
use tb_kernel::{Fault, Scope, office_time};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use super::errand::counter_takes;
use super::place::{self, Place};
use super::record::{save, set, tell};
use crate::app::calendar;
use crate::error::Error;
use crate::model::appointment::AppointmentState;
use crate::model::opening::{kind_of, slots};
use crate::store;
use crate::store::appointment::Appointment;
use crate::store::copy::Item;

/// What is said to those whose day a new calendar closes; in Chinese, as whatever staff says.
const DAY_CLOSED: &str = "按新公布的放假安排，这一天不办公。";

/// The appointments to come that do not fit a place as it would be: their slot is gone, their counter
/// does not take the item any more, or more have booked than there is room for, the last ones of those.
pub(crate) async fn affected(
    conn: &Conn,
    place: &Place,
    now: DateTime<Utc>,
) -> Result<Vec<Appointment>, Fault> {
    let coming = store::appointment::coming(conn, place.row.id, now).await?;
    if coming.is_empty() {
        return Ok(Vec::new());
    }
    let mut codes: Vec<String> = coming.iter().map(|row| row.item_code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let items = store::copy::items(conn, codes).await?;
    let items: HashMap<String, Item> = items
        .into_iter()
        .map(|item| (item.code.clone(), item))
        .collect();
    let calendar = calendar(conn).await?;
    let mut used: HashMap<(String, DateTime<Utc>), u32> = HashMap::new();
    let mut without = Vec::new();
    for row in coming {
        let item = items.get(&row.item_code);
        let used = used
            .entry((row.counter.clone(), row.starts_at))
            .or_default();
        let fits =
            counter_takes(place, &row.counter, &row, item) && *used < room(&calendar, place, &row);
        if fits {
            *used += 1;
        } else {
            without.push(row);
        }
    }
    Ok(without)
}

/// A new calendar has come: who has booked on a day that it closes is declined and told. Days of which it
/// knows nothing yet stay as they are, and what else no longer fits is the next change of the place's.
pub(crate) async fn calendar_changed(tx: &mut Tx) -> Result<(), Fault> {
    let calendar = calendar(tx.conn()).await?;
    for site in store::appointment::awaited_at(tx.conn(), tx.now()).await? {
        let place = place::taken(tx, &Scope::Everything, site).await?;
        for row in store::appointment::coming(tx.conn(), site, tx.now()).await? {
            let day = office_time::day(row.starts_at);
            let is_known = kind_of(&calendar, day, &place.row.region).is_some();
            if is_known && room(&calendar, &place, &row) == 0 {
                put_aside(tx, &place, row.id, DAY_CLOSED).await?;
            }
        }
    }
    Ok(())
}

/// Declines an appointment that its place has no room for any more, and tells; the caller holds the place.
pub(crate) async fn put_aside(
    tx: &mut Tx,
    place: &Place,
    id: Uuid,
    why: &str,
) -> Result<(), Fault> {
    let row = store::appointment::take(tx.conn(), &Scope::Everything, id).await?;
    let mut row = row.ok_or(Error::AppointmentNotFound)?;
    set(tx, &mut row, AppointmentState::Declined, Some(why))?;
    row.changed_by.clone_from(&tx.actor().name);
    save(tx, &row, "hall.appointment.declined").await?;
    tell(tx, place, &row, "hall.appointment.declined")
}

/// The places of an appointment's slot; none where there is no such slot.
fn room(calendar: &Calendar, place: &Place, row: &Appointment) -> u32 {
    let Some(counter) = place.document.counter(&row.counter) else {
        return 0;
    };
    let day = office_time::day(row.starts_at);
    let kind = kind_of(calendar, day, &place.row.region);
    slots(&place.document, counter, day, kind)
        .into_iter()
        .find(|slot| (slot.starts_at, slot.ends_at) == (row.starts_at, row.ends_at))
        .map_or(0, |slot| slot.places)
}
