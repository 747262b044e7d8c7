//! Reading and writing of terms, moments and office hours.

use chrono::NaiveTime;
use tb_calendar::{Calendar, Locale, Moment, OfficeHours, Request, Session, Term, Unit};

use crate::{CALENDAR, day, instant};

#[test]
fn terms_are_read_as_written() {
    let all = [
        Unit::OnTheSpot,
        Unit::Minutes,
        Unit::Hours,
        Unit::WorkingDays,
        Unit::NaturalDays,
        Unit::Months,
        Unit::Years,
    ];
    for unit in all {
        for length in [1, 20] {
            let term = if unit == Unit::OnTheSpot {
                Term::ON_THE_SPOT
            } else {
                Term::new(length, unit)
            };
            assert_eq!(term.to_string().parse(), Ok(term));
            assert_eq!(term.to_text(Locale::En).parse(), Ok(term));
        }
    }
    assert_eq!(Term::working_days(20).to_string(), "20个工作日");
    assert_eq!(Term::working_days(1).to_text(Locale::En), "1 working day");
    assert_eq!(" 3 个月 ".parse(), Ok(Term::new(3, Unit::Months)));
    assert_eq!("5 Working Days".parse(), Ok(Term::working_days(5)));
}

#[test]
fn unclear_terms_are_refused() {
    for text in [
        "",
        "20",
        "20天",
        "20日",
        "20 days",
        "个工作日",
        "-3个工作日",
        "99999999999个工作日",
    ] {
        assert_eq!(
            text.parse::<Term>().unwrap_err().code(),
            "calendar.invalid_term",
            "{text}"
        );
    }
}

#[test]
fn units_have_snake_case_names() {
    let term: Term = serde_json::from_str(r#"{"length":0,"unit":"on_the_spot"}"#).unwrap();
    assert_eq!(term, Term::ON_THE_SPOT);
    assert_eq!(
        serde_json::to_string(&Unit::WorkingDays).unwrap(),
        r#""working_days""#
    );
}

#[test]
fn the_office_day_is_eight_hours_ahead() {
    assert_eq!(
        Moment::from(instant("2026-02-09T15:59:59Z")).day(),
        day("2026-02-09")
    );
    assert_eq!(
        Moment::from(instant("2026-02-09T16:00:00Z")).day(),
        day("2026-02-10")
    );
    let late = Request::new(instant("2026-02-09T16:00:00Z"), Term::working_days(20));
    assert_eq!(CALENDAR.due(&late).unwrap().date, day("2026-03-16"));
}

#[test]
fn office_hours_must_make_sense() {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let session = |from, to| Session {
        from: at(from),
        to: at(to),
    };
    assert!(OfficeHours::new(vec![session(9, 12), session(12, 17)]).is_ok());
    for bad in [
        vec![],
        vec![session(12, 9)],
        vec![session(9, 12), session(11, 17)],
        vec![session(13, 17), session(9, 12)],
    ] {
        assert_eq!(
            OfficeHours::new(bad).unwrap_err().code(),
            "calendar.invalid_office_hours"
        );
    }
    assert!(serde_json::from_str::<OfficeHours>("[]").is_err());
}

#[test]
fn huge_terms_are_an_error_not_an_overflow() {
    let code = |term: Term| {
        CALENDAR
            .due(&Request::new(day("2026-02-10"), term))
            .unwrap_err()
            .code()
    };
    for unit in [
        Unit::WorkingDays,
        Unit::NaturalDays,
        Unit::Months,
        Unit::Minutes,
    ] {
        assert_eq!(
            code(Term::new(u32::MAX, unit)),
            "calendar.beyond_coverage",
            "{unit:?}"
        );
    }
    assert_eq!(
        code(Term::new(u32::MAX, Unit::Years)),
        "calendar.term_too_long"
    );
    assert_eq!(
        code(Term::new(u32::MAX, Unit::Hours)),
        "calendar.term_too_long"
    );
    let extended = Request::new(day("2026-02-10"), Term::working_days(u32::MAX)).extend(1);
    assert_eq!(
        CALENDAR.due(&extended).unwrap_err().code(),
        "calendar.term_too_long"
    );
}

#[test]
fn the_calendar_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Calendar>();
}
