//! Live events: small hints over SSE that something changed, so that a page asks again. They carry
//! no data but the key, and go only to whom they concern.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt};
use serde::Serialize;
use tb_kernel::{AccountId, Actor, DepartmentId};
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_util::sync::CancellationToken;

/// Whom an event concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// One account.
    Account(AccountId),
    /// Everybody of a department.
    Department(DepartmentId),
}

/// A hint.
#[derive(Clone, Debug, Serialize)]
pub struct LiveEvent {
    /// Kind of thing that changed: `application`, `case`, `message`.
    pub kind: &'static str,
    /// Its id or number.
    pub key: String,
    /// Whom it concerns.
    #[serde(skip)]
    pub audience: Audience,
}

/// The hub of this process.
#[derive(Clone, Debug)]
pub struct Live {
    events: broadcast::Sender<LiveEvent>,
    end: CancellationToken,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            events: broadcast::Sender::new(1024),
            end: CancellationToken::new(),
        }
    }
}

impl Live {
    /// Tells whoever listens.
    pub fn tell(&self, event: LiveEvent) {
        // An error only means that nobody listens.
        drop(self.events.send(event));
    }

    /// Ends all streams, for good: the process is about to stop. Pages connect anew by themselves.
    pub fn end(&self) {
        self.end.cancel();
    }

    /// A stream that would go on for ever, until the end of all streams.
    pub fn until_end<S: Stream>(&self, stream: S) -> impl Stream<Item = S::Item> + use<S> {
        stream.take_until(self.end.clone().cancelled_owned())
    }

    /// The stream for one caller. Somebody who falls behind is told to ask for everything.
    pub fn stream(
        &self,
        actor: Actor,
    ) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let events = BroadcastStream::new(self.events.subscribe()).filter_map(move |event| {
            let answer = match event {
                Ok(event) if concerns(event.audience, &actor) => Event::default()
                    .event(event.kind)
                    .json_data(&event)
                    .ok()
                    .map(Ok),
                Ok(_) => None,
                Err(_) => Some(Ok(Event::default().event("reset").data("{}"))),
            };
            std::future::ready(answer)
        });
        Sse::new(self.until_end(events))
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
    }
}

fn concerns(audience: Audience, actor: &Actor) -> bool {
    match audience {
        Audience::Account(id) => actor.id == id,
        Audience::Department(id) => actor
            .department
            .as_ref()
            .is_some_and(|department| department.id == id),
    }
}
