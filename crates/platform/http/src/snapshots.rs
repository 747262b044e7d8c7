//! A whole picture over SSE, for screens that show how things stand: every listener gets the newest
//! at once and after each change. Who reads slowly misses pictures in between, never the newest, and
//! nothing is kept for him; a new connection starts with the newest, so that nothing has to be caught
//! up. The number of listeners is bounded, since anybody may listen.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt};
use tb_kernel::{ErrorKind, Fault};
use tokio::sync::{Semaphore, watch};
use tokio_stream::wrappers::WatchStream;

use crate::live::Live;

/// A picture with its number.
#[derive(Clone, Debug, Default)]
struct Picture {
    number: u64,
    json: Option<Arc<str>>,
}

/// The newest picture of something; cheap to clone.
#[derive(Clone, Debug)]
pub struct Snapshots {
    newest: watch::Sender<Picture>,
    places: Arc<Semaphore>,
}

impl Snapshots {
    /// With places for so many listeners.
    pub fn new(places: usize) -> Self {
        Self {
            newest: watch::Sender::new(Picture::default()),
            places: Arc::new(Semaphore::new(places)),
        }
    }

    /// Whether anybody listens.
    pub fn is_watched(&self) -> bool {
        self.newest.receiver_count() > 0
    }

    /// Shows a picture; the same as before is no news.
    pub fn show(&self, json: &str) {
        self.newest.send_if_modified(|picture| {
            if picture.json.as_deref() == Some(json) {
                return false;
            }
            picture.number += 1;
            picture.json = Some(Arc::from(json));
            true
        });
    }

    /// The pictures from now on, each an event `snapshot`; unavailable where all places are taken.
    pub fn stream(
        &self,
        live: &Live,
    ) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>, Fault> {
        let full = |_| Fault::new(ErrorKind::Unavailable, "http.busy");
        let place = self.places.clone().try_acquire_owned().map_err(full)?;
        let pictures = WatchStream::new(self.newest.subscribe()).filter_map(move |picture| {
            // The place is given back when the stream is dropped.
            let _held = &place;
            let event = picture.json.map(|json| {
                let number = picture.number.to_string();
                Ok(Event::default().event("snapshot").id(number).data(json))
            });
            std::future::ready(event)
        });
        Ok(Sse::new(live.until_end(pictures))
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::response::IntoResponse;
    use futures::StreamExt;

    use super::Snapshots;
    use crate::live::Live;

    /// What a listener has been sent within a moment.
    async fn heard(body: &mut axum::body::BodyDataStream) -> Option<String> {
        let next = tokio::time::timeout(Duration::from_millis(200), body.next()).await;
        let bytes = next.ok()??.ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn listen(board: &Snapshots, live: &Live) -> Option<axum::body::BodyDataStream> {
        let stream = board.stream(live).ok()?;
        Some(stream.into_response().into_body().into_data_stream())
    }

    #[tokio::test]
    async fn who_is_slow_gets_the_newest_and_who_is_new_too() {
        let (board, live) = (Snapshots::new(2), Live::default());
        board.show("one");
        let mut slow = listen(&board, &live).expect("there is a place");
        assert!(
            heard(&mut slow)
                .await
                .is_some_and(|text| text.contains("data: one"))
        );
        for picture in ["two", "three", "three", "four"] {
            board.show(picture);
        }
        let text = heard(&mut slow).await.unwrap_or_default();
        assert!(
            text.contains("data: four") && text.contains("id: 4"),
            "{text}"
        );
        assert_eq!(heard(&mut slow).await, None, "nothing was kept in between");
        let mut new = listen(&board, &live).expect("there is a second place");
        assert!(
            heard(&mut new)
                .await
                .is_some_and(|text| text.contains("data: four"))
        );
    }

    #[tokio::test]
    async fn places_are_bounded_and_given_back() {
        let (board, live) = (Snapshots::new(1), Live::default());
        assert!(!board.is_watched());
        let first = listen(&board, &live);
        assert!(first.is_some() && board.is_watched());
        assert!(listen(&board, &live).is_none(), "the only place is taken");
        drop(first);
        assert!(listen(&board, &live).is_some());
    }

    #[tokio::test]
    async fn the_end_of_the_process_ends_the_stream() {
        let (board, live) = (Snapshots::new(1), Live::default());
        let mut body = listen(&board, &live).expect("there is a place");
        live.end();
        let next = tokio::time::timeout(Duration::from_secs(1), body.next()).await;
        assert!(matches!(next, Ok(None)), "it ends: {next:?}");
    }
}
