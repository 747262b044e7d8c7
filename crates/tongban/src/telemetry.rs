//! Log and metrics of the process.

use std::io::IsTerminal;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};
use crate::log_lines;

/// Starts the log, on standard error: standard output belongs to the commands' answers.
pub fn start_log(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let is_terminal = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_terminal);
    // Somebody who watches sees each line as it comes.
    let writer = if is_terminal {
        None
    } else {
        log_lines::lines()
    };
    // A second start in one process (tests) keeps the first log.
    let _kept = match (log.format, writer) {
        (LogFormat::Text, None) => builder.with_writer(std::io::stderr).try_init(),
        (LogFormat::Text, Some(lines)) => builder.with_writer(lines).try_init(),
        (LogFormat::Json, None) => builder.json().with_writer(std::io::stderr).try_init(),
        (LogFormat::Json, Some(lines)) => builder.json().with_writer(lines).try_init(),
    };
}

/// Starts the metrics; `None` where a recorder is there already.
pub fn start_metrics() -> Option<PrometheusHandle> {
    let buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
    PrometheusBuilder::new()
        .set_buckets(&buckets)
        .ok()?
        .install_recorder()
        .ok()
}
