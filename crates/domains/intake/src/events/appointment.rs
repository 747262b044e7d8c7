//! What the hall says of visits: whoever booked reads it in his inbox.

use chrono::{DateTime, Utc};
use tb_contract::events::AppointmentTold;
use tb_events::{HandleError, payload};
use tb_kernel::{Event, office_time};
use tb_storage::Tx;

use super::{Message, write};
use crate::sentence::args;

/// What is heard of appointments.
pub(super) const TOLD: &[&str] = &[
    "hall.appointment.confirmed",
    "hall.appointment.declined",
    "hall.appointment.moved",
    "hall.appointment.reminded",
    "hall.appointment.missed",
];

/// Writes to whoever booked.
pub(super) async fn told(tx: &Tx, event: &Event) -> Result<(), HandleError> {
    let said: AppointmentTold = payload(event)?;
    let step = event.kind.rsplit('.').next().unwrap_or_default();
    let other = if said.offered_at.is_some() {
        "_other"
    } else {
        ""
    };
    let words = args([
        ("item_name", Some(said.item_name)),
        ("number", Some(spaced(&said.number))),
        ("site", Some(said.site)),
        ("address", Some(said.address)),
        ("counter", Some(said.counter)),
        ("visit_on", Some(day(said.starts_at))),
        (
            "time",
            Some(format!("{}–{}", clock(said.starts_at), clock(said.ends_at))),
        ),
        ("reason", Some(said.reason)),
        ("offered_on", said.offered_at.map(day)),
        ("offered_time", said.offered_at.map(clock)),
    ]);
    let message = Message {
        account_id: said.account_id.0,
        application_id: said.application_id.map(|id| id.0),
        kind: &format!("appointment_{step}{other}"),
    };
    write(tx, message, &words).await
}

fn day(at: DateTime<Utc>) -> String {
    office_time::day(at).to_string()
}

fn clock(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&office_time::shanghai());
    at.format("%H:%M").to_string()
}

/// A booking number as it is read aloud.
fn spaced(number: &str) -> String {
    match number.split_at_checked(4) {
        Some((head, tail)) => format!("{head} {tail}"),
        None => number.to_owned(),
    }
}
