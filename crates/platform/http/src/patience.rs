//! How long a request may take. Every one is given up after the time of the settings, whatever its
//! headers say; a route that takes files says so itself and is waited for as long as the file keeps
//! coming at a fair speed.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use http_body_util::BodyExt;
use tokio::time::Instant;
use utoipa_axum::router::UtoipaMethodRouter;

/// Bytes a second below which a sender counts as one who does not want to finish: fifty mebibytes
/// take less than two hours.
const SLOWEST: u64 = 8 * 1024;

/// When a request is given up; its body can move that.
#[derive(Clone, Debug)]
pub(crate) struct Patience {
    begun: Instant,
    limit: Duration,
    until: Arc<Mutex<Instant>>,
}

impl Patience {
    /// Patience until `limit` is over.
    pub fn new(limit: Duration) -> Self {
        let begun = Instant::now();
        Self {
            begun,
            limit,
            until: Arc::new(Mutex::new(begun + limit)),
        }
    }

    /// Ends when patience has.
    pub async fn spent(&self) {
        loop {
            let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
            if until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(until).await;
        }
    }

    /// Something has arrived, `received` bytes in all: there is time for the next, unless all of it
    /// took too long. `work`: what the handler may take after the last of it.
    fn renew(&self, received: u64, work: Duration) {
        let paced = self.begun + self.limit.max(work) + Duration::from_secs(received / SLOWEST);
        let until = paced.min(Instant::now() + self.limit.max(work));
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}

/// Lets a route take files: up to `max` bytes, as long as they keep coming. Then the handler has
/// the usual time, or `work` where it needs more.
pub fn takes_files<S: Clone + Send + Sync + 'static>(
    max: usize,
    work: Duration,
    (schemas, paths, methods): UtoipaMethodRouter<S>,
) -> UtoipaMethodRouter<S> {
    let methods = methods
        .layer::<_, Infallible>(DefaultBodyLimit::max(max))
        .layer::<_, Infallible>(middleware::from_fn(move |request, next: Next| async move {
            next.run(unhurried(request, work)).await
        }));
    (schemas, paths, methods)
}

/// The same for a route that hands bodies on without knowing what is in them.
pub async fn as_it_comes(request: Request, next: Next) -> Response {
    next.run(unhurried(request, Duration::ZERO)).await
}

fn unhurried(request: Request, work: Duration) -> Request {
    let Some(patience) = request.extensions().get::<Patience>().cloned() else {
        return request;
    };
    let mut received = 0;
    request.map(|body| {
        Body::new(body.map_frame(move |frame| {
            received += frame.data_ref().map_or(0, bytes::Bytes::len) as u64;
            patience.renew(received, work);
            frame
        }))
    })
}
