//! `clock due`: the day on the first line, why below; the vectors of the working-day clock.

use super::Place;

fn due(args: &[&str]) -> (String, Vec<String>) {
    let place = Place::new();
    let all = [&["clock", "due"], args].concat();
    let out = place.run(&all).good();
    let mut lines = out.lines().map(str::to_owned);
    (lines.next().unwrap(), lines.collect())
}

#[test]
fn the_first_line_is_the_day() {
    let vectors: [(&str, &str); 15] = [
        ("2026-11-28 --working-days 5", "2026-12-04"),
        ("2026-11-28 --working-days 5 --roll-start", "2026-12-07"),
        ("2026-02-10 --working-days 20", "2026-03-16"),
        (
            "2026-02-10 --working-days 20 --pause 2026-03-02..2026-03-06",
            "2026-03-23",
        ),
        (
            "2026-02-10 --working-days 20 --pause 2026-03-02..2026-03-06 --pause 2026-03-05..2026-03-10",
            "2026-03-25",
        ),
        (
            "2026-02-10 --working-days 20 --pause 2026-02-15..2026-02-23",
            "2026-03-16",
        ),
        ("2026-02-10 --working-days 20 --extend 10", "2026-03-30"),
        ("2026-02-13 --working-days 5", "2026-02-27"),
        ("2026-09-24 --working-days 5", "2026-10-09"),
        ("2026-10-09 --working-days 1", "2026-10-10"),
        ("2026-10-10 --working-days 1", "2026-10-12"),
        ("2026-01-05 --working-days 45", "2026-03-13"),
        ("2026-01-20 --natural-days 30", "2026-02-24"),
        ("2025-09-28 --working-days 10", "2025-10-17"),
        ("2024-02-08 --working-days 5", "2024-02-21"),
    ];
    for (args, day) in vectors {
        let args: Vec<&str> = ["--start"].into_iter().chain(args.split(' ')).collect();
        assert_eq!(due(&args).0, day, "{args:?}");
    }
}

#[test]
fn the_derivation_stands_below_in_the_language_asked_for() {
    let args = [
        "--start",
        "2026-02-10",
        "--working-days",
        "20",
        "--pause",
        "2026-03-02..2026-03-06",
    ];
    let (_, chinese) = due(&args);
    assert_eq!(chinese[0], "2026-02-10（周二）：起算，当日不计");
    assert!(chinese.iter().any(|line| line.contains("春节假期")));
    assert!(
        chinese
            .iter()
            .any(|line| line.contains("计时暂停，5个工作日不计"))
    );
    assert!(chinese.last().unwrap().contains("2026-03-23"));
    let (_, english) = due(&[&args[..], &["--lang", "en"]].concat());
    assert_eq!(english.len(), chinese.len());
    assert!(english.iter().all(|line| line.is_ascii()), "{english:?}");
    assert!(english.last().unwrap().contains("2026-03-23"));
}

#[test]
fn a_day_in_a_year_without_notice_is_called_provisional() {
    let (day, lines) = due(&["--start", "2026-12-10", "--working-days", "60"]);
    assert_eq!(day, "2027-03-09");
    assert!(lines.last().unwrap().contains("暂定"), "{lines:?}");
}

#[test]
fn a_term_outside_of_the_calendar_is_refused() {
    let place = Place::new();
    let ask = |start: &str, days: &str| {
        place.run(&["clock", "due", "--start", start, "--working-days", days])
    };
    let beyond = ask("2027-12-10", "60");
    assert_eq!(beyond.out, "", "no guess is printed");
    let err = beyond.failed(
        1,
        &["期限超出日历的范围", "2027-12-31", "past the covered years"],
    );
    assert_eq!(err.lines().count(), 1, "said once: {err}");
    ask("2003-12-10", "6").failed(1, &["早于日历的第一天", "2004-01-01", "before the first"]);
    ask("2026-12-10", "4000000000").failed(1, &["期限"]);
}

#[test]
fn a_pause_that_is_none_is_refused() {
    let place = Place::new();
    let ask = |pause: &str| {
        let args = [
            "clock",
            "due",
            "--start",
            "2026-02-10",
            "--working-days",
            "20",
        ];
        place.run(&[&args[..], &["--pause", pause]].concat())
    };
    ask("2026-03-06..2026-03-02").failed(2, &["止日早于起日", "ends before it begins"]);
    ask("2026-03-06").failed(2, &["起日..止日", "FROM..TO"]);
    ask("2026-02-30..2026-03-06").failed(2, &["2026-02-30"]);
    place
        .run(&["clock", "due", "--start", "2026-02-10"])
        .failed(2, &["--working-days", "--natural-days"]);
}
