//! A clerk accepts ten thousand cases at once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::city::{Crowd, PASSWORD};
use crate::crowd::{Kind, beside};
use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::table::Table;
use crate::wire::Session;
use crate::{Fallible, Measure};

/// Cases of the batch.
const CASES: usize = 10_000;
/// Cases of the city, all received and not yet accepted: enough for one of its departments.
const CITY: u64 = 80_000;
/// Longest wait for the batch.
const PATIENCE: Duration = Duration::from_mins(20);
const BATCHES: &str = "/api/v1/approval/batches";

/// Measures both databases.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        accept(measure, kind, table)?;
    }
    table.note(format!(
        "Batch: {CASES} received cases, picked by their ids, are accepted through the API; each is a transaction with state, \
         event, clocks, receipt and audit entry. The trial judges each case by the same rules before anything happens."
    ));
    Ok(())
}

fn accept(measure: &Measure, kind: Kind, table: &mut Table) -> Fallible<()> {
    let crowd = Crowd {
        cases: CITY,
        ..Crowd::default()
    };
    let mut city = kind.city(measure, "bench_batch", crowd)?;
    let (probe, name) = (kind.probe(&city)?, kind.name());
    city.serve(None)?;
    machine::wait_until_quiet(city.pid());
    let mut clerk = Session::open(city.port, "clerk_hr", PASSWORD)?;
    let ids = received(&mut clerk)?;
    let mut trial = Figure::new(format!("trial of {CASES} cases, {name}"), "s", Goal::None);
    let mut run = Figure::new(
        format!("{CASES} cases accepted in a batch, {name}"),
        "s",
        Goal::AtMost(60.0),
    );
    let mut made = Value::Null;
    for (figure, starts) in [(&mut trial, false), (&mut run, true)] {
        let (program, database) = (machine::cpu(city.pid()), probe.cpu()?);
        let at = beside(&city)?;
        let begin = Instant::now();
        if starts {
            finish(&mut clerk, &made)?;
        } else {
            let body = json!({"command": "accept", "pick": {"by": "cases", "ids": ids}});
            made = clerk.send("POST", BATCHES, &body)?;
        }
        let each = |spent: Duration| spent.as_secs_f64() * 1e6 / 1e4;
        figure.ours.push(Sample {
            value: begin.elapsed().as_secs_f64(),
            program: each(machine::cpu(city.pid()).saturating_sub(program)),
            database: each(probe.cpu()?.saturating_sub(database)),
            ..at
        });
    }
    table.add(trial);
    table.add(run);
    Ok(())
}

/// The ids of so many received cases.
fn received(clerk: &mut Session) -> Fallible<Vec<Value>> {
    let mut ids = Vec::with_capacity(CASES);
    let mut cursor = String::new();
    while ids.len() < CASES {
        let path = format!("/api/v1/approval/cases?state=received&limit=100&cursor={cursor}");
        let page = clerk.get(&path)?;
        let rows = page
            .get("items")
            .and_then(Value::as_array)
            .ok_or("no list")?;
        ids.extend(rows.iter().filter_map(|row| row.get("id").cloned()));
        match page.get("next_cursor").and_then(Value::as_str) {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    ids.truncate(CASES);
    if ids.len() < CASES {
        return Err(format!("only {} cases can be accepted", ids.len()).into());
    }
    Ok(ids)
}

/// Starts a batch and waits until its last row is done.
fn finish(clerk: &mut Session, made: &Value) -> Fallible<()> {
    let id = made.get("id").and_then(Value::as_str).ok_or("no batch")?;
    let path = format!("{BATCHES}/{id}");
    clerk.send("POST", &format!("{path}/start"), &Value::Null)?;
    let begin = Instant::now();
    loop {
        let batch = clerk.get(&path)?;
        if batch.get("ended_at").is_some_and(|at| !at.is_null()) {
            let done = batch.pointer("/counts/done").and_then(Value::as_u64);
            if done != u64::try_from(CASES).ok() {
                return Err(format!(
                    "not all were accepted: {}",
                    batch.get("counts").unwrap_or(&Value::Null)
                )
                .into());
            }
            return Ok(());
        }
        if begin.elapsed() > PATIENCE {
            return Err("the batch did not end".into());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
