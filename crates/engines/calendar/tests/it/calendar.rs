//! Data, coverage, import, overlays.

use chrono::Datelike;
use tb_calendar::{
    AlarmKind, Calendar, CalendarDocument, CalendarError, DayKind, Holiday, Overlay, Request, Term,
    YearDays, YearStatus,
};

use crate::{CALENDAR, day};

fn year(number: i32, status: YearStatus) -> CalendarDocument {
    let holidays = vec![Holiday {
        date: day(&format!("{number}-01-01")),
        name: "元旦".into(),
    }];
    let days = YearDays {
        status,
        source: Some("通知".into()),
        holidays,
        workdays: vec![],
    };
    CalendarDocument {
        version: "x".into(),
        source: None,
        years: [(number, days)].into(),
        overlays: vec![],
    }
}

#[test]
fn the_shipped_years_are_complete() {
    let coverage = CALENDAR.coverage();
    assert_eq!(
        (coverage.first_official, coverage.last_official),
        (Some(2004), Some(2026))
    );
    assert_eq!(coverage.provisional, [2027]);
    assert_eq!(
        (coverage.first_day, coverage.last_day),
        (day("2004-01-01"), day("2027-12-31"))
    );
    let official = CALENDAR
        .document()
        .years
        .values()
        .filter(|y| y.status == YearStatus::Official);
    let (holidays, workdays) = official.fold((0, 0), |(h, w), y| {
        (h + y.holidays.len(), w + y.workdays.len())
    });
    assert_eq!((holidays, workdays), (621, 150), "the counts of the source");
    assert!(
        CALENDAR
            .document()
            .source
            .as_deref()
            .unwrap()
            .contains("chinesecalendar 1.11.0")
    );
}

#[test]
fn the_provisional_year_has_the_statutory_days() {
    let days = &CALENDAR.document().years[&2027];
    assert_eq!(days.holidays.len(), 13);
    assert_eq!(days.workdays, []);
    let eve = CALENDAR.day(day("2027-02-05"), None).unwrap();
    assert_eq!(
        (eve.kind, eve.name, eve.provisional),
        (DayKind::Holiday, Some("春节"), true)
    );
}

#[test]
fn days_have_kinds_and_names() {
    let kind = |date| CALENDAR.day(day(date), None).unwrap();
    assert_eq!(kind("2026-02-14").kind, DayKind::WorkedRestDay);
    assert_eq!(kind("2026-02-20").name, Some("春节"));
    assert_eq!(kind("2026-03-01").kind, DayKind::Weekend);
    assert_eq!(kind("2026-03-02").kind, DayKind::WorkingDay);
    assert!(CALENDAR.is_working_day(day("2028-01-03"), None).is_err());
}

#[test]
fn alarms_come_before_the_years_run_out() {
    let alarm = |today, horizon| {
        CALENDAR
            .coverage_alarm(day(today), horizon)
            .map(|a| (a.kind, a.missing_year))
    };
    assert_eq!(alarm("2026-06-01", 90), None);
    assert_eq!(
        alarm("2026-11-01", 90),
        Some((AlarmKind::Provisional, 2027))
    );
    assert_eq!(
        alarm("2027-11-01", 90),
        Some((AlarmKind::BeyondCoverage, 2028))
    );
    assert_eq!(
        alarm("2027-12-31", 0),
        Some((AlarmKind::Provisional, 2027)),
        "the last day is covered"
    );
    assert_eq!(alarm("2026-12-24", 0), None);
    assert_eq!(
        alarm("2026-12-25", 0),
        Some((AlarmKind::Provisional, 2027)),
        "the turn of the year is open"
    );
}

#[test]
fn an_imported_year_settles_the_days_before_it() {
    let request = Request::new(day("2026-12-21"), Term::working_days(5));
    let before = CALENDAR.due(&request).unwrap();
    assert_eq!((before.date, before.provisional), (day("2026-12-28"), true));
    let mut notice = year(2027, YearStatus::Official);
    let days = notice.years.get_mut(&2027).unwrap();
    days.workdays.push(day("2026-12-26"));
    let calendar = CALENDAR.merged(&notice).unwrap();
    let after = calendar.due(&request).unwrap();
    assert_eq!(
        (after.date, after.provisional),
        (day("2026-12-26"), false),
        "the notice made 26 December a working day"
    );
    assert_eq!(after.calendar_version, "2027.1");
}

#[test]
fn merging_bumps_the_version_only_when_something_changes() {
    let shipped = CALENDAR.document();
    assert_eq!(shipped.merge(shipped).unwrap().version, "2026.1");
    let with_2028 = shipped.merge(&year(2028, YearStatus::Provisional)).unwrap();
    assert_eq!(with_2028.version, "2026.2");
    let official = with_2028.merge(&year(2027, YearStatus::Official)).unwrap();
    assert_eq!(official.version, "2027.1");
    let mut corrected = year(2027, YearStatus::Official);
    corrected
        .years
        .get_mut(&2027)
        .unwrap()
        .workdays
        .push(day("2027-02-14"));
    assert_eq!(official.merge(&corrected).unwrap().version, "2027.2");
}

#[test]
fn bad_documents_are_refused() {
    let shipped = CALENDAR.document();
    let code = |import: &CalendarDocument| shipped.merge(import).unwrap_err().code();
    assert_eq!(
        code(&year(2029, YearStatus::Official)),
        "calendar.missing_year"
    );
    assert_eq!(
        code(&year(2026, YearStatus::Provisional)),
        "calendar.downgrade"
    );
    let mut foreign = year(2027, YearStatus::Official);
    foreign
        .years
        .get_mut(&2027)
        .unwrap()
        .workdays
        .push(day("2028-01-01"));
    assert_eq!(code(&foreign), "calendar.foreign_day");
    let mut twice = year(2027, YearStatus::Official);
    twice
        .years
        .get_mut(&2027)
        .unwrap()
        .workdays
        .push(day("2027-01-01"));
    assert_eq!(code(&twice), "calendar.listed_twice");
    assert_eq!(
        CalendarDocument::from_json("[]").unwrap_err().code(),
        "calendar.unreadable"
    );
    let empty = CalendarDocument {
        years: [].into(),
        ..shipped.clone()
    };
    assert_eq!(Calendar::new(empty).unwrap_err(), CalendarError::Empty);
}

#[test]
fn the_document_survives_json() {
    let text = serde_json::to_string(CALENDAR.document()).unwrap();
    assert_eq!(
        &CalendarDocument::from_json(&text).unwrap(),
        CALENDAR.document()
    );
}

fn overlay(region: &str, holiday: Option<&str>, workday: Option<&str>) -> Overlay {
    Overlay {
        region: region.into(),
        year: 2026,
        holidays: holiday
            .map(|d| Holiday {
                date: day(d),
                name: "本地节日".into(),
            })
            .into_iter()
            .collect(),
        workdays: workday.map(day).into_iter().collect(),
    }
}

#[test]
fn a_region_has_its_own_days() {
    let mut import = year(2028, YearStatus::Provisional);
    import.overlays = vec![
        overlay("45", Some("2026-04-20"), None),
        overlay("4501", None, Some("2026-04-20")),
    ];
    let calendar = CALENDAR.merged(&import).unwrap();
    let works = |region| calendar.is_working_day(day("2026-04-20"), region).unwrap();
    assert!(works(None) && works(Some("430100")));
    assert!(!works(Some("45")) && !works(Some("450302")));
    assert!(works(Some("450102")), "the narrower region wins");
    let due = |region: &str| {
        let request = Request::new(day("2026-04-17"), Term::working_days(1)).in_region(region);
        calendar.due(&request).unwrap().date
    };
    assert_eq!(
        (due("450302"), due("430102")),
        (day("2026-04-21"), day("2026-04-20"))
    );
    let kind = calendar.day(day("2026-04-20"), Some("4503")).unwrap();
    assert_eq!(
        (kind.kind, kind.name),
        (DayKind::RegionalHoliday, Some("本地节日"))
    );
}

#[test]
fn an_overlay_replaces_the_row_of_its_region_and_year() {
    let mut first = year(2028, YearStatus::Provisional);
    first.overlays = vec![overlay("45", Some("2026-04-20"), None)];
    let once = CALENDAR.document().merge(&first).unwrap();
    first.overlays = vec![overlay("45", Some("2026-04-21"), None)];
    let twice = once.merge(&first).unwrap();
    assert_eq!(twice.overlays.len(), 1);
    assert_eq!(twice.overlays[0].holidays[0].date.day(), 21);
    first.overlays = vec![overlay("广西", None, None)];
    assert_eq!(
        once.merge(&first).unwrap_err().code(),
        "calendar.invalid_overlay"
    );
}
