//! `tongban doctor`: looks at everything a start needs and says what is wrong, in one line each.

use std::process::ExitCode;

use tb_calendar::Calendar;
use tb_events::{EventLog, TableConfig, TableLog};
use tb_kernel::{Clock, office_time};
use tb_storage::Store;

use super::{Outcome, say};
use crate::config::Config;
use crate::system::SystemClock;
use crate::wiring;

/// Days ahead that the calendar should cover: the longest usual terms.
const HORIZON_DAYS: u32 = 180;

/// A line of the report.
enum Finding {
    Good(String),
    Warning(String),
    Bad(String),
}

/// Runs the command; exit status 1 if anything is bad.
pub async fn run(config: &Config) -> Outcome {
    let mut findings = vec![clock(), fonts(config), calendar()];
    match wiring::open_store(config).await {
        Ok(store) => {
            findings.push(Finding::Good(format!(
                "keys: {}",
                config.keys.file.display()
            )));
            findings.push(database(&store).await);
            findings.push(blobs(&store).await);
            findings.push(event_log(&store).await);
        }
        Err(failure) => findings.push(Finding::Bad(format!("storage: {failure}"))),
    }
    let mut code = ExitCode::SUCCESS;
    for finding in findings {
        match finding {
            Finding::Good(text) => say(&format!("ok    {text}"))?,
            Finding::Warning(text) => say(&format!("warn  {text}"))?,
            Finding::Bad(text) => {
                code = ExitCode::FAILURE;
                say(&format!("FAIL  {text}"))?
            }
        };
    }
    Ok(code)
}

fn clock() -> Finding {
    let now = SystemClock.now();
    let text = format!(
        "clock: {} (Asia/Shanghai)",
        now.with_timezone(&office_time::shanghai()).to_rfc3339()
    );
    let last = Calendar::embedded()
        .ok()
        .and_then(|calendar| calendar.coverage().last_official);
    match last {
        Some(last) if chrono::Datelike::year(&now) < last - 3 => {
            Finding::Bad(format!("{text}: far in the past"))
        }
        _ => Finding::Good(text),
    }
}

fn fonts(config: &Config) -> Finding {
    let found = config
        .fonts
        .paths
        .iter()
        .filter(|path| path.exists())
        .count();
    match found {
        0 => Finding::Bad(
            "fonts: none of the configured files exists; apt install fonts-noto-cjk".to_owned(),
        ),
        n => Finding::Good(format!(
            "fonts: {n} of {} configured files",
            config.fonts.paths.len()
        )),
    }
}

fn calendar() -> Finding {
    let today = office_time::day(SystemClock.now());
    match Calendar::embedded() {
        Err(error) => Finding::Bad(format!("calendar: {error}")),
        Ok(calendar) => match calendar.coverage_alarm(today, HORIZON_DAYS) {
            None => Finding::Good(format!("calendar: version {}", calendar.version())),
            Some(alarm) => Finding::Warning(format!(
                "calendar: {alarm:?}: import the next year's official notice"
            )),
        },
    }
}

async fn database(store: &Store) -> Finding {
    match store.ping().await {
        Ok(()) => Finding::Good(format!("database: {:?}", store.database().backend())),
        Err(error) => Finding::Bad(format!("database: {error}")),
    }
}

async fn blobs(store: &Store) -> Finding {
    const PROBE: &[u8] = b"tongban doctor";
    let written = store.blobs().put_named("doctor/probe", PROBE).await;
    match (written, store.blobs().get("doctor/probe").await) {
        (Ok(()), Ok(Some(read))) if read == PROBE => {
            Finding::Good("blobs: written and read back".to_owned())
        }
        (Err(error), _) | (_, Err(error)) => Finding::Bad(format!("blobs: {error}")),
        _ => Finding::Bad("blobs: what was written could not be read back".to_owned()),
    }
}

async fn event_log(store: &Store) -> Finding {
    let log = TableLog::new(store.clone(), TableConfig::default());
    match log.lag(None).await {
        Err(fault) => Finding::Bad(format!("event log: {fault}")),
        Ok(rows) => {
            let (behind, dead) = rows
                .iter()
                .fold((0, 0), |(b, d), row| (b + row.behind, d + row.dead));
            let text = format!("event log: {behind} events to handle, {dead} dead letters");
            if dead == 0 {
                Finding::Good(text)
            } else {
                Finding::Warning(text)
            }
        }
    }
}
