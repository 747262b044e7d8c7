//! Live streams end when the process is asked to stop; they would hold it for ever.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::edges::{Edges, from};

async fn collect(body: Body) {
    let all = tokio::time::timeout(Duration::from_secs(5), body.collect()).await;
    all.expect("the stream ends").unwrap();
}

#[tokio::test]
async fn streams_end_with_the_process_and_none_begins_after() {
    let edges = Edges::new().await;
    let (edge, router) = edges.facing();
    let open = || {
        let request = from("203.0.113.1", "GET", "/api/v1/test/live");
        router.clone().oneshot(request)
    };
    let stream = open().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let reading = tokio::spawn(collect(stream.into_body()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!reading.is_finished(), "it goes on until then");
    edge.live().end();
    reading.await.unwrap();
    collect(open().await.unwrap().into_body()).await;
}
