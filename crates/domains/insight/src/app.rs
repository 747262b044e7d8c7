//! What handlers, consumers and tasks share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tb_calendar::Calendar;
use tb_http::{Limiter, Snapshots};
use tb_kernel::{ErrorKind, Fault};
use tb_storage::Conn;

use crate::service::board::Board;
use crate::service::efficiency::Efficiency;
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
    picture: Kept<Board>,
    efficiency: Kept<Efficiency>,
    screens: Arc<Screens>,
}

impl App {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            calendar: Mutex::new(None),
            board: Snapshots::new(SCREENS),
            downloads: Limiter::within(60, Duration::from_mins(5)),
            picture: Kept::new(TimeDelta::seconds(1)),
            efficiency: Kept::new(TimeDelta::seconds(60)),
            screens: Arc::default(),
        }))
    }

    /// The picture of the board.
    pub(crate) fn board(&self) -> &Snapshots {
        &self.0.board
    }

    /// The picture that was drawn last, for a second: less than between two of the stream.
    pub(crate) fn picture(&self) -> &Kept<Board> {
        &self.0.picture
    }

    /// The figures for everybody, for a minute.
    pub(crate) fn efficiency(&self) -> &Kept<Efficiency> {
        &self.0.efficiency
    }

    /// A place for a screen at an address.
    pub(crate) fn screen(&self, address: &str) -> Result<Screen, Fault> {
        Screen::at(&self.0.screens, address)
    }

    /// How often one address may take a whole data set.
    pub(crate) fn downloads(&self) -> &Limiter {
        &self.0.downloads
    }

    /// The calendar that came last.
    pub(crate) async fn calendar(&self, conn: &Conn) -> Result<Arc<Calendar>, Fault> {
        // The catalogue publishes one at its first start: it is on its way.
        let missing = || Fault::new(ErrorKind::Unavailable, "http.busy");
        let version = store::copy::Calendars::newest_version(conn).await?;
        let version = version.ok_or_else(missing)?;
        if let Some(known) = self.held().filter(|one| one.version() == version) {
            return Ok(known);
        }
        let document = store::copy::Calendars::version(conn, &version).await?;
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

/// An answer that is kept for a while, since anybody may ask for it as often as he likes; whoever asks
/// while it is worked out waits for that.
pub(crate) struct Kept<T> {
    long: TimeDelta,
    held: tokio::sync::Mutex<Option<(DateTime<Utc>, T)>>,
}

impl<T: Clone> Kept<T> {
    fn new(long: TimeDelta) -> Self {
        Self {
            long,
            held: tokio::sync::Mutex::new(None),
        }
    }

    /// That of `now`, or one that is young enough; `fresh` is not polled in vain.
    pub(crate) async fn get(
        &self,
        now: DateTime<Utc>,
        fresh: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        let mut held = self.held.lock().await;
        if let Some((at, answer)) = held.as_ref()
            && (TimeDelta::zero()..self.long).contains(&(now - *at))
        {
            return Ok(answer.clone());
        }
        let answer = fresh.await?;
        *held = Some((now, answer.clone()));
        Ok(answer)
    }
}

/// Screens that one address may have: those of a hall, not those of a crowd of connections.
const SCREENS_OF_ONE: usize = 8;

type Screens = Mutex<HashMap<String, usize>>;

/// A place for a screen, given back when it is dropped.
pub(crate) struct Screen {
    all: Arc<Screens>,
    address: String,
}

impl Screen {
    fn at(all: &Arc<Screens>, address: &str) -> Result<Self, Fault> {
        let mut counts = all.lock().unwrap_or_else(PoisonError::into_inner);
        let many = counts.entry(address.to_owned()).or_default();
        if *many >= SCREENS_OF_ONE {
            return Err(Fault::new(ErrorKind::Unavailable, "http.busy"));
        }
        *many += 1;
        Ok(Self {
            all: all.clone(),
            address: address.to_owned(),
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let mut counts = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(many) = counts.get_mut(&self.address) {
            *many -= 1;
            if *many == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Kept, SCREENS_OF_ONE, Screen, Screens};

    #[test]
    fn an_address_has_a_handful_of_screens_and_gives_them_back() {
        let all = Arc::<Screens>::default();
        let open = || Screen::at(&all, "192.0.2.1").ok();
        let mut held: Vec<_> = (0..SCREENS_OF_ONE).filter_map(|_| open()).collect();
        assert_eq!(held.len(), SCREENS_OF_ONE);
        assert!(open().is_none());
        assert!(Screen::at(&all, "192.0.2.2").is_ok(), "another's are his");
        held.pop();
        assert!(open().is_some());
        drop(held);
        assert!(
            all.lock().unwrap().is_empty(),
            "nothing is kept of who left"
        );
    }

    #[tokio::test]
    async fn an_answer_is_kept_for_its_while() {
        let kept = Kept::new(TimeDelta::seconds(60));
        let start: DateTime<Utc> = "2026-11-22T01:00:00Z".parse().unwrap();
        for (after, asked, told) in [(0, 1, 1), (59, 2, 1), (60, 3, 3), (30, 4, 4)] {
            let now = start + TimeDelta::seconds(after);
            let answer = kept.get(now, async { Ok(asked) }).await.ok();
            assert_eq!(answer, Some(told), "after {after} seconds");
        }
    }
}
