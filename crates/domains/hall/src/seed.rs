//! Fills an installation with places and some visits; what is there already stays as people have changed
//! it since.

use chrono::Days;
use serde::Deserialize;
use tb_calendar::Calendar;
use tb_kernel::{DepartmentRef, Fault, office_time};
use tb_storage::{Origin, Store, Tx};

use crate::model::appointment::AppointmentState;
use crate::model::opening::{kind_of, slots};
use crate::model::site::{SiteDocument, faults};
use crate::sealed::{NAME, PHONE, phone_index};
use crate::service::book::free_number;
use crate::service::place::Place;
use crate::service::site::add;
use crate::store;
use crate::store::appointment::Appointment;

/// A place as a file describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct SiteSeed {
    /// Credit code of the department that runs it.
    pub department_code: String,
    /// Region.
    pub region: String,
    /// Description.
    pub document: SiteDocument,
    /// Visits on its next open day, a slot each.
    #[serde(default)]
    pub visits: Vec<VisitSeed>,
}

/// A visit of somebody without an account.
#[derive(Clone, Debug, Deserialize)]
pub struct VisitSeed {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Whether staff has confirmed it.
    #[serde(default)]
    pub confirmed: bool,
}

/// Adds the places, each run by a department, where there is none yet; returns how many.
pub async fn seed_sites(
    storage: &Store,
    by: &Origin,
    seeds: Vec<(SiteSeed, DepartmentRef)>,
) -> Result<usize, Fault> {
    let mut tx = storage.begin(by.clone()).await?;
    if store::site::is_any(tx.conn()).await? {
        return Ok(0);
    }
    let calendar = Calendar::embedded().map_err(Fault::internal)?;
    let mut added = 0;
    for (seed, office) in seeds {
        let wrong = faults(&seed.document);
        if !wrong.is_empty() {
            return Err(Fault::fields(
                Fault::from(crate::Error::SiteInvalid).code,
                wrong,
            ));
        }
        let keeper = (office.id.0, office.code, seed.region);
        let row = add(&mut tx, keeper, &seed.document).await?;
        visits(&mut tx, &Place::of(row)?, &seed.visits, &calendar).await?;
        added += 1;
    }
    tx.commit(&()).await?;
    Ok(added)
}

/// One visit in each slot of the first counter, on the next day that has some.
async fn visits(
    tx: &mut Tx,
    place: &Place,
    seeds: &[VisitSeed],
    calendar: &Calendar,
) -> Result<(), Fault> {
    let Some(counter) = place.document.counters.first() else {
        return Ok(());
    };
    let tomorrow = office_time::day(tx.now()).checked_add_days(Days::new(1));
    let days = tomorrow
        .into_iter()
        .flat_map(|day| day.iter_days().take(14));
    let mut all = days.map(|day| {
        let kind = kind_of(calendar, day, &place.row.region);
        slots(&place.document, counter, day, kind)
    });
    let open = all.find(|slots| !slots.is_empty()).unwrap_or_default();
    for (seed, slot) in seeds.iter().zip(open) {
        let (id, sealer) = (tx.new_id(), tx.sealer());
        let state = if seed.confirmed {
            AppointmentState::Confirmed
        } else {
            AppointmentState::Requested
        };
        let row = Appointment {
            id,
            number: free_number(tx).await?,
            state: state.as_str().to_owned(),
            site_id: place.row.id,
            counter: counter.key.clone(),
            day: office_time::day(slot.starts_at),
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            account_id: tx.new_id(),
            subject: seed.item_code.clone(),
            item_code: seed.item_code.clone(),
            item_name: seed.item_name.clone(),
            case_number: None,
            application_id: None,
            department_id: place.row.department_id,
            region: place.row.region.clone(),
            name: sealer.seal_text(NAME, id, &seed.name)?,
            phone: sealer.seal_text(PHONE, id, &seed.phone)?,
            phone_bidx: phone_index(sealer, &seed.phone),
            enterprise: String::new(),
            answer_until: (!seed.confirmed).then_some(slot.starts_at),
            reason: None,
            offered_counter: None,
            offered_at: None,
            reminded_at: None,
            version: 1,
            created_at: tx.now(),
            changed_at: tx.now(),
            changed_by: "self".to_owned(),
        };
        store::appointment::insert(tx.conn(), row).await?;
    }
    Ok(())
}
