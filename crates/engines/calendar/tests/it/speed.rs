//! What an answer costs; run with `--release -- --ignored --nocapture`.

use std::io::Write;
use std::time::Instant;

use tb_calendar::{Pause, Request, Term};

use crate::{CALENDAR, day};

#[test]
#[ignore = "a measurement, not a check"]
fn cost_of_sixty_working_days() {
    let request = Request::new(day("2026-01-05"), Term::working_days(60))
        .pause(Pause::closed(day("2026-03-02"), day("2026-03-06")).named("听证"))
        .pause(Pause::closed(day("2026-03-05"), day("2026-03-10")))
        .pause(Pause::closed(day("2026-04-01"), day("2026-04-03")));
    let rounds = 100_000_u32;
    let mut out = std::io::stdout();
    let began = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(CALENDAR.due(std::hint::black_box(&request)).unwrap());
    }
    writeln!(out, "due with derivation: {:?}", began.elapsed() / rounds).unwrap();
    let began = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(CALENDAR.due_moment(std::hint::black_box(&request)).unwrap());
    }
    writeln!(out, "due date alone: {:?}", began.elapsed() / rounds).unwrap();
}
