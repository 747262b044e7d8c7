//! What the machine tells: processor time and memory of processes, load, and how long an fsync takes.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Fallible;

/// Linux counts processor time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// The fields of `/proc/<pid>/stat` behind the name, which may hold spaces itself.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    Some(fields.split(' ').map(str::to_owned).collect())
}

fn ticks(fields: &[String], from: usize, to: usize) -> u32 {
    let numbers = fields.get(from..to).unwrap_or_default().iter();
    numbers.filter_map(|field| field.parse::<u32>().ok()).sum()
}

/// Processor time of a process with all its threads.
pub(crate) fn cpu(pid: u32) -> Duration {
    stat(pid).map_or(Duration::ZERO, |fields| TICK * ticks(&fields, 11, 13))
}

/// Processor time of a process with all children, those that have ended too.
pub(crate) fn cpu_with_children(parent: u32) -> Fallible<Duration> {
    let mut sum = stat(parent).map_or(0, |fields| ticks(&fields, 11, 15));
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let child = stat(pid).filter(|fields| {
            fields
                .get(1)
                .is_some_and(|field| *field == parent.to_string())
        });
        sum += child.map_or(0, |fields| ticks(&fields, 11, 15));
    }
    Ok(TICK * sum)
}

/// Resident memory of a process in MiB.
pub(crate) fn resident_mib(pid: u32) -> Fallible<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("no VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib / 1024.0)
}

/// Load average of the last minute.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ')
        .next()
        .and_then(|field| field.parse().ok())
        .unwrap_or_default()
}

/// Median of 31 appends of 8 KiB with fdatasync, in microseconds.
pub(crate) fn fsync_micros(folder: &Path) -> Fallible<f64> {
    let path = folder.join("fsync-probe");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..31 {
        let begin = Instant::now();
        file.write_all(&[7; 8192])?;
        file.sync_data()?;
        times.push(begin.elapsed());
    }
    fs::remove_file(path)?;
    times.sort_unstable();
    Ok(times.get(15).map_or(0.0, Duration::as_secs_f64) * 1e6)
}

/// Waits until a process has nearly nothing left to do, at most two minutes; false when it has.
pub(crate) fn wait_until_quiet(pid: u32) -> bool {
    for _ in 0..120 {
        let before = cpu(pid);
        std::thread::sleep(Duration::from_secs(1));
        if cpu(pid).saturating_sub(before) <= TICK * 6 {
            return true;
        }
    }
    false
}

/// Processor model and cores, for the head of the table.
pub(crate) fn description() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find(|line| line.starts_with("model name"));
    let model = model
        .and_then(|line| line.split(": ").nth(1))
        .unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = memory
        .split_whitespace()
        .nth(1)
        .and_then(|field| field.parse().ok())
        .unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{model}, {cores} cores, {} GiB, Linux {}",
        kib / (1 << 20),
        kernel.trim()
    )
}
