//! Settings of sessions and sign-in.

use chrono::Duration;
use serde::{Deserialize, Serialize};

/// How long sessions live, and how often one address may try to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: u32,
    /// Hours after which a session ends in any case.
    pub absolute_hours: u32,
    /// Sign-ins a minute from one address; 0 turns the limit off. A service hall shares one.
    pub sign_ins_per_minute: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_minutes: 30,
            absolute_hours: 12,
            sign_ins_per_minute: 60,
        }
    }
}

impl Settings {
    pub(crate) fn idle(&self) -> Duration {
        Duration::minutes(self.idle_minutes.into())
    }

    pub(crate) fn absolute(&self) -> Duration {
        Duration::hours(self.absolute_hours.into())
    }
}
