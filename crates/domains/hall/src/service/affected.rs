//! Who has booked what changed hours no longer have room for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use tb_calendar::Calendar;
use tb_kernel::{Fault, office_time};
use tb_storage::Conn;

use super::errand::counter_takes;
use super::place::Place;
use crate::app::App;
use crate::model::opening::{kind_of, slots};
use crate::store;
use crate::store::appointment::Appointment;
use crate::store::copy::Item;

/// The appointments to come that do not fit a place as it would be: their slot is gone, their counter
/// does not take the item any more, or more have booked than there is room for, the last ones of those.
pub(crate) async fn affected(
    app: &App,
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
    let calendar = app.calendar(conn).await?;
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
