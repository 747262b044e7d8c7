//! What handlers, consumers and tasks share.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tb_calendar::Calendar;
use tb_http::{Limiter, Snapshots};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Conn;

use crate::store;

/// Screens that may listen at once in one process: anybody may.
const SCREENS: usize = 200;

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    calendar: Mutex<Option<Arc<Calendar>>>,
    board: Snapshots,
    downloads: Limiter,
}

impl App {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            calendar: Mutex::new(None),
            board: Snapshots::new(SCREENS),
            downloads: Limiter::within(60, Duration::from_mins(5)),
        }))
    }

    /// The picture of the board.
    pub(crate) fn board(&self) -> &Snapshots {
        &self.0.board
    }

    /// How often one address may take a whole data set.
    pub(crate) fn downloads(&self) -> &Limiter {
        &self.0.downloads
    }

    /// The calendar that came last.
    pub(crate) async fn calendar(&self, conn: &Conn) -> Result<Arc<Calendar>, Fault> {
        // The catalogue publishes one at its first start: it is on its way.
        let missing = || Fault::new(ErrorKind::Unavailable, "http.busy");
        let version = store::copy::newest_calendar_version(conn).await?;
        let version = version.ok_or_else(missing)?;
        if let Some(known) = self.held().filter(|one| one.version() == version) {
            return Ok(known);
        }
        let document = store::copy::calendar(conn, &version).await?;
        let calendar = Calendar::new(document.ok_or_else(missing)?).map_err(Fault::internal)?;
        let calendar = Arc::new(calendar);
        let mut held = self.0.calendar.lock();
        let held = held.as_deref_mut();
        if let Ok(held) = held {
            *held = Some(calendar.clone());
        }
        Ok(calendar)
    }

    fn held(&self) -> Option<Arc<Calendar>> {
        let held = self.0.calendar.lock();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }
}
