//! What handlers, the consumer and timers share: ports, rules, the calendar.

use std::sync::Arc;

use tb_calendar::Calendar;
use tb_contract::collections::Collections;
use tb_contract::ports::Applicants;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Conn;

use crate::model::conduct::Conduct;
use crate::store;

/// Rules of the hall.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// When booking is closed to somebody.
    pub conduct: Conduct,
}

/// What the hall needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Who books.
    pub applicants: Arc<dyn Applicants>,
    /// Results that wait at counters.
    pub collections: Arc<dyn Collections>,
    /// Rules.
    pub settings: Settings,
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Ports>);

impl App {
    pub(crate) fn new(ports: Ports) -> Self {
        Self(Arc::new(ports))
    }

    /// Identity's answers.
    pub(crate) fn applicants(&self) -> &dyn Applicants {
        self.0.applicants.as_ref()
    }

    /// Intake's answers.
    pub(crate) fn collections(&self) -> &dyn Collections {
        self.0.collections.as_ref()
    }

    /// The rules.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

/// The calendar that counts now.
pub(crate) async fn calendar(conn: &Conn) -> Result<Calendar, Fault> {
    let document = store::copy::Calendars::newest(conn).await?;
    // The catalogue publishes it at its first start: it is on its way.
    let document = document.ok_or(Fault::new(ErrorKind::Unavailable, "http.busy"))?;
    Calendar::new(document).map_err(Fault::internal)
}
