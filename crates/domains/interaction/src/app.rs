//! What handlers, consumers and timers share.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tb_calendar::Calendar;
use tb_contract::ports::Applicants;
use tb_contract::sms::Sms;
use tb_http::Limiter;
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Conn;

use crate::model::terms::{Term, term};
use crate::simulator::Simulator;
use crate::store;

/// What interaction needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Where people can be reached, and by what they prove on the phone who they are.
    pub applicants: Arc<dyn Applicants>,
    /// Who sends short messages; none where no operator is connected.
    pub operator: Option<Operator>,
    /// Terms and bounds.
    pub settings: Settings,
}

/// An operator of short messages (短信运营商).
#[derive(Clone)]
pub struct Operator {
    /// What it is called, on pages.
    pub name: String,
    /// The signature that it has approved: 【…】 in front of each text.
    pub signature: String,
    /// Days for which a rating by reply is taken.
    pub reply_days: u32,
    /// The way to it.
    pub port: Arc<dyn Sms>,
    /// The simulated one, where it is that.
    pub simulator: Option<Simulator>,
}

/// Terms and bounds of rectification.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Working days until somebody has got in touch.
    pub contact_days: u32,
    /// Working days until the rectification is done.
    pub close_days: u32,
    /// Working days from then until the call-back.
    pub call_back_days: u32,
    /// How often a task goes back to rectification, and one.
    pub rounds: i32,
    /// Call-backs without an answer after which a task is closed.
    pub calls: i32,
    /// Days for which a link on paper is good.
    pub link_days: u32,
    /// Minutes for which a counter device may take a rating.
    pub device_minutes: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact_days: 1,
            close_days: 5,
            call_back_days: 2,
            rounds: 3,
            calls: 3,
            link_days: 30,
            device_minutes: 10,
        }
    }
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    ports: Ports,
    by_address: Limiter,
    by_case: Limiter,
}

impl App {
    pub(crate) fn new(ports: Ports) -> Self {
        Self(Arc::new(Inner {
            ports,
            by_address: Limiter::within(60, Duration::from_mins(5)),
            by_case: Limiter::within(5, Duration::from_hours(1)),
        }))
    }

    /// Terms and bounds.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.ports.settings
    }

    /// Where people can be reached.
    pub(crate) fn applicants(&self) -> &dyn Applicants {
        self.0.ports.applicants.as_ref()
    }

    /// Who sends short messages.
    pub(crate) fn operator(&self) -> Option<&Operator> {
        self.0.ports.operator.as_ref()
    }

    /// How often somebody may try who he is, for one case.
    pub(crate) fn by_case(&self) -> &Limiter {
        &self.0.by_case
    }

    /// How often one address may try links.
    pub(crate) fn by_address(&self) -> &Limiter {
        &self.0.by_address
    }

    /// The calendar that counts now.
    pub(crate) async fn calendar(&self, conn: &Conn) -> Result<Calendar, Fault> {
        let document = store::copy::Calendars::newest(conn).await?;
        // The catalogue publishes it at its first start: it is on its way.
        let document = document.ok_or(Fault::new(ErrorKind::Unavailable, "http.busy"))?;
        Calendar::new(document).map_err(Fault::internal)
    }

    /// A term in working days from a day on.
    pub(crate) async fn term(
        &self,
        conn: &Conn,
        from: NaiveDate,
        days: u32,
        region: &str,
    ) -> Result<Term, Fault> {
        let calendar = self.calendar(conn).await?;
        term(&calendar, from, days, region).map_err(Fault::internal)
    }
}
