//! What starts, rests and goes on: pauses beside each other, waiting for fees order by order.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

use super::{leaves_clocks, running};
use crate::model::event::{Beat, EventKind};
use crate::model::words::Word;

const FIRST: Option<Uuid> = Some(Uuid::from_u128(1));
const SECOND: Option<Uuid> = Some(Uuid::from_u128(2));

fn beat((kind, order, day): (EventKind, Option<Uuid>, u32)) -> Beat {
    let at: DateTime<Utc> = format!("2026-03-{day:02}T02:00:00Z").parse().unwrap();
    Beat {
        fee_order: order,
        ..Beat::new(kind, at)
    }
}

fn pauses(beats: &[(EventKind, Option<Uuid>, u32)]) -> Vec<(u32, u32)> {
    let beats: Vec<Beat> = beats.iter().copied().map(beat).collect();
    days(&beats)
}

/// First and last days of the pauses for fees; 0 where one lasts.
fn days(beats: &[Beat]) -> Vec<(u32, u32)> {
    use chrono::Datelike;
    let pauses = running(beats, 2).fee_pauses;
    pauses
        .iter()
        .map(|pause| (pause.from.day(), pause.to.map_or(0, |day| day.day())))
        .collect()
}

#[test]
fn an_order_ends_its_own_pause_and_no_other() {
    let taken_back = [
        (EventKind::FeeNoticed, FIRST, 2),
        (EventKind::FeeCancelled, FIRST, 3),
        (EventKind::FeeNoticed, SECOND, 4),
        // The first one's money comes late.
        (EventKind::FeePaid, FIRST, 5),
    ];
    assert_eq!(pauses(&taken_back), [(2, 3), (4, 0)]);
    let mut paid = taken_back.to_vec();
    paid.push((EventKind::FeePaid, SECOND, 9));
    assert_eq!(pauses(&paid), [(2, 3), (4, 9)]);
    // Written before orders were named.
    let old = [
        (EventKind::FeeNoticed, None, 2),
        (EventKind::FeePaid, FIRST, 6),
    ];
    assert_eq!(pauses(&old), [(2, 6)]);
}

#[test]
fn what_the_office_takes_to_answer_is_its_own_time() {
    let asked = [
        (EventKind::FeeNoticed, FIRST, 2),
        (EventKind::FeeReductionAsked, FIRST, 4),
        (EventKind::FeeProposed, FIRST, 5),
    ];
    assert_eq!(pauses(&asked), [(2, 4)]);
    let with = |more: &[(EventKind, Option<Uuid>, u32)]| pauses(&[&asked, more].concat());
    let refused = (EventKind::FeeRequestRefused, FIRST, 10);
    assert_eq!(with(&[refused]), [(2, 4), (10, 0)]);
    let billed = (EventKind::FeeBilled, FIRST, 11);
    assert_eq!(with(&[refused, billed]), [(2, 4), (10, 0)], "once");
    let reduced = (EventKind::FeeReduced, FIRST, 10);
    assert_eq!(with(&[reduced, billed]), [(2, 4), (11, 0)]);
    // Paid, exempted, or ended while it was asked: there is nothing to wait for.
    for end in [
        EventKind::FeePaid,
        EventKind::FeeExempted,
        EventKind::FeeCancelled,
    ] {
        let ended = [(end, FIRST, 6), refused];
        assert_eq!(with(&ended), [(2, 4)], "{end}");
    }
}

#[test]
fn nobody_waits_for_him_whose_request_for_money_back_is_refused() {
    let paid = [
        (EventKind::FeeNoticed, FIRST, 2),
        (EventKind::FeePaid, FIRST, 3),
        (EventKind::FeeRefundAsked, FIRST, 4),
        (EventKind::FeeRequestRefused, FIRST, 5),
    ];
    assert_eq!(pauses(&paid), [(2, 3)]);
    // A part leaves him the rest, by another code.
    let part = [
        (EventKind::FeeNoticed, FIRST, 2),
        (EventKind::FeePaid, FIRST, 3),
        (EventKind::FeeBilled, FIRST, 3),
    ];
    assert_eq!(pauses(&part), [(2, 3), (3, 0)]);
}

#[test]
fn while_a_step_is_to_be_done_the_promise_runs() {
    let step = |kind, entered, day| Beat {
        entered_step: Some(entered),
        ..beat((kind, None, day))
    };
    let fee = |kind, day| beat((kind, FIRST, day));
    let mut beats = vec![
        step(EventKind::Begun, 0, 2),
        fee(EventKind::FeeNoticed, 3),
        step(EventKind::StepCompleted, 1, 4),
    ];
    assert!(days(&beats).is_empty());
    beats.push(step(EventKind::StepCompleted, 2, 6));
    assert_eq!(days(&beats), [(6, 0)]);
    beats.push(step(EventKind::StepReturned, 1, 9));
    assert_eq!(days(&beats), [(6, 9)]);
    beats.push(fee(EventKind::FeeBilled, 10));
    assert_eq!(days(&beats), [(6, 9)], "another code changes nothing");
    beats.push(step(EventKind::StepCompleted, 2, 11));
    beats.push(fee(EventKind::FeePaid, 13));
    assert_eq!(days(&beats), [(6, 9), (11, 13)]);
    // Accepted by silence on the 8th, from the 2nd on.
    let silent = Beat {
        noted_at: beat((EventKind::Begun, None, 8)).at,
        ..step(EventKind::Begun, 0, 2)
    };
    assert_eq!(days(&[fee(EventKind::FeeNoticed, 2), silent]), [(2, 8)]);
    // Paid while it was examined.
    let paid = [&beats[..6], &[fee(EventKind::FeePaid, 10)], &beats[6..7]].concat();
    assert_eq!(days(&paid), [(6, 9)]);
}

fn at(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, day, 2, 0, 0).unwrap()
}

#[test]
fn every_event_is_known_to_the_clocks() {
    let moving: Vec<EventKind> = EventKind::ALL
        .iter()
        .copied()
        .filter(|kind| !leaves_clocks(*kind))
        .collect();
    assert!(moving.contains(&EventKind::Decided));
    // Whatever neither moves a clock nor is known to leave them stops here.
    for kind in EventKind::ALL {
        running(&[Beat::new(*kind, at(1))], 2);
    }
}

#[test]
fn the_earlier_end_of_two_pauses_counts_and_each_ends_its_own() {
    let planned = |kind, day, end: u32| Beat {
        planned_end: NaiveDate::from_ymd_opt(2026, 12, end),
        ..Beat::new(kind, at(day))
    };
    let mut beats = vec![
        planned(EventKind::HearingAsked, 1, 28),
        planned(EventKind::SpecialProcedureStarted, 2, 10),
    ];
    let both = running(&beats, 2);
    assert_eq!(both.planned_end, NaiveDate::from_ymd_opt(2026, 12, 10));
    assert_eq!(both.paused_since, Some(at(1)));
    beats.push(Beat::new(EventKind::SpecialProcedureEnded, at(8)));
    let one = running(&beats, 2);
    assert_eq!(one.planned_end, NaiveDate::from_ymd_opt(2026, 12, 28));
    assert_eq!(one.paused_since, Some(at(1)));
    beats.push(Beat::new(EventKind::HearingHeld, at(20)));
    let none = running(&beats, 2);
    assert_eq!((none.planned_end, none.paused_since), (None, None));
    assert!(none.pauses.iter().all(|pause| pause.to.is_some()));
}

#[test]
fn the_clocks_rest_while_anybody_wants_a_hearing() {
    let on = |kind, day, end: Option<u32>| Beat {
        planned_end: end.and_then(|end| NaiveDate::from_ymd_opt(2026, 12, end)),
        ..Beat::new(kind, at(day))
    };
    let mut beats = vec![
        on(EventKind::HearingAsked, 1, Some(28)),
        on(EventKind::HearingAsked, 3, Some(30)),
    ];
    let end = |beats: &[Beat]| running(beats, 2).planned_end.map(|day| day.day());
    assert_eq!(end(&beats), Some(28), "the first request counts");
    assert_eq!(running(&beats, 2).pauses.len(), 1);
    // The first takes his back, the second still wants it.
    beats.push(on(EventKind::HearingWaived, 5, Some(30)));
    assert_eq!(end(&beats), Some(30));
    assert_eq!(running(&beats, 2).paused_since, Some(at(1)));
    beats.push(on(EventKind::HearingWaived, 6, None));
    let none = running(&beats, 2);
    assert_eq!((none.planned_end, none.paused_since), (None, None));
    assert!(none.pauses.iter().all(|pause| pause.to.is_some()));
}
