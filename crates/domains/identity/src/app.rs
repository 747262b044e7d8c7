//! What the handlers of identity hold: the ports it calls, hashing, and the limit on sign-ins.

use std::sync::Arc;
use std::time::Duration;

use tb_contract::ports::{Departments, Sessions};
use tb_http::{Authentication, Edge, Limiter};
use tb_kernel::AccountId;

use crate::password::Passwords;
use crate::settings::Settings;

/// The state of the routes.
#[derive(Clone)]
pub(crate) struct App {
    pub departments: Arc<dyn Departments>,
    pub passwords: Passwords,
    pub settings: Settings,
    /// Sign-ins and pairings by kiosk or network address.
    pub sign_ins: Limiter,
    sessions: Option<Arc<dyn Sessions>>,
}

impl App {
    pub(crate) fn new(edge: &Edge, departments: Arc<dyn Departments>, settings: Settings) -> Self {
        let sessions = match edge.authentication() {
            Authentication::Sessions(sessions) => Some(sessions.clone()),
            Authentication::Tokens => None,
        };
        let sign_ins = Limiter::within(settings.sign_ins_per_minute, Duration::from_mins(1));
        Self {
            departments,
            passwords: Passwords::default(),
            settings,
            sign_ins,
            sessions,
        }
    }

    /// Called after every commit that changes what a session of the account may do.
    pub(crate) fn forget(&self, account: AccountId) {
        if let Some(sessions) = &self.sessions {
            sessions.forget(account);
        }
    }

    /// Called after every commit that changes a kiosk.
    pub(crate) fn forget_kiosks(&self) {
        if let Some(sessions) = &self.sessions {
            sessions.forget_kiosks();
        }
    }
}
