//! Reads the calendar, and imports years and regional days into it.

use chrono::{Datelike, NaiveDate};
use tb_calendar::{Calendar, CalendarDocument};
use tb_contract::access::CalendarWrite;
use tb_contract::events::CalendarPublished;
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::{Fault, Region, office_time};
use tb_storage::{NewEvent, Tx};

use crate::api::calendar::{CalendarImport, CalendarView, DayCount, DayView, YearRow, YearView};
use crate::catalogue::Catalogue;
use crate::entity::calendar;
use crate::error::Error;
use crate::service::to_json;
use crate::store;
use crate::store::revision::{self, List};

/// How far ahead the days should be settled: the longest terms run about a year.
const HORIZON_DAYS: u32 = 366;

/// The calendar in force: what it covers.
pub(crate) async fn read_calendar(catalogue: &Catalogue) -> Result<CalendarView, Fault> {
    let calendar = catalogue.calendar().await?;
    Ok(view(
        &calendar,
        office_time::day(catalogue.store().clock().now()),
    ))
}

/// Every day of a year as a region sees it.
pub(crate) async fn read_year(
    catalogue: &Catalogue,
    year: i32,
    region: Option<Region>,
) -> Result<YearView, Fault> {
    let calendar = catalogue.calendar().await?;
    let days = calendar
        .document()
        .years
        .get(&year)
        .ok_or(Error::YearNotFound { year })?;
    let region = region.as_ref().map(Region::as_str);
    let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or(Error::YearNotFound { year })?;
    let in_year = first.iter_days().take_while(|day| day.year() == year);
    let list: Result<Vec<DayView>, _> = in_year
        .map(|date| Ok(DayView::of(date, &calendar.day(date, region)?)))
        .collect();
    let list = list.map_err(|error: tb_calendar::CalendarError| invalid(&error))?;
    Ok(YearView {
        year,
        status: days.status,
        source: days.source.clone(),
        version: calendar.version().to_owned(),
        days: list,
    })
}

/// Number of working days d with `from < d <= to`.
pub(crate) async fn count_days(
    catalogue: &Catalogue,
    from: NaiveDate,
    to: NaiveDate,
    region: Option<Region>,
) -> Result<DayCount, Fault> {
    let calendar = catalogue.calendar().await?;
    let working_days = calendar.working_days_between(from, to, region.as_ref().map(Region::as_str));
    Ok(DayCount {
        from,
        to,
        working_days: working_days.map_err(|error| invalid(&error))?,
        version: calendar.version().to_owned(),
    })
}

/// Imports years and overlays; an import that changes nothing publishes nothing.
pub(crate) async fn import_years(
    catalogue: &Catalogue,
    ctx: &Ctx<CalendarWrite>,
    body: CalendarImport,
) -> Result<CalendarView, Fault> {
    let import = CalendarDocument {
        version: "import".to_owned(),
        source: body.source,
        years: body.years,
        overlays: body.overlays,
    };
    let mut tx = ctx.begin().await?;
    // Two imports at once follow one another: this row is theirs until the commit.
    revision::raise(tx.conn(), List::Calendar).await?;
    let newest = store::calendar::newest(tx.conn()).await?;
    let before = match &newest {
        Some(row) => Calendar::from_json(&row.document).map_err(Fault::internal)?,
        None => Calendar::embedded().map_err(Fault::internal)?,
    };
    let merged = before.merged(&import).map_err(|error| invalid(&error))?;
    if merged.version() != before.version() {
        // The shipped calendar is number 1, whether or not it was ever written down.
        let number = newest.map_or(1, |row| row.number) + 1;
        publish(&mut tx, number, merged.document()).await?;
    }
    let view = view(&merged, office_time::day(tx.now()));
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

/// Writes a calendar and announces it.
pub(crate) async fn publish(
    tx: &mut Tx,
    number: i64,
    document: &CalendarDocument,
) -> Result<(), Fault> {
    let row = calendar::Model {
        number,
        version: document.version.clone(),
        document: to_json(document)?,
        published_at: tx.now(),
        published_by: tx.actor().name.clone(),
    };
    store::calendar::insert(tx.conn(), row).await?;
    tx.done(
        "catalogue.calendar.published",
        "calendar",
        &document.version,
    );
    tx.emit(NewEvent {
        topic: topics::CATALOGUE,
        key: "calendar",
        kind: "catalogue.calendar.published",
        version: number,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &CalendarPublished {
            calendar: document.clone(),
        },
    })?;
    Ok(())
}

fn view(calendar: &Calendar, today: NaiveDate) -> CalendarView {
    let document = calendar.document();
    let years = document.years.iter().map(|(year, days)| YearRow {
        year: *year,
        status: days.status,
        source: days.source.clone(),
        days_off: days.holidays.len(),
        worked_rest_days: days.workdays.len(),
    });
    CalendarView {
        version: document.version.clone(),
        source: document.source.clone(),
        coverage: calendar.coverage().clone(),
        alarm: calendar.coverage_alarm(today, HORIZON_DAYS),
        years: years.collect(),
        regions: document
            .overlays
            .iter()
            .map(|overlay| overlay.region.clone())
            .collect(),
    }
}

fn invalid(error: &tb_calendar::CalendarError) -> Fault {
    Error::CalendarInvalid {
        reason: error.to_string(),
    }
    .into()
}
