//! Tells this process's consumers that a commit has added events: a hint, never a promise, since
//! they look for themselves as well.

use tokio::sync::watch;

/// A bell that commits ring and consumers hear.
#[derive(Clone, Debug)]
pub struct Wake(watch::Sender<u64>);

impl Default for Wake {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Wake {
    /// Rings.
    pub fn ring(&self) {
        self.0.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// A listener that hears every ring from now on.
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}
