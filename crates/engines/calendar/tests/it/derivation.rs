//! The derivation as data and in words.

use tb_calendar::{Derivation, Extension, Locale, Pause, Request, StepKind, Term, Unit};

use crate::{CALENDAR, day, instant};

fn derivation(request: &Request) -> Derivation {
    CALENDAR.due(request).unwrap().derivation
}

fn zh(request: &Request) -> Vec<String> {
    derivation(request).to_text(Locale::Zh)
}

#[test]
fn a_working_day_term_in_chinese() {
    let request = Request::new(day("2026-02-10"), Term::working_days(10))
        .pause(Pause::closed(day("2026-03-02"), day("2026-03-06")).named("专家评审"));
    assert_eq!(
        zh(&request),
        [
            "2026-02-10（周二）：起算，当日不计",
            "2026-02-11至2026-02-13：计3个工作日，累计3个工作日",
            "2026-02-14（周六）：调休上班，计1个工作日，累计4个工作日",
            "2026-02-15至2026-02-23：春节假期，9天不计",
            "2026-02-24至2026-02-27：计4个工作日，累计8个工作日",
            "2026-02-28（周六）：调休上班，计1个工作日，累计9个工作日",
            "2026-03-01（周日）：周末，1天不计",
            "2026-03-02至2026-03-06：计时暂停（专家评审），5个工作日不计",
            "2026-03-07至2026-03-08：周末，2天不计",
            "2026-03-09（周一）：计1个工作日，累计10个工作日",
            "2026-03-09（周一）：到期（10个工作日）",
        ]
    );
}

#[test]
fn an_extension_and_the_provisional_year_in_english() {
    let mut request = Request::new(day("2026-12-26"), Term::working_days(1)).start_roll();
    request.extensions.push(Extension {
        length: 2,
        name: Some("approved".into()),
    });
    assert_eq!(
        derivation(&request).to_text(Locale::En),
        [
            "2026-12-26 (Sat) is a rest day (weekend), start moved to 2026-12-28 (Mon)",
            "2026-12-28 (Mon): start, not counted",
            "extended by 2 working days (approved): due date moved from 2026-12-29 (Tue) to 2026-12-31 (Thu)",
            "2026-12-29..2026-12-31: 3 working days counted, 3 so far",
            "2026-12-31 (Thu): due (3 working days)",
            "the holiday notice for 2027 is not out yet: the due date is provisional",
        ]
    );
}

#[test]
fn natural_days_months_and_their_rolling() {
    use StepKind as K;
    let rolled = zh(&Request::new(day("2026-01-20"), Term::natural_days(30)));
    assert_eq!(rolled[1], "2026-01-21至2026-02-19：计30天，累计30天");
    assert_eq!(
        rolled[2],
        "2026-02-19（周四）逢春节假期，顺延至2026-02-24（周二）"
    );
    let month_end = zh(&Request::new(day("2026-03-31"), Term::new(1, Unit::Months)));
    assert_eq!(
        month_end[1],
        "1个月后的当月没有对应日，以月末为准：2026-04-30（周四）"
    );
    let kinds: Vec<_> = derivation(&Request::new(day("2026-03-10"), Term::new(1, Unit::Months)))
        .steps
        .iter()
        .map(|s| s.kind)
        .collect();
    assert_eq!(
        kinds,
        [K::StartExcluded, K::SameDay, K::NaturalDays, K::Due]
    );
}

#[test]
fn a_pause_inside_a_holiday_is_shown_and_costs_nothing() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20))
        .pause(Pause::closed(day("2026-02-15"), day("2026-02-23")));
    assert!(zh(&request).contains(&"2026-02-15至2026-02-23：计时暂停，其间没有工作日".to_owned()));
}

#[test]
fn overlapping_pauses_are_one_step_with_both_names() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20))
        .pause(Pause::closed(day("2026-03-05"), day("2026-03-10")).named("鉴定"))
        .pause(Pause::closed(day("2026-03-02"), day("2026-03-06")).named("听证"));
    let steps = derivation(&request).steps;
    let paused: Vec<_> = steps
        .iter()
        .filter(|s| s.kind == StepKind::Paused)
        .collect();
    assert_eq!(paused.len(), 1);
    assert_eq!(
        (paused[0].lost, paused[0].days, paused[0].name.as_deref()),
        (7, 9, Some("听证、鉴定"))
    );
}

#[test]
fn an_open_pause_says_that_the_date_is_the_earliest() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20))
        .pause(Pause::open(day("2026-03-02")))
        .as_of(day("2026-03-06"));
    let due = CALENDAR.due(&request).unwrap();
    assert_eq!(
        (due.date, due.open_pause),
        (day("2026-03-23"), Some(day("2026-03-02")))
    );
    let last = due.derivation.to_text(Locale::Zh).pop().unwrap();
    assert_eq!(
        last,
        "计时自2026-03-02（周一）起暂停，尚未恢复；2026-03-23（周一）是最早的到期日"
    );
}

#[test]
fn an_open_pause_after_the_due_date_is_not_mentioned() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20))
        .pause(Pause::open(day("2026-03-17")))
        .as_of(day("2026-03-20"));
    let due = CALENDAR.due(&request).unwrap();
    assert_eq!((due.date, due.open_pause), (day("2026-03-16"), None));
}

#[test]
fn office_hours_in_words() {
    let request = Request::new(instant("2026-09-30T08:30:00Z"), Term::new(1, Unit::Hours));
    assert_eq!(
        zh(&request),
        [
            "2026-09-30（周三） 16:30：起算",
            "2026-09-30（周三）：16:30–17:00，计30分钟，累计30分钟",
            "2026-10-01至2026-10-07：国庆节假期，7天不计",
            "2026-10-08（周四）：09:00–09:30，计30分钟，累计60分钟",
            "2026-10-08（周四） 09:30：到期（1小时）",
        ]
    );
    let late = zh(&Request::new(
        instant("2026-09-30T10:00:00Z"),
        Term::new(1, Unit::Hours),
    ));
    assert_eq!(late[1], "2026-09-30（周三）：已过办公时间，当日不计");
}

#[test]
fn on_the_spot_on_a_rest_day() {
    let lines = zh(&Request::new(day("2026-10-07"), Term::ON_THE_SPOT));
    assert_eq!(
        lines,
        [
            "2026-10-07（周三）：国庆节假期，1天不计",
            "2026-10-08（周四）：当日办结",
            "2026-10-08（周四）：到期（即办）"
        ]
    );
}

#[test]
fn the_answer_survives_json() {
    let due = CALENDAR
        .due(&Request::new(day("2026-12-21"), Term::working_days(10)).extend(3))
        .unwrap();
    let text = serde_json::to_string(&due).unwrap();
    assert!(text.contains(r#""kind":"start_excluded""#));
    assert_eq!(
        serde_json::from_str::<tb_calendar::Due>(&text).unwrap(),
        due
    );
}
