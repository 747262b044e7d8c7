//! Reads of an item guide by `wrk` on the other core, beside a bare axum route.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::bare::Kept;
use crate::city::{City, ITEM, free_port, pinned, wait_until_answered};
use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::table::Table;
use crate::wire::Wire;
use crate::{Fallible, Measure};

const SERVER_CORE: usize = 0;
const LOAD_CORE: usize = 1;
const SECONDS: &str = "4";
/// What a client accepts: nothing, as programs do, and what Chromium sends.
const ENCODINGS: [(&str, &str); 2] = [
    ("plain", "identity"),
    ("as Chromium asks", "gzip, deflate, br, zstd"),
];

/// What wrk tells.
struct Told {
    per_second: f64,
    p99_micros: f64,
    requests: f64,
}

/// Ends with the benchmark.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Measures.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    let mut city = City::fill(&measure.tongban, None)?;
    city.serve(Some(SERVER_CORE))?;
    machine::wait_until_quiet(city.pid());
    for (name, encoding) in ENCODINGS {
        one_encoding(measure, &city, name, encoding, table)?;
    }
    table.note("Guide reads: `wrk -t1 -c32` on one core, the server on the other; without a session, as most readers come.");
    Ok(())
}

fn one_encoding(
    measure: &Measure,
    city: &City,
    name: &str,
    encoding: &str,
    table: &mut Table,
) -> Fallible<()> {
    let path = format!("/api/v1/catalogue/items/{ITEM}");
    let answer = Wire::new(city.port).send(
        "GET",
        &path,
        &format!("Accept-Encoding: {encoding}\r\n"),
        "",
    )?;
    if answer.status != 200 {
        return Err(format!("the guide answers {}", answer.status).into());
    }
    let (size, coding) = (
        answer.body.len(),
        answer
            .header("content-encoding")
            .unwrap_or("no coding")
            .to_owned(),
    );
    let file = city.folder.path().join("answer.json");
    fs::write(&file, serde_json::to_vec(&Kept::new(answer))?)?;
    let (bare, port) = serve_bare(&file)?;
    let mut rate = Figure::new(format!("guide reads, {name}"), "1/s", Goal::Ratio(0.6));
    let mut p99 = Figure::new(format!("guide reads, {name}: p99"), "µs", Goal::None);
    for _ in 0..measure.rounds {
        let (ours, slow) = load(city.port, city.pid(), &path, encoding, city.folder.path())?;
        rate.ours.push(ours);
        p99.ours.push(slow);
        let (limit, slow) = load(port, bare.0.id(), &path, encoding, city.folder.path())?;
        rate.limit.push(limit);
        p99.limit.push(slow);
    }
    table.add(rate);
    table.add(p99);
    table.note(format!(
        "Guide reads, {name}: {size} bytes of body, {coding}."
    ));
    Ok(())
}

fn serve_bare(answer: &Path) -> Fallible<(Running, u16)> {
    let port = free_port()?;
    let mut run = pinned(&std::env::current_exe()?, Some(SERVER_CORE));
    run.args(["bare", "--port", &port.to_string(), "--answer"])
        .arg(answer);
    let running = Running(run.spawn()?);
    wait_until_answered(port, &format!("/api/v1/catalogue/items/{ITEM}"))?;
    Ok((running, port))
}

/// One run of wrk: a sample of the rate, and one of the slowest hundredth.
fn load(
    port: u16,
    pid: u32,
    path: &str,
    encoding: &str,
    folder: &Path,
) -> Fallible<(Sample, Sample)> {
    let beside = Sample {
        load: machine::load(),
        fsync: machine::fsync_micros(folder)?,
        ..Sample::default()
    };
    let before = machine::cpu(pid);
    let accept = format!("Accept-Encoding: {encoding}");
    let mut wrk = Command::new("taskset");
    wrk.args([
        "-c",
        &LOAD_CORE.to_string(),
        "wrk",
        "-t1",
        "-c32",
        "-d",
        SECONDS,
        "--latency",
        "-H",
        &accept,
    ]);
    let done = wrk
        .arg(format!("http://127.0.0.1:{port}{path}"))
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8(done.stdout)?;
    let told = read(&text).ok_or_else(|| format!("wrk said: {text}"))?;
    let spent = machine::cpu(pid).saturating_sub(before).as_secs_f64() * 1e6 / told.requests;
    let rate = Sample {
        value: told.per_second,
        program: spent,
        ..beside
    };
    Ok((
        rate,
        Sample {
            value: told.p99_micros,
            ..beside
        },
    ))
}

/// None also where answers were not 200: a refusal is no read.
fn read(text: &str) -> Option<Told> {
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return None;
    }
    let behind = |label: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(str::trim)
    };
    let requests = text
        .lines()
        .find_map(|line| line.trim().split_once(" requests in "))?
        .0;
    Some(Told {
        per_second: behind("Requests/sec:")?.parse().ok()?,
        p99_micros: micros(behind("99%")?)?,
        requests: requests.parse().ok()?,
    })
}

/// `873.00us`, `1.20ms` or `1.02s`.
fn micros(text: &str) -> Option<f64> {
    let (number, factor) = [("us", 1.0), ("ms", 1e3), ("s", 1e6)]
        .into_iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    const SAID: &str = "Running 1s test\n  Latency Distribution\n     50%  320.00us\n     99%    1.20ms\n  90210 requests in 1.00s, 4 MB read\nRequests/sec:  90100.50\n";

    #[test]
    fn wrk_is_understood() {
        let told = super::read(SAID).map(|told| (told.per_second, told.p99_micros, told.requests));
        assert_eq!(told, Some((90100.5, 1200.0, 90210.0)));
        assert!(super::read(&format!("{SAID}  Non-2xx or 3xx responses: 3\n")).is_none());
    }
}
