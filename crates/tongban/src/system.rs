//! The real clock and the real randomness: the one place that asks the system for them.

use std::cell::RefCell;

use chrono::{DateTime, TimeDelta, Utc};
use tb_kernel::{Clock, Entropy};

/// The system's clock; in a demo city it may run some days ahead, to show what time brings.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock {
    ahead: TimeDelta,
}

impl SystemClock {
    /// A clock that runs so many days ahead.
    pub fn ahead(days: u16) -> Self {
        Self {
            ahead: TimeDelta::days(days.into()),
        }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one home of the system clock"
        )]
        let now = Utc::now();
        now + self.ahead
    }
}

/// The system's random generator.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

/// Random bytes that a thread has in store: ids and nonces are many and small, and each would cost
/// a call into the system. What was given out is wiped.
struct Stock {
    bytes: [u8; STOCK],
    used: usize,
}

const STOCK: usize = 1024;
/// Keys and salts are asked of the system itself.
const SMALL: usize = 32;

thread_local! {
    static IN_STOCK: RefCell<Stock> = const { RefCell::new(Stock { bytes: [0; STOCK], used: STOCK }) };
}

impl Stock {
    fn give(&mut self, buffer: &mut [u8]) {
        if self.used + buffer.len() > STOCK {
            ask_system(&mut self.bytes);
            self.used = 0;
        }
        let end = self.used + buffer.len();
        if let Some(bytes) = self.bytes.get_mut(self.used..end) {
            buffer.copy_from_slice(bytes);
            bytes.fill(0);
        }
        self.used = end;
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if buffer.len() < SMALL {
            IN_STOCK.with_borrow_mut(|stock| stock.give(buffer));
        } else {
            ask_system(buffer);
        }
    }
}

fn ask_system(buffer: &mut [u8]) {
    // Without randomness there are no keys and no ids: nothing can go on safely.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one home of the system's randomness"
    )]
    if getrandom::fill(buffer).is_err() {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use tb_kernel::Entropy;

    use super::{STOCK, SystemEntropy};

    #[test]
    fn no_bytes_are_given_twice() {
        let mut seen = HashSet::new();
        for _ in 0..10 * STOCK {
            let mut bytes = [0; 10];
            SystemEntropy.fill(&mut bytes);
            assert_ne!(bytes, [0; 10]);
            assert!(seen.insert(bytes), "given before");
        }
    }
}
