//! How long the edge waits: by the route, never by what the client says. The time-out is a second.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
use futures::StreamExt;

use crate::edges::{Edges, from, send, with};

/// So many bytes at a time, with so many milliseconds between.
fn dripping(times: usize, bytes: usize, pause: u64) -> Body {
    let drops = futures::stream::iter(0..times).then(move |_| async move {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; bytes]))
    });
    Body::from_stream(drops)
}

fn post(path: &str, body: Body) -> Request<Body> {
    from("203.0.113.1", "POST", path).map(|_| body)
}

#[tokio::test]
async fn no_header_of_the_client_lifts_the_time_out() {
    let edges = Edges::new().await;
    let (_, router) = edges.facing();
    let begun = Instant::now();
    for (name, value) in [
        ("accept", "text/event-stream"),
        ("content-type", "multipart/form-data; boundary=b"),
    ] {
        let request = with(
            from("203.0.113.1", "GET", "/api/v1/test/sleep"),
            name,
            value,
        );
        let answer = tokio::time::timeout(Duration::from_secs(5), send(&router, request)).await;
        let answer = answer.expect("the request is given up");
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (503, &"http.timeout".into())
        );
    }
    assert!(begun.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn a_file_may_take_long_while_it_keeps_coming() {
    let edges = Edges::new().await;
    let (_, router) = edges.facing();
    let slow = || dripping(5, 32 * 1024, 400);
    let taken = send(&router, post("/api/v1/test/take", slow())).await;
    assert_eq!((taken.status, taken.body), (200, (5 * 32 * 1024).into()));
    let given_up = send(&router, post("/api/v1/test/read", slow())).await;
    assert_eq!(given_up.body["code"], "http.timeout");
}

#[tokio::test]
async fn a_file_that_stalls_or_drips_is_given_up() {
    let edges = Edges::new().await;
    let (_, router) = edges.facing();
    for (what, body) in [
        ("stalls", dripping(2, 32 * 1024, 60_000)),
        ("drips", dripping(1_000, 16, 100)),
    ] {
        let request = post("/api/v1/test/take", body);
        let request = with(request, "content-type", "multipart/form-data; boundary=b");
        let answer = tokio::time::timeout(Duration::from_secs(5), send(&router, request)).await;
        let answer = answer.unwrap_or_else(|_| panic!("a file that {what} is waited for"));
        assert_eq!(answer.body["code"], "http.timeout", "{what}");
    }
}
