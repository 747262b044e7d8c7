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
    /// Seconds without a request after which a session at a kiosk ends; its page wipes it before.
    pub kiosk_idle_seconds: u32,
    /// Minutes after which a session at a kiosk ends in any case.
    pub kiosk_absolute_minutes: u32,
    /// Whether kiosks without a reader of identity cards may pretend one. Never in production.
    pub simulated_card_reader: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_minutes: 30,
            absolute_hours: 12,
            sign_ins_per_minute: 60,
            kiosk_idle_seconds: 120,
            kiosk_absolute_minutes: 30,
            simulated_card_reader: false,
        }
    }
}

/// How long a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// Without a use.
    pub idle: Duration,
    /// In any case.
    pub absolute: Duration,
    /// Its use is written at most this often.
    pub noted_every: Duration,
}

impl Settings {
    /// The life of a session, at a kiosk or elsewhere.
    pub(crate) fn life(&self, is_at_kiosk: bool) -> Life {
        if is_at_kiosk {
            return Life {
                idle: Duration::seconds(self.kiosk_idle_seconds.into()),
                absolute: Duration::minutes(self.kiosk_absolute_minutes.into()),
                noted_every: Duration::seconds(10),
            };
        }
        Life {
            idle: Duration::minutes(self.idle_minutes.into()),
            absolute: self.absolute(),
            noted_every: Duration::minutes(1),
        }
    }

    /// What no session outlives.
    pub(crate) fn absolute(&self) -> Duration {
        Duration::hours(self.absolute_hours.into())
    }
}
