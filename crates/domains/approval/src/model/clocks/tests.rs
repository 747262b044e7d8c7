//! The clocks against the vectors of the design, through events.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use tb_calendar::{Calendar, LightRules, Term, Unit};

use super::{Alarm, Clocks, Reading, Terms, clocks};
use crate::model::event::{Beat, EventKind};
use crate::model::light::{Cache, far_away};

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::embedded().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning in Shanghai.
fn at(text: &str) -> DateTime<Utc> {
    Utc.from_utc_datetime(&day(text).and_hms_opt(2, 0, 0).unwrap())
}

fn terms() -> Terms {
    Terms {
        correction: Term::working_days(10),
        legal: Some(Term::working_days(20)),
        promised: Some(Term::working_days(8)),
        steps: vec![Term::working_days(3), Term::working_days(2)],
        check: None,
        region: "430102".to_owned(),
        start_roll: false,
    }
}

fn beat(kind: EventKind, on: &str) -> Beat {
    Beat::new(kind, at(on))
}

fn entered(kind: EventKind, on: &str, step: usize) -> Beat {
    Beat {
        entered_step: Some(step),
        ..beat(kind, on)
    }
}

fn read(beats: &[Beat], terms: &Terms, as_of: &str) -> Clocks {
    clocks(beats, terms, &CALENDAR, &LightRules::default(), day(as_of))
}

fn date(reading: Option<&Reading>) -> Option<NaiveDate> {
    reading.and_then(Reading::day)
}

/// Accepted on a day, with further events.
fn accepted(on: &str, more: Vec<Beat>) -> Vec<Beat> {
    let mut beats = vec![
        beat(EventKind::Submitted, on),
        beat(EventKind::Received, on),
        beat(EventKind::Accepted, on),
        entered(EventKind::Begun, on, 0),
    ];
    beats.extend(more);
    beats
}

fn legal(term: Term, on: &str, more: Vec<Beat>) -> Option<NaiveDate> {
    let terms = Terms {
        legal: Some(term),
        ..terms()
    };
    date(
        read(&accepted(on, more), &terms, "2026-03-31")
            .legal
            .as_ref(),
    )
}

#[test]
fn the_acceptance_clock_of_five_days_starts_at_submission() {
    for (submitted, due) in [
        ("2026-11-28", "2026-12-04"),
        ("2026-02-13", "2026-02-27"),
        ("2026-09-24", "2026-10-09"),
        ("2024-02-08", "2024-02-21"),
    ] {
        let clocks = read(
            &[beat(EventKind::Submitted, submitted)],
            &terms(),
            submitted,
        );
        assert_eq!(
            date(clocks.acceptance.as_ref()),
            Some(day(due)),
            "{submitted}"
        );
        assert_eq!(
            clocks.running.received_at,
            Some(at(submitted)),
            "online, submitted is received"
        );
        // Received by hand later, it does not start anew.
        let received = [
            beat(EventKind::Submitted, submitted),
            beat(EventKind::Received, due),
        ];
        assert_eq!(read(&received, &terms(), due).acceptance, clocks.acceptance);
        assert!(clocks.legal.is_none() && clocks.promised.is_none() && clocks.step.is_none());
    }
}

#[test]
fn a_division_may_roll_the_start() {
    let rolled = Terms {
        start_roll: true,
        ..terms()
    };
    let clocks = read(
        &[beat(EventKind::Submitted, "2026-11-28")],
        &rolled,
        "2026-11-28",
    );
    assert_eq!(date(clocks.acceptance.as_ref()), Some(day("2026-12-07")));
}

#[test]
fn the_legal_term_follows_every_vector() {
    let days = Term::working_days;
    assert_eq!(
        legal(days(20), "2026-02-10", vec![]),
        Some(day("2026-03-16"))
    );
    assert_eq!(
        legal(days(1), "2026-10-09", vec![]),
        Some(day("2026-10-10"))
    );
    assert_eq!(
        legal(days(1), "2026-10-10", vec![]),
        Some(day("2026-10-12"))
    );
    assert_eq!(
        legal(days(45), "2026-01-05", vec![]),
        Some(day("2026-03-13"))
    );
    assert_eq!(
        legal(days(10), "2025-09-28", vec![]),
        Some(day("2025-10-17"))
    );
    assert_eq!(
        legal(days(5), "2026-11-28", vec![]),
        Some(day("2026-12-04"))
    );
    assert_eq!(
        legal(Term::natural_days(30), "2026-01-20", vec![]),
        Some(day("2026-02-24"))
    );
}

#[test]
fn pauses_are_the_union_of_their_days() {
    let pause = |from: &str, to: &str| {
        vec![
            beat(EventKind::SpecialProcedureStarted, from),
            beat(EventKind::SpecialProcedureEnded, to),
        ]
    };
    let days = Term::working_days(20);
    assert_eq!(
        legal(days, "2026-02-10", pause("2026-03-02", "2026-03-06")),
        Some(day("2026-03-23"))
    );
    assert_eq!(
        legal(days, "2026-02-10", pause("2026-02-15", "2026-02-23")),
        Some(day("2026-03-16"))
    );
    let overlapping = vec![
        beat(EventKind::SpecialProcedureStarted, "2026-03-02"),
        beat(EventKind::Suspended, "2026-03-05"),
        beat(EventKind::SpecialProcedureEnded, "2026-03-06"),
        beat(EventKind::Resumed, "2026-03-10"),
    ];
    assert_eq!(
        legal(days, "2026-02-10", overlapping.clone()),
        Some(day("2026-03-25"))
    );
    let clocks = read(
        &accepted("2026-02-10", overlapping[..3].to_vec()),
        &terms(),
        "2026-03-06",
    );
    assert_eq!(
        clocks.running.paused_since,
        Some(at("2026-03-05")),
        "one pause of two still lasts"
    );
}

#[test]
fn an_open_pause_gives_the_earliest_date_and_says_so() {
    let beats = accepted(
        "2026-02-10",
        vec![beat(EventKind::SpecialProcedureStarted, "2026-03-02")],
    );
    let clocks = read(&beats, &terms(), "2026-03-06");
    let due = clocks.legal.as_ref().unwrap().due.as_ref().unwrap();
    assert_eq!(
        (due.date, due.open_pause),
        (day("2026-03-23"), Some(day("2026-03-02")))
    );
    assert_eq!(
        clocks.paused_since.unwrap().to_rfc3339(),
        "2026-03-01T16:00:00+00:00"
    );
}

#[test]
fn an_extension_moves_the_legal_date_and_the_promise_not_past_the_old_one() {
    let extended = Beat {
        extension: Some(10),
        ..beat(EventKind::Extended, "2026-02-25")
    };
    assert_eq!(
        legal(Term::working_days(20), "2026-02-10", vec![extended.clone()]),
        Some(day("2026-03-30"))
    );
    let clocks = read(
        &accepted("2026-02-10", vec![extended.clone()]),
        &terms(),
        "2026-02-25",
    );
    // 8 + 10 lies within the old legal term of 20.
    assert_eq!(date(clocks.promised.as_ref()), Some(day("2026-03-12")));
    let close = Terms {
        promised: Some(Term::working_days(15)),
        ..terms()
    };
    let clocks = read(
        &accepted("2026-02-10", vec![extended]),
        &close,
        "2026-02-25",
    );
    assert_eq!(
        date(clocks.promised.as_ref()),
        Some(day("2026-03-16")),
        "bound by the original legal date"
    );
}

#[test]
fn a_correction_stops_the_acceptance_clock_and_starts_it_from_nothing() {
    for (asked, answered) in [
        (EventKind::CorrectionRequested, EventKind::Corrected),
        (EventKind::PreReviewReturned, EventKind::Resubmitted),
    ] {
        let mut beats = vec![
            beat(EventKind::Submitted, "2026-11-23"),
            beat(asked, "2026-11-27"),
        ];
        let clocks = read(&beats, &terms(), "2026-11-27");
        assert_eq!(clocks.acceptance, None, "stopped");
        assert_eq!(
            date(clocks.applicant.as_ref()),
            Some(day("2026-12-11")),
            "ten working days for the applicant"
        );
        assert_eq!(clocks.running.paused_since, Some(at("2026-11-27")));
        beats.push(beat(answered, "2026-12-01"));
        let clocks = read(&beats, &terms(), "2026-12-01");
        // Four of the first five days had gone by: they do not count any more.
        assert_eq!(date(clocks.acceptance.as_ref()), Some(day("2026-12-08")));
        assert_eq!(clocks.running.received_at, Some(at("2026-12-01")));
        assert_eq!((clocks.applicant, clocks.paused_since), (None, None));
    }
}

#[test]
fn acceptance_starts_legal_promised_and_step_clocks() {
    let clocks = read(&accepted("2026-11-23", vec![]), &terms(), "2026-11-23");
    assert_eq!(clocks.acceptance, None);
    assert_eq!(date(clocks.legal.as_ref()), Some(day("2026-12-21")));
    assert_eq!(date(clocks.promised.as_ref()), Some(day("2026-12-03")));
    assert_eq!(date(clocks.step.as_ref()), Some(day("2026-11-26")));
    let more = vec![entered(EventKind::StepCompleted, "2026-11-25", 1)];
    let clocks = read(&accepted("2026-11-23", more), &terms(), "2026-11-25");
    assert_eq!(
        date(clocks.step.as_ref()),
        Some(day("2026-11-27")),
        "the second step has its own two days"
    );
    let more = vec![entered(EventKind::StepCompleted, "2026-11-25", 2)];
    assert_eq!(
        read(&accepted("2026-11-23", more), &terms(), "2026-11-25").step,
        None,
        "all steps are done"
    );
}

#[test]
fn deemed_acceptance_counts_from_receipt() {
    let beats = [
        beat(EventKind::Submitted, "2026-11-23"),
        beat(EventKind::Received, "2026-11-23"),
        beat(EventKind::DeemedAccepted, "2026-11-23"),
        entered(EventKind::Begun, "2026-11-23", 0),
    ];
    let clocks = read(&beats, &terms(), "2026-12-01");
    assert_eq!(date(clocks.legal.as_ref()), Some(day("2026-12-21")));
    assert_eq!(clocks.running.accepted_at, Some(at("2026-11-23")));
}

#[test]
fn a_decision_stops_the_clocks_and_starts_delivery() {
    let more = vec![
        entered(EventKind::StepCompleted, "2026-11-24", 2),
        beat(EventKind::Decided, "2026-11-25"),
    ];
    let mut beats = accepted("2026-11-23", more);
    let clocks = read(&beats, &terms(), "2026-11-25");
    assert_eq!(date(clocks.delivery.as_ref()), Some(day("2026-12-09")));
    assert_eq!(clocks.next().map(|(kind, _)| kind), Some("delivery"));
    beats.extend([
        beat(EventKind::Closed, "2026-11-26"),
        beat(EventKind::Delivered, "2026-11-27"),
    ]);
    let clocks = read(&beats, &terms(), "2026-11-27");
    assert_eq!(clocks.delivery, None);
    assert_eq!(Cache::from(&clocks).due_until, far_away());
}

#[test]
fn every_end_stops_what_runs() {
    for end in [
        EventKind::NotAccepted,
        EventKind::Refused,
        EventKind::Withdrawn,
    ] {
        let clocks = read(
            &[
                beat(EventKind::Submitted, "2026-11-23"),
                beat(end, "2026-11-24"),
            ],
            &terms(),
            "2026-11-24",
        );
        assert_eq!(
            (clocks.acceptance.clone(), clocks.applicant.clone()),
            (None, None),
            "{end}"
        );
        assert_eq!(clocks.next().map(|(kind, _)| kind), None);
    }
}

#[test]
fn hours_end_at_a_minute() {
    let terms = Terms {
        steps: vec![Term::new(4, Unit::Hours)],
        ..terms()
    };
    let clocks = read(&accepted("2026-11-23", vec![]), &terms, "2026-11-23");
    let due = clocks
        .step
        .as_ref()
        .unwrap()
        .due
        .as_ref()
        .unwrap()
        .at
        .unwrap();
    assert_eq!(
        clocks.step.as_ref().unwrap().until().unwrap() - due,
        chrono::Duration::microseconds(1)
    );
}

#[test]
fn yellow_is_a_fifth_of_the_promise_or_the_last_working_day() {
    let clocks = read(&accepted("2026-11-23", vec![]), &terms(), "2026-11-23");
    // 8 working days: a fifth is one day, so yellow from the day before the last.
    assert_eq!(
        clocks.yellow_from.unwrap().to_rfc3339(),
        "2026-12-01T16:00:00+00:00"
    );
    let before = read(
        &[beat(EventKind::Submitted, "2026-11-23")],
        &terms(),
        "2026-11-23",
    );
    assert_eq!(
        before.yellow_from.unwrap().to_rfc3339(),
        "2026-11-26T16:00:00+00:00",
        "of the acceptance term"
    );
}

#[test]
fn beyond_the_calendar_there_is_an_alarm_and_no_guess() {
    let clocks = read(&accepted("2026-12-28", vec![]), &terms(), "2026-12-28");
    assert_eq!(
        clocks.alarm(),
        Some(&Alarm::Provisional { missing_year: 2027 })
    );
    assert!(date(clocks.legal.as_ref()).is_some());
    let clocks = read(&accepted("2027-12-20", vec![]), &terms(), "2027-12-20");
    assert_eq!(clocks.legal.as_ref().and_then(Reading::day), None);
    assert_eq!(
        clocks.alarm(),
        Some(&Alarm::BeyondCoverage {
            last_covered: day("2027-12-31")
        })
    );
    let cache = Cache::from(&clocks);
    assert!(cache.provisional);
    assert_eq!(
        (cache.legal_until, cache.alarm.as_deref()),
        (None, Some("beyond_coverage"))
    );
}

#[test]
fn waiting_for_a_fee_holds_up_the_promise_and_never_the_law() {
    // 2026-03-02 + 8 working days is 03-12; the steps are done on 03-04, the notice is out from 03-05
    // to 03-11.
    let noticed = vec![
        entered(EventKind::StepCompleted, "2026-03-04", 2),
        beat(EventKind::FeeNoticed, "2026-03-05"),
    ];
    let without = read(&accepted("2026-03-02", vec![]), &terms(), "2026-03-20");
    let waiting = read(
        &accepted("2026-03-02", noticed.clone()),
        &terms(),
        "2026-03-20",
    );
    assert_eq!(date(without.promised.as_ref()), Some(day("2026-03-12")));
    assert_eq!(date(waiting.legal.as_ref()), date(without.legal.as_ref()));
    assert_eq!(waiting.running.paused_since, None, "the law goes on");
    let cache = Cache::from(&waiting);
    assert_eq!(cache.promised_until, None, "the payment gives it a date");
    assert_eq!(cache.due_kind.as_deref(), Some("legal"));

    for ends in [
        EventKind::FeePaid,
        EventKind::FeeExempted,
        EventKind::FeeLapsed,
        EventKind::FeeCancelled,
    ] {
        let mut beats = noticed.clone();
        beats.push(beat(ends, "2026-03-11"));
        let paid = read(&accepted("2026-03-02", beats), &terms(), "2026-03-20");
        // Five working days did not count.
        assert_eq!(
            date(paid.promised.as_ref()),
            Some(day("2026-03-19")),
            "{ends}"
        );
        assert_eq!(date(paid.legal.as_ref()), date(without.legal.as_ref()));
        assert_eq!(Cache::from(&paid).due_kind.as_deref(), Some("promised"));
    }
}

#[test]
fn what_was_over_before_a_fee_was_asked_for_stays_over() {
    let late = vec![beat(EventKind::FeeNoticed, "2026-03-16")];
    let clocks = read(&accepted("2026-03-02", late), &terms(), "2026-03-20");
    let cache = Cache::from(&clocks);
    assert!(
        cache
            .promised_until
            .is_some_and(|until| until <= at("2026-03-13"))
    );
    assert_eq!(cache.due_kind.as_deref(), Some("promised"));
}
