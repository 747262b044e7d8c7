//! The calendar: what it covers, the days of a year, import of further years.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::{Coverage, CoverageAlarm, Day, DayKind, Overlay, YearDays, YearStatus};
use tb_contract::access::{CalendarRead, CalendarWrite};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Region;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::catalogue::Catalogue;
use crate::service::import_calendar;

/// Whose days.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// Region; the national days without it.
    pub region: Option<Region>,
}

/// A span to count.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DayCountQuery {
    /// The day before the first that counts.
    pub from: NaiveDate,
    /// The last day that counts.
    pub to: NaiveDate,
    /// Region; the national days without it.
    pub region: Option<Region>,
}

/// The calendar in force.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CalendarView {
    /// Version that due dates name.
    pub version: String,
    /// Where the data comes from.
    pub source: Option<String>,
    /// Days and years covered.
    #[schema(value_type = serde_json::Value)]
    pub coverage: Coverage,
    /// Set where terms of the coming year may reach days that are not settled.
    #[schema(value_type = Option<serde_json::Value>)]
    pub alarm: Option<CoverageAlarm>,
    /// Years.
    pub years: Vec<YearRow>,
    /// Regions with days of their own, once for each of their years.
    pub regions: Vec<String>,
}

/// A year of the calendar.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct YearRow {
    /// Year.
    pub year: i32,
    /// `official` or `provisional`.
    #[schema(value_type = String)]
    pub status: YearStatus,
    /// Number of the notice.
    pub source: Option<String>,
    /// Days off that the notice names.
    pub days_off: usize,
    /// Weekend days that are worked.
    pub worked_rest_days: usize,
}

/// Every day of a year.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct YearView {
    /// Year.
    pub year: i32,
    /// `official` or `provisional`.
    #[schema(value_type = String)]
    pub status: YearStatus,
    /// Number of the notice.
    pub source: Option<String>,
    /// Version of the calendar.
    pub version: String,
    /// The days, 1 January first.
    pub days: Vec<DayView>,
}

/// One day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DayView {
    /// Day.
    pub date: NaiveDate,
    /// `working_day`, `worked_rest_day`, `weekend`, `holiday` or `regional_holiday`.
    #[schema(value_type = String)]
    pub kind: DayKind,
    /// Name of the holiday.
    pub name: Option<String>,
    /// Whether offices work.
    pub is_working: bool,
    /// Whether a coming notice may still change it.
    pub provisional: bool,
}

/// A number of working days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DayCount {
    /// The day before the first that counts.
    pub from: NaiveDate,
    /// The last day that counts.
    pub to: NaiveDate,
    /// Working days; negative where `to` lies before `from`.
    pub working_days: i32,
    /// Version of the calendar.
    pub version: String,
}

/// Years and regional days to take in. A year replaces the same year as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarImport {
    /// Where the data comes from.
    #[serde(default)]
    pub source: Option<String>,
    /// Years with their days off and worked rest days.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    pub years: BTreeMap<i32, YearDays>,
    /// Days of regions.
    #[serde(default)]
    #[schema(value_type = Vec<serde_json::Value>)]
    pub overlays: Vec<Overlay>,
}

impl DayView {
    pub(crate) fn of(date: NaiveDate, day: &Day<'_>) -> Self {
        let name = day.name.map(str::to_owned);
        Self {
            date,
            kind: day.kind,
            name,
            is_working: day.kind.is_working(),
            provisional: day.provisional,
        }
    }
}

/// Says what the calendar covers.
#[utoipa::path(get, path = "/calendar", responses((status = 200, body = CalendarView)))]
async fn read_calendar(State(catalogue): State<Catalogue>) -> Result<Json<CalendarView>> {
    Ok(Json(import_calendar::read_calendar(&catalogue).await?))
}

/// Lists every day of a year.
#[utoipa::path(get, path = "/calendar/years/{year}", params(("year" = i32, Path), YearQuery),
    responses((status = 200, body = YearView)))]
async fn read_year(
    State(catalogue): State<Catalogue>,
    Path(year): Path<i32>,
    Query(query): Query<YearQuery>,
) -> Result<Json<YearView>> {
    Ok(Json(
        import_calendar::read_year(&catalogue, year, query.region).await?,
    ))
}

/// Counts the working days behind one day and up to another.
#[utoipa::path(get, path = "/calendar/day-count", params(DayCountQuery), responses((status = 200, body = DayCount)))]
async fn count_days(
    State(catalogue): State<Catalogue>,
    Query(query): Query<DayCountQuery>,
) -> Result<Json<DayCount>> {
    Ok(Json(
        import_calendar::count_days(&catalogue, query.from, query.to, query.region).await?,
    ))
}

/// Imports years and regional days.
#[utoipa::path(post, path = "/manage/calendar/years", request_body = CalendarImport,
    responses((status = 200, body = CalendarView)))]
async fn import_years(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<CalendarWrite>,
    Json(body): Json<CalendarImport>,
) -> Result<Json<CalendarView>> {
    Ok(Json(
        import_calendar::import_years(&catalogue, &ctx, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<CalendarRead, _>(routes!(read_calendar)))
        .routes(guard::<CalendarRead, _>(routes!(read_year)))
        .routes(guard::<CalendarRead, _>(routes!(count_days)))
        .routes(guard::<CalendarWrite, _>(routes!(import_years)))
}
