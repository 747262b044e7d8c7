//! What callers see of places and appointments.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_kernel::identity_number::{Phone, mask_name};
use tb_kernel::{ApplicationId, Fault};
use tb_storage::{Conn, Department, Sealer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState, check};
use crate::model::site::{Confirmation, CounterDocument, SiteDocument};
use crate::sealed;
use crate::service::book::SlotChoice;
use crate::service::place::Place;
use crate::service::record::{facts, state};
use crate::store;
use crate::store::appointment::Appointment;

/// A counter to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceCounter {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
}

/// A place where a visit can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Department that runs it.
    pub office: String,
    /// Address.
    pub address: String,
    /// Phone.
    pub phone: String,
    /// Counters for what was asked.
    pub counters: Vec<PlaceCounter>,
    /// How a booking becomes one.
    pub confirmation: Confirmation,
    /// Hours within which staff answers.
    pub answer_hours: u32,
    /// Minutes before the visit until which it can be changed and cancelled.
    pub close_minutes: u32,
}

/// Where a result can be collected.
#[derive(Debug, Serialize, ToSchema)]
pub struct PickupView {
    /// Places that hand it out; none while it does not wait at a counter.
    pub places: Vec<PlaceView>,
}

/// A slot.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotView {
    /// Beginning.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Places left.
    pub left: u32,
}

/// A day with its slots.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotDay {
    /// Day.
    pub day: NaiveDate,
    /// What the office says of it: why it is closed.
    pub note: String,
    /// Slots that can still be booked, full ones too.
    pub slots: Vec<SlotView>,
}

/// Whether somebody can book, and by what rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingStanding {
    /// Last day on which he cannot.
    pub closed_until: Option<NaiveDate>,
    /// Missed visits after which booking is closed …
    pub missed_limit: u32,
    /// … within so many days …
    pub within_days: u32,
    /// … for so many days.
    pub closed_days: u32,
}

/// A place in the lists of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskPlace {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Its counters.
    pub counters: Vec<PlaceCounter>,
}

/// Where a visit is.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitPlace {
    /// Id of the place.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Phone.
    pub phone: String,
    /// Key of the counter.
    pub counter_key: String,
    /// Its name.
    pub counter: String,
}

/// Who comes: masked for staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct Booker {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Enterprise that he acts for.
    pub enterprise: String,
}

/// What can be done with a visit now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitAct {
    /// Confirm.
    Confirm,
    /// Decline.
    Decline,
    /// Move.
    Move,
    /// Check in.
    CheckIn,
    /// Cancel.
    Cancel,
    /// Take another slot.
    Change,
}

const OF_STAFF: &[(VisitAct, Act)] = &[
    (VisitAct::Confirm, Act::Confirm),
    (VisitAct::Decline, Act::Decline),
    (VisitAct::Move, Act::Move),
    (VisitAct::CheckIn, Act::CheckIn),
];
const OF_BOOKER: &[(VisitAct, Act)] = &[
    (VisitAct::Cancel, Act::Cancel),
    (VisitAct::Change, Act::Change),
];

/// An appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointmentView {
    /// Id.
    pub id: Uuid,
    /// Booking number.
    pub number: String,
    /// How far it is.
    pub state: AppointmentState,
    /// Where.
    pub place: VisitPlace,
    /// Beginning.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Case whose result is collected.
    pub case_number: Option<String>,
    /// Its application.
    pub application_id: Option<ApplicationId>,
    /// Who comes.
    pub who: Booker,
    /// What the office said.
    pub reason: String,
    /// Another slot that it offers.
    pub offered: Option<SlotChoice>,
    /// Until when it answers; afterwards the visit is confirmed by itself.
    pub answer_until: Option<DateTime<Utc>>,
    /// What can be done now.
    pub acts: Vec<VisitAct>,
    /// When it was booked.
    pub created_at: DateTime<Utc>,
    /// Version, to be sent back.
    pub version: i64,
}

/// A place in full, for whoever keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteView {
    /// Id.
    pub id: Uuid,
    /// Department that runs it: its code.
    pub department_code: String,
    /// Its name.
    pub department_name: String,
    /// Region.
    pub region: String,
    /// Version, to be sent back.
    pub version: i64,
    /// Description.
    pub document: SiteDocument,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
}

/// A place in one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteVersionView {
    /// Version.
    pub version: i64,
    /// Description.
    pub document: SiteDocument,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// Whoever booked.
    Own,
    /// Staff.
    Staff,
}

fn counter_view(counter: &CounterDocument) -> PlaceCounter {
    PlaceCounter {
        key: counter.key.clone(),
        name: counter.name.clone(),
    }
}

/// A place to choose, with these counters.
pub(crate) fn place_view(
    place: &Place,
    counters: &[&CounterDocument],
    office: Option<Department>,
) -> PlaceView {
    let document = &place.document;
    PlaceView {
        id: place.row.id,
        name: document.name.clone(),
        office: office.map(|office| office.name).unwrap_or_default(),
        address: document.address.clone(),
        phone: document.phone.clone(),
        counters: counters.iter().map(|one| counter_view(one)).collect(),
        confirmation: document.confirmation,
        answer_hours: document.answer_hours,
        close_minutes: document.close_minutes,
    }
}

/// A place in the lists of staff.
pub(crate) fn place_line(place: &Place) -> DeskPlace {
    DeskPlace {
        id: place.row.id,
        name: place.document.name.clone(),
        counters: place.document.counters.iter().map(counter_view).collect(),
    }
}

/// A place in full.
pub(crate) async fn site_view(conn: &Conn, place: Place) -> Result<SiteView, Fault> {
    let office = store::copy::Departments::by_code(conn, &place.row.department_code).await?;
    Ok(SiteView {
        id: place.row.id,
        department_name: office.map(|office| office.name).unwrap_or_default(),
        department_code: place.row.department_code,
        region: place.row.region,
        version: place.row.version,
        document: place.document,
        saved_at: place.row.saved_at,
        saved_by: place.row.saved_by,
    })
}

/// Appointments of several places.
pub(crate) async fn views(
    conn: &Conn,
    sealer: &Sealer,
    rows: &[Appointment],
    eyes: Eyes,
    now: DateTime<Utc>,
) -> Result<Vec<AppointmentView>, Fault> {
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.site_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut places = HashMap::new();
    for row in store::site::some(conn, ids).await? {
        places.insert(row.id, Place::of(row)?);
    }
    let seen = rows.iter().map(|row| {
        let place = places.get(&row.site_id).ok_or(Error::SiteNotFound)?;
        view(sealer, place, row, eyes, now)
    });
    seen.collect()
}

/// One appointment.
pub(crate) fn view(
    sealer: &Sealer,
    place: &Place,
    row: &Appointment,
    eyes: Eyes,
    now: DateTime<Utc>,
) -> Result<AppointmentView, Fault> {
    let facts = facts(place, row)?;
    let acts = match eyes {
        Eyes::Own => OF_BOOKER,
        Eyes::Staff => OF_STAFF,
    };
    let acts = acts
        .iter()
        .filter(|(_, act)| check(*act, &facts, now).is_ok());
    let (name, phone) = (sealed::name(sealer, row)?, sealed::phone(sealer, row)?);
    let document = &place.document;
    let counter = document.counter(&row.counter);
    let offered = row.offered_counter.clone().zip(row.offered_at);
    Ok(AppointmentView {
        id: row.id,
        number: row.number.clone(),
        state: state(row)?,
        place: VisitPlace {
            id: place.row.id,
            name: document.name.clone(),
            address: document.address.clone(),
            phone: document.phone.clone(),
            counter_key: row.counter.clone(),
            counter: counter.map(|one| one.name.clone()).unwrap_or_default(),
        },
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        case_number: row.case_number.clone(),
        application_id: row.application_id.map(ApplicationId),
        who: match eyes {
            Eyes::Own => Booker {
                name,
                phone,
                enterprise: row.enterprise.clone(),
            },
            Eyes::Staff => Booker {
                name: mask_name(&name),
                phone: Phone::parse(&phone).map_or_else(|_| String::new(), |phone| phone.masked()),
                enterprise: row.enterprise.clone(),
            },
        },
        reason: sealed::reason(sealer, row)?,
        offered: offered.map(|(counter, starts_at)| SlotChoice { counter, starts_at }),
        answer_until: row.answer_until,
        acts: acts.map(|(act, _)| *act).collect(),
        created_at: row.created_at,
        version: row.version,
    })
}
