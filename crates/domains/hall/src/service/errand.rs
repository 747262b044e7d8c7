//! What somebody comes for: an item, or the result of a case of his.

use serde::{Deserialize, Serialize};
use tb_contract::access::AppointmentOwn;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Conn;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::model::site::{Errand, Purpose};
use crate::service::place::Place;
use crate::store;
use crate::store::appointment::Appointment;
use crate::store::copy::Item;

/// What a booking names: one of the two.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct WhatFor {
    /// Item that is to be handled.
    #[serde(default)]
    pub item_code: Option<String>,
    /// Case whose result is to be collected.
    #[serde(default)]
    pub case_number: Option<String>,
}

/// What somebody comes for, with everything that a booking keeps of it.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// The case, where its result is collected.
    pub case_number: Option<String>,
    /// Its application.
    pub application_id: Option<Uuid>,
    department_code: String,
    region: String,
    purpose: Purpose,
}

impl Subject {
    /// As places are chosen by it.
    pub(crate) fn errand(&self) -> Errand<'_> {
        Errand {
            item_code: &self.item_code,
            department_code: &self.department_code,
            region: &self.region,
            purpose: self.purpose,
        }
    }

    /// What nobody books twice on a day.
    pub(crate) fn key(&self) -> &str {
        self.case_number.as_deref().unwrap_or(&self.item_code)
    }

    /// An item that is to be handled.
    pub(crate) fn of_item(item: Item) -> Self {
        Self {
            item_code: item.code,
            item_name: item.name,
            case_number: None,
            application_id: None,
            department_code: item.department_code,
            region: item.region,
            purpose: Purpose::Item {
                in_hall: item.in_hall,
            },
        }
    }
}

/// What a booking is for; asks intake, so it comes before the transaction.
pub(crate) async fn subject(
    app: &App,
    ctx: &Ctx<AppointmentOwn>,
    what: &WhatFor,
) -> Result<Subject, Fault> {
    match (
        given(what.item_code.as_deref()),
        given(what.case_number.as_deref()),
    ) {
        (Some(code), None) => {
            let item = store::copy::item(&ctx.read(), code).await?;
            let item = item
                .filter(|item| item.bookable)
                .ok_or(Error::NotBookable)?;
            Ok(Subject::of_item(item))
        }
        (None, Some(number)) => collected(app, ctx, number).await,
        _ => Err(Error::ErrandUnclear.into()),
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// The result of a case of the caller's that waits at a counter.
async fn collected(app: &App, ctx: &Ctx<AppointmentOwn>, number: &str) -> Result<Subject, Fault> {
    let subject = waiting(app, ctx, number).await?;
    Ok(subject.ok_or(Error::NothingToCollect)?)
}

/// The same, where it does.
pub(crate) async fn waiting(
    app: &App,
    ctx: &Ctx<AppointmentOwn>,
    number: &str,
) -> Result<Option<Subject>, Fault> {
    let waiting = app.collections().waiting(ctx.actor().id, number).await?;
    Ok(waiting.map(|waiting| Subject {
        item_code: waiting.item_code,
        item_name: waiting.item_name,
        case_number: Some(waiting.case_number),
        application_id: Some(waiting.application_id.0),
        department_code: waiting.department_code,
        region: waiting.region.as_str().to_owned(),
        purpose: Purpose::Collect,
    }))
}

/// The places that take an errand, each with at least one counter for it; those that are closed to
/// bookings are none.
pub(crate) async fn places(conn: &Conn, errand: &Errand<'_>) -> Result<Vec<Place>, Fault> {
    let near = store::site::near(conn, errand.department_code, errand.region).await?;
    let mut places = Vec::new();
    for row in near {
        let place = Place::of(row)?;
        if place.document.open && !place.counters_for(errand).is_empty() {
            places.push(place);
        }
    }
    Ok(places)
}

/// Whether a counter of its place takes what an appointment is for.
pub(crate) fn counter_takes(
    place: &Place,
    counter: &str,
    row: &Appointment,
    item: Option<&Item>,
) -> bool {
    if row.case_number.is_some() {
        return place
            .document
            .counter(counter)
            .is_some_and(|counter| counter.pickup);
    }
    // An item that is withdrawn now was taken in when it was booked.
    let Some(item) = item else {
        return place.document.counter(counter).is_some();
    };
    let subject = Subject::of_item(item.clone());
    place
        .counters_for(&subject.errand())
        .iter()
        .any(|one| one.key == counter)
}
