//! Colours and the yellow date.

use tb_calendar::{
    Extension, Light, LightInput, LightRules, Moment, Pause, Request, Term, Unit, light,
};

use crate::{CALENDAR, day, instant};

fn yellow(request: &Request) -> Moment {
    let due = CALENDAR.due(request).unwrap();
    CALENDAR
        .yellow_from(request, &due, &LightRules::default())
        .unwrap()
}

fn colour(now: &str, paused_since: Option<&str>) -> Light {
    let at = |text| Some(Moment::Day(day(text)));
    light(&LightInput {
        now: Moment::Day(day(now)),
        promised: at("2026-03-16"),
        legal: at("2026-03-30"),
        yellow_from: at("2026-03-10"),
        paused_since: paused_since.map(day),
    })
}

#[test]
fn colours_by_day() {
    assert_eq!(colour("2026-03-09", None), Light::Green);
    assert_eq!(colour("2026-03-10", None), Light::Yellow);
    assert_eq!(colour("2026-03-16", None), Light::Yellow);
    assert_eq!(colour("2026-03-17", None), Light::Red);
    assert_eq!(colour("2026-03-30", None), Light::Red);
    assert_eq!(colour("2026-03-31", None), Light::Purple);
}

#[test]
fn a_pause_is_grey_but_hides_no_delay() {
    assert_eq!(colour("2026-03-20", Some("2026-03-11")), Light::Grey);
    assert_eq!(colour("2026-05-20", Some("2026-03-16")), Light::Grey);
    assert_eq!(colour("2026-03-20", Some("2026-03-17")), Light::Red);
    assert_eq!(colour("2026-05-20", Some("2026-03-17")), Light::Red);
    assert_eq!(colour("2026-05-20", Some("2026-03-31")), Light::Purple);
}

#[test]
fn without_dates_everything_is_green() {
    let now = Moment::Day(day("2026-03-09"));
    let input = LightInput {
        now,
        promised: None,
        legal: None,
        yellow_from: None,
        paused_since: None,
    };
    assert_eq!(light(&input), Light::Green);
}

#[test]
fn yellow_is_a_fifth_or_one_working_day() {
    let of = |n| yellow(&Request::new(day("2026-02-10"), Term::working_days(n)));
    assert_eq!(
        of(20),
        Moment::Day(day("2026-03-10")),
        "4 of 20 remain after it"
    );
    assert_eq!(of(3), Moment::Day(day("2026-02-12")), "one of 3 remains");
    assert_eq!(
        of(1),
        Moment::Day(day("2026-02-10")),
        "never before the start"
    );
}

#[test]
fn the_fifth_is_that_of_the_term_without_extensions() {
    let mut request = Request::new(day("2026-02-10"), Term::working_days(20));
    request.extensions.push(Extension {
        length: 10,
        name: None,
    });
    // Due 03-30; four working days remain after 03-24.
    assert_eq!(yellow(&request), Moment::Day(day("2026-03-24")));
}

#[test]
fn paused_days_do_not_remain() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20))
        .pause(Pause::closed(day("2026-03-12"), day("2026-03-18")));
    assert_eq!(CALENDAR.due(&request).unwrap().date, day("2026-03-23"));
    assert_eq!(yellow(&request), Moment::Day(day("2026-03-10")));
}

#[test]
fn natural_days_take_the_fifth_of_all_days() {
    // Due 2026-04-09; 6 natural days remain on 04-03.
    let request = Request::new(day("2026-03-10"), Term::natural_days(30));
    assert_eq!(CALENDAR.due(&request).unwrap().date, day("2026-04-09"));
    assert_eq!(yellow(&request), Moment::Day(day("2026-04-03")));
}

#[test]
fn instant_items_turn_yellow_by_the_minute() {
    // 100 minutes from 10:20 (UTC+8) end at 12:00; a fifth of them remains at 11:40.
    let request = Request::new(
        instant("2026-10-09T02:20:00Z"),
        Term::new(100, Unit::Minutes),
    );
    let due = CALENDAR.due(&request).unwrap();
    let from = CALENDAR
        .yellow_from(&request, &due, &LightRules::default())
        .unwrap();
    assert_eq!(from, Moment::Instant(instant("2026-10-09T03:40:00Z")));
    let at = |now| {
        let now = Moment::Instant(instant(now));
        light(&LightInput {
            now,
            promised: Some(due.moment()),
            legal: None,
            yellow_from: Some(from),
            paused_since: None,
        })
    };
    assert_eq!(at("2026-10-09T03:39:59Z"), Light::Green);
    assert_eq!(at("2026-10-09T03:40:00Z"), Light::Yellow);
    assert_eq!(at("2026-10-09T04:00:00Z"), Light::Yellow);
    assert_eq!(at("2026-10-09T04:00:01Z"), Light::Red);
}

#[test]
fn thresholds_are_settings() {
    let request = Request::new(day("2026-02-10"), Term::working_days(20));
    let due = CALENDAR.due(&request).unwrap();
    let rules = LightRules {
        yellow_working_days: 2,
        yellow_percent: 0,
        yellow_minutes: 0,
    };
    assert_eq!(
        CALENDAR.yellow_from(&request, &due, &rules),
        Ok(Moment::Day(day("2026-03-12")))
    );
}
