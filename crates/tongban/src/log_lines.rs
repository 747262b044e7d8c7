//! Lines of the log on their way to standard error: gathered for a moment and written together,
//! since every request writes one. Warnings and errors go out at once, with all before them.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How long a line waits at most.
const MOMENT: Duration = Duration::from_millis(100);
/// Bytes that are written without waiting.
const PLENTY: usize = 64 * 1024;

static LINES: OnceLock<LogLines> = OnceLock::new();

/// Lines that wait.
#[derive(Debug, Default)]
pub struct LogLines(Mutex<Vec<u8>>);

/// Takes one line.
pub struct Line {
    at_once: bool,
}

/// The one way to standard error, with the thread that empties it; none where no thread can be had.
pub fn lines() -> Option<&'static LogLines> {
    let lines = LINES.get_or_init(LogLines::default);
    let emptying = move || {
        loop {
            std::thread::sleep(MOMENT);
            lines.write_out();
        }
    };
    let named = std::thread::Builder::new().name("log".to_owned());
    named.spawn(emptying).ok().map(|_| lines)
}

/// Writes out what waits; to be called when the process ends.
pub fn write_out() {
    if let Some(lines) = LINES.get() {
        lines.write_out();
    }
}

impl LogLines {
    fn waiting(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_out(&self) {
        let mut waiting = self.waiting();
        if !waiting.is_empty() {
            // Nowhere is left to report a log that cannot be written.
            drop(io::stderr().write_all(&waiting));
            waiting.clear();
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(lines) = LINES.get() else {
            return io::stderr().write(bytes);
        };
        let is_plenty = {
            let mut waiting = lines.waiting();
            waiting.extend_from_slice(bytes);
            waiting.len() >= PLENTY
        };
        if is_plenty || self.at_once {
            lines.write_out();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for &'static LogLines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { at_once: false }
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Line {
        Line {
            at_once: *meta.level() <= Level::WARN,
        }
    }
}
