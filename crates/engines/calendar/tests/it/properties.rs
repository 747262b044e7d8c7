//! Properties that hold for any start, term and pauses, against the naive oracle.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tb_calendar::{Due, LightRules, Moment, Pause, Request, StepKind, Term, Unit};

use crate::{CALENDAR, day, oracle};

type Pauses = Vec<(NaiveDate, NaiveDate)>;

fn after(start: NaiveDate, days: u64) -> NaiveDate {
    start.checked_add_days(Days::new(days)).unwrap()
}

/// Any day of 2004–2024, so that terms of a year and more stay inside the covered years.
fn any_start() -> impl Strategy<Value = NaiveDate> {
    (0..7_600_u64).prop_map(|n| after(day("2004-01-01"), n))
}

/// Up to six pauses near the start, some before it, overlapping or not.
fn any_case() -> impl Strategy<Value = (NaiveDate, Pauses)> {
    (
        any_start(),
        prop::collection::vec((0..200_u64, 0..30_u64), 0..6),
    )
        .prop_map(|(start, pauses)| {
            let base = start
                - Days::new(20).min(Days::new(
                    u64::try_from((start - day("2004-01-01")).num_days()).unwrap(),
                ));
            let pauses = pauses
                .iter()
                .map(|(from, length)| (after(base, *from), after(base, from + length)));
            (start, pauses.collect())
        })
}

fn request(start: NaiveDate, term: Term, pauses: &Pauses) -> Request {
    let request = Request::new(start, term);
    pauses
        .iter()
        .fold(request, |r, (from, to)| r.pause(Pause::closed(*from, *to)))
}

fn due(request: &Request) -> Due {
    CALENDAR.due(request).unwrap()
}

/// Runs of days tile the days from the first one after the start to the due date, and their counts add up.
fn check_tiles(start: NaiveDate, due: &Due, total: u32) {
    let is_run = |kind| {
        use StepKind as K;
        matches!(
            kind,
            K::WorkingDays
                | K::WorkedRestDay
                | K::NaturalDays
                | K::Weekend
                | K::Holiday
                | K::Paused
        )
    };
    let (mut next, mut running) = (after(start, 1), 0);
    for step in due.derivation.steps.iter().filter(|s| is_run(s.kind)) {
        assert_eq!(step.from, next);
        assert_eq!(i64::from(step.days), (step.to - step.from).num_days() + 1);
        running += step.counted;
        assert_eq!(step.running, running);
        next = after(step.to, 1);
    }
    let rolled = due
        .derivation
        .steps
        .iter()
        .find(|s| s.kind == StepKind::EndRolled);
    assert_eq!(
        rolled.map_or(due.date, |s| s.from),
        next.pred_opt().unwrap()
    );
    assert_eq!(running, total);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn working_days_agree_with_the_oracle((start, pauses) in any_case(), n in 1..80_u32) {
        let due = due(&request(start, Term::working_days(n), &pauses));
        prop_assert_eq!(due.date, oracle::working(start, n, &pauses));
        prop_assert!(oracle::is_working(due.date) && !oracle::is_paused(due.date, &pauses));
        check_tiles(start, &due, n);
    }

    #[test]
    fn natural_days_agree_with_the_oracle((start, pauses) in any_case(), n in 1..120_u32) {
        let due = due(&request(start, Term::natural_days(n), &pauses));
        prop_assert_eq!(due.date, oracle::natural(start, n, &pauses));
        check_tiles(start, &due, n);
    }

    #[test]
    fn months_are_as_many_natural_days((start, pauses) in any_case(), n in 1..10_u32) {
        let base = start.checked_add_months(chrono::Months::new(n)).unwrap();
        let days = u32::try_from((base - start).num_days()).unwrap();
        let due = due(&request(start, Term::new(n, Unit::Months), &pauses));
        prop_assert_eq!(due.date, oracle::natural(start, days, &pauses));
        check_tiles(start, &due, days);
    }

    #[test]
    fn order_and_union_of_pauses_do_not_matter((start, pauses) in any_case(), n in 1..60_u32, turn in 0..6_usize) {
        let whole = due(&request(start, Term::working_days(n), &pauses));
        let mut other = pauses.clone();
        other.reverse();
        other.rotate_left(turn.min(pauses.len()));
        prop_assert_eq!(&due(&request(start, Term::working_days(n), &other)), &whole);
        // The same days, given one by one and twice, are the same pause.
        let single: Pauses = pauses.iter().flat_map(|(a, b)| a.iter_days().take_while(move |d| d <= b)).map(|d| (d, d)).collect();
        let doubled: Pauses = single.iter().chain(&pauses).copied().collect();
        prop_assert_eq!(due(&request(start, Term::working_days(n), &doubled)).date, whole.date);
    }

    #[test]
    fn longer_terms_are_due_later((start, pauses) in any_case(), n in 0..60_u32) {
        let date = |n| due(&request(start, Term::working_days(n), &pauses)).date;
        prop_assert!(date(n) <= date(n + 1));
        prop_assert!(n == 0 || date(n) < date(n + 1));
        let natural = |n| due(&request(start, Term::natural_days(n), &pauses)).date;
        prop_assert!(natural(n) <= natural(n + 1));
    }

    #[test]
    fn a_further_pause_never_helps((start, pauses) in any_case(), n in 0..60_u32) {
        prop_assume!(!pauses.is_empty());
        for unit in [Unit::WorkingDays, Unit::NaturalDays, Unit::OnTheSpot] {
            let fewer = pauses[1..].to_vec();
            let date = |pauses| due(&request(start, Term::new(n, unit), pauses)).date;
            prop_assert!(date(&fewer) <= date(&pauses));
        }
    }

    #[test]
    fn extensions_are_a_longer_term((start, pauses) in any_case(), n in 1..40_u32, more in 0..15_u32, again in 0..10_u32) {
        for unit in [Unit::WorkingDays, Unit::NaturalDays] {
            let extended = request(start, Term::new(n, unit), &pauses).extend(more).extend(again);
            let longer = request(start, Term::new(n + more + again, unit), &pauses);
            let (extended, longer) = (due(&extended), due(&longer));
            prop_assert_eq!(extended.date, longer.date);
            let steps = &extended.derivation.steps;
            let moves: Vec<_> = steps.iter().filter(|s| s.kind == StepKind::Extension).collect();
            prop_assert_eq!(moves.len(), 2);
            prop_assert_eq!(moves[0].to, moves[1].from);
            prop_assert_eq!(moves[1].to, extended.date);
        }
    }

    #[test]
    fn remaining_agrees_with_the_oracle((start, pauses) in any_case(), n in 0..100_u64) {
        let listed: Vec<Pause> = pauses.iter().map(|(a, b)| Pause::closed(*a, *b)).collect();
        let end = after(start, n);
        let expected = oracle::between(start, end, &pauses);
        prop_assert_eq!(CALENDAR.remaining(start, end, &listed, None).unwrap(), expected);
        prop_assert_eq!(CALENDAR.remaining(end, start, &listed, None).unwrap(), -expected);
        prop_assert_eq!(CALENDAR.working_days_between(start, end, None).unwrap(), oracle::between(start, end, &[]));
    }

    #[test]
    fn yellow_begins_when_little_remains((start, pauses) in any_case(), n in 1..60_u32) {
        let request = request(start, Term::working_days(n), &pauses);
        let due = due(&request);
        let yellow = CALENDAR.yellow_from(&request, &due, &LightRules::default()).unwrap();
        let limit = i32::try_from((n / 5).max(1)).unwrap();
        let first = start.iter_days().find(|d| oracle::between(*d, due.date, &pauses) <= limit).unwrap();
        prop_assert_eq!(yellow, Moment::Day(first));
    }

    #[test]
    fn the_calendar_knows_every_day(start in any_start()) {
        prop_assert_eq!(CALENDAR.is_working_day(start, None).unwrap(), oracle::is_working(start));
        let next = start.iter_days().find(|d| oracle::is_working(*d)).unwrap();
        prop_assert_eq!(CALENDAR.next_working_day(start, None).unwrap(), next);
    }

    #[test]
    fn minutes_agree_with_a_minute_by_minute_clock(start in any_start(), minute in 0..1_440_i64, n in 0..1_500_u32) {
        let office = chrono::TimeDelta::hours(8);
        let wall = start.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::minutes(minute);
        let request = Request::new((wall - office).and_utc(), Term::new(n, Unit::Minutes));
        let due = due(&request);
        let is_open = |t: chrono::NaiveDateTime| {
            let of_day = (t.time() - chrono::NaiveTime::MIN).num_minutes();
            oracle::is_working(t.date()) && ((540..720).contains(&of_day) || (810..1_020).contains(&of_day))
        };
        let (mut t, mut left) = (wall, n);
        if n == 0 {
            while !is_open(t) { t += chrono::TimeDelta::minutes(1); }
        }
        while left > 0 {
            if is_open(t) { left -= 1; }
            t += chrono::TimeDelta::minutes(1);
        }
        prop_assert_eq!(due.at.unwrap(), (t - office).and_utc());
        let counted: u32 = due.derivation.steps.iter().map(|s| s.counted).sum();
        prop_assert_eq!(counted, n);
        let hours = tb_calendar::OfficeHours::default();
        let left = CALENDAR.remaining_minutes((wall - office).and_utc(), due.at.unwrap(), &[], None, &hours);
        prop_assert_eq!(left.unwrap(), i32::try_from(n).unwrap());
    }
}
