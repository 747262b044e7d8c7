//! The desk, the clocks and the start at the number of cases that a large city has.

use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use crate::city::{City, Crowd, PASSWORD};
use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::postgres::Postgres;
use crate::probe::Probe;
use crate::sqlite::SqliteProbe;
use crate::table::Table;
use crate::wire::Session;
use crate::{Fallible, Measure};

/// What the large city is compared with.
const SMALL: u64 = 10_000;
/// Days over which cases came in: few of them are open.
const DAYS: u32 = 400;
/// Requests of a round.
const REQUESTS: usize = 200;
/// What a desk asks for, and what must not grow with the city.
const ASKED: [(&str, &str); 4] = [
    (
        "desk list, examining",
        "/api/v1/approval/cases?state=examining&limit=20",
    ),
    (
        "desk list, closed",
        "/api/v1/approval/cases?state=closed&limit=20",
    ),
    ("desk list, all", "/api/v1/approval/cases?limit=20"),
    ("desk figures", "/api/v1/approval/counts"),
];
const WALKS: &str = "SELECT count(*) FROM approval_clock_sweep WHERE ended_at IS NOT NULL";
const MOVED: &str = "SELECT moved FROM approval_clock_sweep ORDER BY id DESC LIMIT 1";
const OPEN: &str = "SELECT count(*) FROM approval_case WHERE running";
/// Longest wait for a walk over all clocks.
const PATIENCE: Duration = Duration::from_mins(20);

/// Which database.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// A city in a database of this name.
    pub(crate) fn city(self, measure: &Measure, name: &str, crowd: Crowd) -> Fallible<City> {
        let database = match self {
            Self::Sqlite => None,
            Self::Postgres => {
                let cluster = Postgres::connect(&measure.postgres)?;
                cluster.execute(&format!("CREATE DATABASE {name}"))?;
                Some(cluster.url_of(name)?)
            }
        };
        eprintln!(
            "bench: {} cases are being made ({})",
            crowd.cases,
            self.name()
        );
        let city = City::crowded(&measure.tongban, database, crowd)?;
        if let Self::Postgres = self {
            // As autovacuum would have done by then.
            Postgres::connect(&city.database)?.execute("VACUUM ANALYZE")?;
        }
        Ok(city)
    }

    pub(crate) fn probe(self, city: &City) -> Fallible<Probe> {
        Ok(match self {
            Self::Sqlite => Probe::Sqlite(SqliteProbe::open(&city.file())?),
            Self::Postgres => Probe::Postgres(Postgres::connect(&city.database)?),
        })
    }
}

/// Measures both databases.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        desk(measure, kind, table)?;
        clocks(measure, kind, table)?;
    }
    table.note(format!(
        "City: {} cases in the departments' system, handed in over {DAYS} days, beside a city of {SMALL} (the limit); p95 of \
         {REQUESTS} requests a round, over HTTP, as a clerk of one department. Cases are made by `tongban demo --cases`, with \
         their events, by the rules of the clocks.",
        measure.crowd
    ));
    Ok(())
}

fn desk(measure: &Measure, kind: Kind, table: &mut Table) -> Fallible<()> {
    let crowd = |cases| Crowd {
        cases,
        days: DAYS,
        ..Crowd::default()
    };
    let mut small = kind.city(measure, "bench_small", crowd(SMALL))?;
    let mut large = kind.city(measure, "bench_large", crowd(measure.crowd))?;
    let (probe, name) = (kind.probe(&large)?, kind.name());
    let mut ready = Figure::new(
        format!("start to ready, city, {name}"),
        "s",
        Goal::AtMost(2.0),
    );
    for _ in 0..measure.rounds {
        let time = large.serve(None)?;
        ready.ours.push(Sample {
            value: time.as_secs_f64(),
            program: machine::cpu(large.pid()).as_secs_f64() * 1e6,
            ..beside(&large)?
        });
        large.stop()?;
    }
    table.add(ready);
    for city in [&mut small, &mut large] {
        city.serve(None)?;
        machine::wait_until_quiet(city.pid());
    }
    let sign_in = |city: &City| Session::open(city.port, "clerk_hr", PASSWORD);
    let (mut few, mut many) = (sign_in(&small)?, sign_in(&large)?);
    for (what, path) in ASKED {
        let mut figure = Figure::new(
            format!("{what}, p95, {name}"),
            "ms",
            Goal::Within(20.0, 2.0),
        );
        for _ in 0..measure.rounds {
            figure.ours.push(ask(&large, &probe, &mut many, path)?);
            figure.limit.push(ask(&small, &probe, &mut few, path)?);
        }
        table.add(figure);
    }
    table.note(format!(
        "City, {name}: {} of {} cases are open.",
        probe.number(OPEN)?,
        measure.crowd
    ));
    Ok(())
}

/// Asks for one page again and again: the slowest of the fastest 95 in a hundred, in milliseconds.
fn ask(city: &City, probe: &Probe, session: &mut Session, path: &str) -> Fallible<Sample> {
    session.get(path)?;
    let (program, database) = (machine::cpu(city.pid()), probe.cpu()?);
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let begin = Instant::now();
        session.get(path)?;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let each = |spent: Duration| {
        spent.as_secs_f64() * 1e6 / f64::from(u32::try_from(REQUESTS).unwrap_or(1))
    };
    let slow = times.get(REQUESTS * 95 / 100).copied().unwrap_or_default();
    Ok(Sample {
        value: slow.as_secs_f64() * 1e3,
        program: each(machine::cpu(city.pid()).saturating_sub(program)),
        database: each(probe.cpu()?.saturating_sub(database)),
        ..beside(city)?
    })
}

/// All clocks computed anew, when every open case has a date that the next year's notice moves.
fn clocks(measure: &Measure, kind: Kind, table: &mut Table) -> Fallible<()> {
    let crowd = Crowd {
        cases: measure.crowd,
        days: 2,
        days_ahead: days_to_christmas(&measure.date)?,
    };
    let mut city = kind.city(measure, "bench_clocks", crowd)?;
    let probe = kind.probe(&city)?;
    city.serve(None)?;
    // The first walk finds everything as it is.
    wait_for_walks(&probe, 1)?;
    let mut admin = Session::open(city.port, "admin", PASSWORD)?;
    let (program, database) = (machine::cpu(city.pid()), probe.cpu()?);
    let at = beside(&city)?;
    let begin = Instant::now();
    let holidays =
        json!([{"date": "2027-01-01", "name": "元旦"}, {"date": "2027-01-04", "name": "元旦"}]);
    let year = json!({"status": "official", "source": "供测量用的样例", "holidays": holidays});
    let body = json!({"source": "供测量用的样例", "years": {"2027": year}});
    admin.send("POST", "/api/v1/catalogue/manage/calendar/years", &body)?;
    wait_for_walks(&probe, 2)?;
    let mut figure = Figure::new(
        format!(
            "clocks of all open cases behind a new calendar, {}",
            kind.name()
        ),
        "s",
        Goal::AtMost(60.0),
    );
    let open = probe.number(OPEN)?;
    let each =
        |spent: Duration| spent.as_secs_f64() * 1e6 / f64::from(u32::try_from(open).unwrap_or(1));
    figure.ours.push(Sample {
        value: begin.elapsed().as_secs_f64(),
        program: each(machine::cpu(city.pid()).saturating_sub(program)),
        database: each(probe.cpu()?.saturating_sub(database)),
        ..at
    });
    table.add(figure);
    table.note(format!(
        "Clocks, {}: {open} open cases, {} of them with dates that moved; from the import of the calendar until the last was written, while the product serves. CPU is for one case.",
        kind.name(),
        probe.number(MOVED)?,
    ));
    Ok(())
}

fn wait_for_walks(probe: &Probe, walks: i64) -> Fallible<()> {
    let begin = Instant::now();
    while probe.number(WALKS)? < walks {
        if begin.elapsed() > PATIENCE {
            return Err("the clocks were not computed anew".into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Days until most terms end in the year that has no notice yet.
fn days_to_christmas(date: &str) -> Fallible<u32> {
    let today: NaiveDate = date.parse()?;
    let christmas = NaiveDate::from_ymd_opt(today.year(), 12, 27).ok_or("no such day")?;
    Ok(u32::try_from((christmas - today).num_days()).unwrap_or_default())
}

pub(crate) fn beside(city: &City) -> Fallible<Sample> {
    Ok(Sample {
        load: machine::load(),
        fsync: machine::fsync_micros(city.folder.path())?,
        ..Sample::default()
    })
}
